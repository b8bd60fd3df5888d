"""Trials, corrected cells, the remembered way of reading, two windows, and stopping a check."""

from datetime import timedelta
from pathlib import Path

import duckdb
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.core.jobs import enqueue, fail_dead_jobs, run_job
from portal.core.models import Job
from portal.core.statuses import history_of
from portal.datasets.actions import fixes as fixing
from portal.datasets.actions.fixes import fix_cells
from portal.datasets.actions.review import CHECK, submit_version, verify_and_publish
from portal.datasets.actions.stale_forms import mark_of
from portal.datasets.actions.trials import KEPT_DAYS, forget_trials, send_trial
from portal.datasets.actions.uploads import ask_reading_again, cancel_check, choose_reading
from portal.datasets.auditing.chain import first_break
from portal.datasets.imports import workspace
from portal.datasets.models import CellFix, DatasetVersion, RememberedReading
from tests.datasets.datasets_factory import V1, WRONG, DatasetTestCase, csv_file, make_dataset

Status = DatasetVersion.Status
DOUBTFUL = "Mã;Số\na;1.234\nb;2.345\n"


class FixingTests(DatasetTestCase):
    def fix(self, version, changes, user=None):
        with self.captureOnCommitCallbacks(execute=True):
            fix_cells(version, changes, user=user or self.officer)
        version.refresh_from_db()
        return version

    def test_a_corrected_cell_is_checked_and_the_file_stays(self):
        version = self.fix(self.receive(WRONG), {(2, "so_luong"): "10"})

        self.assertEqual(version.status, Status.CHECKED)
        self.assertEqual(Path(version.file.path).read_bytes(), WRONG.encode())
        fix = CellFix.objects.get()
        self.assertEqual((fix.old_value, fix.new_value, fix.fixed_by), ("mười", "10", self.officer))
        notes = " ".join(event.note for event in history_of(version))
        self.assertIn("“mười” → “10”", notes)

    def test_corrections_are_sealed_with_the_version(self):
        version = self.fix(self.receive(WRONG), {(2, "so_luong"): "10"})
        submit_version(version, user=self.officer)

        verify_and_publish(version, user=self.verifier)

        [told] = version.manifest_parts["private"]["value"]["fixes"]
        self.assertEqual((told["row"], told["column"], told["new"]), (2, "so_luong", "10"))
        self.assertIsNone(first_break(self.dataset))
        with duckdb.connect() as database:
            rows = database.execute(
                "SELECT so_luong FROM read_parquet(?)", [self.path_of(version)]
            ).fetchall()
        self.assertEqual(rows, [(10,)])

    def path_of(self, version):
        return str(Path(version.file.storage.location) / version.table_path)

    def test_a_wrong_correction_is_refused_again_and_corrected_once_more(self):
        version = self.fix(self.receive(WRONG), {(2, "so_luong"): "chín"})
        self.assertEqual(version.status, Status.REFUSED)

        version = self.fix(version, {(2, "so_luong"): "9"})

        self.assertEqual(version.status, Status.CHECKED)
        told = list(CellFix.objects.values_list("old_value", "new_value"))
        self.assertEqual(told, [("mười", "chín"), ("chín", "9")])

    def test_nothing_is_corrected_after_submission_by_others_or_where_nothing_was_wrong(self):
        version = self.receive(WRONG)
        for changes, user in [
            ({(2, "so_luong"): "10"}, self.stranger),
            ({(2, "ten"): "Tên khác"}, self.officer),
            ({(2, "so_luong"): "mười"}, self.officer),
            ({(2, "so_luong"): "9" * 1001}, self.officer),
        ]:
            with self.subTest(changes=str(changes)[:40]), self.assertRaises(ValidationError):
                fix_cells(version, changes, user=user)
        submitted = self.submit()
        with self.assertRaises(ValidationError):
            fix_cells(submitted, {(2, "so_luong"): "10"}, user=self.officer)
        self.assertFalse(CellFix.objects.exists())

    def test_more_than_the_limit_is_corrected_in_the_file(self):
        rows = "".join(f"{n},x,sai,\n" for n in range(fixing.LARGEST_NUMBER + 1))
        version = self.receive("Mã,Tên,Số lượng,Ghi chú nội bộ\n" + rows)
        changes = {(n + 2, "so_luong"): "1" for n in range(fixing.LARGEST_NUMBER + 1)}

        with self.assertRaises(ValidationError):
            fix_cells(version, changes, user=self.officer)

        self.assertFalse(CellFix.objects.exists())

    def test_the_screen_takes_corrections_and_keeps_what_was_typed_when_refused(self):
        version = self.receive(WRONG)
        self.client.force_login(self.officer)
        page = self.client.get(reverse("datasets:version", args=[version.pk]))
        self.assertContains(page, 'name="o-2-so_luong" value="mười"')
        address = reverse("datasets:put_right", args=[version.pk])

        refused = self.client.post(address, {"o-2-so_luong": "12", "seen": "0-0"})
        self.assertContains(refused, 'value="12"', status_code=409)
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(address, {"o-2-so_luong": "12", "seen": mark_of(version)})

        version.refresh_from_db()
        self.assertEqual(version.status, Status.CHECKED)
        self.assertContains(
            self.client.get(reverse("datasets:version", args=[version.pk])), "<ins>12</ins>"
        )


