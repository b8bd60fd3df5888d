"""What stands in the parts of an .xlsx file that the reader of values does not tell.

Error values, formulas without a result, and number formats that change what a person sees:
per cents and codes filled up with zeros.
"""

import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

from portal.core.table_files.reading import UnreadableFile

MAX_UNPACKED = 400_000_000
MAX_SMALL_PART = 20_000_000
MAX_CELLS, MAX_ROWS = 15_000_000, 1_048_576
#: Rows before this one are not looked at one by one.
CERTAIN_ROWS, CERTAIN_DIGITS = 800, 4
CHUNK = 1 << 20
_DECLARATION = b"<!DOCTYPE"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = re.compile(r"\{[^}]*/relationships\}id$")
_PERCENT_FORMATS = {9, 10}
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
#: Without a cell from column P on or below row 999,999, a sheet is never too large.
_SUSPICIOUS = re.compile(rb"""r=["'](?:[P-Z][0-9]|[A-Z]{2}|[A-Z][0-9]{7})""")
_PLACE = re.compile(rb"""r=["']([A-Z]{1,9})([0-9]{1,12})["']""")
_FILLED_PLACE = re.compile(
    rb"""r=["']([A-Z]{1,9})([0-9]{1,12})["'][^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b""", re.DOTALL
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")


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
            _refuse_bombs(archive, most_unpacked or MAX_UNPACKED)
            book = _small_part(archive, "xl/workbook.xml")
            relations = _small_part(archive, "xl/_rels/workbook.xml.rels")
            styles = _small_part(archive, "xl/styles.xml")
    except (zipfile.BadZipFile, ElementTree.ParseError, EOFError, OSError) as fault:
        raise UnreadableFile("damaged_file") from fault
    if book is None or relations is None:
        raise UnreadableFile("damaged_file")
    properties = _find(book, "workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return Parts(_sheet_paths(book, relations), _formats(styles), is_1904)


def _refuse_bombs(archive, most):
    if sum(part.file_size for part in archive.infolist()) > most:
        raise UnreadableFile("too_big_unpacked", expected=f"{most // 1_000_000} MB")
    # Reading stops at the size that a part claims, and fails when more or less was there.
    if archive.testzip():
        raise UnreadableFile("damaged_file")


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


def specials(path, part, formats):
    """Yield the special cells of a sheet in the order of rows, without keeping the sheet."""
    for xml in _stretches(path, part):
        yield from _specials(xml, formats)


def refuse_far_cells(path, part):
    """Refuse a sheet in which one cell stands so far off that the sheet fills the memory.

    The reader of values lays the sheet out in full, and ends the process when it cannot.
    """
    if not any(_SUSPICIOUS.search(xml) for xml in _stretches(path, part)):
        return
    for pattern in (_PLACE, _FILLED_PLACE):
        last_column, last_row = 0, CERTAIN_ROWS
        for xml in _stretches(path, part):
            found = pattern.findall(xml)
            last_column = max(last_column, *map(_column, {letters for letters, _row in found}), 0)
            rows = {row for _letters, row in found if len(row) >= CERTAIN_DIGITS}
            last_row = max(last_row, *map(int, rows), 0)
        if (last_column + 1) * last_row <= MAX_CELLS and last_row <= MAX_ROWS:
            return
    raise UnreadableFile("too_large_sheet", expected=f"{MAX_CELLS:,}".replace(",", "."))


def _stretches(path, part):
    """Yield the XML of a sheet in pieces that cut no cell."""
    with zipfile.ZipFile(path) as archive:
        if part not in archive.namelist():
            raise UnreadableFile("damaged_file")
        yield from _pieces(archive, part)


def _pieces(archive, part):
    with archive.open(part) as sheet:
        waiting = b""
        while chunk := sheet.read(CHUNK):
            waiting += chunk
            cut = waiting.rfind(b"<", 0, waiting.rfind(b"row>") + 1)
            if cut > 0:
                yield waiting[:cut]
                waiting = waiting[cut:]
        yield waiting


def _specials(xml, formats):
    if not formats and b't="e"' not in xml and b"<f" not in xml and b":f" not in xml:
        return
    for attributes, body in _CELL.findall(xml):
        special = _special(attributes, body, formats)
        place = special and _REFERENCE.search(attributes)
        if place:
            yield Special(int(place[2]), _column(place[1]), *special)


def _special(attributes, body, formats):
    value = _VALUE.search(body)
    if b't="e"' in attributes:
        return "error", value[1].decode("utf-8", "replace") if value else "#N/A"
    has_formula = b"<f" in body or b":f" in body
    if has_formula and b't="str"' not in attributes and not (value and value[1]):
        return "formula", None
    style = _STYLE.search(attributes) if formats and value else None
    return formats.get(int(style[1])) if style else None


def _column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
