"""Workbooks of other kinds than .xlsx: old Excel (.xls) and OpenDocument (.ods).

Both offer what the reader of tables needs: the names of the sheets, the first rows of one, and
its rows as texts, with what a number format changes in what people see.
"""

import re
import struct
from datetime import time
from io import StringIO
from itertools import islice

import xlrd
from xlrd.compdoc import CompDocError

from portal.core.table_files.header_rows import HEADER_WITHIN
from portal.core.table_files.ods_cells import OdsReader, check_ods
from portal.core.table_files.reading import UnreadableFile
from portal.core.table_files.records import Record
from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN, cell_text, seen_text
from portal.core.table_files.workbook_parts import Special, kind_of_format
from portal.core.table_files.workbooks import HEAD_CELLS, HEAD_ROWS

#: What a reader of damaged files may stumble over; it trusts what it reads.
_DAMAGES = (
    xlrd.XLRDError, CompDocError, struct.error, ArithmeticError, AssertionError, AttributeError,
    EOFError, LookupError, NotImplementedError, TypeError, ValueError,
)  # fmt: skip
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SEARCHED = 1 << 22


class OdsSheets:
    """The sheets of an OpenDocument spreadsheet."""

    def __init__(self, path):
        check_ods(path)
        self._reader, self._heads, counts, size = OdsReader(path), {}, {}, 0
        for name, number, cells in self._reader.rows():
            counts[name] = counts.get(name, 0) + 1
            size += len(cells)
            if counts[name] <= (HEAD_ROWS if size < HEAD_CELLS else HEADER_WITHIN):
                texts = tuple(cell.text.lstrip(NATIVE_SIGN) for cell in cells)
                self._heads.setdefault(name, []).append(Record(number, texts))
        self.names = [sheet.name for sheet in self._reader.sheets]
        hidden = self._reader.hidden_styles
        self.visible = [each.name for each in self._reader.sheets if each.style not in hidden]

    def head(self, name):
        """Return the first rows of a sheet that are not blank."""
        return [record for record in self._heads.get(name, []) if not record.is_blank]

    def merged(self, name):
        """Return the merged cells: first row, last row, first and last place of each."""
        return [
            each for sheet in self._reader.sheets if sheet.name == name for each in sheet.merged
        ]

    def hidden(self, name):
        """Return the numbers of the rows that people do not see."""
        return [
            each for sheet in self._reader.sheets if sheet.name == name for each in sheet.hidden
        ]

    def rows(self, name, kinds, read):
        """Yield the number and the texts of each row, blank ones in between as well."""
        last = 0
        for _name, number, cells in self._reader.rows(name):
            yield from ((blank, []) for blank in range(last + 1, number))
            last = number
            yield (
                number,
                [_read(_seen(cell, _kind(kinds, n)), read) for n, cell in enumerate(cells)],
            )


def _seen(cell, kind):
    digits = cell.text[1:] if cell.text.startswith(NATIVE_SIGN) else ""
    if cell.percent:
        return seen_text(cell.text, Special(0, 0, "percent"), kind)
    if kind in ("code", "text") and re.fullmatch("0[0-9]+", cell.shown):
        return cell.shown if int(cell.shown) == int(digits or -1) else cell.text
    return cell.text


def _kind(kinds, place):
    return kinds[place] if place < len(kinds) else ""


def _read(cell, read):
    return read(cell) if read and not cell.startswith(NATIVE_SIGN) else cell


class XlsSheets:
    """The sheets of an Excel file of the kind before 2007."""

    def __init__(self, path):
        _refuse_protected(path)
        try:
            self._book = xlrd.open_workbook(
                str(path), logfile=StringIO(), formatting_info=True, on_demand=True,
                ragged_rows=True,
            )  # fmt: skip
            sheets = [(name, self._book.sheet_by_name(name)) for name in self._book.sheet_names()]
        except _DAMAGES as fault:
            raise UnreadableFile(
                "protected_file" if "encrypt" in str(fault).lower() else "damaged_file"
            ) from fault
        self.names = [name for name, _sheet in sheets]
        self.visible = [name for name, sheet in sheets if sheet.visibility == 0]

    def head(self, name):
        """Return the first rows of a sheet that are not blank."""
        rows = islice(self.rows(name, [], None), HEAD_ROWS)
        records = [
            Record(number, tuple(cell.lstrip(NATIVE_SIGN) for cell in cells))
            for number, cells in rows
        ]
        return [record for record in records if not record.is_blank]

    def merged(self, name):
        """Return the merged cells: first row, last row, first and last place of each."""
        found = self._book.sheet_by_name(name).merged_cells
        return [(top + 1, bottom, left, right - 1) for top, bottom, left, right in found]

    def hidden(self, name):
        """Return the numbers of the rows that people do not see."""
        rows = self._book.sheet_by_name(name).rowinfo_map
        return [number + 1 for number, row in sorted(rows.items()) if row.hidden]

    def rows(self, name, kinds, read):
        """Yield the number and the texts of each row."""
        sheet = self._book.sheet_by_name(name)
        try:
            for number in range(sheet.nrows):
                cells = [
                    _read(self._text(sheet, number, place, _kind(kinds, place)), read)
                    for place in range(sheet.row_len(number))
                ]
                yield number + 1, cells
        except _DAMAGES as fault:
            raise UnreadableFile("damaged_file") from fault

    def _text(self, sheet, row, place, kind):
        cell = sheet.cell(row, place)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#VALUE!")
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return cell_text(bool(cell.value))
        if cell.ctype == xlrd.XL_CELL_DATE:
            return cell_text(self._moment(cell.value))
        if cell.ctype != xlrd.XL_CELL_NUMBER:
            return cell_text(cell.value)
        special = self._format(cell.xf_index)
        return seen_text(cell_text(cell.value), special, kind) if special else cell_text(cell.value)

    def _moment(self, value):
        moment = xlrd.xldate_as_datetime(value, self._book.datemode)
        return time(moment.hour, moment.minute, moment.second) if value < 1 else _day(moment)

    def _format(self, index):
        code = self._book.format_map[self._book.xf_list[index].format_key].format_str
        found = kind_of_format(code)
        return Special(0, 0, *found) if found else None


def _day(moment):
    return moment.date() if moment.time() == time() else moment


def _refuse_protected(path):
    """A workbook with a password is a folder of old Excel's kind around encrypted bytes."""
    tail = b""
    with path.open("rb") as file:
        while block := file.read(_SEARCHED):
            if _ENCRYPTED in tail + block:
                raise UnreadableFile("protected_file")
            tail = block[-len(_ENCRYPTED) :]


#: What opens a workbook, by its format.
OTHER_WORKBOOKS = {"xls": XlsSheets, "ods": OdsSheets}
