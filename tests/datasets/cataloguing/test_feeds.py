"""The Atom feeds of changes: what they tell, to whom, with which identities."""

from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree
from wagtail.models import PageViewRestriction

from portal.core.roles import Role
from portal.datasets.actions.review import withdraw_version
from portal.datasets.cataloguing import feed_views
from tests.datasets.datasets_factory import V2, DatasetTestCase, make_dataset
from tests.factories import make_user

ATOM = "{http://www.w3.org/2005/Atom}"


class FeedTests(DatasetTestCase):
    def feed(self, url=None):
        answer = self.client.get(url or reverse("data_feed"))
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer["Content-Type"], "application/atom+xml; charset=utf-8")
        return etree.fromstring(answer.content)

    def kinds(self, feed):
        return [each.find(f"{ATOM}category").get("term") for each in feed.iter(f"{ATOM}entry")]

    def test_publications_corrections_and_withdrawals_come_newest_first(self):
        self.publish()
        second = self.publish(V2)
        withdraw_version(second, user=make_user(Role.ADMINISTRATOR), note="Sai số liệu")

        feed = self.feed()

        self.assertEqual(self.kinds(feed), ["withdrawn", "corrected", "published"])
        moments = [each.text for each in feed.findall(f"{ATOM}entry/{ATOM}updated")]
        self.assertEqual(moments, sorted(moments, reverse=True))
        self.assertEqual(feed.find(f"{ATOM}updated").text, moments[0])

    def test_a_correction_says_why(self):
        self.publish()
        self.publish(V2)

        [corrected, _first] = self.feed().iter(f"{ATOM}entry")

        self.assertIn("Số liệu mới.", corrected.find(f"{ATOM}summary").text)

    def test_the_reason_of_a_withdrawal_stays_inside(self):
        version = self.publish()
        withdraw_version(version, user=make_user(Role.ADMINISTRATOR), note="Lộ dữ liệu của ông A")

        self.assertNotContains(self.client.get(reverse("data_feed")), "ông A")

    def test_identities_stay_when_the_dataset_is_renamed(self):
        self.publish()
        before = [each.text for each in self.feed().findall(f"{ATOM}entry/{ATOM}id")]
        self.dataset.title, self.dataset.code, self.dataset.slug = "Tên mới", "ma-moi", "ten-moi"
        self.dataset.save()

        after = [each.text for each in self.feed().findall(f"{ATOM}entry/{ATOM}id")]

        self.assertEqual(len(before), 1)
        self.assertEqual(after, before)

    def test_everybody_is_told_the_same_and_only_what_is_public(self):
        self.publish()
        closed = make_dataset(self.unit, "noi-bo", title="Số liệu kín", sharing="internal")
        self.publish(dataset=closed)
        self.client.force_login(make_user(Role.ADMINISTRATOR))

        self.assertEqual(self.kinds(self.feed()), ["published"])
        self.assertEqual(self.client.get(reverse("dataset_feed", args=["noi-bo"])).status_code, 404)

    def test_a_closed_unit_is_no_author(self):
        self.publish()
        PageViewRestriction.objects.create(page=self.unit, restriction_type="login")

        self.assertNotContains(self.client.get(reverse("data_feed")), self.unit.title)

    def test_it_comes_in_pages_that_lead_on(self):
        for period in ("2024", "2025", "2025"):
            self.publish(period=period)

        with mock.patch.object(feed_views, "ENTRIES_ON_A_PAGE", 2):
            first = self.feed()
            links = {each.get("rel"): each.get("href") for each in first.findall(f"{ATOM}link")}
            second = self.feed(links["next"])
            beyond = self.client.get(reverse("data_feed") + "?trang=3")

        self.assertEqual([len(self.kinds(each)) for each in (first, second)], [2, 1])
        self.assertEqual(beyond.status_code, 404)

    def test_it_costs_the_same_for_one_or_many_changes(self):
        self.publish()
        self.feed()  # warm the site and content type caches
        with CaptureQueriesContext(connection) as one:
            self.feed()
        for number in range(4):
            self.publish(period=("2024", "2025")[number % 2])

        with CaptureQueriesContext(connection) as many:
            self.feed()

        self.assertEqual(len(many), len(one))

    def test_pages_name_their_feed(self):
        self.publish()

        self.assertContains(
            self.client.get(self.dataset.get_url()),
            f'type="application/atom+xml" title="Thay đổi của bộ dữ liệu này" '
            f'href="{reverse("dataset_feed", args=["dan-so"])}"',
        )
        self.assertContains(
            self.client.get(self.dataset.get_parent().get_url()), reverse("data_feed")
        )
