"""The text as JSON."""

from django.test import TestCase

from tests.factories import make_article, make_regulation


class ArticleTests(TestCase):
    def setUp(self):
        self.regulation = make_regulation()
        make_article(self.regulation, "5", "Thời hạn", eid="qc__dieu_5")

    def get(self, number):
        return self.client.get(f"/api/v1/quy-che/{self.regulation.slug}/dieu/{number}/")

    def test_an_article_is_given_by_its_number(self):
        self.assertEqual(self.get("5").json()["heading"], "Thời hạn")
        self.assertEqual(self.get("6").status_code, 404)

    def test_of_two_articles_with_one_number_the_first_is_given(self):
        make_article(self.regulation, "5", "Đánh số nhầm", eid="qc__dieu_5_2")

        self.assertEqual(self.get("5").json()["heading"], "Thời hạn")
