"""What the portal fetches from addresses: received like every file, unchanged once."""

import time
from datetime import timedelta
from unittest import mock

from django.core import mail
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import timezone

from portal.core.jobs import JobRefused
from portal.core.models import AuditEntry, Job
from portal.core.roles import Role
from portal.datasets.actions import fetching
from portal.datasets.actions.review import discard_version, verify_and_publish
from portal.datasets.actions.sources import (
    change_source,
    end_source,
    pause_source,
    resume_source,
    start_fetch,
)
from portal.datasets.manifests import first_break
from portal.datasets.models import DatasetVersion, DataSource, SourceFetch
from portal.datasets.sources.rhythms import MOST_FAILURES
from portal.units.models import Membership
from tests.datasets.datasets_factory import V1, V2, WRONG, make_dataset
from tests.datasets.sources_factory import SourceCase, moment
from tests.factories import make_user
from tests.web_server import Answer

Outcome, Status = SourceFetch.Outcome, DataSource.Status


class FetchingTests(SourceCase):
    def test_a_file_is_received_in_the_name_of_who_set_it_up_and_checked(self):
        found = self.fetch(self.make_source())

        version = DatasetVersion.objects.get()
        self.assertEqual(
            (found.outcome, found.version, found.answer), (Outcome.TAKEN, version, 200)
        )
        self.assertEqual((version.status, version.uploaded_by), ("checked", self.head))
        self.assertEqual((version.filename, version.size), ("a.csv", found.size))
        self.assertEqual((version.sha256, found.sha256), (found.sha256, version.sha256))
        self.assertEqual(version.origin["address"], f"{self.server.address}/a.csv")
        self.assertTrue(version.receipt_number)

    def test_its_manifest_says_where_it_came_from_and_a_changed_origin_is_found(self):
        version = self.fetch(self.make_source(submits=True)).version
        version.refresh_from_db()
        published = verify_and_publish(version, user=self.verifier)

        self.assertEqual(published.manifest["origin"], version.origin)
        self.assertIsNone(first_break(self.dataset))
        DatasetVersion.objects.filter(pk=version.pk).update(origin={})
        self.assertIsNotNone(first_break(self.dataset))

    def test_what_has_not_changed_is_noted_and_not_received_again(self):
        source = self.make_source()
        self.fetch(source)
        by_etag = self.fetch(source)
        self.server.routes["/a.csv"] = Answer(V1.encode())  # the server forgot its marks
        by_hash = self.fetch(source)

        self.assertEqual((by_etag.outcome, by_etag.answer), (Outcome.UNCHANGED, 304))
        self.assertEqual((by_hash.outcome, by_hash.answer), (Outcome.UNCHANGED, 200))
        self.assertEqual(DatasetVersion.objects.count(), 1)
        self.assertEqual(by_hash.version, by_etag.version)

    def test_changed_content_is_a_new_version(self):
        source = self.make_source()
        self.fetch(source)
        self.server.routes["/a.csv"] = Answer(V2.encode(), etag='"2"')

        self.assertEqual(self.fetch(source).outcome, Outcome.TAKEN)
        self.assertEqual(DatasetVersion.objects.count(), 2)

    def test_a_file_laid_aside_comes_again_only_when_somebody_asks(self):
        source = self.make_source()
        version = self.fetch(source).version
        version.refresh_from_db()
        discard_version(version, user=self.head)

        self.turn_when_due(source)
        self.assertEqual(DatasetVersion.objects.count(), 1)
        self.assertEqual(self.fetch(source).outcome, Outcome.TAKEN)
        self.assertEqual(DatasetVersion.objects.count(), 2)

    def test_the_key_goes_with_the_request_and_nowhere_else(self):
        source = self.make_source(
            "/a.csv?khoa=trong-dia-chi", header_name="X-Api-Key", secret="rat-bi-mat"
        )
        self.fetch(source)
        change_source(source, user=self.head, hour=7)

        self.assertEqual(self.server.asked[0][1]["X-Api-Key"], "rat-bi-mat")
        source.refresh_from_db()
        told = [source.header_kept, *map(str, AuditEntry.objects.values_list("data", flat=True))]
        told += map(str, SourceFetch.objects.values())
        told += map(str, DatasetVersion.objects.values("origin", "report", "note"))
        for never in ("rat-bi-mat", "trong-dia-chi"):
            self.assertNotIn(never, " ".join(told))

    def test_a_new_address_does_not_get_the_old_key(self):
        source = self.make_source(header_name="X-Api-Key", secret="rat-bi-mat")
        changed = change_source(source, user=self.head, address=f"{self.server.address}/b.csv")

        self.assertIsNone(changed.secret)

    def test_the_address_follows_the_period(self):
        self.server.routes["/2024/12/4/2024.csv"] = Answer(V1.encode())
        source = self.make_source("/{nam}/{thang}/{quy}/{ky}.csv", period_of="ended")
        with mock.patch("django.utils.timezone.now", return_value=moment("2025-02-03 06:00")):
            found = self.fetch(source)

        self.assertEqual((found.outcome, found.period, found.version.period),
                         (Outcome.TAKEN, "2024", "2024"))  # fmt: skip

    def test_a_workbook_and_a_file_without_ending_are_known_by_their_bytes(self):
        self.server.routes["/xuat"] = Answer(V1.encode(), kind="application/octet-stream")
        found = self.fetch(self.make_source("/xuat?loai=1"))

        self.assertEqual((found.version.filename, found.outcome), ("xuat.csv", Outcome.TAKEN))

    def test_how_it_is_read_is_said_once_for_all_files(self):
        text = "Tiêu đề\n" + V1.replace(",", ";") + ";Tổng cộng;30;\n"
        self.server.routes["/a.csv"] = Answer(text.encode())
        version = self.fetch(
            self.make_source(reading={"not_records": "leave_out", "header_row": 2})
        ).version

        version.refresh_from_db()
        self.assertEqual((version.status, version.report["left_out"]), ("checked", 1))


