"""The worker applies a set-up: once, all of it or nothing, and the wizard shows how far it is."""

from datetime import timedelta
from unittest.mock import patch

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.core.jobs import cancel, fail_dead_jobs, run_job
from portal.core.models import Job
from portal.core.roles import Role
from portal.home.models import SetupRun
from portal.home.setting_up import jobs
from portal.home.setting_up.actions import SetupRefused, abandon_setup, correct, decide
from portal.home.setting_up.building import Builder
from portal.units.models import Obligation, UnitPage
from tests.factories import make_user
from tests.home.setting_up.case import SetupCase


class JobTests(SetupCase):
    def setUp(self):
        self.client.force_login(self.administrator)

    def requested(self):
        """Return ``(run, job)`` of a set-up that waits for the worker."""
        run = self.start()
        return run, jobs.request_setup(run, user=self.administrator)

    def work(self, waiting):
        run_job.call(waiting.pk)
        waiting.refresh_from_db()
        return waiting

    def page(self, run):
        return self.client.get(reverse("setup:step", args=[run.pk, "dung"]))

    def progress(self, run):
        return self.client.get(reverse("setup:progress", args=[run.pk]))

    def assert_nothing_stands(self):
        self.assertFalse(UnitPage.objects.exists())
        self.assertFalse(Obligation.objects.exists())

    def test_the_wizard_waits_for_the_worker_and_then_shows_what_stands(self):
        run, waiting = self.requested()

        self.assertContains(self.page(run), reverse("setup:progress", args=[run.pk]))
        self.assertNotContains(self.progress(run), "data-done")
        self.assert_nothing_stands()
        self.assertEqual(self.work(waiting).status, Job.Status.DONE)

        self.assertContains(self.progress(run), "data-reload")
        run.refresh_from_db()
        self.assertEqual(run.status, SetupRun.Status.APPLIED)
        self.assertNotContains(self.page(run), "data-poll-url")
        self.assertTrue(UnitPage.objects.live().exists())

    def test_each_step_has_a_name_in_the_language_of_the_portal(self):
        run, waiting = self.requested()
        told = []

        def tell(running, step, percent):
            told.append((str(jobs.STEPS[step]), percent))

        with patch.object(jobs, "report_progress", tell):
            self.work(waiting)

        self.assertEqual([percent for _name, percent in told], [5, 20, 95])
        self.assertEqual(len({name for name, _percent in told}), 3)

    def test_while_it_waits_nobody_changes_or_requests_it_again(self):
        run, _waiting = self.requested()
        unit = run.proposals.filter(kind="unit").first()

        for again in (
            lambda: jobs.request_setup(run, user=self.administrator),
            lambda: decide(run, set(), among={unit.pk}, user=self.administrator),
            lambda: correct(unit, {"name": "Khác"}, user=self.administrator),
            lambda: abandon_setup(run, user=self.administrator),
        ):
            with self.assertRaises(SetupRefused):
                again()
        self.client.post(reverse("setup:apply", args=[run.pk]))
        self.assertEqual(Job.objects.about(run).count(), 1)

    def test_a_worker_that_dies_leaves_nothing_and_it_can_be_started_again(self):
        run, waiting = self.requested()

        class Killed(BaseException):
            """What ends a process; no handler of errors sees it."""

        with (
            patch.object(Builder, "confirm_definitions", side_effect=Killed),
            self.assertRaises(Killed),
        ):
            run_job.call(waiting.pk)

        self.assert_nothing_stands()
        fail_dead_jobs(timezone.now() + timedelta(days=1))
        waiting.refresh_from_db()
        self.assertContains(self.page(run), waiting.error)
        self.assertEqual(
            self.work(jobs.request_setup(run, user=self.administrator)).status, Job.Status.DONE
        )
        self.assertTrue(UnitPage.objects.exists())

    def test_an_error_is_told_in_place_and_nothing_stands(self):
        run, waiting = self.requested()

        with (
            patch.object(Builder, "confirm_definitions", side_effect=RuntimeError("x")),
            self.assertLogs("portal.core.jobs", "ERROR"),
        ):
            self.work(waiting)

        self.assert_nothing_stands()
        self.assertContains(self.page(run), waiting.incident)

    def test_who_was_cancelled_or_lost_the_right_writes_nothing(self):
        _run, waiting = self.requested()
        cancel(waiting)
        self.work(waiting)
        self.assert_nothing_stands()

        another = make_user(Role.ADMINISTRATOR)
        waiting = jobs.request_setup(self.start(), user=another)
        another.groups.clear()
        another.is_superuser = False
        another.save()
        with patch.object(jobs, "apply_setup", side_effect=PermissionDenied):
            self.assertEqual(self.work(waiting).status, Job.Status.FAILED)
        self.assert_nothing_stands()

    def test_a_text_that_changed_meanwhile_is_refused_in_one_sentence(self):
        run, waiting = self.requested()
        SetupRun.objects.filter(pk=run.pk).update(text_sha256="0" * 64)

        self.assertEqual(self.work(waiting).status, Job.Status.FAILED)

        self.assertContains(self.page(run), waiting.error)
        self.assert_nothing_stands()
