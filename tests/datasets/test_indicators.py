"""An indicator as readers meet it: its page, its picture, its CSV, JSON and place in the search."""

from decimal import Decimal

from django.test import TestCase
from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal.datasets.models import DatasetPage, IndicatorCataloguePage, IndicatorPage
from tests.datasets.datasets_factory import V1, DatasetTestCase
from tests.factories import make_index


class IndicatorPages(DatasetTestCase):
    def setUp(self):
        super().setUp()
        self.dataset.sharing = DatasetPage.Sharing.INTERNAL
        self.dataset.save()
        self.indicator = make_index(IndicatorCataloguePage, "Chỉ tiêu").add_child(
            instance=IndicatorPage(
                title="Tổng dân số",
                code="DS01",
                frequency="year",
                dataset=self.dataset,
                value_column="so_luong",
                owner_unit=self.unit,
                target=Decimal(40),
                target_year=2026,
            )
        )
        self.publish(V1, period="2025")

    def test_the_page_shows_value_target_and_source(self):
        page = self.client.get(self.indicator.url)
        self.assertContains(page, "30")
        self.assertContains(page, "75%")
        self.assertContains(page, reverse("indicator_chart", args=["DS01"]))

    def test_an_internal_dataset_is_not_named_to_the_public(self):
        self.assertNotContains(self.client.get(self.indicator.url), self.dataset.url)

    def test_picture_and_csv_and_json(self):
        chart = self.client.get(reverse("indicator_chart", args=["DS01"]))
        self.assertEqual(chart["Content-Type"], "image/svg+xml")
        table = self.client.get(reverse("indicator_csv", args=["DS01"])).content.decode("utf-8-sig")
        self.assertIn("2025,,30,", table)
        values = self.client.get("/api/v1/chi-tieu/DS01/").json()["values"]
        self.assertEqual([(each["period"], each["version"]) for each in values], [("2025", 1)])
        self.assertEqual(Decimal(values[0]["value"]), 30)

    def test_it_is_found_without_accents(self):
        for words in ("tong dan so", "Tổng dân số", "ds01"):
            self.assertContains(self.client.get("/tim-kiem/", {"q": words}), self.indicator.url)

    def test_a_hidden_indicator_is_hidden_everywhere(self):
        PageViewRestriction.objects.create(
            page=self.indicator, restriction_type=PageViewRestriction.LOGIN
        )
        for address in (
            reverse("indicator_chart", args=["DS01"]),
            reverse("indicator_csv", args=["DS01"]),
            "/api/v1/chi-tieu/DS01/",
        ):
            self.assertEqual(self.client.get(address).status_code, 404, address)
        for address in ("/api/v1/chi-tieu/", "/chi-tieu/", "/tim-kiem/?q=tong+dan+so"):
            self.assertNotContains(self.client.get(address), "Tổng dân số</a>")


class EmptyIndicator(TestCase):
    def test_a_page_without_values_says_so(self):
        page = make_index(IndicatorCataloguePage, "Chỉ tiêu").add_child(
            instance=IndicatorPage(title="Chưa có gì", code="TR01")
        )
        self.assertEqual(self.client.get(page.url).status_code, 200)
        chart = self.client.get(reverse("indicator_chart", args=["TR01"]))
        self.assertEqual(chart.status_code, 404)
