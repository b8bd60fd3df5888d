"""What the search page finds, and for whom."""

from django.test import TestCase

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
