"""The definition as Table Schema and on paper, for those who may not see all of it."""

from django.test import TestCase
from wagtail.models import PageViewRestriction

from tests.datasets.datasets_factory import COLUMNS, make_dataset
from tests.factories import make_unit


class OutsiderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.open_unit, cls.closed_unit = make_unit("Sở Mở"), make_unit("Phòng Kín")
        PageViewRestriction.objects.create(page=cls.closed_unit, restriction_type="login")
        columns = (*COLUMNS, ("don_vi", "Đơn vị", "unit", {}))
        cls.dataset = make_dataset(cls.open_unit, columns=columns)

    def fields(self):
        answer = self.client.get(f"/du-lieu-tai/{self.dataset.code}/cau-truc.json")
        return {field["name"]: field for field in answer.json()["fields"]}

    def test_internal_columns_are_left_out(self):
        self.assertEqual(set(self.fields()), {"ma", "ten", "so_luong", "don_vi"})

    def test_a_column_of_units_lists_no_closed_one(self):
        described = str(self.fields()["don_vi"])

        self.assertIn("Sở Mở", described)
        self.assertNotIn("Phòng Kín", described)
