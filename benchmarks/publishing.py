"""Publishing a version of a million rows: how long others wait for it, readers and writers."""

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import copyfile
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import override_settings
from django.utils import timezone

from benchmarks.figures import Figure
from benchmarks.rows import ROWS, database_url, publish

#: Five indicators by month, one of them by month and place: more than seven thousand values.
INDICATORS = (("gia_tri", "dia_ban"), ("gia_tri", ""), ("so_luong", ""), ("ty_le", ""), ("", ""))
ALONE_SECONDS, TURNS = 5, 3


def measure():
    """Yield the longest that others waited, alone and while versions are published."""
    # Only here are there models.
    from portal.datasets.actions import publication, review  # noqa: PLC0415
    from tests.factories import make_user  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with override_settings(PORTAL_DATA_ROOT=data, MEDIA_ROOT=folder):
            first = publish(data, Path(folder))
            _bind(first.dataset)
            with _others(folder) as (reader, writer):
                time.sleep(ALONE_SECONDS)
            yield Figure("a reader's longest wait, nobody publishes", reader["longest"], "ms")
            yield Figure("a writer's longest wait, nobody publishes", writer["longest"], "ms")
            held, whole = [], []
            verifier = make_user("ioc_officer")
            gc.collect()
            gc.freeze()  # as the web server does, in portal/wsgi.py
            with _others(folder) as (reader, writer):
                for turn in range(TURNS):
                    version = _submitted(first, data, turn)
                    begun = time.perf_counter()
                    prepared = publication.prepare(version)
                    entered = time.perf_counter()
                    ended = []
                    settled = patch.object(review, "prepare", return_value=prepared)
                    with settled, transaction.atomic():
                        # The first thing after the commit; jobs that follow keep nobody waiting.
                        transaction.on_commit(partial(_note, ended))
                        review.verify_and_publish(version, user=verifier)
                    held.append(ended[0] - entered)
                    whole.append(ended[0] - begun)
            values = first.dataset.indicators.first().values.count()
    yield Figure("values kept for one indicator of all versions", values, "")
    yield Figure(f"publishing {ROWS:,} rows, proof of files included", max(whole), "s")
    # Where only the rows that it changes are locked, its length keeps nobody waiting.
    limit = {"at_most": 100} if connection.vendor == "sqlite" else {}
    yield Figure("its one transaction, the longest of three", max(held) * 1000, "ms", **limit)
    yield Figure("a reader's longest wait meanwhile", reader["longest"], "ms", at_most=100)
    yield Figure("a writer's longest wait meanwhile", writer["longest"], "ms", at_most=100)


def _note(moments):
    moments.append(time.perf_counter())


def _bind(dataset):
    from portal.datasets.models import IndicatorCataloguePage, IndicatorPage  # noqa: PLC0415
    from tests.factories import make_index  # noqa: PLC0415

    catalogue = make_index(IndicatorCataloguePage, "Chỉ tiêu")
    for number, (value, area) in enumerate(INDICATORS):
        catalogue.add_child(
            instance=IndicatorPage(
                title=f"Chỉ tiêu {number}", code=f"ct-{number}", dataset=dataset,
                value_column=value, period_column="ky", area_column=area,
                aggregate="sum" if value else "count",
            )
        )  # fmt: skip


def _submitted(first, data, turn):
    """Return a version of the same rows as ``first`` that waits for verification."""
    from portal.datasets.access import current_version  # noqa: PLC0415
    from portal.datasets.actions.rules import schema_now  # noqa: PLC0415
    from portal.datasets.manifests import sha256_of_file  # noqa: PLC0415
    from portal.datasets.models import DatasetVersion  # noqa: PLC0415

    table = data / f"table-{turn}.parquet"
    copyfile(data / "table.parquet", table)
    version = DatasetVersion(
        dataset=first.dataset, unit=first.unit, receipt_number=f"b-{turn}", status="submitted",
        filename="a.csv", size=1, sha256="", schema=schema_now(first.dataset),
        table_path=table.name, table_sha256=first.table_sha256, row_count=ROWS,
        uploaded_by=first.uploaded_by,
        submitted_by=first.uploaded_by, submitted_at=timezone.now(),
        based_on=current_version(first.dataset),
    )  # fmt: skip
    version.file.save(f"b-{turn}.csv", ContentFile(b"x" * 50_000_000), save=False)
    version.sha256 = sha256_of_file(version.file.path)
    version.save()
    return version


@contextmanager
def _others(folder):
    """Let a reader and a writer work in processes of their own; fill in what they waited."""
    told = {"read": {}, "write": {}}
    env = dict(
        os.environ,
        DJANGO_SETTINGS_MODULE="portal.settings.dev",
        PORTAL_VAR_DIR=str(folder),
        DATABASE_URL=database_url(),
    )
    command = [sys.executable, "-m", "benchmarks.waiting"]
    running = {
        kind: subprocess.Popen(
            [*command, kind], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for kind in told
    }
    for each in running.values():
        each.stdout.readline()  # it has begun
    try:
        yield told["read"], told["write"]
    finally:
        for kind, each in running.items():
            answer, _errors = each.communicate("stop\n")
            told[kind].update(json.loads(answer))
