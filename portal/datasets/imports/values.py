"""How the text of a cell becomes a value.

What has few different texts (dates, periods, codes) is read once per different text, in
Python, by the rules of ``portal.core``; text and numbers are read by the engine.
"""

import re
from datetime import date, timedelta

from portal.core.formats import UnreadableValue, parse_date
from portal.core.periods import parse_period
from portal.core.table_files.spreadsheet_cells import ERROR_TEXTS, NATIVE_SIGN
from portal.core.text import fold
from portal.datasets.imports.column import LISTED
from portal.datasets.imports.instants import read_instant
from portal.datasets.imports.number_values import type_number
from portal.datasets.imports.typed_column import TypedColumn, make_dictionary
from portal.datasets.imports.workspace import text

YES = frozenset(["co", "dung", "true", "yes", "y", "x", "1"])
NO = frozenset(["khong", "sai", "false", "no", "n", "0"])
EXCEL_EPOCH = date(1899, 12, 30)
#: Serials of 1927 to 2173; a bare year such as 2024 is not taken for a day of 1905.
SERIALS = range(10_000, 100_000)
#: Tell most of what is no date and no period apart at once: folding a text costs much more.
_DATE_LIKE = re.compile(r"[0-9]{1,4}\D{1,10}[0-9]{1,2}\D{1,10}[0-9]{1,4}")
_PERIOD_LIKE = re.compile(r"(?:^|\D)[0-9]{4}$|^[0-9]{4}-", re.ASCII)
LONGEST_DATE, LONGEST_BOOLEAN = 60, 8
_YEAR_FIRST = re.compile(r"^([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_FIRST_OF_MONTH = re.compile(f"{NATIVE_SIGN}([0-9]{{4}}-[0-9]{{2}})-01(?: 00:00:00)?")
_SQL_TYPES = {"date": "DATE", "boolean": "BOOLEAN"}


def type_column(workspace, column, place, reading):
    """Return the typed column; raise ``NeedsConfirmation`` where its numbers are ambiguous."""
    if column.is_number:
        return type_number(workspace, column, place, reading)
    read = _reader_of(column)
    if column.type in LISTED and column.codes is not None:
        read = _code_reader(column.codes)
    return _by_dictionary(workspace, column, place, read) if read else _as_text(column, place)


def _reader_of(column):
    """Return the function that reads the texts of ``column``; None where they are the values."""
    if column.type == "boolean" and (column.true_values or column.false_values):
        return _boolean_reader(column.true_values, column.false_values)
    if column.type == "period" and column.period_kind:
        return _period_reader(column.period_kind)
    return _READERS.get(column.type)


def _as_text(column, place):
    typed = TypedColumn(column, place, f"c{place}", "VARCHAR")
    native, listed = text(NATIVE_SIGN), ", ".join(map(text, sorted(ERROR_TEXTS)))
    typed.value = f"if(starts_with({typed.cell}, {native}), {typed.cell}[2:], {typed.cell})"
    typed.faults = [
        (f"starts_with({typed.cell}, '#') AND {typed.cell} IN ({listed})", "error_cell")
    ]
    if column.type == "code":
        rounded = text(rf"[0-9][.,][0-9]+E\+[0-9]+|{NATIVE_SIGN}[0-9]{{16,}}")
        typed.faults.append((f"regexp_full_match({typed.cell}, {rounded})", "imprecise_number"))
        typed.faults.append((f"starts_with({typed.cell}, {native})", "number_as_code"))
    if column.type == "link":
        link = text(r"(?i)https?://[^\s/?#]+\S*")
        typed.faults.append((f"NOT regexp_full_match({typed.cell}, {link})", "not_a_link"))
    return typed


def _by_dictionary(workspace, column, place, read):
    sql_type = _SQL_TYPES.get(column.type, "VARCHAR")

    def read_safely(cell):
        if cell in ERROR_TEXTS:
            return None, "error_cell", None
        try:
            return read(cell)
        except UnreadableValue as fault:
            return None, fault.code, None

    make_dictionary(workspace, place, sql_type, read_safely)
    return TypedColumn(column, place, f"d{place}.value", sql_type, has_dictionary=True)


def _read_date(cell):
    if cell.startswith(NATIVE_SIGN) and cell[1:].isdigit():
        return _read_serial(cell[1:])
    if not _DATE_LIKE.search(cell) or len(cell) > LONGEST_DATE:
        raise UnreadableValue("not_a_date", cell)
    cell = _YEAR_FIRST.sub(r"\1-\2-\3", cell.removeprefix(NATIVE_SIGN))
    day, __, clock = cell.replace("T", " ").partition(" 00:00")
    if clock.strip(":0."):
        raise UnreadableValue("not_a_date", cell)
    return parse_date(day), None, None


def _read_serial(number):
    if int(number) not in SERIALS:
        raise UnreadableValue("not_a_date", number)
    day = EXCEL_EPOCH + timedelta(days=int(number))
    return day, "date_serial", f"{day:%d/%m/%Y}"


def _read_period(cell):
    # Excel makes the first day of March of “3/2026” as soon as it is typed.
    month = _FIRST_OF_MONTH.fullmatch(cell)
    if month:
        return month[1], "day_as_month", month[1]
    cell = cell.removeprefix(NATIVE_SIGN)
    if not _PERIOD_LIKE.search(cell) or len(cell) > LONGEST_DATE:
        raise UnreadableValue("not_a_period", cell)
    return parse_period(cell).code, None, None


def _period_reader(kind):
    """Return a reader of periods of one kind only."""

    def read(cell):
        code, notice, expected = _read_period(cell)
        if parse_period(code).kind != kind:
            raise UnreadableValue("not_a_month", cell)
        return code, notice, expected

    return read


def _read_datetime(cell):
    return read_instant(cell.removeprefix(NATIVE_SIGN)), None, None


def _boolean_reader(true_values, false_values):
    """Return a reader of the very texts that a schema gives; none given means the usual ones."""
    meant = dict.fromkeys(true_values or YES, True) | dict.fromkeys(false_values or NO, False)

    def read(cell):
        cell = cell.removeprefix(NATIVE_SIGN)
        word = cell if cell in meant or len(cell) > LONGEST_BOOLEAN else fold(cell)
        if word not in meant:
            raise UnreadableValue("not_a_boolean", cell)
        return meant[word], None, None

    return read


def _read_boolean(cell):
    word = fold(cell.removeprefix(NATIVE_SIGN)) if len(cell) <= LONGEST_BOOLEAN else ""
    if word not in YES | NO:
        raise UnreadableValue("not_a_boolean", cell)
    return word in YES, None, None


def _code_reader(codes):
    """Return a reader that finds a code by itself or by its label, accents and case last."""
    exact = {label: code for code, label in codes.items() if label} | {code: code for code in codes}
    # Folding costs most: a text that begins otherwise than every label needs none.
    beginnings = {fold(label)[:1] for label in exact}
    loose = {}
    for label, code in exact.items():
        loose.setdefault(fold(label), set()).add(code)

    def read(cell):
        cell = cell.removeprefix(NATIVE_SIGN)
        if cell in exact:
            return exact[cell], None, None
        found = loose.get(fold(cell), set()) if fold(cell[:1]) in beginnings else set()
        if len(found) == 1:
            return min(found), None, None
        return cell, "ambiguous_code" if found else "unknown_code", None

    return read


_READERS = {
    "date": _read_date,
    "datetime": _read_datetime,
    "period": _read_period,
    "boolean": _read_boolean,
}
