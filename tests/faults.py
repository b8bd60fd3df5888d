"""Imports that are killed, crowded or starved of disk, and what stands afterwards.

    python -m tests.faults kill|crowd|starve COUNT

Works in the migrated database of ``DATABASE_URL`` and prints what it found as JSON; ``broken``
is empty when nothing was lost and nothing half-published. It is a program of its own because its
imports run in forked processes, which must find no engine started.
"""

import json
import os
import random
import resource
import signal
import sys
import time

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 -- only now are there models
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.core.jobs import fail_dead_jobs  # noqa: E402
from portal.core.models import Job  # noqa: E402
from portal.core.roles import Role  # noqa: E402
from portal.datasets.access import current_version  # noqa: E402
from portal.datasets.actions.review import (  # noqa: E402
    compare_again,
    is_stale,
    submit_version,
    verify_and_publish,
)
from portal.datasets.actions.uploads import check_again, receive_file  # noqa: E402
from portal.datasets.auditing.chain import first_break  # noqa: E402
from portal.datasets.manifests import sha256_of_file, table_file  # noqa: E402
from portal.datasets.models import DatasetVersion  # noqa: E402
from portal.datasets.store import read_rows  # noqa: E402
from tests.datasets.datasets_factory import make_dataset  # noqa: E402
from tests.factories import make_roots, make_unit, make_user  # noqa: E402

Status = DatasetVersion.Status
ROWS, LONG = 300, 200_000
DISK_BYTES = 8_000_000


class Site:
    """A unit with its officer, a verifier, and one dataset without periods.

    All are named by ``way``: one database may see every way in which things go wrong.
    """

    def __init__(self, way):
        make_roots()
        unit = make_unit("Đơn vị gửi dữ liệu", code=f"GUI-{way}")
        self.officer = make_user(Role.DATA_OFFICER, unit=unit, username=f"can-bo-{way}")
        self.verifier = make_user(Role.IOC_OFFICER, username=f"xac-minh-{way}")
        columns = (("ma", "Mã", "code", {"is_key": True}), ("chu", "Chữ", "text", {}))
        self.dataset = make_dataset(
            unit, code=f"thu-loi-{way}", columns=columns, frequency="irregular"
        )

    def receive(self, mark, rows=ROWS, filler=str):
        """Receive and check a file whose every row says ``mark``."""
        lines = [f"{row},{mark}{filler('')}" for row in range(rows)]
        file = SimpleUploadedFile(f"{mark}.csv", "\n".join(["Mã,Chữ", *lines]).encode())
        version = receive_file(self.dataset, file, user=self.officer)
        version.refresh_from_db()
        return version

    def publish(self, version):
        """Take a checked version to the readers, compared again as often as others come first."""
        submit_version(version, user=self.officer)
        self.decide(version)

    def decide(self, version):
        """Verify a submitted version, compared again as often as others come first."""
        while version.status == Status.SUBMITTED:
            try:
                verify_and_publish(version, user=self.verifier)
            except ValidationError:
                version.refresh_from_db()
                if is_stale(version):
                    compare_again(version, user=self.verifier)
                time.sleep(random.uniform(0, 0.05))
            version.refresh_from_db()

    def faults(self):
        """Return what is not as it must be at any instant, as sentences."""
        found = [str(fault) for fault in [first_break(self.dataset)] if fault]
        current = current_version(self.dataset)
        if current is not None and current.status != Status.PUBLISHED:
            found.append(f"readers see {current.receipt_number}, which is {current.status}")
        numbers = self.dataset.versions.published_ever().values_list("number", flat=True)
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            found.append(f"numbers with gaps: {sorted(numbers)}")
        shown = self.dataset.versions.filter(status=Status.PUBLISHED)
        if len(shown) != (current is not None):
            found.append(f"{len(shown)} versions are published at once")
        for version in self.dataset.versions.all():
            if sha256_of_file(version.file.path) != version.sha256:
                found.append(f"{version.receipt_number}: the received file is gone")
        return found

    def finish(self):
        """Do what a restarted worker and the people would do with what was interrupted."""
        fail_dead_jobs(timezone.now() + timezone.timedelta(days=1))
        Job.objects.unfinished().update(status=Job.Status.FAILED)
        for version in self.dataset.versions.order_by("pk"):
            if version.status == Status.RECEIVED:
                check_again(version, user=self.officer)
                version.refresh_from_db()
            if version.status == Status.CHECKED:
                submit_version(version, user=self.officer)
            self.decide(version)

    def contents(self):
        """Return what is wrong in the tables: each must hold its own file and no other."""
        found = []
        for version in self.dataset.versions.all():
            mark = version.filename.removesuffix(".csv")
            texts = {row["chu"] for row in read_rows(table_file(version), ["chu"], limit=ROWS + 1)}
            if texts != {mark} or version.row_count != ROWS:
                found.append(f"{version.receipt_number} holds {sorted(texts)[:3]}, not {mark}")
        return found


