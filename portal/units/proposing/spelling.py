"""One spelling for words that Vietnamese writes in two ways, letter for letter in their places.

“quản lí” and “quản lý”, “văn hoá” and “văn hóa” are the same words. What is read is compared in
the usual spelling; what is cited stays as the text writes it, so both must be of one length.
"""

import re
import unicodedata

_Y_FOR_I = re.compile(r"\b(qu|l|k|m|t|s)([íìỉĩị])\b", re.IGNORECASE)
_Y_WORDS = frozenset({"quí", "quỉ", "quị", "lí", "kì", "kí", "kĩ", "mĩ", "tỉ", "sĩ"})
_TONE_LATE = re.compile(r"(?<![qQ])([ouOU])([àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ])(?!\w)")


def usual_spelling(text):
    """Return ``text`` in the usual spelling, of the same length."""
    text = _Y_FOR_I.sub(_with_y, text)
    return _TONE_LATE.sub(_tone_early, text)


def _with_y(match):
    if match[0].lower() not in _Y_WORDS:
        return match[0]
    tone = unicodedata.normalize("NFD", match[2])[1:]
    base = "Y" if match[2].isupper() else "y"
    return match[1] + unicodedata.normalize("NFC", base + tone)


def _tone_early(match):
    """Move the tone to the first vowel of “oa”, “oe”, “uy”: the older and commoner way."""
    first, second = match[1].lower(), unicodedata.normalize("NFD", match[2])
    if (first, second[0].lower()) not in {("o", "a"), ("o", "e"), ("u", "y")}:
        return match[0]
    return unicodedata.normalize("NFC", match[1] + second[1:]) + second[0]
