"""Published tables as files: whole or as filtered, with given columns only, piece by piece."""

import csv
import io
import json
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from portal.core.formats import format_date
from portal.core.formulas import guarded
from portal.datasets.citing import dictionary_of, readme_of
from portal.datasets.rows.formats import BOM, TYPES, json_list, ndjson, office_csv
from portal.datasets.rows.limits import ROWS_IN_A_SHEET
from portal.datasets.rows.questions import Question
from portal.datasets.rows.whole_answers import each_batch, parquet_file
from portal.datasets.shown_values import moments_read

#: What can be asked for, with its MIME type.
EXPORTS = {suffix: TYPES[suffix] for suffix in ("csv", "xlsx", "json", "ndjson", "parquet", "zip")}
PIECE = 256 * 1024
#: The longest whole numbers that a spreadsheet keeps digit by digit.
EXCEL_DIGITS = 15
FIRST_EXCEL_YEAR = 1900


@dataclass(frozen=True)
class Export:
    """Rows to be written: of which version, which of them, and the columns in full.

    ``metadata`` is what ``citing.metadata_of`` tells and ``stem`` the name of the file without
    what tells its kind; only a package needs them.
    """

    version: object
    question: Question
    columns: tuple
    metadata: dict | None = None
    stem: str = ""

    @property
    def shown(self):
        """Return the columns in the order in which they are asked for."""
        known = {column.name: column for column in self.columns}
        return [known[name] for name in self.question.columns]

    @property
    def titles(self):
        return [column.title or column.name for column in self.shown]

    def batches(self):
        """Yield the rows as people read them: what is a day with a time is one."""
        return moments_read(each_batch(self.version, self.question), self.shown)


def pieces_of(export, suffix):
    """Yield the file in pieces of bytes; none is larger than a batch of rows."""
    if suffix in ("xlsx", "parquet"):
        with _FILES[suffix](export) as file:
            while piece := file.read(PIECE):
                yield piece
    elif suffix == "zip":
        yield from _package(export)
    else:
        for text in _TEXTS[suffix](export):
            yield text.encode()


def _csv(export):
    return office_csv(export.batches(), export.titles)


_TEXTS = {
    "csv": _csv,
    "json": lambda export: json_list(export.version, export.question),
    "ndjson": lambda export: ndjson(export.version, export.question),
}


def _parquet(export):
    return parquet_file(export.version, export.question)


def _workbook(export):
    """Return a workbook, at its beginning: the rows, and on a second sheet the dictionary."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        moments = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        sheet = book.add_worksheet("Dữ liệu")
        for place, title in enumerate(export.titles):
            sheet.write_string(0, place, title)
        number = 0
        for batch in export.batches():
            for row in batch[: ROWS_IN_A_SHEET - number]:
                number += 1
                for place, value in enumerate(row):
                    _write_cell(sheet, number, place, value, days, moments)
        dictionary = book.add_worksheet("Từ điển")
        for number, cells in enumerate(dictionary_of(export.shown)):
            for place, text in enumerate(cells):
                dictionary.write_string(number, place, str(text))
    out.seek(0)
    return out


_FILES = {"xlsx": _workbook, "parquet": _parquet}


def _write_cell(sheet, row, place, value, days, moments):
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, str):
        sheet.write_string(row, place, value)
    elif hasattr(value, "isoformat"):
        is_moment = isinstance(value, datetime)
        if value.year < FIRST_EXCEL_YEAR:  # before it a spreadsheet shows nothing but ####
            text = f"{value:%d/%m/%Y %H:%M:%S}" if is_moment else format_date(value)
            sheet.write_string(row, place, text)
        else:
            sheet.write_datetime(row, place, value, moments if is_moment else days)
    elif len(str(value).strip("-").replace(".", "")) <= EXCEL_DIGITS:
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))


def _package(export):
    """Yield a zip file: the rows, the dictionary, the metadata, and what to read first."""
    sink = _Sink()
    told = export.metadata
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("README.txt", BOM + readme_of(told))
        metadata = json.dumps(told, ensure_ascii=False, indent=2)
        package.writestr("metadata.json", metadata)
        package.writestr("tu-dien.csv", _dictionary_csv(export.shown))
        yield sink.taken()
        with package.open(f"{export.stem}.csv", "w", force_zip64=True) as member:
            for text in _csv(export):
                member.write(text.encode())
                yield sink.taken()
    yield sink.taken()


def _dictionary_csv(columns):
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([guarded(str(text)) for text in row] for row in dictionary_of(columns))
    return out.getvalue()


class _Sink(io.RawIOBase):
    """Takes what the zip writer writes, and gives it on; it cannot go back."""

    def __init__(self):
        super().__init__()
        self._pieces, self._place = [], 0

    def writable(self):
        return True

    def write(self, data):
        self._pieces.append(bytes(data))
        self._place += len(data)
        return len(data)

    def tell(self):
        return self._place

    def taken(self):
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken
