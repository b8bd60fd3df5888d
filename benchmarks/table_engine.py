"""How long the table engine takes beside a bare DuckDB script that does the same work.

    python benchmarks/table_engine.py [ROWS] [--xlsx]

It writes a file of ROWS × 10 cells (a million by default), checks it and writes Parquet, each
in a process of its own, and prints seconds, memory and the ratio.
"""

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES = ["Phường Bắc Giang", "Phường Kinh Bắc", "Xã Yên Thế", "Xã Lục Ngạn", "Phường Từ Sơn"]
STATES = {"A": "Tốt", "B": "Khá", "C": "Đạt", "D": "Chưa đạt", "E": "Không xếp loại"}
SCHEMA = {
    "fields": [
        {"name": "ma", "type": "string", "portal": {"type": "code"}},
        {"name": "ten", "type": "string", "constraints": {"required": True, "maxLength": 200}},
        {"name": "dia_ban", "type": "string", "constraints": {"pattern": "[0-9]{2}"}},
        {"name": "ngay", "type": "date"},
        {"name": "ky", "type": "yearmonth"},
        {"name": "so_luong", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "gia_tri", "type": "number"},
        {"name": "ty_le", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
        {"name": "hoat_dong", "type": "boolean"},
        {"name": "xep_loai", "type": "string", "portal": {"type": "choice", "codes": STATES}},
    ],
    "primaryKey": "ma",
}
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


def records(count):
    """Yield the header and ``count`` records, the same ones each time."""
    chance = random.Random(1)
    yield [field["name"] for field in SCHEMA["fields"]]
    for number in range(count):
        cents = chance.randrange(10**9)
        yield [
            f"{number:08}",
            f"{chance.choice(PLACES)} {number}",
            f"{chance.randrange(100):02}",
            f"{chance.randrange(1, 29)}/{chance.randrange(1, 13)}/{chance.randrange(2015, 2026)}",
            f"{chance.randrange(2020, 2026)}-{chance.randrange(1, 13):02}",
            chance.randrange(100_000),
            f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,")),
            f"{chance.randrange(1000) / 10:.1f}".replace(".", ","),
            "có" if number % 2 else "không",
            chance.choice("ABCDE"),
        ]


def write_source(path, count):
    """Write the file to be checked, as CSV or as XLSX by the ending of ``path``."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(records(count))
        return
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is asked for

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Dữ liệu")
        for row, cells in enumerate(records(count)):
            sheet.write_row(row, 0, cells)


def run_bare(source, target):
    """Do the work with DuckDB alone."""
    import duckdb  # noqa: PLC0415 - so that each process loads only what it measures

    with duckdb.connect(config={"threads": 2, "memory_limit": "512MB"}) as database:
        database.execute(BARE.format(source=source, target=target))
        database.execute(f"SELECT count(*) FROM '{target}'")  # noqa: S608


def run_engine(source, target):
    """Do the work with the table engine."""
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 - so that each process loads only what it measures

    django.setup()
    from portal.datasets.imports.check import check_table  # noqa: PLC0415
    from portal.datasets.imports.columns import TableSchema  # noqa: PLC0415

    started = time.perf_counter()
    with check_table(source, TableSchema.from_frictionless(SCHEMA)) as check:
        assert check.outcome == "accepted", check.report()
        check.write_parquet(target)
    return started


def measure(way, source, target):
    """Run one way in its own process; return its seconds and its memory in MB."""
    answer = subprocess.run(
        [sys.executable, __file__, "--way", way, str(source), str(target)],
        check=True, capture_output=True, text=True,
        env={"DJANGO_SETTINGS_MODULE": "portal.settings.test"} | os.environ,
    )  # fmt: skip
    return json.loads(answer.stdout)


def answer(way, source, target):
    """Run one way here and print what it took."""
    started = time.perf_counter()
    # Loading Django is no part of the work: a worker has it loaded.
    started = {"bare": run_bare, "engine": run_engine}[way](source, target) or started
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, memory]))


def compare(count, is_workbook):
    """Print seconds, memory and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source.xlsx" if is_workbook else "source.csv")
        write_source(source, count)
        print(f"{count:,} rows × 10 columns, {source.stat().st_size / 1e6:.0f} MB")
        found = {}
        for way in ["engine"] if is_workbook else ["bare", "engine"]:
            runs = [measure(way, source, Path(folder, "t.parquet")) for _again in range(3)]
            found[way] = min(runs)
            print(f"{way:8} {found[way][0]:6.2f} s {found[way][1]:6.0f} MB")
        if not is_workbook:
            print(f"ratio    {found['engine'][0] / found['bare'][0]:6.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--xlsx", action="store_true")
    if sys.argv[1:2] == ["--way"]:
        answer(*sys.argv[2:5])
    else:
        options = parser.parse_args()
        compare(options.rows, options.xlsx)
