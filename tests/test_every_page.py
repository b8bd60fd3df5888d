"""Every page and address of the portal, opened by everybody: no fault, no flood of queries."""

from collections import Counter

from django.db import connection, transaction
from django.test import TestCase, override_settings, tag
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from wagtail.admin.viewsets import viewsets
from wagtail.models import Page

from tests.small_site import build_small_site, let_it_grow
from tests.urls_table import ADDRESSES

#: Of a page as anybody gets it, as a reader with a name (session, person, roles, units), with
#: Wagtail's bar for staff, and of the staff area. Who has a name sees how each duty of an article
#: or a unit is met, for which datasets, meetings, reports, cycles and records are asked once each.
MOST_QUERIES, MOST_OF_A_READER, MOST_WITH_BAR, MOST_OF_STAFF = 34, 46, 60, 60
STAFF = "/quan-tri/"
WALKERS = ("anonymous", "reader", "unit_head", "ioc_leader", "administrator")
NOWHERE = 987_654_321
#: Whose views are ours to answer for: allauth's stand under our addresses, in our templates.
OWN = ("portal", "search", "allauth")


def patterns(resolver=None, namespace=""):
    """Yield ``(name with its namespace, callback)`` of every pattern below ``resolver``."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            below = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from patterns(pattern, below)
        else:
            yield ":".join(filter(None, (namespace, pattern.name))), pattern.callback


def own_patterns():
    """Return the names of the patterns that lead to the project's own views."""
    names = list(patterns())
    rooms = {
        view_set.url_namespace
        for view_set in viewsets.viewsets
        if type(view_set).__module__.startswith("portal.") and hasattr(view_set, "model")
    }
    return sorted(
        name
        for name, callback in names
        if name.partition(":")[0] in rooms | {"api"}
        or getattr(callback, "__module__", "").partition(".")[0] in OWN
    )


class TableTests(TestCase):
    def test_the_table_knows_every_pattern_and_no_other(self):
        names = own_patterns()

        self.assertEqual(sorted(set(names) - set(ADDRESSES)), [], "add them to tests/urls_table.py")
        self.assertEqual(sorted(set(ADDRESSES) - set(names)), [], "these are gone")
        self.assertEqual([name for name, count in Counter(names).items() if count > 1], [])


@override_settings(SECURE_SSL_REDIRECT=False)
class EveryPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = build_small_site(cls)

    def everybody(self):
        """Log in as one person of each sort after the other, yielding who it is.

        Who reaches what is held for every role by ``tests/test_rights.py``.
        """
        for who in WALKERS:
            user = self.site.people[who]
            self.client.logout()
            if user is not None:
                self.client.force_login(user)
            yield who

    def open(self, url, who="anonymous"):
        """Return the answer to a GET, after holding it to the bounds of every page."""
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            answer = self.client.get(url)
            if answer.streaming:
                b"".join(answer)
            transaction.set_rollback(True)
        bounds = {"anonymous": MOST_QUERIES, "reader": MOST_OF_A_READER}
        most = bounds.get(who, MOST_WITH_BAR)
        most = MOST_OF_STAFF if url.startswith(STAFF) else most
        self.assertLess(answer.status_code, 500)
        self.assertLessEqual(len(captured), most, _repeated(captured))
        if not answer.streaming:
            self.assertNotIn(b">---------<", answer.content, "an empty choice says nothing")
        return answer

    def addresses(self):
        for name, address in ADDRESSES.items():
            url = reverse(name, kwargs=address.kwargs(self.site))
            yield name, address, f"{url}{address.query}"

    def test_every_page_of_the_tree_opens_for_everybody(self):
        pages = [page for page in Page.objects.filter(depth__gt=1).live().specific() if page.url]
        self.assertGreaterEqual(len({type(page) for page in pages}), 14)

        for who in self.everybody():
            for page in pages:
                with self.subTest(page.url, who=who):
                    self.assertIn(self.open(page.url, who).status_code, (200, 301, 404))

    def test_the_public_reads_every_page_that_is_not_internal(self):
        for page in Page.objects.filter(depth__gt=1).live().specific():
            with self.subTest(page.url):
                status = self.open(page.url).status_code
                self.assertEqual(status == 404, page.pk == self.site.internal.pk)

    def test_every_address_answers_everybody(self):
        for who in self.everybody():
            for name, address, url in self.addresses():
                with self.subTest(name, who=who):
                    answer = self.open(url, who)
                    if who == address.by:
                        self.assertEqual(answer.status_code, address.opens)
                    elif who == "anonymous" and address.public is None:
                        self.assertRedirects(
                            answer, f"/dang-nhap/?next={url}", fetch_redirect_response=False
                        )
                    elif who == "anonymous":
                        self.assertEqual(answer.status_code, address.public)

    @tag("walk")
    def test_the_number_of_queries_does_not_grow_with_the_centre(self):
        for who in ("anonymous", "unit_head", "administrator"):
            if who != "anonymous":
                self.client.force_login(self.site.people[who])
            urls = [url for _name, _address, url in self.addresses()]
            urls += [page.url for page in Page.objects.filter(depth__in=(2, 3)).live()]
            with transaction.atomic():
                let_it_grow(self.site, 1)  # so that there is something of each kind already
                before = {url: self.count(url) for url in urls}
                let_it_grow(self.site, 8, start=1)
                for url in urls:
                    with self.subTest(url, who=who):
                        self.assertLess(self.count(url), before[url] + 6)
                transaction.set_rollback(True)

    def count(self, url):
        with CaptureQueriesContext(connection) as captured:
            self.client.get(url)
        return len(captured)

    def test_readers_do_not_enter_the_staff_area(self):
        for who in ("anonymous", "reader"):
            self.client.logout()
            if who == "reader":
                self.client.force_login(self.site.people[who])
            for name, _address, url in self.addresses():
                if url.startswith(STAFF):
                    with self.subTest(name, who=who):
                        self.assertEqual(self.client.get(url).status_code, 302)

    def test_what_does_not_exist_is_no_fault(self):
        self.client.force_login(self.site.people["administrator"])
        for name, address in ADDRESSES.items():
            kwargs = {
                key: NOWHERE if isinstance(value, int) else "khong-co"
                for key, value in address.kwargs(self.site).items()
            }
            if kwargs:
                with self.subTest(name):
                    url = reverse(name, kwargs=kwargs)
                    status = self.open(url, "administrator").status_code
                    self.assertIn(status, (302, 404, 405, address.nowhere))

    def test_an_empty_form_is_no_fault_for_anybody(self):
        for who in self.everybody():
            for name, _address, url in self.addresses():
                with self.subTest(name, who=who), transaction.atomic():
                    self.assertLess(self.client.post(url, {}).status_code, 500)
                    transaction.set_rollback(True)


def _repeated(captured):
    """Return the queries that were asked most, as a hint for whoever has to reduce them."""
    shapes = Counter(query["sql"][:160] for query in captured.captured_queries)
    return "\n".join(f"{count} × {shape}" for shape, count in shapes.most_common(6))
