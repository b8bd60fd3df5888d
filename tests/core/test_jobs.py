"""Long work: done after commit, step by step, cancellable, and never silently dead."""

from datetime import timedelta

from django.test import TestCase, override_settings
from django.utils import timezone

from portal.core import schedule
from portal.core.jobs import (
    JobRefused,
    at_once,
    cancel,
    enqueue,
    fail_dead_jobs,
    job,
    report_progress,
    run_job,
)
from portal.core.models import Job
from tests.factories import make_unit, make_user

DATABASE_QUEUE = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []},
}
_done = []


@job("tests.count")
def count(running):
    """Take three steps."""
    for step in (1, 2, 3):
        report_progress(running, f"bước {step}", step * 30)
        _done.append(step)


@job("tests.cancelled")
def cancelled(running):
    """Is cancelled by somebody else between the first and the second step."""
    report_progress(running, "bước 1", 10)
    cancel(Job.objects.get(pk=running.pk))
    report_progress(running, "bước 2", 20)
    _done.append("không tới được")


@job("tests.refused")
def refused(running):
    raise JobRefused("Tệp không có dòng nào.")


@job("tests.broken")
def broken(running):
    raise ZeroDivisionError


@job("tests.dead")
def dead(running):
    """Is given up by the watchdog, but goes on and ends all the same."""
    fail_dead_jobs(timezone.now() + timedelta(days=1))


class JobTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit, cls.user = make_unit(), make_user()

    def setUp(self):
        _done.clear()

    def done(self, kind):
        with self.captureOnCommitCallbacks(execute=True):
            new = enqueue(kind, self.unit, user=self.user)
            self.assertEqual(new.status, Job.Status.QUEUED)
            self.assertEqual(_done, [])
        new.refresh_from_db()
        return new

    def test_work_is_done_after_the_transaction(self):
        finished = self.done("tests.count")

        self.assertEqual(_done, [1, 2, 3])
        self.assertEqual(
            (finished.status, finished.percent, finished.step, finished.requested_by),
            (Job.Status.DONE, 100, "bước 3", self.user),
        )
        self.assertIsNotNone(finished.finished_at)
        self.assertEqual(Job.objects.about(self.unit).get(), finished)

    def test_a_finished_job_is_not_done_again(self):
        finished = self.done("tests.count")

        run_job.call(finished.pk)

        self.assertEqual(_done, [1, 2, 3])

    def test_a_queued_job_can_be_cancelled(self):
        with self.captureOnCommitCallbacks(execute=True):
            waiting = enqueue("tests.count", self.unit)
            self.assertIs(cancel(waiting), True)

        waiting.refresh_from_db()
        self.assertEqual((waiting.status, _done), (Job.Status.CANCELLED, []))
        self.assertIs(waiting.is_finished, True)

    def test_a_running_job_that_is_cancelled_stops_at_its_next_step(self):
        stopped = self.done("tests.cancelled")

        self.assertEqual(
            (stopped.status, stopped.step, _done), (Job.Status.CANCELLED, "bước 1", [])
        )

    def test_a_finished_job_cannot_be_cancelled(self):
        finished = self.done("tests.count")

        self.assertIs(cancel(finished), False)
        finished.refresh_from_db()
        self.assertEqual(finished.status, Job.Status.DONE)

    def test_a_refusal_is_shown_in_its_own_words(self):
        ended = self.done("tests.refused")

        self.assertEqual(
            (ended.status, ended.error, ended.incident),
            (Job.Status.FAILED, "Tệp không có dòng nào.", ""),
        )

    def test_a_fault_gives_a_number_to_quote_and_hides_the_rest(self):
        with self.assertLogs("portal.core.jobs", "ERROR") as logs:
            ended = self.done("tests.broken")

        self.assertEqual(ended.status, Job.Status.FAILED)
        self.assertRegex(ended.incident, r"^[0-9a-f]{8}$")
        self.assertIn(ended.incident, ended.error)
        self.assertNotIn("ZeroDivisionError", ended.error)
        self.assertIn(ended.incident, logs.output[0])
        self.assertIn("ZeroDivisionError", logs.output[0])

    def test_a_job_of_an_unknown_kind_fails_and_says_so(self):
        with self.assertLogs("portal.core.jobs", "ERROR"):
            self.assertEqual(self.done("tests.unknown").status, Job.Status.FAILED)

    def test_at_once_needs_no_worker(self):
        with (
            override_settings(TASKS=DATABASE_QUEUE),
            self.captureOnCommitCallbacks(execute=True),
            at_once(),
        ):
            new = enqueue("tests.count", self.unit)

        new.refresh_from_db()
        self.assertEqual(new.status, Job.Status.DONE)

    def test_without_at_once_a_worker_is_waited_for(self):
        with override_settings(TASKS=DATABASE_QUEUE):
            self.assertEqual(self.done("tests.count").status, Job.Status.QUEUED)


class WatchdogTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit()

    def make_job(self, minutes, status=Job.Status.RUNNING):
        alive = timezone.now() - timedelta(minutes=minutes)
        return Job.objects.create(
            kind="tests.count", subject=self.unit, status=status, heartbeat_at=alive
        )

    def test_only_a_running_job_without_a_sign_of_life_is_failed(self):
        lost, alive = self.make_job(31), self.make_job(29)
        queued = self.make_job(999, Job.Status.QUEUED)
        done = self.make_job(999, Job.Status.DONE)

        self.assertEqual(fail_dead_jobs(), 1)

        for each, status in (
            (lost, Job.Status.FAILED),
            (alive, Job.Status.RUNNING),
            (queued, Job.Status.QUEUED),
            (done, Job.Status.DONE),
        ):
            each.refresh_from_db()
            self.assertEqual(each.status, status)
        self.assertTrue(lost.error)
        self.assertIsNotNone(lost.finished_at)

    def test_a_job_that_was_given_up_stays_failed_whatever_its_worker_says(self):
        with self.captureOnCommitCallbacks(execute=True):
            lost = enqueue("tests.dead", self.unit)

        lost.refresh_from_db()
        self.assertEqual(lost.status, Job.Status.FAILED)

    def test_the_clock_prunes_the_queue_of_a_centre(self):
        with override_settings(TASKS=DATABASE_QUEUE), self.assertNumQueries(1):
            schedule.forget_finished_tasks()
