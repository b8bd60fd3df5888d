"""JSON data in the one form that is hashed."""

import hashlib
import json


def canonical(data, encoder=None):
    """Return ``data`` as text: the same for the same data, whatever the order of its keys.

    What is no JSON is refused, unless an ``encoder`` (a ``json.JSONEncoder``) knows it.
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=encoder)


def sha256_of(data):
    """Return the SHA-256 of ``data`` in its canonical form."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()
