"""Vietnamese text of the time before Unicode: TCVN3 (.VnTime) and VNI-Windows.

Both write Latin letters and signs that only look right in their own fonts. Pure functions
over text that was decoded as windows-1252.
"""

import re
import unicodedata

_TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TCVN3 = {
    chr(start + offset): letter
    for start, letters in _TCVN3_RUNS.items()
    for offset, letter in enumerate(letters)
}

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_PLAIN_TONES = dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_CIRCUMFLEX_TONES = {
    sign: _CIRCUMFLEX + tone
    for sign, tone in zip("âáàåãä", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)
}
_BREVE_TONES = {
    sign: _BREVE + tone
    for sign, tone in zip("êéèúüë", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)
}
_VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
_VNI_SINGLE = {
    "ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip


def _vni_table():
    table = dict(_VNI_SINGLE)
    for written, base in _VNI_BASES.items():
        signs = dict(_PLAIN_TONES)
        signs |= _CIRCUMFLEX_TONES if base in "aeo" else {}
        signs |= _BREVE_TONES if base == "a" else {}
        for sign, marks in signs.items():
            table[written + sign] = unicodedata.normalize("NFC", base + marks)
    upper = {written.upper(): letter.upper() for written, letter in table.items()}
    mixed = {
        written[0].upper() + written[1:]: letter.upper()
        for written, letter in table.items()
        if len(written) == 2
    }
    return {**mixed, **upper, **table}


_VNI = _vni_table()
_VNI_TEXT = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_tcvn3(text):
    """Return the Vietnamese text that ``text`` shows in a .VnTime font."""
    return text.translate(_TCVN3_TABLE)


def from_vni(text):
    """Return the Vietnamese text that ``text`` shows in a VNI font."""
    return _VNI_TEXT.sub(lambda match: _VNI[match[0]], text)


_TCVN3_TABLE = str.maketrans(_TCVN3)
FONTS = {"tcvn3": from_tcvn3, "vni": from_vni}
