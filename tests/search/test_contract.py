"""The contract of search: every writing of a question gives the same hits, and never a fault.

The same tests run on SQLite and on PostgreSQL, whose engines differ in all that is tested here.
"""

import unicodedata
from unittest import skipUnless

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import PageViewRestriction
from wagtail.search.backends import get_search_backend

from portal.core.roles import Role
from portal.regulations.models import Provision
from portal.units.models import UnitPage
from search import schedule
from tests.factories import make_article, make_provision, make_regulation, make_unit, make_user

#: Each line holds writings of one question, and the eId of what it must find, alone.
SAME_QUESTION = (
    ("dieu_hanh", ["điều hành", "dieu hanh", "đieu hanh", "ĐIỀU HÀNH", "Ðiều hành", "hành điều"]),
    ("hoa_giai", ["hoà giải", "hòa giải", "hoa giai", "Hoa  Giải"]),
    ("thuy_loi", ["thủy lợi", "thuỷ lợi", "thuy loi", "THUỶ LỢI"]),
    ("dak_lak", ["Đắk Lắk", "đắk lắk", "Dak Lak", "Ðắk Lắk"]),
    ("so_hieu", ["1792/QĐ-UBND", "1792/qd-ubnd", "qđ ubnd 1792", "1792", "“1792/QĐ-UBND”"]),
    ("phan_tram", ["50%", "50 %", "(50)", '"50"', "50"]),
)
TEXTS = {
    "dieu_hanh": "Trung tâm điều hành thông minh",
    "hoa_giai": "Tổ hoà giải ở cơ sở",
    "thuy_loi": unicodedata.normalize("NFD", "Công trình thủy lợi"),
    "dak_lak": "Tỉnh Đắk Lắk",
    "so_hieu": "Quyết định số 1792/QĐ-UBND ngày 02/3/2026",
    "phan_tram": "Đạt ít nhất 50% kế hoạch",
}
AWKWARD = (
    '"', "'", '"a', "a/b", "NOT", "NOT (", "AND OR NOT", "a AND", "NEAR(a b)", "dữ* OR :", "a:*",
    "title:x", "%", "_", "%%%", "\\", "'; DROP TABLE x; --", "&|!<->()", "{{ 7*7 }}", "<script>",
    "\x00", "…", "  ", "-", "*", "١٢", "😀", "𝕏",
    "a" * 10_000, "tỉnh " * 5_000, "ấ" * 400,
)  # fmt: skip


class SearchTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.regulation = make_regulation()
        cls.article = make_article(cls.regulation)
        for position, (eid, text) in enumerate(TEXTS.items()):
            make_provision(
                cls.regulation,
                article=cls.article,
                eid=eid,
                path=eid,
                text=text,
                position=position,
                kind="clause",
                label="khoản",
                number="",
            )
        cls.unit = make_unit("Sở Y tế")

    def hits(self, query, **more):
        answer = self.client.get("/api/v1/tim-kiem/", {"q": query, **more})
        self.assertEqual(answer.status_code, 200, query)
        groups = answer.json()["groups"]
        return {
            hit["url"].strip("/").rpartition("/")[2] for group in groups for hit in group["hits"]
        }


class WritingTests(SearchTestCase):
    def test_every_writing_of_a_question_has_the_same_one_answer(self):
        for eid, writings in SAME_QUESTION:
            for writing in writings:
                for form in ("NFC", "NFD"):
                    with self.subTest(writing, form=form):
                        self.assertEqual(self.hits(unicodedata.normalize(form, writing)), {eid})

    def test_all_words_are_wanted(self):
        self.assertEqual(self.hits("điều lợi"), set())

    def test_what_is_written_as_it_was_asked_stands_first(self):
        for eid, text in (("a", "bàn về ngân sách"), ("b", "bán về ngân sách")):
            make_provision(
                self.regulation, article=self.article, eid=eid, path=eid, text=text, label="x"
            )
        for query, first in (("bàn về", "bàn"), ("bán về", "bán")):
            page = self.client.get("/tim-kiem/", {"q": query})
            self.assertTrue(page.context["groups"][0].found[0].hit.text.startswith(first))

    def test_units_are_found_as_well(self):
        self.assertEqual(self.hits("so y te", loai="don-vi"), {"so-y-te"})