class TrialTests(DatasetTestCase):
    def test_a_trial_counts_for_nothing_and_cannot_be_submitted(self):
        trial = self.receive(is_trial=True)

        self.assertEqual(trial.status, Status.CHECKED)
        self.assertFalse(DatasetVersion.objects.counting().exists())
        with self.assertRaises(ValidationError):
            submit_version(trial, user=self.officer)
        first = self.receive(V1)
        self.assertTrue(first.receipt_number.endswith("-00001"))
        self.client.force_login(self.officer)
        for name, args in (("dataset", [self.dataset.pk]), ("mine", [])):
            page = self.client.get(reverse(f"datasets:{name}", args=args))
            self.assertNotContains(page, trial.receipt_number)

    def test_the_file_of_a_trial_is_sent_as_it_is(self):
        trial = self.receive(is_trial=True, note="Lời nhắn")
        with self.captureOnCommitCallbacks(execute=True):
            version = send_trial(trial, user=self.officer)

        version.refresh_from_db()
        self.assertEqual((version.status, version.sha256), (Status.CHECKED, trial.sha256))
        self.assertEqual(version.note, "Lời nhắn")
        with self.assertRaises(ValidationError):
            send_trial(trial, user=self.officer)

    def test_trials_go_after_some_days_with_their_files(self):
        old, young, real = self.receive(is_trial=True), self.receive(is_trial=True), self.receive()
        past = timezone.now() - timedelta(days=KEPT_DAYS + 1)
        DatasetVersion.objects.filter(pk__in=[old.pk, real.pk]).update(uploaded_at=past)

        self.assertEqual(forget_trials(), 1)

        self.assertEqual(set(DatasetVersion.objects.all()), {young, real})
        self.assertFalse(Path(old.file.path).exists())
        self.assertTrue(Path(real.file.path).exists())

    def test_the_button_beside_sends_a_trial(self):
        self.client.force_login(self.officer)
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(
                reverse("datasets:upload", args=[self.dataset.pk]),
                {"period": "2025", "file": csv_file(), "note": "", "chi-kiem-tra": "1"},
            )

        trial = DatasetVersion.objects.get()
        self.assertTrue(trial.is_trial)
        page = self.client.get(reverse("datasets:version", args=[trial.pk]))
        self.assertContains(page, "/gui-that/")
        self.assertNotContains(page, "/trinh/")


