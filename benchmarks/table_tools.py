"""Other tools that load tables, beside the engine: time, memory, and which faults they find.

They are no requirement. ``PORTAL_BENCH_TOOLS`` names a virtual environment in which frictionless,
sqlite-utils and csvkit are installed; each is started as a command, with the options that a
careful user gives. Time is processor time; what a program takes for a few rows is its start.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.table_rows import SCHEMA, write_source

ROWS, FEW = 100_000, 20
ROOT = Path(__file__).resolve().parent.parent
#: A fault → what it makes of the cells of one row; the key is the cell before all others.
FAULTS = {
    "a day 31/02": lambda cells: [*cells[:3], "31/2/2024", *cells[4:]],
    "1.205 without evidence": lambda cells: [*cells[:6], "1.205", *cells[7:]],
    "a key twice": lambda cells: ["00000001", *cells[1:]],
    "a quote never closed": lambda cells: [cells[0], f'"{cells[1]}', *cells[2:]],
    "a cell too few": lambda cells: [*cells[:8], *cells[9:]],
}


def measure_tools(folder):
    """Yield the figures of each tool; none, with a sentence, where the tools are not there."""
    place = os.environ.get("PORTAL_BENCH_TOOLS")
    if not place:
        print("  PORTAL_BENCH_TOOLS names no environment: the other tools are left out.")
        return
    schema, source = folder / "schema.json", folder / "tools.csv"
    schema.write_text(json.dumps(_told_schema()), encoding="utf-8")
    write_source(source, ROWS)
    few = folder / "few.csv"
    write_source(few, FEW)
    faulty = {fault: _faulty(folder, fault) for fault in FAULTS}
    for tool, commands in _tools(Path(place) / "bin", schema, folder).items():
        runs = [_run(command, source, folder) for command in commands]
        if any(code for code, _taken, _memory in runs):
            raise RuntimeError(f"{tool} does not load the file without faults")
        started = sum(_run(command, few, folder)[1] for command in commands)
        seconds = sum(taken for _code, taken, _memory in runs) - started
        yield Figure(f"{tool}, start", started, "s")
        yield Figure(f"{tool}, {ROWS:,} rows without the start", seconds, "s")
        yield Figure(f"{tool}, memory", max(memory for _code, _taken, memory in runs), "MB")
        found = [
            fault
            for fault, path in faulty.items()
            if any(_run(command, path, folder)[0] for command in commands)
        ]
        yield Figure(f"{tool} finds: {', '.join(found) or 'nothing'}", len(found), "faults")


def _tools(programs, schema, folder):
    """Return the commands of each tool; the file is put in place of “{}”."""
    database = folder / "tools.sqlite3"
    csv = ["-d", ";", "{}"]
    return {
        "the engine": [[sys.executable, "-m", "benchmarks.table_ways", "engine", "{}",
                        str(folder / "tools.parquet"), ""]],
        "frictionless": [[programs / "frictionless", "validate", "{}", "--schema", schema,
                          "--dialect", '{"csv": {"delimiter": ";"}}', "--trusted"]],
        "sqlite-utils": [[programs / "sqlite-utils", "insert", database, "rows", "{}", "--csv",
                          "--delimiter", ";", "--pk", "ma"]],
        "csvkit": [[programs / "csvclean", "--enable-all-checks", *csv],
                   [programs / "csvsql", "--db", f"sqlite:///{database}", "--insert",
                    "--tables", "rows", "--date-format", "%d/%m/%Y", "--unique-constraint", "ma",
                    *csv]],
    }  # fmt: skip


def _run(command, source, folder):
    """Run a command; return its exit code, its processor time in seconds and its memory in MB."""
    (folder / "tools.sqlite3").unlink(missing_ok=True)
    words = [str(source) if word == "{}" else str(word) for word in command]
    env = {"DJANGO_SETTINGS_MODULE": "portal.settings.test"} | os.environ
    process = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=env
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _told_schema():
    """Return the schema with what Frictionless must be told of Vietnamese numbers and days."""
    told = {
        "ngay": {"format": "%d/%m/%Y"},
        "gia_tri": {"decimalChar": ",", "groupChar": "."},
        "ty_le": {"decimalChar": ","},
        "hoat_dong": {"trueValues": ["có"], "falseValues": ["không"]},
    }
    fields = [each | told.get(each["name"], {}) for each in SCHEMA["fields"]]
    return SCHEMA | {"fields": fields}


def _faulty(folder, fault):
    """Write a small file with one fault in its fifth row; return its path."""
    path = folder / f"{list(FAULTS).index(fault)}.csv"
    write_source(path, FEW)
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split(";") for line in lines]
    rows[4] = FAULTS[fault](rows[4])
    if "evidence" in fault:  # no other number of the column tells what a point is
        rows = [[*row[:6], "1.205", *row[7:]] for row in rows]
    path.write_text("\n".join([header, *map(";".join, rows)]) + "\n", encoding="utf-8")
    return path
