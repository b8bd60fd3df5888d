"""The demo centre as a whole: it stands, no link is dead, no page asks the database too much."""

import re
from collections import deque
from datetime import timedelta
from html import unescape
from io import StringIO
from urllib.parse import urldefrag, urljoin, urlsplit

from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase, tag
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.datasets.models import DatasetPage, DatasetVersion, IndicatorPage
from portal.home.demo.build import build_demo
from portal.home.demo.people import LEADING_PEOPLE, person_named
from portal.meetings.models import Meeting, Task
from portal.regulations.models import ArticlePage
from portal.units.models import UnitPage
from tests.factories import make_roots

#: The start page asks every room once what waits for the person; the number does not grow.
MOST_QUERIES = 80
#: A walk ends when so many links are known; that of a role when so many pages were opened.
MOST_PAGES, MOST_OF_A_ROLE = 160, 60
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#][^"]*)"')
#: Wagtail's own admin is tested by Wagtail; of the staff area our own rooms are walked.
OWN_STAFF_ROOMS = (
    "/quan-tri/du-lieu/",
    "/quan-tri/hop/",
    "/quan-tri/don-vi/",
    "/quan-tri/quy-che/",
)


class DemoCentre(TransactionTestCase):
    """Built once for all tests of the class, which only read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_roots()
        build_demo()

    @classmethod
    def tearDownClass(cls):
        TransactionTestCase._fixture_teardown(cls())
        super().tearDownClass()

    @classmethod
    def _fixture_setup(cls):
        """Leave what was built as it is."""

    def _fixture_teardown(self):
        """Leave it for the next test."""

    def test_it_has_what_a_centre_has(self):
        self.assertGreaterEqual(ArticlePage.objects.filter(component="qc").count(), 15)
        self.assertGreaterEqual(UnitPage.objects.count(), 12)
        self.assertEqual(IndicatorPage.objects.count(), 25)
        self.assertEqual(DatasetPage.objects.count(), 10)
        self.assertGreaterEqual(DatasetVersion.objects.published_ever().count(), 110)
        self.assertEqual(Meeting.objects.filter(minutes__status="issued").count(), 2)
        self.assertGreaterEqual(len(set(Task.objects.values_list("status", flat=True))), 6)

    def test_every_indicator_has_a_year_of_values(self):
        for indicator in IndicatorPage.objects.all():
            months = indicator.values.current().filter(area="").count()
            self.assertGreaterEqual(months, 11, indicator.code)

    def test_the_audit_chain_is_whole(self):
        call_command("verify_audit", stdout=StringIO())

    def test_what_happened_happened_in_the_past(self):
        version = DatasetVersion.objects.published_ever().earliest("published_at")
        self.assertLess(version.published_at, timezone.now() - timedelta(days=300))

    def test_readers_find_no_dead_link_and_no_slow_page(self):
        seen = self.walk(Client(), "/", lambda path: not path.startswith("/quan-tri/"))
        for address in ("/quy-che/218-qd-ubnd/dieu-12/", "/don-vi/so-y-te/", "/du-lieu/"):
            self.assertIn(address, seen)
        self.assertFalse([path for path in seen if "an-toan-giao-thong" in path])

    @tag("walk")
    def test_each_role_finds_its_rooms_open(self):
        for person in LEADING_PEOPLE:
            client = Client()
            client.force_login(person_named(person.username))
            if person.role != "reader":
                self.walk(
                    client,
                    "/quan-tri/",
                    lambda path: path.startswith(OWN_STAFF_ROOMS),
                    MOST_OF_A_ROLE,
                )

    def walk(self, client, start, may_enter, most=MOST_PAGES):
        """Follow the links from ``start``, ``most`` pages at the most; return the paths seen."""
        waiting, seen, opened = deque([start]), {start}, 0
        while waiting and len(seen) <= MOST_PAGES and opened < most:
            opened += 1
            address = waiting.popleft()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address, follow=True)
            self.assertIn(answer.status_code, (200, 202), address)
            self.assertLessEqual(len(queries), MOST_QUERIES, address)
            if not answer.get("Content-Type", "").startswith("text/html"):
                continue
            for link in LINK.findall(answer.content.decode()):
                target = urldefrag(urljoin(address, unescape(link))).url
                path = urlsplit(target).path
                inside = not urlsplit(target).netloc and path.startswith("/")
                skipped = path.startswith(("/static/", "/media/"))
                if inside and not skipped and target not in seen and may_enter(path):
                    seen.add(target)
                    waiting.append(target)
        return seen
