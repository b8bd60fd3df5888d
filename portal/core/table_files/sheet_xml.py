"""What the XML of a sheet tells beside its values: looked at once, before anything is laid out.

One look says whether the sheet is sound and fits into memory, and whether any of its cells is
special: most sheets have none, and then nothing is looked at twice.
"""

import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from operator import lt

from portal.core.table_files.reading import UnreadableFile
from portal.core.table_files.workbook_parts import (
    CHUNK,
    DAMAGES,
    MAX_CELLS,
    MAX_ROWS,
    Special,
    told,
)

LONGEST_ROW = 16_000_000  #: bytes
#: Rows before this one are not looked at one by one.
CERTAIN_ROWS, CERTAIN_DIGITS = 800, 4
#: Without a cell from column P on or below row 999,999, a sheet is never too large.
_SUSPICIOUS = re.compile(rb"""r=["'](?:[P-Z][0-9]|[A-Z]{2}|[A-Z][0-9]{7})""")
_PLACE = re.compile(rb"""r=["']([A-Z]{1,9})([0-9]{1,12})["']""")
_FILLED_PLACE = re.compile(
    rb"""r=["']([A-Z]{1,9})([0-9]{1,12})["'][^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b""", re.DOTALL
)
_ROW_START = re.compile(rb"""<(?:\w+:)?row [^>]*?\br=["']([0-9]{1,7})["']""")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  #: how XML in UTF-16 begins
_ERROR = (b't="e"', b"t='e'")
_FORMULA_TAG = re.compile(rb"<f[\s/>]")
_PREFIXED = re.compile(rb"<(/?)\w+:")
_CELL_OR_ROW = re.compile(rb"<(?:row\b([^>]*)>|c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</c>))", re.DOTALL)
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW_NUMBER = re.compile(rb"""\br=["']([0-9]{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["']([0-9]+)["']""")
_VALUE = re.compile(rb"<v(?:\s[^>]*)?>([^<]*)<")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)


_HIDDEN_ROW = re.compile(
    rb"""<(?:\w+:)?row (?=[^>]*?\bhidden=["'](?:1|true)["'])[^>]*?\br=["']([0-9]{1,7})["']"""
)


@dataclass(frozen=True)
class Looked:
    """What a look over a sheet told: whether cells may be special, which are merged, rows hidden.

    ``hidden`` are the numbers of the rows that people do not see, in their order.
    """

    may_be_special: bool = False
    merged: list = field(default_factory=list)
    hidden: list = field(default_factory=list)


def look_over(path, part, formats):
    """Return what the sheet ``part`` tells, ``Looked``; ``formats`` are those that matter.

    Refuse a damaged sheet, and one in which a cell stands so far off that the sheet fills the
    memory: the reader of values lays it out in full, and ends the process when it cannot.
    """
    is_suspicious = may_be_special = False
    style, last_row, merged, hidden = _style_pattern(formats), 0, [], []
    for xml in _stretches(path, part):
        if xml.startswith(_WIDE):  # the reader of values would find nothing in it
            raise UnreadableFile("damaged_file")
        last_row = _last_row(xml, last_row)
        is_suspicious = is_suspicious or _SUSPICIOUS.search(xml) is not None
        may_be_special = may_be_special or _may_be_special(xml, style)
        if b"mergeCell" in xml:
            merged += map(_merged, _MERGED.findall(xml))
        if b"hidden=" in xml:
            hidden += map(int, _HIDDEN_ROW.findall(xml))
    if is_suspicious:
        _refuse_far_cells(path, part)
    return Looked(may_be_special, merged, hidden)


def _merged(found):
    """Return first row, last row, first and last place of merged cells."""
    left, top, right, bottom = found
    return int(top), int(bottom), _column(left), _column(right)


def _last_row(xml, last):
    """Return the number of the last row; of two rows with one number a reader keeps but one."""
    numbers = [last, *map(int, _ROW_START.findall(xml))]
    if not all(map(lt, numbers, numbers[1:])):
        raise UnreadableFile("damaged_file")
    return numbers[-1]


def _style_pattern(formats):
    numbers = b"|".join(b"%d" % number for number in formats)
    return re.compile(rb"""s=["'](?:%s)["']""" % numbers) if numbers else None


