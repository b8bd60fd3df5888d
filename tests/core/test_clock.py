"""The clock: what is due runs, and nothing that fails stops the rest."""

import threading
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock, patch

from django.test import SimpleTestCase, TestCase
from django.utils import timezone
from wagtail.models import Page

from portal.core import clock
from portal.core.clock import JobNameTaken, PeriodicJob, every, load_jobs, tick
from portal.core.management.commands.run_clock import run_until

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


def make_job(function=None, *, name="portal.x.schedule.work", minutes=5):
    return PeriodicJob(name, function or Mock(), timedelta(minutes=minutes))


class TickTests(SimpleTestCase):
    def test_a_job_that_never_ran_runs_at_once(self):
        job, last_runs = make_job(), {}

        tick(NOON, last_runs, [job])

        job.function.assert_called_once_with()
        self.assertEqual(last_runs, {job.name: NOON})

    def test_a_job_waits_for_its_interval(self):
        job = make_job(minutes=5)
        last_runs = {}

        for minute in range(11):
            tick(NOON + timedelta(minutes=minute), last_runs, [job])

        self.assertEqual(job.function.call_count, 3)

    def test_a_failing_job_is_logged_and_does_not_stop_the_others(self):
        bad = make_job(Mock(side_effect=RuntimeError("broken")), name="bad")
        good = make_job(name="good")

        with self.assertLogs("portal.core.clock", "ERROR") as logs:
            tick(NOON, {}, [bad, good])

        good.function.assert_called_once_with()
        self.assertIn("RuntimeError: broken", logs.output[0])

    def test_a_failed_job_is_tried_again_after_its_interval(self):
        job = make_job(Mock(side_effect=RuntimeError), minutes=5)
        last_runs = {}

        with self.assertLogs("portal.core.clock", "ERROR"):
            for minute in range(6):
                tick(NOON + timedelta(minutes=minute), last_runs, [job])

        self.assertEqual(job.function.call_count, 2)


class RegistryTests(SimpleTestCase):
    def setUp(self):
        self.enterContext(patch.object(clock, "_jobs", {}))

    def test_a_decorated_function_is_registered_and_stays_callable(self):
        @every(hours=1)
        def work():
            return "done"

        [job] = clock._jobs.values()
        self.assertEqual((job.function, job.interval), (work, timedelta(hours=1)))
        self.assertEqual(work(), "done")

    def test_two_jobs_cannot_share_a_name(self):
        def work():
            pass

        every(hours=1)(work)

        with self.assertRaises(JobNameTaken):
            every(hours=2)(work)

    def test_an_interval_shorter_than_a_tick_is_refused(self):
        with self.assertRaises(ValueError):
            every(seconds=30)


class RunTests(TestCase):
    def test_the_clock_ends_after_the_job_during_which_it_was_asked_to(self):
        stopping = threading.Event()
        first, second = make_job(stopping.set, name="first"), make_job(name="second")

        run_until(stopping, [first, second])

        second.function.assert_called_once_with()


class ScheduleTests(TestCase):
    def test_a_page_whose_time_has_come_is_published(self):
        page = Page.get_first_root_node().add_child(
            instance=Page(title="Thông báo", slug="thong-bao", live=False)
        )
        page.go_live_at = timezone.now() - timedelta(minutes=1)
        page.save_revision(approved_go_live_at=page.go_live_at)

        tick(timezone.now(), {}, load_jobs())

        page.refresh_from_db()
        self.assertIs(page.live, True)

    def test_no_job_of_an_installed_app_fails_on_an_empty_portal(self):
        with self.assertNoLogs("portal.core.clock", "ERROR"):
            tick(timezone.now(), {}, load_jobs())
