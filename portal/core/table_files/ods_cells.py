"""The cells of an OpenDocument spreadsheet, row after row, without keeping the sheet.

Numbers come with the digits that the file has; a cell's text is what people see.
"""

import zipfile
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from portal.core.table_files.reading import UnreadableFile
from portal.core.table_files.spreadsheet_cells import (
    ERROR_TEXTS,
    LONGEST_CELL,
    NATIVE_SIGN,
    NO_RESULT,
    marked_too_long,
)
from portal.core.table_files.workbook_parts import (
    DAMAGES,
    MAX_CELLS,
    MAX_ROWS,
    MAX_UNPACKED,
    refuse_bombs,
    refuse_macros,
)

CHUNK = 1 << 18
MOST_COLUMNS = 16_384
LONGEST_TAG = 4_000_000  #: a longer one would be read from its beginning again and again
_LETTERS = {"text:tab": "\t", "text:line-break": "\n"}


@dataclass
class OdsCell:
    """A cell: its text, and whether a per cent or zeros in front are only seen."""

    text: str = ""
    percent: bool = False
    shown: str = ""


@dataclass
class OdsSheet:
    """A sheet while it is read; rows come with their number, blank ones left out."""

    name: str
    style: str = ""
    rows: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    hidden: list = field(default_factory=list)