def _may_be_special(xml, style):
    """Look for errors, formulas and styles; the letters that are rare in XML tell most of it."""
    return (
        _ERROR[0] in xml
        or (b"'" in xml and _ERROR[1] in xml)
        or (b"f" in xml and (b"<f" in xml or b":f" in xml))
        or bool(style and style.search(xml))
    )


def _refuse_far_cells(path, part):
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
    try:
        with zipfile.ZipFile(path) as archive:
            if part not in archive.namelist():
                raise UnreadableFile("damaged_file")
            yield from _pieces(archive, part)
    except DAMAGES as fault:
        raise UnreadableFile("damaged_file") from fault


def _pieces(archive, part):
    with archive.open(part) as sheet, ThreadPoolExecutor(1) as beside:
        waiting = b""
        for chunk in _read_ahead(sheet, beside):
            waiting += chunk
            cut = waiting.rfind(b"<", 0, waiting.rfind(b"row>") + 1)
            if cut > 0:
                yield waiting[:cut]
                waiting = waiting[cut:]
            elif len(waiting) > LONGEST_ROW:
                raise UnreadableFile("line_too_long", expected=told(LONGEST_ROW))
        yield waiting


def _read_ahead(sheet, beside):
    """Yield the content in chunks; while one is looked at, the next is unpacked beside it."""
    coming = beside.submit(sheet.read, CHUNK)
    while chunk := coming.result():
        coming = beside.submit(sheet.read, CHUNK)
        yield chunk


def specials(path, part, formats):
    """Yield the special cells of a sheet in the order of rows, without keeping the sheet."""
    looking = _Looking(formats)
    for xml in _stretches(path, part):
        yield from looking.specials(xml)


class _Looking:
    """Looks for special cells; knows the place of the last cell, from which others count on."""

    def __init__(self, formats):
        self.formats = formats
        self._wanted = _style_pattern(formats)
        self._row, self._column = 0, -1

    def specials(self, xml):
        """Yield the special cells of a stretch."""
        if b":c" in xml or b":row" in xml:
            xml = _PREFIXED.sub(rb"<\1", xml)
        if xml.count(b"<c r=") == xml.count(b"<c"):
            yield from self._told_places(xml)
        else:
            yield from self._counted_places(xml)

    def _told_places(self, xml):
        """Look at cells that say first of all where they stand, as Excel writes them."""
        _before, *cells = xml.split(b"<c ")
        if not cells:
            return
        for cell in filter(self._is_candidate, cells):
            attributes, _sign, rest = cell.partition(b">")
            special = self._special(attributes, rest.partition(b"</c>")[0])
            if special:
                yield self._placed(attributes, special)
        self._place_at(cells[-1])

    def _is_candidate(self, cell):
        return _may_be_special(cell, self._wanted)

    def _counted_places(self, xml):
        """Look at all cells one by one; the place of one that does not say it is counted."""
        for found in _CELL_OR_ROW.finditer(xml):
            row, attributes, body = found.groups(b"")
            if found[0].startswith(b"<row"):
                self._open_row(row)
                continue
            self._column += 1
            special = self._special(attributes, body)
            if special:
                yield self._placed(attributes, special)
            else:
                self._place_at(attributes)

    def _open_row(self, attributes):
        number = _ROW_NUMBER.search(attributes)
        self._row, self._column = int(number[1]) if number else self._row + 1, -1

    def _place_at(self, attributes):
        place = _REFERENCE.search(attributes)
        if place:
            self._row, self._column = int(place[2]), _column(place[1])

    def _placed(self, attributes, special):
        self._place_at(attributes)
        return Special(self._row, self._column, *special)

    def _special(self, attributes, body):
        value = _VALUE.search(body)
        if any(sign in attributes for sign in _ERROR):
            return "error", value[1].decode("utf-8", "replace") if value else "#N/A"
        is_text = b't="str"' in attributes or b"t='str'" in attributes
        if _FORMULA_TAG.search(body) and not is_text and not (value and value[1]):
            return "formula", None
        style = _STYLE.search(attributes) if self.formats and value else None
        return self.formats.get(int(style[1])) if style else None


def _column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
