"""Vietnamese text: one normal form, one fold for search, one rule for addresses."""

import re
import unicodedata


def nfc(text):
    """Return ``text`` in composed form."""
    return unicodedata.normalize("NFC", text or "")


def fold(text):
    """Return ``text`` without case and accents, white space collapsed."""
    plain = unicodedata.normalize("NFD", text or "").translate({ord("đ"): "d", ord("Đ"): "D"})
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", plain).casefold()).strip()


def slugify_vi(text, max_length=80):
    """Return an address part of a–z, 0–9 and hyphens; “x” when nothing is left."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return slug[:max_length].rstrip("-") or "x"
