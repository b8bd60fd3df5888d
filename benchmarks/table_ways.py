"""The ways in which a table is read, each run in a process of its own.

    python -m benchmarks.table_ways WAY SOURCE TARGET BEFORE

It prints seconds and megabytes. Loading Django is no part of the work: a worker has it loaded.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import django
import duckdb
from python_calamine import CalamineWorkbook

from benchmarks.table_rows import SCHEMA

ROOT = Path(__file__).resolve().parent.parent
#: What the engine does, by hand, for this one table and without a word on what is wrong where.
BARE = r"""
CREATE TABLE raw AS SELECT * FROM read_csv('{source}', all_varchar = true, header = true,
    delim = ';', quote = '"');
CREATE TABLE typed AS SELECT ma, ten, dia_ban, try_strptime(ngay, '%d/%m/%Y')::DATE AS ngay,
    if(regexp_full_match(ky, '\d{{4}}-\d{{2}}'), ky, NULL) AS ky,
    try_cast(so_luong AS BIGINT) AS so_luong,
    try_cast(replace(replace(gia_tri, '.', ''), ',', '.') AS DECIMAL(18, 2)) AS gia_tri,
    try_cast(replace(ty_le, ',', '.') AS DECIMAL(18, 2)) AS ty_le,
    CASE hoat_dong WHEN 'có' THEN true WHEN 'không' THEN false END AS hoat_dong,
    CASE WHEN xep_loai IN ('A', 'B', 'C', 'D', 'E') THEN xep_loai END AS xep_loai FROM raw;
SELECT count(*) FROM typed WHERE ten IS NULL OR length(ten) > 200 OR ngay IS NULL OR ky IS NULL
    OR NOT regexp_full_match(dia_ban, '[0-9]{{2}}') OR so_luong IS NULL OR so_luong < 0
    OR gia_tri IS NULL OR ty_le IS NULL OR ty_le < 0 OR ty_le > 100 OR hoat_dong IS NULL
    OR xep_loai IS NULL;
SELECT count(*) FROM (SELECT ma FROM typed GROUP BY ma HAVING count(*) > 1);
COPY typed TO '{target}' (FORMAT parquet, COMPRESSION zstd);
"""
BARE_DIFF = """
SELECT count(*) FILTER (b.ma IS NULL), count(*) FILTER (f.ma IS NULL),
    count(*) FILTER (f.ma IS NOT NULL AND b.ma IS NOT NULL AND ({differs}))
FROM '{target}' f FULL JOIN '{before}' b ON f.ma = b.ma;
"""


def run_bare(source, target, before):
    """Do the work with DuckDB alone."""
    with duckdb.connect(config={"threads": 2, "memory_limit": "512MB"}) as database:
        database.execute(BARE.format(source=source, target=target))
        if before:
            names = [field["name"] for field in SCHEMA["fields"][1:]]
            differs = " OR ".join(f"f.{name} IS DISTINCT FROM b.{name}" for name in names)
            database.execute(BARE_DIFF.format(target=target, before=before, differs=differs))
            database.fetchall()


def run_engine(source, target, before):
    """Do the work with the table engine; tell whether the file was accepted."""
    from portal.datasets.diffs import diff_tables  # noqa: PLC0415 - needs settings
    from portal.datasets.imports.check import check_table  # noqa: PLC0415
    from portal.datasets.imports.columns import TableSchema  # noqa: PLC0415

    schema = TableSchema.from_frictionless(SCHEMA)
    with check_table(source, schema) as check:
        check.report()
        if check.outcome == "accepted":
            check.write_parquet(target)
            if before:
                diff_tables(before, target, schema)
        return check.outcome == "accepted"


def run_calamine(source, target, before):
    """Read a workbook with calamine alone, row after row."""
    with CalamineWorkbook.from_path(source) as book:
        for _row in book.get_sheet_by_index(0).iter_rows():
            pass


REFUSED = 3  #: the exit code where the file was read and not accepted
WAYS = {"bare": run_bare, "engine": run_engine, "calamine": run_calamine}


def run(way, source, target, before=""):
    """Run one way in a process of its own; return its seconds and its memory in MB."""
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.table_ways", way, source, target, before],
        capture_output=True, text=True, cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "portal.settings.test"} | os.environ,
    )  # fmt: skip
    if answer.returncode not in (0, REFUSED):
        raise RuntimeError(answer.stderr)
    return json.loads(answer.stdout)


def best(way, *files, repeat=2):
    """Return the least seconds and the most memory of some runs."""
    runs = [run(way, *map(str, files)) for _again in range(repeat)]
    return min(seconds for seconds, _memory in runs), max(memory for _seconds, memory in runs)


if __name__ == "__main__":
    if sys.argv[1] == "engine":
        django.setup()
        import portal.datasets.diffs
        import portal.datasets.imports.check  # noqa: F401 - loaded before the clock starts
    started = time.perf_counter()
    is_done = WAYS[sys.argv[1]](*sys.argv[2:5])
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, memory]))
    sys.exit(REFUSED if is_done is False else 0)
