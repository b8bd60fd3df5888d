"""What the portal fetches from addresses: received like every file, unchanged once."""

from datetime import timedelta
from unittest import mock

from django.core.exceptions import ValidationError
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
from portal.datasets.auditing.chain import first_break
from portal.datasets.models import DatasetVersion, DataSource, SourceFetch
from tests.datasets.datasets_factory import V1, V2
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

        self.assertEqual(published.manifest_parts["private"]["value"]["origin"], version.origin)
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
