"""Run the benchmarks and print their figures beside what is promised.

    python -m benchmarks.run [NAME …]

A benchmark is a module of this package with a ``measure()`` that yields ``Figure`` objects; the
first line of its docstring is its title. Each runs in a process and a database of its own, so that
none finds another's data or memory. ``DATABASE_URL`` takes them to PostgreSQL.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import django
from django.test.utils import get_runner

from benchmarks.figures import Figure

HERE = Path(__file__).resolve().parent
NO_BENCHMARKS = {"__init__", "figures", "run", "table_rows", "table_tools", "table_ways", "waiting"}


def names():
    """Return the benchmarks there are."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NO_BENCHMARKS)


def measure_here(name, report):
    """Run one benchmark in this process and write its figures into the file ``report``."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- only now are there settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    runner.setup_test_environment(debug=False)
    databases = runner.setup_databases()
    try:
        figures = [
            asdict(figure) for figure in importlib.import_module(f"benchmarks.{name}").measure()
        ]
    finally:
        runner.teardown_databases(databases)
    Path(report).write_text(json.dumps(figures), encoding="utf-8")


def measure(name):
    """Run one benchmark in a process of its own; return its figures, or None when it failed."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as scratch:
        report = Path(scratch) / "figures.json"
        env = dict(
            os.environ,
            DJANGO_SETTINGS_MODULE="portal.settings.test",
            PORTAL_VAR_DIR=scratch,
            PORTAL_TEST_DATABASE=f"{scratch}/bench.sqlite3",
            TMPDIR=scratch,
        )
        command = [sys.executable, "-m", "benchmarks.run", "--here", name, str(report)]
        if subprocess.run(command, cwd=HERE.parent, env=env).returncode or not report.exists():
            return None
        return [Figure(**fields) for fields in json.loads(report.read_text(encoding="utf-8"))]


def show(figures):
    """Print the figures of one benchmark as a table."""
    for figure in figures:
        verdict = "" if not figure.promise else "ok " if figure.holds else "NO "
        measured = f"{figure.value:,.4g} {figure.unit}"
        print(f"  {verdict:<3}{figure.name:<58}{measured:>14}   {figure.promise}".rstrip())


def main(wanted):
    """Run the benchmarks asked for, all without a name; fail when one breaks its promise."""
    unknown = set(wanted) - set(names())
    if unknown:
        sys.exit(
            f"No benchmark is called {', '.join(sorted(unknown))}. There are: {', '.join(names())}."
        )
    broken = []
    for name in wanted or names():
        print(f"\n{name}", flush=True)
        figures = measure(name)
        show(figures or [])
        if figures is None or not all(figure.holds for figure in figures):
            broken.append(name)
    if broken:
        print(f"\nPromises not kept: {', '.join(broken)}")
    return bool(broken)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        measure_here(*sys.argv[2:4])
    else:
        sys.exit(main(sys.argv[1:]))