class RefusedTests(SourceCase):
    def failed(self, source):
        found = self.fetch(source)
        self.assertEqual(found.outcome, Outcome.FAILED)
        self.assertTrue(found.error)
        for never in ("secret words", "127.0.0", "Traceback"):
            self.assertNotIn(never, found.error)
        return found

    def test_what_is_no_table_is_refused(self):
        source = self.make_source()
        for body, kind in (
            (b"<!DOCTYPE html><html>secret words</html>", "text/csv"),
            (b"<p>secret words", "text/html; charset=utf-8"),
            (b'{"secret words": 1}', "application/json"),
            (b"\0\1\2\3secret words", "application/octet-stream"),
        ):
            self.server.routes["/xuat"] = Answer(body, kind=kind)
            self.failed(self.make_source("/xuat"))
        self.server.routes["/a.csv"] = Answer(b"<html>secret words</html>")
        self.failed(source)
        self.assertFalse(DatasetVersion.objects.exists())

    def test_faults_of_the_server_are_recorded_with_their_number(self):
        source = self.make_source()
        for status in (404, 500):
            self.server.routes["/a.csv"] = Answer(b"secret words", status)
            self.assertEqual(self.failed(source).answer, status)

    @override_settings(PORTAL_FETCH_SECONDS=1)
    def test_a_slow_server_and_too_large_a_file_are_refused(self):
        self.server.routes["/cham"] = lambda handler: time.sleep(5)
        self.failed(self.make_source("/cham"))
        with override_settings(PORTAL_UPLOAD_MAX_BYTES=10):
            self.failed(self.make_source())

    def test_a_closed_network_is_refused(self):
        with override_settings(PORTAL_FETCH_ALLOWED=[]):
            self.failed(self.make_source())
        self.assertEqual(self.server.asked, [])

    def test_a_wrong_file_is_received_and_refused_by_the_check(self):
        self.server.routes["/a.csv"] = Answer(WRONG.encode())
        version = self.fetch(self.make_source(submits=True)).version

        version.refresh_from_db()
        self.assertEqual(version.status, "refused")


class FailureTests(SourceCase):
    def setUp(self):
        super().setUp()
        self.head.email = "thu-truong@example.vn"
        self.head.save()
        self.server.routes["/a.csv"] = Answer(b"secret words", 500)

    def test_failures_are_told_once_tried_again_later_and_paused_after_many(self):
        source = self.make_source()
        waits = []
        for _attempt in range(MOST_FAILURES):
            self.assertEqual(self.turn_when_due(source), 1)
            failed_at = source.fetches.first().finished_at
            source.refresh_from_db()
            waits.append(source.next_at and source.next_at - failed_at)

        self.assertEqual((source.status, source.failures), (Status.PAUSED, MOST_FAILURES))
        self.assertIn("500", source.paused_because)
        self.assertAlmostEqual(waits[0], timedelta(hours=1), delta=timedelta(minutes=1))
        self.assertIsNone(waits[-1])
        self.assertEqual(len(mail.outbox), 2)  # the first failure, and the pause
        self.assertNotIn("secret words", mail.outbox[0].body)
        self.assertIn(f"/nguon/{source.pk}/", mail.outbox[0].body)
        self.assertEqual(self.turn(timezone.now() + timedelta(days=9)), 0)

    def test_a_success_ends_the_row_of_failures(self):
        source = self.make_source()
        self.fetch(source)
        self.server.routes["/a.csv"] = Answer(V1.encode())
        self.fetch(source)
        source.refresh_from_db()

        self.assertEqual(source.failures, 0)

    def test_a_key_that_can_no_longer_be_read_pauses_with_a_sentence(self):
        source = self.make_source(header_name="X-Api-Key", secret="rat-bi-mat")
        with override_settings(SECRET_KEY="another" * 9):
            self.fetch(source)
        source.refresh_from_db()

        self.assertEqual(source.status, Status.PAUSED)
        self.assertEqual(self.server.asked, [])

    def test_who_no_longer_heads_the_unit_fetches_no_more(self):
        source = self.make_source()
        Membership.objects.filter(user=self.head).delete()
        self.turn_when_due(source)
        source.refresh_from_db()

        self.assertEqual((source.status, self.server.asked), (Status.PAUSED, []))
        with self.assertRaises(ValidationError):
            resume_source(source, user=self.head)

    def test_a_dataset_that_passed_to_another_unit_is_fetched_for_no_more(self):
        source = self.make_source()
        self.dataset.owner_unit = make_dataset(code="khac").owner_unit
        self.dataset.save()
        self.turn_when_due(source)
        source.refresh_from_db()

        self.assertEqual(source.status, Status.PAUSED)


