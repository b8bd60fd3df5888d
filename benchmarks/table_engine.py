"""Tables: read, check, compare and write a million rows, beside the bare tools."""

import tempfile
import time
from pathlib import Path

from import_export.resources import ModelResource
from tablib import Dataset

from benchmarks.figures import Figure
from benchmarks.table_rows import records, write_source
from benchmarks.table_tools import measure_tools
from benchmarks.table_ways import best
from portal.datasets.models import CodeList, CodeListItem

ROWS, WORKBOOK_ROWS, RESOURCE_ROWS = 1_000_000, 200_000, 2_000


class ItemResource(ModelResource):
    """A Resource as simple as can be: two of the ten columns, one query per row."""

    class Meta:
        model = CodeListItem
        fields = ("code", "label", "code_list")
        import_id_fields = ("code",)


def measure():
    """Yield the figures: CSV, errors, growth, workbooks, and a Resource of import-export."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        source, before, target = (folder / name for name in ("a.csv", "old.parquet", "t.parquet"))
        write_source(source, ROWS, changed=100)
        best("engine", source, before, repeat=1)
        write_source(source, ROWS)
        bare, _memory = best("bare", source, target, before)
        engine, memory = best("engine", source, target, before)
        yield Figure("CSV, 1,000,000 × 10: bare DuckDB", bare, "s")
        yield Figure("the engine: read, check, write, compare", engine, "s")
        yield Figure("the engine beside bare DuckDB", engine / bare, "×", at_most=2)
        yield Figure("memory of the engine", memory, "MB", at_most=1000)
        yield from _errors(folder, target)
        yield from _growth(folder, target, engine)
        yield from _workbook(folder, target)
        yield from measure_tools(folder)
        yield Figure(
            "a Resource of import-export beside the engine, per row",
            _resource_seconds() / RESOURCE_ROWS / (engine / ROWS), "×", at_least=100,
        )  # fmt: skip


def _errors(folder, target):
    """Compare files with errors to one without, each read and checked."""
    source = folder / "errors.csv"
    write_source(source, ROWS // 4)
    clean, _memory = best("engine", source, target)
    for share in (0.001, 0.1, 1):
        write_source(source, ROWS // 4, wrong=share)
        seconds, _memory = best("engine", source, target)
        yield Figure(f"errors in {share:.1%} of 250,000 rows", seconds / clean, "×", at_most=2)


def _growth(folder, target, million):
    """Compare the time per row of smaller files with that of a million."""
    for count in (1_000, 10_000, 100_000):
        source = folder / f"{count}.csv"
        write_source(source, count)
        seconds, _memory = best("engine", source, target)
        yield Figure(f"{count:,} rows", seconds, "s")
    yield Figure("time per row: a million beside 100,000", million / seconds / 10, "×", at_most=2)


def _workbook(folder, target):
    source = folder / "a.xlsx"
    write_source(source, WORKBOOK_ROWS)
    bare, _memory = best("calamine", source, target)
    engine, memory = best("engine", source, target)
    yield Figure("XLSX, 200,000 × 10: calamine reading it", bare, "s")
    yield Figure("the engine beside calamine", engine / bare, "×", at_most=2)
    yield Figure("memory of the engine with a workbook", memory, "MB", at_most=1000)


def _resource_seconds():
    code_list = CodeList.objects.create(code="do-luong", title="Đo lường")
    _header, *rows = records(RESOURCE_ROWS)
    data = Dataset(
        *[(row[0], row[1], code_list.pk) for row in rows], headers=["code", "label", "code_list"]
    )
    started = time.perf_counter()
    result = ItemResource().import_data(data, raise_errors=True)
    seconds = time.perf_counter() - started
    if result.totals["new"] != RESOURCE_ROWS:
        raise AssertionError(result.totals)
    return seconds
