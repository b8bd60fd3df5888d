"""Rows of a published table of a million: filter, sort and page over HTTP, eight at once."""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from benchmarks.figures import Figure, median, p95, seconds
from benchmarks.table_rows import SCHEMA, write_source
from portal.datasets.imports.check import check_table
from portal.datasets.imports.columns import TableSchema
from portal.datasets.manifests import sha256_of_file
from portal.datasets.models import DatasetPointer, DatasetVersion
from portal.datasets.rows.copies import copy_path, files_of, reading_copy
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_user

ROWS, CLIENTS, QUESTIONS = 1_000_000, 8, 60
NEXT = re.compile(rb'"next_url":"([^"]+)"')
ADDRESS = "/api/v1/du-lieu/trieu-dong/phien-ban/1/dong/"


def measure():
    """Yield the figures: the reading copy, one reader, eight readers, bare DuckDB beside it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with override_settings(PORTAL_DATA_ROOT=data):
            version = publish(data, Path(folder))
            begun = time.perf_counter()
            reading_copy(version)
            yield Figure(
                "the reading copy of 1,000,000 × 10 is made", time.perf_counter() - begun, "s"
            )
            size = sum(path.stat().st_size for path in files_of(copy_path(version)))
            size /= (data / version.table_path).stat().st_size
            yield Figure("its size beside the Parquet file", size, "×")
        bare = bare_seconds(data / version.table_path)
        with server(folder) as port:
            ask_all(port, 1, 20, seed=1)
            alone = ask_all(port, 1, 100, seed=2)
            yield Figure("filter + sort + page, one reader: median", median(alone) * 1000, "ms")
            yield Figure("the same in bare DuckDB on the Parquet file", bare * 1000, "ms")
            yield Figure("the portal over HTTP beside bare DuckDB", median(alone) / bare, "×")
            eight = ask_all(port, CLIENTS, QUESTIONS, seed=3)
            yield Figure("eight readers: median", median(eight) * 1000, "ms")
            yield Figure("eight readers: p95", p95(eight) * 1000, "ms", at_most=60)
            for what, asked in (("parts of a long text", parts), ("words in any column", words)):
                slow = ask_all(port, CLIENTS, 20, seed=4, questions=asked)
                yield Figure(f"eight readers for {what}: p95", p95(slow) * 1000, "ms")
            yield Figure("memory of the server", memory_of(port), "MB", at_most=700)


def publish(data, folder):
    """Return a published version of a million rows, checked and written by the engine."""
    schema = TableSchema.from_frictionless(SCHEMA)
    source, table = folder / "a.csv", data / "table.parquet"
    data.mkdir()
    write_source(source, ROWS)
    with check_table(source, schema) as check:
        check.report()
        check.write_parquet(table)
    columns = [(column.name, column.name, column.type, {}) for column in schema.columns]
    dataset = make_dataset(code="trieu-dong", columns=columns)
    now = timezone.now()
    version = DatasetVersion.objects.create(
        dataset=dataset,
        unit=dataset.owner_unit,
        number=1,
        receipt_number="1",
        status=DatasetVersion.Status.PUBLISHED,
        filename="a.csv",
        size=1,
        sha256="0" * 64,
        schema=schema.to_frictionless(),
        table_path="table.parquet",
        table_sha256=sha256_of_file(table),
        row_count=ROWS,
        uploaded_by=make_user(),
        published_at=now,
    )
    DatasetPointer.objects.create(dataset=dataset, version=version)
    return version


def questions(seed):
    """Yield questions, no two the same: a filter or two, a sort or two, 100 rows."""
    chance = random.Random(seed)
    while True:
        filters = [f"so_luong__gte:{chance.randrange(1, 99_000)}"]
        if chance.random() < 0.5:
            filters.append(f"dia_ban:{chance.randrange(100):02}")
        sort = chance.choice(["-gia_tri", "ten", "ngay,-so_luong", "xep_loai,ten", "-so_luong"])
        yield [*(("loc", each) for each in filters), ("sap_xep", sort)]


def parts(seed):
    """Yield questions for a part of the texts that differ in every row, accents aside."""
    chance = random.Random(seed)
    while True:
        yield [("loc", f"ten__contains:kinh bac {chance.randrange(99_999)}"), ("sap_xep", "ten")]


def words(seed):
    """Yield questions for words that may stand in any column."""
    chance = random.Random(seed)
    while True:
        yield [("tim", f"yen the {chance.randrange(99_999)}"), ("sap_xep", "-gia_tri")]


def ask_all(port, readers, count, seed, questions=questions):
    """Return how long each answer took when ``readers`` ask ``count`` questions each at once."""
    taken, faults = [], []

    def ask(number):
        web = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        asked = questions(seed * 100 + number)
        following = None
        for turn in range(count):
            address = following or f"{ADDRESS}?{urlencode(next(asked))}"
            begun = time.perf_counter()
            web.request("GET", address)
            answer = web.getresponse()
            body = answer.read()
            taken.append(time.perf_counter() - begun)
            if answer.status != 200:
                faults.append(body)
                return
            # Every other question is for the page after the one before. The answer is not read as
            # JSON: that would take the processor from the server, which shares it.
            following = turn % 2 == 0 and NEXT.search(body)
            following = following and following[1].decode().partition(str(port))[2]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise AssertionError(faults[0])
    return taken


def bare_seconds(table):
    """Return the median of the same kind of question, asked of the Parquet file by DuckDB alone."""
    chance = random.Random(5)
    with duckdb.connect(config={"threads": os.cpu_count()}) as database:

        def ask():
            where = f"so_luong >= {chance.randrange(1, 99_000)}"
            database.execute(
                f"SELECT count(*) FROM '{table}' WHERE {where}"  # noqa: S608 - numbers of our own
            ).fetchall()
            database.execute(
                f"SELECT * FROM '{table}' WHERE {where} "  # noqa: S608 - numbers of our own
                "ORDER BY gia_tri DESC, _row LIMIT 100"
            ).fetchall()

        return median(seconds(ask, repeat=10))


@contextmanager
def server(folder):
    """Run the web server as docs/operations.md starts it, on this database; give its port."""
    port = free_port()
    env = dict(
        os.environ,
        DJANGO_SETTINGS_MODULE="portal.settings.dev",
        PORTAL_VAR_DIR=str(folder),
        DATABASE_URL=database_url(),
        PORTAL_LOG_LEVEL="WARNING",
    )
    command = [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--no-control-socket"),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
        *("--workers", "2", "--threads", "4"),
        *("--log-level", "warning"),
    ]
    web = subprocess.Popen(command, env=env)
    try:
        wait_for(port)
        yield port
    finally:
        web.terminate()
        web.wait()


def database_url():
    """Return the URL by which another process opens the database of this run."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    told = connection.settings_dict
    return (
        f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
    )


def free_port():
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    """Wait until the server answers; its start takes some seconds."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the web server did not start")


def memory_of(port):
    """Return the memory of the processes that listen at ``port``, in MB."""
    found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "cmdline").read_bytes().decode(errors="replace")
            if f"127.0.0.1:{port}" in told:
                lines = (folder / "status").read_text().splitlines()
                [peak] = [line for line in lines if line.startswith("VmHWM")]
                found = max(found, int(peak.split()[1]) / 1024)
        except OSError:
            continue  # a process that just ended
    return found
