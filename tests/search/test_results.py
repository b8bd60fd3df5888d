"""What the search page finds, and for whom."""

from django.test import TestCase
from wagtail.models import Page

from portal.regulations.models import RegulationPage
from tests.factories import make_article, make_provision, make_regulation


class ProvisionSearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.regulation = make_regulation()
        article = make_article(cls.regulation)
        make_provision(
            cls.regulation, article=article, text="Đơn vị cung cấp dữ liệu trước ngày 25."
        )

    def count(self, query):
        answer = self.client.get("/api/v1/tim-kiem/", {"q": query}).json()
        return sum(group["count"] for group in answer["groups"])

    def test_accents_do_not_matter(self):
        self.assertEqual(self.count("cung cấp dữ liệu"), 1)
        self.assertEqual(self.count("CUNG CAP du lieu"), 1)

    def test_a_text_that_is_not_public_is_not_found(self):
        self.regulation.unpublish()

        self.assertEqual(self.count("cung cấp dữ liệu"), 0)

    def test_the_marks_of_an_engine_s_language_are_only_marks(self):
        for query in ('"', "a/b", "NOT (", "dữ* OR :", "%", "\x00"):
            with self.subTest(query):
                self.assertEqual(self.client.get("/tim-kiem/", {"q": query}).status_code, 200)


class BackendTests(TestCase):
    def test_any_filter_of_a_queryset_holds(self):
        regulation = make_regulation("Quy chế hoa phượng")
        make_regulation("Quy chế hoa sen")

        found = RegulationPage.objects.filter(provisions__isnull=True).search("hoa")
        one = RegulationPage.objects.filter(pk=regulation.pk).search("quy che")

        self.assertEqual(found.count(), 2)
        self.assertEqual([page.pk for page in one], [regulation.pk])

    def test_the_best_hit_comes_first_and_pages_follow_each_other(self):
        make_regulation("Quy chế về nhiều việc khác nhau trong đó có hoa phượng")
        best = make_regulation("Hoa phượng")

        hits = RegulationPage.objects.all().search("hoa phuong")

        self.assertEqual([page.pk for page in hits[:1]], [best.pk])
        self.assertEqual(len({page.pk for page in [*hits[:1], *hits[1:]]}), 2)

    def test_beginnings_of_words_complete(self):
        page = make_regulation("Quy chế hoa phượng")

        self.assertEqual([each.pk for each in Page.objects.autocomplete("hoa phu")], [page.pk])
