"""A column of days with a time of day: shown, filtered and written as people here write it."""

import io
from datetime import datetime

import openpyxl

from portal.datasets.models import DatasetPage
from tests.datasets.datasets_factory import content
from tests.datasets.test_import_commands import CommandTestCase

SCHEMA = {
    "fields": [
        {"name": "ma", "type": "string"},
        {"name": "luc", "type": "datetime"},
        {"name": "ngay", "type": "date"},
    ]
}
ROWS = (
    "ma,luc,ngay\n"
    "1,23/02/2002 03:37,31/12/1899\n"
    "2,23/02/2002 19:00:05,01/01/1900\n"
    "3,24/05/2002 00:00,02/03/2026\n"
    "4,,\n"
)
API = "/api/v1/du-lieu/phan-anh/phien-ban/1/dong/"


class MomentTests(CommandTestCase):
    def setUp(self):
        super().setUp()
        self.define(SCHEMA)
        self.bring(ROWS, "--publish")
        self.page = DatasetPage.objects.get()
        self.page.sharing = "public"
        self.page.save()

    def found(self, asked):
        answer = self.client.get(API, {"loc": f"luc__{asked}"})
        return "".join(row["ma"] for row in answer.json()["rows"])

    def test_it_is_compared_however_the_moment_is_written(self):
        self.assertEqual(self.found("gte:23/02/2002 03:37"), "123")
        self.assertEqual(self.found("gt:2002-02-23T03:37"), "23")
        self.assertEqual(self.found("lt:24/05/2002"), "12")
        self.assertEqual(self.found("exact:23/02/2002 19:00:05"), "2")
        self.assertEqual(self.found("in:24/05/2002 00:00,23/02/2002 03:37:00"), "13")

    def test_its_parts_are_asked_for_like_those_of_a_day(self):
        self.assertEqual(self.found("date:23/02/2002"), "12")
        self.assertEqual(self.found("month:5"), "3")
        self.assertEqual(self.found("day:23"), "12")
        self.assertEqual(self.found("quarter:2"), "3")
        self.assertEqual(self.found("year:2002"), "123")
        self.assertEqual(self.found("isnull:1"), "4")

    def test_what_is_no_moment_is_refused_with_a_sentence(self):
        answer = self.client.get(API, {"loc": "luc__gte:hôm qua"})

        self.assertEqual(answer.status_code, 422)
        self.assertIn("hôm qua", answer.json()["detail"])

    def test_the_page_shows_it_as_clocks_here_do(self):
        page = self.client.get(self.page.url, {"loc": "luc__date:23/02/2002"})

        self.assertContains(page, "23/02/2002 19:00:05")
        self.assertNotContains(page, "2002-02-23")

    def test_files_for_offices_have_real_moments_and_days_that_can_be_read(self):
        file = content(self.client.get("/du-lieu-tai/phan-anh/1.xlsx"))
        sheet = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
        csv = content(self.client.get("/du-lieu-tai/phan-anh/1.csv")).decode()

        self.assertEqual(sheet["B3"].value, datetime(2002, 2, 23, 19, 0, 5))  # noqa: DTZ001
        self.assertEqual(sheet["C2"].value, "31/12/1899")
        self.assertEqual(sheet["C4"].value, datetime(2026, 3, 2))  # noqa: DTZ001
        self.assertIn("2;23/02/2002 19:00:05;01/01/1900", csv)