class ClockTests(SourceCase):
    def test_two_clocks_at_once_fetch_once(self):
        source = self.make_source()
        now = source.next_at + timedelta(seconds=1)
        seen_by_second = list(DataSource.objects.due(now))
        self.assertEqual(self.turn(now), 1)
        with self.captureOnCommitCallbacks(execute=True):
            again = [fetching._start(each, now) for each in seen_by_second]

        self.assertEqual((again, source.fetches.count()), ([False], 1))

    def test_the_database_lets_one_fetch_wait(self):
        source = self.make_source()
        start_fetch(source)
        with self.assertRaises(ValidationError):
            self.fetch(source)
        self.assertFalse(self.turn_when_due(source))
        self.assertEqual(source.fetches.count(), 1)

    def test_a_fetch_whose_worker_was_killed_is_closed_and_tried_again(self):
        source = self.make_source()
        lost = start_fetch(source)
        Job.objects.about(lost).update(status=Job.Status.FAILED, error="Tiến trình dừng.")
        later = timezone.now() + timedelta(minutes=10)
        self.turn(later)
        lost.refresh_from_db()
        source.refresh_from_db()

        self.assertEqual((lost.outcome, lost.error), (Outcome.FAILED, "Tiến trình dừng."))
        self.assertLess(source.next_at, later + timedelta(hours=2))
        self.assertEqual(self.fetch(source).outcome, Outcome.TAKEN)

    def test_a_worker_that_was_given_up_brings_nothing_any_more(self):
        source = self.make_source()
        with self.captureOnCommitCallbacks() as waiting:
            found = start_fetch(source)
        SourceFetch.objects.filter(pk=found.pk).update(outcome=Outcome.FAILED)
        stale = SourceFetch(pk=found.pk, source=source, outcome=Outcome.WAITING, at=found.at)
        with self.assertRaises(JobRefused), self.captureOnCommitCallbacks(execute=True):
            fetching.take_file(stale)

        self.assertTrue(waiting)
        self.assertFalse(DatasetVersion.objects.exists())

    def test_nothing_is_asked_while_nothing_is_owed(self):
        source = self.make_source(period_of="next_due")
        for period in ("2024", "2025"):
            self.submit(period=period)
        this_year = timezone.localdate().year
        for year in range(2026, this_year + 1):
            self.submit(period=str(year))
        self.assertEqual(self.turn_when_due(source), 0)
        with self.assertRaises(ValidationError):
            self.fetch(source)
        self.assertEqual(self.server.asked, [])

    def test_paused_and_ended_sources_rest(self):
        source = self.make_source(header_name="X-Api-Key", secret="rat-bi-mat")
        pause_source(source, user=self.head, note="Bảo trì")
        self.assertEqual(self.turn(timezone.now() + timedelta(days=40)), 0)
        resume_source(source, user=self.head)
        self.assertTrue(self.turn_when_due(source))
        end_source(source, user=self.head)
        self.assertEqual(self.turn(timezone.now() + timedelta(days=40)), 0)
        source.refresh_from_db()
        self.assertEqual((source.header_kept, source.fetches.count()), ("", 1))
        with self.assertRaises(ValidationError):
            change_source(source, user=self.head, hour=3)


class SubmissionTests(SourceCase):
    def test_it_waits_for_a_person_unless_it_may_submit_by_itself(self):
        waiting = self.fetch(self.make_source()).version
        waiting.refresh_from_db()
        self.server.routes["/b.csv"] = Answer(V2.encode())
        gone = self.fetch(self.make_source("/b.csv", submits=True)).version
        gone.refresh_from_db()

        self.assertEqual((waiting.status, gone.status), ("checked", "submitted"))
        self.assertEqual(gone.submitted_by, self.head)

    def test_a_correction_of_published_figures_waits_for_its_reason(self):
        year = str(timezone.localdate().year)
        self.publish(period=year)
        self.server.routes["/a.csv"] = Answer(V2.encode())
        version = self.fetch(self.make_source(submits=True, period_of="current")).version
        version.refresh_from_db()

        self.assertEqual(version.status, "checked")

    def test_an_administrator_who_may_not_submit_cannot_let_it_submit(self):
        administrator = make_user(Role.ADMINISTRATOR)
        with self.assertRaises(ValidationError):
            self.make_source(user=administrator, submits=True)
        self.assertEqual(self.make_source(user=administrator).set_up_by, administrator)

    def test_others_set_nothing_up(self):
        for user in (self.officer, self.stranger, self.verifier):
            with self.assertRaises(ValidationError):
                self.make_source(user=user)
