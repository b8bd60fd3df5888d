"""From the bytes of a file to its text, whatever wrote them."""

import re
from pathlib import PurePath

from django.utils.translation import gettext

from portal.regulations.parsing.grammar import nfc
from portal.regulations.parsing.word_files import read_docx

TEXT_ENDINGS = {".txt", ".md", ".markdown", ".text", ""}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b]")
FEW = 2
VNI = re.compile(r"Ñieàu|[Cc]oäng hoøa|COÄNG HOØA|quy ñònh|[Qq]uy cheá")
TCVN3 = re.compile(r"Céng hßa|§iÒu|Qu[yý] chÕ|ViÖt Nam|quy ®Þnh")


class UnreadableSource(Exception):
    """The file holds no text that can be read; the message says why in one sentence."""


def read_source(data, filename):
    """Return the composed text of a txt, md or docx file, or raise UnreadableSource."""
    ending = PurePath(filename).suffix.lower()
    if not data.strip():
        raise UnreadableSource(gettext("The file holds no text."))
    if data[:4] == b"PK\x03\x04" or ending == ".docx":
        text = _from_docx(data)
    elif data[:5] == b"%PDF-":
        raise UnreadableSource(gettext("This is a PDF; convert it to text or DOCX first."))
    elif data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableSource(gettext("This is an old Word file; save it as DOCX first."))
    elif ending not in TEXT_ENDINGS:
        names = {"ending": ending}
        raise UnreadableSource(gettext("Files ending in %(ending)s cannot be read.") % names)
    else:
        text = _decode(data)
    if not text.strip():
        raise UnreadableSource(gettext("The file holds no text."))
    return nfc(text)


def _from_docx(data):
    try:
        return read_docx(data)
    except ValueError as error:
        raise UnreadableSource(gettext("This is not a readable DOCX file.")) from error


def _decode(data):
    """Return the text of bytes in UTF-8, UTF-16 or Windows-1258."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            text = _with_gaps(data) if encoding == "utf-8-sig" else ""
        controls = len(CONTROL.findall(text))
        if text and controls <= FEW + len(text) / 1000:
            return _without_font_encoding(CONTROL.sub("", text))
    raise UnreadableSource(gettext("The file is not text in UTF-8, UTF-16 or Windows-1258."))


def _with_gaps(data):
    """Return UTF-8 text of which a few bytes are broken, each shown as �; "" if it is none."""
    text = data.decode("utf-8-sig", errors="replace")
    whole = sum(character > "\x7f" and character != "\ufffd" for character in text)
    return text if text.count("\ufffd") * 10 < whole else ""


def _candidates(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    even, odd = data[0:2000:2].count(0), data[1:2000:2].count(0)
    if odd > 50 * max(even, 1) or (odd and not even):
        return ["utf-16-le"]
    if even > 50 * max(odd, 1) or (even and not odd):
        return ["utf-16-be"]
    return ["utf-8-sig", "cp1258"]


def _without_font_encoding(text):
    """Refuse what was typed for an old font: it reads as Vietnamese only in that font."""
    if TCVN3.search(text):
        message = gettext(
            "The text is in an old font encoding (TCVN3); convert it to Unicode first."
        )
        raise UnreadableSource(message)
    if VNI.search(text):
        message = gettext("The text is in an old font encoding (VNI); convert it to Unicode first.")
        raise UnreadableSource(message)
    return text
