"""The addresses under which people know a dataset of another portal of this kind."""

import re

_DATASET = re.compile(
    r"(?P<base>.+?)/(?:api/v1/du-lieu|du-lieu-tai|du-lieu)/(?P<code>[a-z0-9-]+)(?:/.*)?"
)


def dataset_at(address):
    """Return (address of the portal, code of the dataset), or (``address``, "") for another one."""
    found = _DATASET.fullmatch(address.strip())
    return (found["base"], found["code"]) if found else (address.strip(), "")
