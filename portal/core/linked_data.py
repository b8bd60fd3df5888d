"""Data that stands in a page for machines."""

import json

from django.utils.safestring import mark_safe


def in_script(data):
    """Return ``data`` as JSON for a script element: no text in it can end the element."""
    written = json.dumps(data, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        written = written.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(written)  # noqa: S308 - nothing in it can end the script element