class ReadingTests(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        columns = (("ma", "Mã", "code", {"is_key": True}), ("so", "Số", "decimal", {}))
        cls.doubtful = make_dataset(cls.unit, "thu-nhap", columns=columns)

    def answered(self):
        version = self.receive(DOUBTFUL, dataset=self.doubtful)
        with self.captureOnCommitCallbacks(execute=True):
            choose_reading(version, {"number_styles": {"so": "group"}}, user=self.officer)
        return version

    def test_the_same_doubt_is_answered_as_last_time_and_said_so(self):
        first = self.answered()

        version = self.receive("Mã;Số\na;5.678\n", dataset=self.doubtful)

        self.assertEqual(version.status, Status.CHECKED)
        self.assertEqual(version.reading["recalled"], first.receipt_number)
        self.client.force_login(self.officer)
        page = self.client.get(reverse("datasets:version", args=[version.pk]))
        self.assertContains(page, first.receipt_number)
        self.assertContains(page, "/doi-cach-doc/")

    def test_another_answer_is_asked_for_and_then_remembered(self):
        self.answered()
        version = self.receive("Mã;Số\na;5.678\n", dataset=self.doubtful)

        with self.captureOnCommitCallbacks(execute=True):
            ask_reading_again(version, user=self.officer)
        version.refresh_from_db()
        self.assertEqual(version.status, Status.NEEDS_CHOICE)
        with self.captureOnCommitCallbacks(execute=True):
            choose_reading(version, {"number_styles": {"so": "decimal"}}, user=self.officer)

        memory = RememberedReading.objects.get()
        styles = memory.chosen["number_styles"]
        self.assertEqual((styles, memory.version), ({"so": "decimal"}, version))

    def test_a_file_that_plainly_differs_is_read_as_it_is(self):
        self.answered()

        version = self.receive("Mã;Số\na;5.67\n", dataset=self.doubtful)

        self.assertEqual(version.status, Status.CHECKED)
        self.assertNotIn("recalled", version.reading)

    def test_the_sample_of_each_way_is_shown(self):
        version = self.receive(DOUBTFUL, dataset=self.doubtful)
        self.client.force_login(self.officer)

        page = self.client.get(reverse("datasets:version", args=[version.pk]))

        self.assertContains(page, "1.234 → 1234")
        self.assertContains(page, "1.234 → 1,234")


class WindowsAndWorkerTests(DatasetTestCase):
    def received(self):
        """Return a version whose check nobody has taken up."""
        version = self.receive()
        DatasetVersion.objects.filter(pk=version.pk).update(status=Status.RECEIVED, report={})
        version.refresh_from_db()
        return version, enqueue(CHECK, version, user=self.officer)

    def page(self, version):
        self.client.force_login(self.officer)
        return self.client.get(reverse("datasets:version", args=[version.pk]))

    def test_a_form_of_an_older_state_is_refused_with_a_sentence(self):
        version = self.receive()
        seen = mark_of(version)
        submit_version(version, user=self.officer)
        self.client.force_login(self.officer)

        answer = self.client.post(
            reverse("datasets:step", args=[version.pk, "huy"]), {"seen": seen}
        )

        self.assertEqual(answer.status_code, 409)
        version.refresh_from_db()
        self.assertEqual(version.status, Status.SUBMITTED)

    def test_a_check_is_stopped_and_the_file_is_taken_up_again(self):
        version, job = self.received()
        self.assertContains(self.page(version), "/dung/")

        cancel_check(version, user=self.officer)

        job.refresh_from_db()
        self.assertEqual(job.status, Job.Status.CANCELLED)
        self.assertContains(self.page(version), "/kiem-tra-lai/")
        mine = self.client.get(reverse("datasets:mine"))
        self.assertContains(mine, version.receipt_number)
        with self.assertRaises(ValidationError):
            cancel_check(version, user=self.officer)

    def test_a_killed_worker_leaves_a_sentence_and_a_way_on(self):
        version, job = self.received()
        long_ago = timezone.now() - timedelta(hours=2)
        Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, heartbeat_at=long_ago)

        fail_dead_jobs()

        job.refresh_from_db()
        page = self.page(version)
        self.assertContains(page, job.error)
        self.assertContains(page, "/kiem-tra-lai/")

    def test_a_file_that_needs_too_much_memory_is_told_so(self):
        version, job = self.received()
        limit, workspace.MEMORY_LIMIT = workspace.MEMORY_LIMIT, "1MB"
        self.addCleanup(setattr, workspace, "MEMORY_LIMIT", limit)

        run_job.call(job.pk)

        job.refresh_from_db()
        self.assertEqual((job.status, job.incident), (Job.Status.FAILED, ""))
        self.assertContains(self.page(version), job.error)
        version.refresh_from_db()
        self.assertEqual(version.status, Status.RECEIVED)
