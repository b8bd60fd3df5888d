"""How a regulation's page is titled and addressed."""

import re
from itertools import chain, count

from portal.core.text import slugify_vi


def short_address(number, title):
    """Return the number of the issuing document as address, or the first words of the title."""
    if number:
        return slugify_vi(number, max_length=60)
    words = slugify_vi(title.removeprefix("Quy chế "), max_length=48)
    return words.rpartition("-")[0] or words if len(words) > 40 else words


def free_address(parent, wanted):
    """Return ``wanted``, or with a number where a page below ``parent`` has it already."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    candidates = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in taken)


def title_for_people(title):
    """Write “QUY CHẾ Quản lý …” as “Quy chế quản lý …”; a title wholly in capitals stays."""
    match = re.match(r"^([^\W\d_]+(?: [^\W\d_]+)?) (?=\S)", title)
    rest = title[match.end() :] if match else ""
    if not match or not match[1].isupper() or rest.isupper():
        return title
    return f"{match[1].capitalize()} {rest[:1].lower()}{rest[1:]}"
