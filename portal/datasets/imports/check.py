"""Check a file against the definition of its table: every record is accounted for."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path

from portal.core.formats import format_number
from portal.core.table_files.reading import NeedsConfirmation, Reading, UnreadableFile
from portal.core.table_files.sniff import sniff
from portal.core.table_files.spreadsheet_cells import LONGEST_CELL
from portal.datasets.imports import rules
from portal.datasets.imports.apart import note_left_out, set_rows_apart, wrong_totals
from portal.datasets.imports.between_rows import find_broken
from portal.datasets.imports.header import HeaderNames
from portal.datasets.imports.hidden_rows import note_hidden
from portal.datasets.imports.issues import VALUE_LENGTH, Issue
from portal.datasets.imports.merged_cells import note_merged
from portal.datasets.imports.sources.csv import load_csv
from portal.datasets.imports.sources.loading import BLANK
from portal.datasets.imports.sources.xlsx import load_other, load_xlsx
from portal.datasets.imports.table_check import (
    ACCEPTED,
    NEEDS_CONFIRMATION,
    REJECTED,
    NotAccepted,
    TableCheck,
)
from portal.datasets.imports.values import type_column
from portal.datasets.imports.workspace import Workspace, text

__all__ = [
    "ACCEPTED",
    "NEEDS_CONFIRMATION",
    "REJECTED",
    "NotAccepted",
    "TableCheck",
    "check_table",
]

_LOADERS = {"csv": load_csv, "xlsx": load_xlsx, "xls": load_other, "ods": load_other}


def check_table(path, schema, *, reading=None, filename=None, progress=None, amend=None):
    """Check the file at ``path`` against ``schema`` and return the ``TableCheck``.

    What ``reading`` says is taken as decided. ``progress`` is called with the name of a step
    (reading, checking, done) and a percentage. ``amend`` is called with the workspace when the
    records stand in it as texts, before anything is checked.
    """
    path, tell = Path(path), progress or (lambda step, percent: None)
    check = TableCheck(Workspace(), schema, deepcopy(reading) if reading else Reading())
    check.reading.candidates, check.reading.left_out = [], []
    tell("reading", 0)
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_digest, path)
        try:
            _run(check, path, tell, amend)
        except UnreadableFile as fault:
            issue = Issue("error", fault.code, fault.row, None, fault.value, fault.expected)
            check.findings.add(issue)
        except NeedsConfirmation as doubt:
            _ask(check, doubt)
        except BaseException:
            check.close()
            raise
        check.sha256, check.bytes = digest.result()
    check.issues = check.findings.issues()
    tell("done", 100)
    return check


def _digest(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _ask(check, doubt):
    """Leave the decision to a person: nothing is accepted, nothing is refused for good."""
    check.outcome = NEEDS_CONFIRMATION
    check.reading.candidates = doubt.candidates
    issue = Issue("error", doubt.code, None, doubt.column, doubt.value)
    check.findings.add(issue)


def _run(check, path, tell, amend):
    """Load the records, look at each column, and settle the outcome."""
    workspace, schema, findings = check._workspace, check.schema, check.findings
    check.reading.format = sniff(path)
    load = _LOADERS[check.reading.format]
    match = load(workspace, path, schema, HeaderNames(schema), check.reading)
    if amend is not None:
        amend(workspace)
    for issue in match.issues:
        findings.add(issue)
    _count(check)
    tell("checking", 30)
    places = _places(schema, match)
    apart = set_rows_apart(workspace, schema, match, places, check.reading)
    _leave_out(check, apart)
    if not check.records - check.blank:
        raise UnreadableFile("no_records")
    findings.take_odd_rows(match.width)
    _note_unnamed(check, match)
    note_merged(check, match)
    note_hidden(check, match)
    _note_characters(check)
    _note_long_cells(check)
    doubts = _check_columns(check, match, tell)
    _check_duplicates(check)
    _check_between(check)
    for row, typed, value, total in wrong_totals(workspace, apart, places, check.typed):
        workspace.run(
            "CREATE OR REPLACE TABLE faults AS SELECT ?::BIGINT AS row, ? AS value, "
            "'total_differs' AS code, ? AS expected",
            [row, value, total],
        )
        findings.take_faults(typed.column, typed.place, "warning")
    _settle(check, doubts, apart)


def _count(check):
    workspace = check._workspace
    check.blank = workspace.value(f"SELECT count(*) FROM odd WHERE fault = {text(BLANK)}")
    check.records = workspace.value(
        "SELECT (SELECT count(*) FROM cells) + (SELECT count(*) FROM odd)"
    )
    check.rejected = check.records - check.blank


def _leave_out(check, apart):
    """Count no row among the records that a person left out; name each in the report."""
    if apart.is_left_out and apart.rows:
        note_left_out(check._workspace, apart)
        check.findings.take_faults(severity="warning")
        check.left_out = len(apart.rows)
        check.records -= check.left_out
        check.rejected -= check.left_out


def _note_unnamed(check, match):
    """A column without a header may be empty; with values it would be lost unseen."""
    for place in match.unnamed:
        found = check._workspace.run(
            f"SELECT row, u{place} FROM cells WHERE trim(u{place}) <> '' ORDER BY row LIMIT 1"
        )
        for row, value in found:
            check.findings.add(Issue("error", "unnamed_column", row, None, value))


def _note_characters(check):
    for code in check._workspace.noted:
        for (place,) in check._workspace.run(f"SELECT DISTINCT place FROM {code} ORDER BY place"):
            check._workspace.run(f"""
                CREATE OR REPLACE TABLE faults AS SELECT row, value, {text(code)} AS code,
                    NULL::VARCHAR AS expected FROM {code} WHERE place = {place}
            """)
            check.findings.take_faults(check.schema.columns[place], place)


def _note_long_cells(check):
    """A text that no spreadsheet's cell holds would be lost in every export to one."""
    places = range(len(check.schema.columns))
    sizes = ", ".join(f"max(strlen(c{place}))" for place in places)
    [found] = check._workspace.run(f"SELECT {sizes} FROM cells")
    for place, size in enumerate(found):
        if size and size > LONGEST_CELL:
            check._workspace.run(f"""
                CREATE OR REPLACE TABLE faults AS SELECT row, left(c{place}, {VALUE_LENGTH})
                    AS value, 'cell_too_long' AS code,
                    {text(format_number(LONGEST_CELL))} AS expected
                FROM cells WHERE length(c{place}) > {LONGEST_CELL}
            """)
            check.findings.take_faults(check.schema.columns[place], place)