def check_ods(path):
    """Refuse what is damaged, protected by a password, or too big when unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bombs(archive, MAX_UNPACKED)
            refuse_macros(archive)
            listed = set(archive.namelist())
            if len(listed) < len(archive.namelist()):
                raise UnreadableFile("damaged_file")
            if "META-INF/manifest.xml" in listed:
                with archive.open("META-INF/manifest.xml") as manifest:
                    if b"encryption-data" in manifest.read(CHUNK):
                        raise UnreadableFile("protected_file")
            if archive.testzip():
                raise UnreadableFile("damaged_file")
    except DAMAGES as fault:
        raise UnreadableFile("damaged_file") from fault


class OdsReader:
    """Reads ``content.xml`` once; what is not wanted is passed over."""

    def __init__(self, path):
        self.path = path
        self.sheets, self.hidden_styles = [], set()

    def rows(self, wanted=None):
        """Yield (sheet name, row number, cells) of the sheet ``wanted``, or of all of them."""
        self.sheets, self._wanted, self._ready = [], wanted, []
        self._start_of_table()
        self._style = ""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._letters
        parser.EntityDeclHandler = self._refuse
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open("content.xml") as content:
                fed = 0
                while chunk := content.read(CHUNK):
                    parser.Parse(chunk, False)
                    fed += len(chunk)
                    if fed - parser.CurrentByteIndex > LONGEST_TAG:
                        raise UnreadableFile("damaged_file")
                    yield from self._taken()
                parser.Parse(b"", True)
                yield from self._taken()
        except (expat.ExpatError, KeyError, *DAMAGES) as fault:
            raise UnreadableFile("damaged_file") from fault

    def _taken(self):
        ready, self._ready = self._ready, []
        return ready

    def _refuse(self, *declared):
        raise UnreadableFile("damaged_file")

    def _start_of_table(self):
        self._number, self._count = 0, 0
        self._cells, self._cell, self._texts = None, None, None
        self._depth_of_note, self._in_table = 0, False

    def _start(self, tag, attributes):
        if tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self._style)
        elif tag == "table:table":
            self._start_of_table()
            self._in_table = True
            name = attributes.get("table:name", "")
            self.sheets.append(OdsSheet(name, attributes.get("table:style-name", "")))
        elif not self._in_table:
            return
        elif tag == "table:table-row":
            self._repeat_row = _times(attributes, "table:number-rows-repeated", MAX_ROWS)
            self._cells = []
            self._is_hidden = attributes.get("table:visibility") in ("collapse", "filter")
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._open_cell(tag, attributes)
        elif tag == "office:annotation" or self._depth_of_note:
            self._depth_of_note += 1
        elif self._texts is not None:
            self._open_text(tag, attributes)

    def _open_cell(self, tag, attributes):
        self._attributes, self._texts, self._room = attributes, [], LONGEST_CELL
        self._is_covered = tag == "table:covered-table-cell"
        rows = _times(attributes, "table:number-rows-spanned", MAX_ROWS)
        places = _times(attributes, "table:number-columns-spanned", MOST_COLUMNS)
        if (rows > 1 or places > 1) and self._cells is not None:
            top, left = self._number + 1, len(self._cells)
            self.sheets[-1].merged.append((top, top + rows - 1, left, left + places - 1))

    def _open_text(self, tag, attributes):
        if tag == "text:p" and self._texts:
            self._add("\n")
        elif tag == "text:s":
            self._add(" " * _times(attributes, "text:c", 1000))
        elif tag in _LETTERS:
            self._add(_LETTERS[tag])

    def _letters(self, text):
        if self._texts is not None and not self._depth_of_note:
            self._add(text)

    def _add(self, text):
        """Take what fits; a cell that holds more is known as too long."""
        if self._room >= len(text):
            self._texts.append(text)
        elif self._room >= 0:
            self._texts = [marked_too_long("".join(self._texts))]
        self._room -= len(text)

    def _end(self, tag):
        if self._depth_of_note:
            self._depth_of_note -= 1
        elif tag in ("table:table-cell", "table:covered-table-cell") and self._cells is not None:
            self._close_cell()
        elif tag == "table:table-row" and self._cells is not None:
            self._close_row()
        elif tag == "table:table":
            self._in_table = False

    def _close_cell(self):
        cell = OdsCell() if self._is_covered else cell_of(self._attributes, "".join(self._texts))
        times = _times(self._attributes, "table:number-columns-repeated", MOST_COLUMNS + 1)
        if len(self._cells) + times > MOST_COLUMNS:
            if cell.text:  # text beyond the last column that a spreadsheet has
                raise UnreadableFile("too_large_sheet", expected=f"{MAX_CELLS:,}".replace(",", "."))
            times = MOST_COLUMNS - len(self._cells)
        self._cells += [cell] * times
        self._texts = None

    def _close_row(self):
        while self._cells and not self._cells[-1].text:
            self._cells.pop()
        first, self._number = self._number + 1, self._number + self._repeat_row
        name = self.sheets[-1].name
        if self._cells and (self._wanted is None or self._wanted == name):
            self._count += len(self._cells) * self._repeat_row
            if self._count > MAX_CELLS or self._number > MAX_ROWS:
                raise UnreadableFile("too_large_sheet", expected=f"{MAX_CELLS:,}".replace(",", "."))
            numbers = range(first, self._number + 1)
            self._ready += [(name, number, self._cells) for number in numbers]
            if self._is_hidden:
                self.sheets[-1].hidden += numbers
        self._cells = None


def _times(attributes, name, most):
    try:
        return min(max(int(attributes.get(name, 1)), 1), most)
    except ValueError:
        return 1


def cell_of(attributes, shown):
    """Return the cell that the attributes of its element and its text make."""
    kind = attributes.get("office:value-type") or ""
    if attributes.get("calcext:value-type") == "error" or shown in ERROR_TEXTS:
        return OdsCell(shown if shown in ERROR_TEXTS else "#VALUE!")
    if kind in ("float", "percentage", "currency"):
        return OdsCell(_number(attributes.get("office:value", "")), kind == "percentage", shown)
    if kind == "date":
        day, _t, clock = attributes.get("office:date-value", "").partition("T")
        return OdsCell(NATIVE_SIGN + (f"{day} {clock[:8]}" if clock else day))
    if kind == "boolean":
        return OdsCell(attributes.get("office:boolean-value", "").upper())
    if kind == "string" and "office:string-value" in attributes and not shown:
        return OdsCell(attributes["office:string-value"])
    if not kind and not shown and "table:formula" in attributes:
        return OdsCell(NO_RESULT)
    return OdsCell(shown)


def _number(digits):
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return "#VALUE!"
    if not value.is_finite() or abs(value.adjusted()) > 400:
        return "#NUM!"
    written = f"{value:f}"
    return NATIVE_SIGN + (written.rstrip("0").rstrip(".") if "." in written else written)
