"""Indicators as JSON-stat: a whole cube, and only for those who may read the indicator."""

from math import prod

from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal.datasets.models import IndicatorCataloguePage, IndicatorPage
from tests.datasets.datasets_factory import V2, DatasetTestCase
from tests.factories import make_index


class JsonStatTests(DatasetTestCase):
    def setUp(self):
        self.indicator = make_index(IndicatorCataloguePage, "Chỉ tiêu").add_child(
            instance=IndicatorPage(
                title="Tổng dân số",
                code="DS01",
                frequency="year",
                dataset=self.dataset,
                value_column="so_luong",
                area_column="ten",
                unit_of_measure="người",
                owner_unit=self.unit,
            )
        )
        self.url = reverse("json_stat", args=["DS01"])

    def test_every_cell_of_the_cube_has_its_value(self):
        self.publish(period="2024")
        self.publish(V2, period="2025")

        cube = self.client.get(self.url).json()

        self.assertEqual(prod(cube["size"]), len(cube["value"]))
        areas = cube["dimension"]["dia_ban"]["category"]["index"]
        self.assertEqual(areas, ["_", "Phường An Bình", "Phường Bình Minh", "Xã Cửa Tùng"])
        self.assertEqual(cube["dimension"]["ky"]["category"]["index"], ["2024", "2025"])
        self.assertEqual(cube["value"], [30, 10, 20, None, 20, 15, None, 5])

    def test_the_measure_says_its_unit_and_source(self):
        self.publish()

        cube = self.client.get(self.url).json()

        self.assertEqual(
            cube["dimension"]["chi_tieu"]["category"]["unit"]["DS01"],
            {"decimals": 0, "label": "người"},
        )
        self.assertEqual(cube["source"], self.unit.title)
        self.assertEqual(cube["role"]["time"], ["ky"])

    def test_a_closed_unit_is_no_source(self):
        self.publish()
        PageViewRestriction.objects.create(page=self.unit, restriction_type="login")

        self.assertNotContains(self.client.get(self.url), self.unit.title)

    def test_the_collection_leads_to_what_has_values_and_may_be_read(self):
        collection = reverse("json_stat_collection")
        empty = self.client.get(collection).json()["link"]["item"]
        self.publish()
        full = self.client.get(collection).json()["link"]["item"]
        PageViewRestriction.objects.create(page=self.indicator, restriction_type="login")
        closed = self.client.get(collection).json()["link"]["item"]

        self.assertEqual([empty, closed], [[], []])
        self.assertEqual([each["href"] for each in full], [f"http://testserver{self.url}"])
        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_without_a_value_there_is_no_cube(self):
        self.assertEqual(self.client.get(self.url).status_code, 404)
