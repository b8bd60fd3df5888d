"""Reading copies are made ahead by the worker, removed when nobody needs them, and made again."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from portal.core.jobs import run_job
from portal.core.models import Job
from portal.datasets.actions import copying
from portal.datasets.actions.review import withdraw_version
from portal.datasets.auditing.copies import remove_copy
from portal.datasets.cataloguing import measures
from portal.datasets.exports import Export, pieces_of
from portal.datasets.models import DatasetPointer
from portal.datasets.readers import Reader
from portal.datasets.rows import copies
from portal.datasets.rows.answers import rows_page
from portal.datasets.rows.copies import (
    copies_folder,
    copy_path,
    is_whole,
    lines_path,
    reading_copy,
)
from portal.datasets.rows.engine import shelf
from portal.datasets.rows.questions import Question
from portal.datasets.rows.tidying import KEPT, LEFT_OVER, forget_copies
from portal.datasets.rows.whole_answers import each_batch
from portal.datasets.sights import sight_of
from tests.datasets.datasets_factory import V1, V2, DatasetTestCase

NAMES = ("ma", "ten")


class CopyCase(DatasetTestCase):
    def setUp(self):
        for path in copies_folder().iterdir() if copies_folder().exists() else ():
            path.unlink()

    def published(self, text=V1, **kwargs):
        version = self.publish(text, **kwargs)
        version.refresh_from_db()
        return version


@patch.object(copying, "AHEAD_FROM", 1)
class AheadTests(CopyCase):
    def test_publishing_lets_the_worker_make_the_copy(self):
        with self.captureOnCommitCallbacks(execute=True):
            version = self.published()

        self.assertIs(is_whole(copy_path(version)), True)
        [made] = Job.objects.filter(kind=copying.COPY)
        self.assertEqual(made.status, Job.Status.DONE)

    def test_the_job_leaves_alone_what_stands_and_can_be_done_again(self):
        version = self.published()
        path = reading_copy(version)
        before = path.stat().st_ino
        pointer = DatasetPointer.objects.get()

        for _turn in range(2):
            with self.captureOnCommitCallbacks(execute=True):
                copying.enqueue(copying.COPY, pointer)

        self.assertEqual(path.stat().st_ino, before)

    def test_a_small_table_waits_for_its_reader(self):
        with patch.object(copying, "AHEAD_FROM", 100), self.captureOnCommitCallbacks(execute=True):
            version = self.published()

        self.assertIs(Job.objects.filter(kind=copying.COPY).exists(), False)
        self.assertEqual(rows_page(version, Question(NAMES)).total, 2)

    def test_the_clock_has_made_what_is_missing_and_does_not_ask_twice(self):
        version = self.published()
        Job.objects.filter(kind=copying.COPY).delete()

        self.assertEqual((copying.copy_missing(), copying.copy_missing()), (1, 0))
        run_job.call(Job.objects.get(kind=copying.COPY).pk)

        self.assertIs(is_whole(copy_path(version)), True)
        self.assertEqual(copying.copy_missing(), 0)

    def test_the_checksum_of_a_large_table_is_that_of_its_file(self):
        with patch.object(measures, "ROWS_MEASURED", 1):
            version = self.published()
            sight = sight_of(Reader(AnonymousUser()), self.dataset, version)
            self.assertIs(measures.measured(sight), None)
            self.assertEqual(copying.copy_missing(), 0)  # the publication asked for it already

            run_job.call(Job.objects.get(kind=copying.COPY).pk)

            found = measures.measured(sight)
        content = b"".join(pieces_of(Export(version, sight.question(), sight.columns), "csv"))
        self.assertEqual(found.size, len(content))
        self.assertEqual(found.sha256, hashlib.sha256(content).hexdigest())


class TidyingTests(CopyCase):
    def aged(self, version, age):
        """Make a copy and let it look as if it was read so long ago."""
        path = reading_copy(version)
        moment = time.time() - age.total_seconds()
        for each in (path, lines_path(path)):
            os.utime(each, (moment, moment))
        return path

    def test_what_readers_see_now_stays_however_old(self):
        path = self.aged(self.published(), KEPT * 3)

        forget_copies()

        self.assertIs(is_whole(path), True)

    def test_an_earlier_version_goes_some_days_after_its_last_reader(self):
        first = self.published()
        second = self.published(V2)
        path = self.aged(first, KEPT * 0.9)
        forget_copies()
        self.assertIs(is_whole(path), True)

        self.aged(first, KEPT * 1.1)
        self.assertGreaterEqual(forget_copies(), 2)

        self.assertIs(path.exists() or lines_path(path).exists(), False)
        self.assertEqual(rows_page(first, Question(NAMES)).total, 2)
        self.assertEqual(rows_page(second, Question(NAMES)).total, 2)

    def test_reading_an_old_copy_keeps_it(self):
        first = self.published()
        self.published(V2)
        path = self.aged(first, KEPT * 1.1)

        rows_page(first, Question(NAMES))
        forget_copies()

        self.assertIs(is_whole(path), True)

    def test_a_withdrawn_version_has_no_copy(self):
        version = self.published()
        path = reading_copy(version)
        withdraw_version(version, user=self.verifier, note="Sai số liệu.")

        forget_copies()

        self.assertIs(path.exists(), False)

    def test_a_former_format_and_what_was_left_half_made_go_after_a_day(self):
        version = self.published()
        path = reading_copy(version)
        old = path.with_name(f"{version.table_sha256}-0.duckdb")
        draft = path.with_name("abc.draft")
        for each in (old, draft, draft.with_suffix(".sqlite")):
            each.write_bytes(b"x")
        forget_copies()
        self.assertIs(old.exists() and draft.exists(), True)

        forget_copies(now=time.time() + LEFT_OVER.total_seconds() + 60)

        self.assertIs(old.exists() or draft.exists(), False)
        self.assertIs(is_whole(path), True)

    def test_a_copy_that_vanishes_while_it_is_read_breaks_no_reader(self):
        version = self.published()
        question = Question(NAMES)
        rows = each_batch(version, question, size=1)
        first = next(rows)
        path = reading_copy(version)
        path.unlink()
        lines_path(path).unlink()

        self.assertEqual(len(first) + sum(map(len, rows)), 2)
        self.assertEqual(len(rows_page(version, question).rows), 2)

    def test_a_copy_that_vanishes_between_its_name_and_its_opening_is_made_again(self):
        version = self.published()
        question = Question(NAMES)
        path = reading_copy(version)
        told, gone = copies.reading_copy, []

        def vanishing(asked):
            found = told(asked)
            if not gone:
                shelf()._opened.clear()
                gone.extend([path.unlink(), lines_path(path).unlink()])
            return found

        with patch("portal.datasets.rows.answers.reading_copy", vanishing):
            page = rows_page(version, question)

        self.assertEqual(len(page.rows), 2)
        self.assertIs(is_whole(path), True)

    def test_the_disk_has_the_room_of_removed_copies_again_when_the_next_is_read(self):
        old = self.published(V1.replace("An Bình", "Ở đây"))
        question = Question(NAMES, sort=(("ten", False),))
        rows_page(old, question)
        path = copy_path(old)
        self.assertEqual(held(path), [".duckdb", ".keys", ".sqlite"])

        remove_copy(old)
        new = self.published(V2.replace("An Bình", "Ở kia"))
        rows_page(new, question)

        self.assertEqual(held(path), [])


def held(path):
    """Return what this process holds open of the copy at ``path``, removed or not."""
    files = [os.readlink(each) for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    stem = str(path.with_suffix(""))
    found = [file.removeprefix(stem).split()[0] for file in files if file.startswith(stem)]
    return sorted(found)


#: Holds the lock of a copy as a process does that makes it, says so, and waits to be killed.
HOLDER = """
import fcntl, sys, time
lock = open(sys.argv[1], "a")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


class TwoProcessTests(CopyCase):
    def test_the_lock_of_a_killed_process_is_free_at_once(self):
        version = self.published()
        path = copy_path(version)
        path.parent.mkdir(parents=True, exist_ok=True)
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(path.with_suffix(".lock"))],
            stdout=subprocess.PIPE,
        )
        self.assertEqual(holder.stdout.readline(), b"held\n")

        holder.send_signal(signal.SIGKILL)
        holder.wait()
        holder.stdout.close()

        self.assertEqual(reading_copy(version), path)
        self.assertIs(Path(settings.PORTAL_DATA_ROOT) in path.parents, True)