def forked(work):
    """Do ``work`` in a process of its own; return its id."""
    connections.close_all()
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        connections.close_all()
        os._exit(code)


def faults_of(site):
    """Return ``site.faults()``, found in a process of its own.

    It opens the engine, which does not survive a fork: this process has others to start.
    """
    out, into = os.pipe()
    child = forked(lambda: os.write(into, json.dumps(site.faults()).encode()))
    os.close(into)
    with open(out, encoding="utf-8") as told:
        text = told.read()
    return json.loads(text) if ended(child) else ["the look for faults failed"]


def ended(child):
    """Wait for a process; return whether it did all of its work."""
    return os.waitpid(child, 0)[1] == 0


def kill(site, count):
    """Kill ``count`` imports at random moments, then finish what they left."""
    chance = random.Random(20261126)
    broken, killed, done = [], 0, 0
    begun = time.monotonic()
    for number in range(3):
        ended(forked(lambda number=number: site.publish(site.receive(f"lanh-{number}"))))
    usual = (time.monotonic() - begun) / 3
    for number in range(count):
        child = forked(lambda number=number: site.publish(site.receive(f"lan-{number}")))
        time.sleep(chance.uniform(0, usual * 1.1))
        os.kill(child, signal.SIGKILL)
        finished = ended(child)
        killed, done = killed + (not finished), done + finished
        broken += faults_of(site)
        current = current_version(site.dataset)
        if finished and current.filename != f"lan-{number}.csv":
            broken.append(f"import {number} had ended, but readers see {current.filename}")
    kept = site.dataset.versions.count()
    by_status = sorted(set(site.dataset.versions.values_list("status", flat=True)))
    broken += _afterwards(site)
    return {"killed": killed, "done": done, "kept": kept, "left": by_status, "broken": broken}


def crowd(site, count):
    """Let ``count`` imports into one dataset begin at the same moment."""
    children = [
        forked(lambda number=number: site.publish(site.receive(f"lan-{number}")))
        for number in range(count)
    ]
    broken = [f"import {at} failed" for at, child in enumerate(children) if not ended(child)]
    broken += faults_of(site) + _afterwards(site)
    receipts = sorted(site.dataset.versions.values_list("receipt_number", flat=True))
    numbers = [int(receipt.rpartition("-")[2]) for receipt in receipts]
    if numbers != list(range(numbers[0], numbers[0] + count)):
        broken.append(f"receipts with gaps: {receipts}")
    return {"published": site.dataset.versions.published_ever().count(), "broken": broken}


def starve(site, count):
    """Let the disk be full while a file is checked, and while one is received, ``count`` times."""
    ended(forked(lambda: site.publish(site.receive("lanh-0"))))
    before = current_version(site.dataset)
    said, broken = "", []
    for _turn in range(count):
        ended(forked(lambda: site.receive("lan-1", LONG, _filler)))
        version = site.dataset.versions.order_by("-pk").first()
        said = _checked_on_full_disk(site, version, broken)
    if current_version(site.dataset) != before:
        broken.append("readers see another version")
    return {"said": said, "broken": broken + faults_of(site)}


def _checked_on_full_disk(site, version, broken):
    """Check a file and receive one on a full disk, then check again; return what was said."""
    ended(forked(lambda: _on_full_disk(lambda: check_again(version, user=site.officer))))
    version.refresh_from_db()
    job = Job.objects.about(version).first()
    if (version.status, job.status) != (Status.RECEIVED, Job.Status.FAILED):
        broken.append(f"{version.status}, {job.status}")
    if not ended(forked(lambda: _on_full_disk(lambda: _refused(site)))):
        broken.append("a file was received on a full disk, or refused without a sentence")
    ended(forked(lambda: check_again(version, user=site.officer)))
    version.refresh_from_db()
    if version.status != Status.CHECKED:
        broken.append(f"afterwards: {version.status}")
    return job.error


def _filler(_text):
    return f"{random.getrandbits(400):0100x}"


def _on_full_disk(work):
    resource.setrlimit(resource.RLIMIT_FSIZE, (DISK_BYTES, DISK_BYTES))
    work()


def _refused(site):
    try:
        site.receive("lan-2", LONG, _filler)
    except ValidationError as refusal:
        if "file" in refusal.message_dict:
            return
    raise AssertionError


def _afterwards(site):
    """Finish what is left, in a process of its own, and say what is wrong then."""
    broken = [] if ended(forked(site.finish)) else ["what was left could not be finished"]
    broken += faults_of(site)
    left = set(site.dataset.versions.values_list("status", flat=True))
    if not left <= {Status.PUBLISHED, Status.SUPERSEDED}:
        broken.append(f"left over: {sorted(left)}")
    return broken + site.contents()


if __name__ == "__main__":
    _program, way, count = sys.argv
    result = {"kill": kill, "crowd": crowd, "starve": starve}[way](Site(way), int(count))
    sys.stdout.write(f"{json.dumps(result, ensure_ascii=False)}\n")