def _check_columns(check, match, tell):
    """Type each column and collect its faults; return the doubts about numbers."""
    doubts, count = [], len(check.schema.columns)
    for place, column in enumerate(check.schema.columns):
        try:
            typed = type_column(check._workspace, column, place, check.reading)
        except NeedsConfirmation as doubt:
            doubts.append(doubt)
            continue
        check.typed.append(typed)
        if typed.notice:
            check.findings.add(Issue("warning", typed.notice, None, column.name))
        if column.name in match.positions:
            rules.find_faults(check._workspace, typed)
            check.findings.take_faults(column, place)
        tell("checking", 30 + 60 * (place + 1) // count)
    return doubts


def _check_duplicates(check):
    keys = [each for each in check.typed if each.column.is_key]
    if keys and len(keys) == len(check.schema.keys):
        rules.find_duplicates(check._workspace, keys, "duplicate_key")
        shown = keys[0].column if len(keys) == 1 else None
        check.findings.take_faults(shown, keys[0].place)
    for typed in check.typed:
        if typed.column.unique and [typed] != keys:
            rules.find_duplicates(check._workspace, [typed], "duplicate_value")
            check.findings.take_faults(typed.column, typed.place)


def _places(schema, match):
    """Return the columns of the schema in the order in which they stand in the file."""
    indexes = {column.name: index for index, column in enumerate(schema.columns)}
    return [indexes[name] for name in sorted(match.positions, key=match.positions.get)]


def _check_between(check):
    """Check the rules between columns; say what the schema asks for and nobody checks."""
    typed = {each.column.name: each for each in check.typed}
    for rule in check.schema.rules:
        if typed.keys() >= set(rule.columns):
            first = typed[rule.columns[0]]
            find_broken(check._workspace, rule, typed)
            check.findings.take_faults(first.column, first.place, rule.severity)
    for asked in check.schema.unchecked:
        check.findings.add(Issue("warning", "not_checked", expected=asked))


def _settle(check, doubts, apart):
    findings = check.findings
    if not findings.has_errors_of_file and not doubts:
        check.rejected = findings.refused_rows()
        check.accepted = check.records - check.blank - check.rejected
    has_errors = findings.has_errors_of_file or check.rejected
    if apart.undecided:
        doubts = [*doubts, apart.doubt()]
    if doubts:
        check.reading.candidates = [each for doubt in doubts for each in doubt.candidates]
    for doubt in doubts:
        findings.add(Issue("error", doubt.code, doubt.row, doubt.column, doubt.value))
    if doubts and findings.refused_rows() == apart.undecided:
        check.outcome = NEEDS_CONFIRMATION
    elif not has_errors and not doubts:
        check.outcome = ACCEPTED
