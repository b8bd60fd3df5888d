"""The three lists of the decree: what stands in them, for whom, and as which files."""

import csv
import io

import openpyxl
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal.core.roles import Role
from portal.datasets.models import DatasetIndexPage
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_unit, make_user

OPEN, SHARED = "du-lieu-mo", "du-lieu-dung-chung"


class ListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit("Sở Y tế")
        cls.open = make_dataset(
            cls.unit, "kham", title="=Khám bệnh", in_open_list=True, in_shared_list=True,
            sharing_way="sync",
        )  # fmt: skip
        cls.closed = make_dataset(
            cls.unit, "benh-an", title="Bệnh án", sharing="internal", in_shared_list=True
        )
        make_dataset(cls.unit, "khac", title="Bộ khác")

    def titles(self, word):
        entries = self.client.get(reverse("data_list", args=[word])).context["entries"]
        return [entry.title for entry in entries]

    def test_each_list_holds_what_is_marked(self):
        self.assertEqual(self.titles(OPEN), ["=Khám bệnh"])
        self.assertEqual(self.titles("du-lieu-chu-chuyen-nganh"), [])

    def test_readers_see_what_they_may_know_of(self):
        self.assertEqual(self.titles(SHARED), ["=Khám bệnh"])

        self.client.force_login(make_user(Role.READER))

        self.assertEqual(self.titles(SHARED), ["=Khám bệnh", "Bệnh án"])

    def test_a_closed_unit_is_not_named(self):
        PageViewRestriction.objects.create(page=self.unit, restriction_type="login")

        page = self.client.get(reverse("data_list", args=[OPEN]))
        file = self.client.get(reverse("data_list_file", args=[OPEN, "csv"]))

        self.assertContains(page, "Khám bệnh")
        self.assertNotContains(page, "Sở Y tế")
        self.assertNotIn("Sở Y tế", file.content.decode())

    def test_the_csv_opens_in_a_spreadsheet_and_calculates_nothing(self):
        content = self.client.get(reverse("data_list_file", args=[OPEN, "csv"])).content

        _head, row = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")

        self.assertEqual(row[1:3], ["kham", "'=Khám bệnh"])
        self.assertIn("Sở Y tế", row)

    def test_the_workbook_holds_texts(self):
        content = self.client.get(reverse("data_list_file", args=[OPEN, "xlsx"])).content

        sheet = openpyxl.load_workbook(io.BytesIO(content)).active

        self.assertEqual((sheet["C2"].value, sheet["C2"].data_type), ("=Khám bệnh", "s"))

    def test_the_paper_waits_for_the_worker(self):
        answer = self.client.get(reverse("data_list_file", args=[OPEN, "pdf"]))

        self.assertEqual(answer.status_code, 202)

    def test_unknown_lists_and_kinds_are_not_found(self):
        for args in (["khac", "csv"], [OPEN, "docx"]):
            url = reverse("data_list_file", args=args)
            self.assertEqual(self.client.get(url).status_code, 404)
        self.assertEqual(self.client.get(reverse("data_list", args=["khac"])).status_code, 404)

    def test_the_catalogue_leads_to_lists_that_hold_something(self):
        page = self.client.get(DatasetIndexPage.objects.get().url)

        self.assertContains(page, reverse("data_list", args=[OPEN]))
        self.assertNotContains(page, reverse("data_list", args=["du-lieu-chu-chuyen-nganh"]))

    def test_it_costs_the_same_for_one_or_many(self):
        url = reverse("data_list", args=[OPEN])
        self.client.get(url)  # warm the site and content type caches
        with CaptureQueriesContext(connection) as one:
            self.client.get(url)
        for number in range(4):
            make_dataset(make_unit(), f"mo-{number}", in_open_list=True)

        with CaptureQueriesContext(connection) as many:
            self.client.get(url)

        self.assertEqual(len(many), len(one))


class OpenDataTests(TestCase):
    def test_what_is_not_public_is_refused_in_place(self):
        dataset = make_dataset()
        dataset.sharing, dataset.in_open_list = "internal", True

        with self.assertRaises(ValidationError) as caught:
            dataset.full_clean()

        self.assertEqual(list(caught.exception.error_dict), ["in_open_list"])

    def test_the_database_refuses_it_too(self):
        dataset = make_dataset()
        dataset.sharing, dataset.in_open_list = "internal", True

        with self.assertRaises(IntegrityError), transaction.atomic():
            dataset.save(clean=False)
