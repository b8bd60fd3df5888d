"""What goes wrong when the portal fetches: recorded, told once, tried again, paused at last."""

import time
from datetime import timedelta

from django.core import mail
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import timezone

from portal.datasets.actions.sources import resume_source
from portal.datasets.models import DatasetVersion, DataSource, SourceFetch
from portal.datasets.sources.rhythms import MOST_FAILURES
from portal.units.models import Membership
from portal.units.people import name_of
from tests.datasets.datasets_factory import V1, WRONG, make_dataset
from tests.datasets.sources_factory import SourceCase
from tests.web_server import Answer

Outcome, Status = SourceFetch.Outcome, DataSource.Status


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
        far_off = (timezone.localtime().hour + 12) % 24
        source = self.make_source(hour=far_off)
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
        self.assertIn(name_of(self.head), source.paused_because)
        self.assertIn("“Cho tiếp tục”", source.paused_because)
        with self.assertRaises(ValidationError):
            resume_source(source, user=self.head)

    def test_a_dataset_that_passed_to_another_unit_is_fetched_for_no_more(self):
        source = self.make_source()
        self.dataset.owner_unit = make_dataset(code="khac").owner_unit
        self.dataset.save()
        self.turn_when_due(source)
        source.refresh_from_db()

        self.assertEqual(source.status, Status.PAUSED)
        self.assertIn("thuộc đơn vị khác", source.paused_because)
