"""The list of datasets as readers look through it."""

from django.test import TestCase

from portal.datasets.models import DatasetIndexPage
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_unit


class CatalogueTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit()
        for title, code in (
            ("Thu ngân sách", "thu"),
            ("Đăng ký doanh nghiệp", "dang-ky"),
            ("Cấp phép xây dựng", "cap-phep"),
            ("Ánh sáng công cộng", "anh-sang"),
        ):
            make_dataset(cls.unit, code, title=title)

    def titles(self, **query):
        answer = self.client.get(DatasetIndexPage.objects.get().url, query)
        return [dataset.title for dataset in answer.context["datasets"]]

    def test_they_stand_in_vietnamese_order(self):
        self.assertEqual(
            self.titles(),
            ["Ánh sáng công cộng", "Cấp phép xây dựng", "Đăng ký doanh nghiệp", "Thu ngân sách"],
        )

    def test_words_are_found_without_accents_and_in_any_order(self):
        self.assertEqual(self.titles(tim="nghiep dang"), ["Đăng ký doanh nghiệp"])
        self.assertEqual(self.titles(tim="ĐĂNG-KÝ"), ["Đăng ký doanh nghiệp"])
        self.assertEqual(self.titles(tim="không có"), [])