class AwkwardTests(SearchTestCase):
    def test_no_question_is_a_fault(self):
        self.client.force_login(make_user(Role.ADMINISTRATOR))
        for query in AWKWARD:
            for url in ("/tim-kiem/", "/api/v1/tim-kiem/"):
                with self.subTest(query[:20], url=url):
                    self.assertEqual(self.client.get(url, {"q": query}).status_code, 200)

    def test_marks_alone_ask_for_nothing(self):
        for query in ('"', "%", "_", "%%%", "*", "-- ;", "…", "", " "):
            with self.subTest(query):
                self.assertEqual(self.hits(query), set())

    def test_a_wildcard_is_only_a_mark(self):
        self.assertEqual(self.hits("d%"), set())
        self.assertEqual(self.hits("th_y"), set())
        self.assertEqual(self.hits("%điều% hành"), {"dieu_hanh"})

    def test_the_words_of_the_engine_s_language_are_words(self):
        make_provision(
            self.regulation, article=self.article, eid="not", path="not", text="and or not near"
        )

        for query in ("and", "or", "not", "near", "AND OR NOT NEAR"):
            with self.subTest(query):
                self.assertEqual(self.hits(query), {"not"})

    def test_awkward_page_numbers_and_kinds_are_no_fault(self):
        for more in (
            {"trang": "0"}, {"trang": "-1"}, {"trang": "x"}, {"trang": "9" * 30}, {"trang": "²"},
            {"loai": "không có"}, {"loai": "dieu-khoan", "trang": "400"}, {"loai": "%00"},
        ):  # fmt: skip
            for url in ("/tim-kiem/", "/api/v1/tim-kiem/"):
                with self.subTest(more, url=url):
                    answer = self.client.get(url, {"q": "điều hành", **more}, follow=True)
                    self.assertEqual(answer.status_code, 200)

    def test_a_page_beyond_the_last_shows_the_last(self):
        page = self.client.get(
            "/tim-kiem/", {"q": "điều hành", "loai": "dieu-khoan", "trang": "400"}, follow=True
        )

        [group] = page.context["groups"]
        self.assertEqual((group.page.number, len(group.found)), (1, 1))

    def test_the_staff_s_searches_do_not_fail_either(self):
        self.client.force_login(make_user(is_superuser=True))
        for url in (
            "/quan-tri/pages/search/", "/quan-tri/choose-page/search/", "/quan-tri/documents/",
            "/quan-tri/images/", "/quan-tri/don-vi/nguoi/", "/quan-tri/don-vi/nghia-vu/",
        ):  # fmt: skip
            for query in ('"', "a/b", "NOT (", "điều", "%", "tỉnh " * 3_000):
                with self.subTest(url, query=query):
                    self.assertEqual(self.client.get(url, {"q": query}).status_code, 200)


class GeneratedTests(HypothesisTestCase):
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(max_size=20) | st.text("\"'*()-+:^%_/\\ aAđNOTR", max_size=12))
    def test_any_question_has_an_answer(self, query):
        self.assertEqual(self.client.get("/tim-kiem/", {"q": query}).status_code, 200)


