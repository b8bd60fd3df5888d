"""The parts of an .xlsx file: whether they can be opened, and which formats of cells matter.

Those are number formats that change what a person sees: per cents and codes filled up with
zeros.
"""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from portal.core.table_files.reading import UnreadableFile

MAX_UNPACKED = 400_000_000
MAX_SMALL_PART = 20_000_000
MAX_CELLS, MAX_ROWS = 15_000_000, 1_048_576
MAX_STRINGS = 8_000_000  #: different texts, which the reader of values keeps in memory
CHUNK = 1 << 20
#: What a reader of archives says of one that is not whole, or that it cannot open.
DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError,
    OSError, LookupError, OverflowError, ValueError,
)  # fmt: skip
#: The parts that hold programs: of Excel, of its oldest kind, and of OpenDocument.
_MACROS = re.compile(
    r"(?i).*vbaProject\.bin|xl/macrosheets/.+|Basic/.+/(?!script-lb\.xml)[^/]+|Scripts/.+\.\w+"
)
_DECLARATION = b"<!DOCTYPE"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = re.compile(r"\{[^}]*/relationships\}id$")
_PERCENT_FORMATS = {9, 10}


@dataclass(frozen=True)
class Special:
    """A cell of which more is to be known: ``kind`` is error, formula, percent or zeros.

    ``detail`` is the error's text, or the number of digits that zeros fill.
    """

    row: int
    column: int
    kind: str
    detail: object = None


@dataclass(frozen=True)
class Parts:
    """The parts of a workbook: the sheets' paths by name, the formats that matter by style."""

    sheets: dict[str, str]
    formats: dict[int, tuple[str, int]]
    starts_1904: bool


def open_parts(path, most_unpacked=None):
    """Return the parts of a workbook; refuse what is damaged or too big when unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bombs(archive, most_unpacked or MAX_UNPACKED)
            refuse_macros(archive)
            book = _small_part(archive, "xl/workbook.xml")
            relations = _small_part(archive, "xl/_rels/workbook.xml.rels")
            styles = _small_part(archive, "xl/styles.xml")
            if book is None or relations is None:
                raise UnreadableFile("damaged_file")
            sheets = _sheet_paths(book, relations)
            if len(set(sheets.values())) < len(sheets):  # each sheet has a part of its own
                raise UnreadableFile("damaged_file")
            _refuse_damages(archive, set(sheets.values()))
    except (*DAMAGES, ElementTree.ParseError) as fault:
        raise UnreadableFile("damaged_file") from fault
    properties = _find(book, "workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return Parts(sheets, _formats(styles), is_1904)


def told(number):
    """Return a limit as it stands in sentences."""
    return f"{number:,}".replace(",", ".")


def refuse_bombs(archive, most):
    """Refuse an archive that is locked, or too big when unpacked."""
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise UnreadableFile("protected_file")
    if sum(part.file_size for part in archive.infolist()) > most:
        raise UnreadableFile("too_big_unpacked", expected=f"{most // 1_000_000} MB")


def refuse_macros(archive):
    """Macros are not run here, but the file is kept, and somebody may open it."""
    if any(map(_MACROS.fullmatch, archive.namelist())):
        raise UnreadableFile("macro_workbook")


def _refuse_damages(archive, sheets):
    """Read all parts but the ``sheets``: those are looked over before they are opened.

    Reading stops at the size that a part claims, and fails when more or less was there. Of two
    parts with one name nobody knows which a reader takes.
    """
    if len(set(archive.namelist())) < len(archive.namelist()):
        raise UnreadableFile("damaged_file")
    strings = 0
    for part in archive.infolist():
        if part.filename not in sheets:
            with archive.open(part) as content:
                while chunk := content.read(CHUNK):
                    strings += chunk.count(b"<si") + chunk.count(b":si>")
                    if strings > MAX_STRINGS:
                        raise UnreadableFile("too_large_sheet", expected=told(MAX_STRINGS))


def _small_part(archive, name):
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > MAX_SMALL_PART:
        raise UnreadableFile("damaged_file")
    content = archive.read(name)
    if _DECLARATION in content:  # no office program writes one; entities would grow in memory
        raise UnreadableFile("damaged_file")
    return ElementTree.fromstring(content)  # noqa: S314 - size is limited, entities are refused


def _find(element, tag):
    found = element.find(_MAIN + tag)
    return element.find(_STRICT + tag) if found is None else found


def _all(element, path):
    if element is None:
        return []
    return element.findall("/".join(_MAIN + tag for tag in path)) or element.findall(
        "/".join(_STRICT + tag for tag in path)
    )


def _sheet_paths(book, relations):
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    paths = {}
    for sheet in _all(book, ["sheets", "sheet"]):
        identifier = next((value for key, value in sheet.items() if _RELATION.search(key)), None)
        target = targets.get(identifier, "")
        paths[sheet.get("name")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
    return paths


def _formats(styles):
    """Return kind and width of the formats that change what is seen, by style number."""
    codes = {
        int(each.get("numFmtId")): each.get("formatCode", "")
        for each in _all(styles, ["numFmts", "numFmt"])
    }
    found = {}
    for style, each in enumerate(_all(styles, ["cellXfs", "xf"])):
        number = int(each.get("numFmtId") or 0)
        kind = ("percent", 0) if number in _PERCENT_FORMATS else None
        kind = kind or kind_of_format(codes.get(number, ""))
        if kind:
            found[style] = kind
    return found


def kind_of_format(code):
    """Return what a number format changes in what people see: per cent, or zeros in front."""
    code = re.sub(r'"[^"]*"|\\.', "", code).partition(";")[0]
    if "%" in code:
        return "percent", 0
    return ("zeros", len(code)) if re.fullmatch("0{2,}", code) else None