class RightsTests(SearchTestCase):
    def restrict(self, page):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def test_what_is_restricted_is_found_only_by_who_may_read_it(self):
        for page in (self.regulation, self.article):
            with self.subTest(page):
                self.restrict(page)
                self.assertEqual(self.hits("điều hành"), set())
                self.client.force_login(make_user(Role.READER))
                self.assertEqual(self.hits("điều hành"), {"dieu_hanh"})
                self.client.logout()
                PageViewRestriction.objects.all().delete()

    def test_a_restricted_unit_is_not_found(self):
        self.restrict(self.unit)

        self.assertEqual(self.hits("Sở Y tế"), set())

    def test_what_is_not_public_or_no_longer_in_force_is_not_found(self):
        Provision.objects.filter(eid="hoa_giai").update(repealed=True)
        self.assertEqual(self.hits("hoà giải"), set())

        self.article.unpublish()
        self.assertEqual(self.hits("điều hành"), set())

        self.unit.unpublish()
        self.assertEqual(self.hits("Sở Y tế"), set())


class EngineTests(SearchTestCase):
    """Wagtail's own screens speak to the backend directly."""

    def found(self, query, **options):
        results = get_search_backend().search(query, Provision.objects.all(), **options)
        return {provision.eid for provision in results}

    def test_every_kind_of_query_is_folded(self):
        for query in (
            PlainText("ĐIỀU hành"),
            Phrase("điều hành"),
            Fuzzy("điều hành"),
            Boost(PlainText("điều hành"), 2.0),
            And([PlainText("điều"), PlainText("HÀNH")]),
            And([PlainText("điều hành"), PlainText('"')]),
            PlainText("điều") & ~PlainText("hoà"),
        ):
            with self.subTest(query):
                self.assertEqual(self.found(query), {"dieu_hanh"})

    def test_alternatives_give_both(self):
        query = Or([PlainText("điều hành"), PlainText("hoà giải")])

        self.assertEqual(self.found(query), {"dieu_hanh", "hoa_giai"})

    def test_marks_alone_find_nothing_in_any_kind_of_query(self):
        for query in (PlainText('"'), Phrase("%"), Fuzzy("…"), Not(PlainText("*")), '"'):
            with self.subTest(query):
                self.assertEqual(self.found(query), set())

    def test_the_beginning_of_a_word_is_completed(self):
        backend = get_search_backend()
        for beginning in ("sở y t", "SO Y", "Sở Y tế"):
            with self.subTest(beginning):
                found = backend.autocomplete(beginning, UnitPage.objects.all())
                self.assertEqual([unit.pk for unit in found], [self.unit.pk])

    def test_named_fields_are_no_fault(self):
        self.assertEqual(self.found("điều hành", fields=["text"]), {"dieu_hanh"})

    def test_a_rebuilt_index_answers_as_before(self):
        call_command("wagtail_update_index", verbosity=0)

        self.assertEqual(self.found("dieu hanh"), {"dieu_hanh"})


class CostTests(SearchTestCase):
    def queries(self, **more):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            self.hits("ngân sách", **more)
        return len(captured)

    def add(self, count):
        for number in range(count):
            make_provision(
                self.regulation,
                article=self.article,
                eid=f"x_{count}_{number}",
                text=f"ngân sách năm {number}",
            )

    def test_the_number_of_queries_does_not_grow_with_the_hits(self):
        self.add(3)
        few, few_of_a_kind = self.queries(), self.queries(loai="dieu-khoan")
        self.add(40)

        self.assertLessEqual(self.queries(), few)
        self.assertLessEqual(self.queries(loai="dieu-khoan"), few_of_a_kind)
        self.assertLessEqual(few, 15)


@skipUnless(connection.vendor == "sqlite", "only SQLite must be told to count its tables")
class StatisticsTests(SearchTestCase):
    def counted(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl LIKE 'wagtailsearch%'")
            return cursor.fetchone()[0]

    def forget(self):
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # makes the table
            cursor.execute("DELETE FROM sqlite_stat1")

    def test_a_rebuild_counts_the_tables(self):
        self.forget()
        call_command("wagtail_update_index", verbosity=0)

        self.assertGreater(self.counted(), 0)

    def test_the_clock_counts_the_tables(self):
        self.forget()
        schedule.count_tables()

        self.assertGreater(self.counted(), 0)
