"""Who knows of a dataset, who reads its rows, and who sees which column."""

import io
import zipfile
from pathlib import Path

import duckdb
from django.core.management import call_command
from django.test import TestCase

from portal.core.page_panels import panels_for
from portal.core.roles import Role
from portal.datasets.access import (
    current_version,
)
from portal.datasets.models import DatasetIndexPage, DatasetPage
from portal.datasets.readers import Reader
from portal.datasets.sights import may_read_rows, sight_of
from portal.units.models import Membership
from tests.datasets.datasets_factory import DatasetTestCase, content, make_dataset
from tests.factories import make_unit, make_user

SECRET = "mật một"


class VisibilityTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit()
        cls.public = make_dataset(cls.unit, "cong-khai", title="Rừng phòng hộ", sharing="public")
        cls.internal = make_dataset(cls.unit, "noi-bo", title="Rừng sản xuất", sharing="internal")
        cls.named = make_dataset(cls.unit, "rieng", title="Rừng đặc dụng", sharing="named")
        cls.reader = make_user(Role.READER)
        cls.member = make_user(Role.DATA_OFFICER, unit=cls.unit)
        cls.leader = make_user(Role.IOC_LEADER)
        cls.other = make_user(Role.DATA_OFFICER, unit=make_unit())

    def seen(self, user):
        return set(DatasetPage.objects.live().visible_to(user).values_list("code", flat=True))

    def statuses(self, address):
        return {
            dataset.code: self.client.get(address(dataset)).status_code
            for dataset in (self.public, self.internal, self.named)
        }

    def test_what_people_know_of(self):
        self.assertEqual(self.seen(self.reader), {"cong-khai", "noi-bo"})
        self.assertEqual(self.seen(self.other), {"cong-khai", "noi-bo"})
        self.assertEqual(self.seen(self.member), {"cong-khai", "noi-bo", "rieng"})
        self.assertEqual(self.seen(self.leader), {"cong-khai", "noi-bo", "rieng"})
        self.assertFalse(may_read_rows(Reader(self.other), self.named))
        self.assertTrue(may_read_rows(Reader(self.member), self.named))

    def test_a_membership_that_ended_shows_nothing(self):
        Membership.objects.filter(user=self.member).update(valid_to="2020-01-01")

        self.assertEqual(self.seen(self.member), {"cong-khai", "noi-bo"})

    def test_for_the_anonymous_there_are_only_public_datasets(self):
        only_public = {"cong-khai": 200, "noi-bo": 404, "rieng": 404}

        self.assertEqual(self.statuses(lambda each: each.url), only_public)
        self.assertEqual(self.statuses(lambda each: f"/api/v1/du-lieu/{each.code}/"), only_public)
        listed = self.client.get("/api/v1/du-lieu/").json()
        self.assertEqual([each["code"] for each in listed], ["cong-khai"])
        self.assertNotContains(self.client.get("/sitemap.xml"), "rung-san-xuat")
        index = DatasetIndexPage.objects.get()
        self.assertNotContains(self.client.get(index.url), "Rừng sản xuất")
        [[_panel, context]] = panels_for(self.unit, self.client.get(index.url).wsgi_request)
        self.assertEqual([row["dataset"].code for row in context["rows"]], ["cong-khai"])

    def test_search_finds_what_the_reader_may_see(self):
        call_command("wagtail_update_index", verbosity=0)
        self.assertNotContains(
            self.client.get("/tim-kiem/?q=rung&loai=bo-du-lieu"), "Rừng đặc dụng"
        )
        self.client.force_login(self.member)
        self.assertContains(self.client.get("/tim-kiem/?q=rung&loai=bo-du-lieu"), "dac-dung")

    def test_filters_offer_only_what_is_there(self):
        response = self.client.get(DatasetIndexPage.objects.get().url, {"ky": "month"})

        self.assertContains(response, "Rừng phòng hộ", count=0)
        self.assertNotContains(response, 'value="named"')


class ColumnTests(DatasetTestCase):
    """The column “ghi_chu” is not public."""

    def setUp(self):
        self.version = self.publish()
        self.files = f"/du-lieu-tai/{self.dataset.code}/1"

    def names(self, user):
        return [
            column.name for column in sight_of(Reader(user), self.dataset, self.version).columns
        ]

    def test_the_owner_and_the_centre_see_all_columns(self):
        self.assertIn("ghi_chu", self.names(self.officer))
        self.assertIn("ghi_chu", self.names(self.verifier))
        self.assertNotIn("ghi_chu", self.names(self.stranger))

    def test_nobody_else_sees_it_anywhere(self):
        for address in (
            self.dataset.url,
            f"{self.files}.csv",
            f"/api/v1/du-lieu/{self.dataset.code}/",
            f"/api/v1/du-lieu/{self.dataset.code}/dong/",
        ):
            with self.subTest(address):
                body = content(self.client.get(address)).decode()
                self.assertNotIn(SECRET, body)
                self.assertNotIn("ghi_chu", body)
                self.assertNotIn("Ghi chú nội bộ", body)

    def test_it_is_not_in_the_workbook_or_the_parquet_file(self):
        book = zipfile.ZipFile(io.BytesIO(content(self.client.get(f"{self.files}.xlsx"))))
        text = "".join(book.read(name).decode() for name in book.namelist() if "xml" in name)
        self.assertIn("Phường An Bình", text)
        self.assertNotIn(SECRET, text)

        path = Path(self.version.file.path).with_name("tai-ve.parquet")
        path.write_bytes(content(self.client.get(f"{self.files}.parquet")))
        with duckdb.connect() as database:
            found = database.read_parquet(str(path)).columns
        self.assertEqual(found, ["ma", "ten", "so_luong"])

    def test_it_can_neither_be_sorted_nor_filtered_by(self):
        rows = f"/api/v1/du-lieu/{self.dataset.code}/dong/"

        self.assertEqual(self.client.get(rows, {"sap_xep": "ghi_chu"}).status_code, 422)
        self.assertEqual(self.client.get(rows, {"loc": f"ghi_chu:{SECRET}"}).status_code, 422)
        self.assertEqual(self.client.get(self.dataset.url, {"sap_xep": "ghi_chu"}).status_code, 200)

    def test_a_column_made_private_later_is_hidden_in_old_versions_too(self):
        self.dataset.columns.filter(name="ten").update(is_public=False)

        self.assertNotContains(self.client.get(self.dataset.url), "Phường An Bình")

    def test_the_owner_downloads_it(self):
        self.client.force_login(self.officer)

        self.assertIn(SECRET, content(self.client.get(f"{self.files}.csv")).decode())

    def test_the_page_says_where_the_figures_come_from_and_names_no_person(self):
        response = self.client.get(self.dataset.url)

        self.assertContains(response, self.version.manifest_sha256)
        self.assertContains(response, self.unit.title)
        self.assertNotContains(response, self.officer.username)
        self.assertNotContains(response, self.verifier.username)

    def test_rows_are_filtered_sorted_and_paged(self):
        rows = f"/api/v1/du-lieu/{self.dataset.code}/dong/"

        found = self.client.get(rows, {"loc": "ma:02"}).json()
        self.assertEqual((found["total"], found["rows"][0]["so_luong"]), (1, 20))
        found = self.client.get(rows, {"loc": ["so_luong__gte:15", "so_luong__lte:20"]}).json()
        self.assertEqual([row["ma"] for row in found["rows"]], ["02"])
        found = self.client.get(rows, {"sap_xep": "-so_luong", "so_dong": 1, "trang": 2}).json()
        self.assertEqual((found["total"], found["rows"][0]["ma"]), (2, "01"))
        self.assertEqual(self.client.get(rows, {"version": 9}).status_code, 404)

    def test_files_of_named_datasets_answer_404_to_others(self):
        self.dataset.sharing = "named"
        self.dataset.save()

        self.assertEqual(self.client.get(f"{self.files}.csv").status_code, 404)
        self.client.force_login(self.stranger)
        self.assertEqual(self.client.get(f"{self.files}.csv").status_code, 404)
        self.client.force_login(self.officer)
        self.assertEqual(self.client.get(f"{self.files}.csv").status_code, 200)
        self.assertEqual(current_version(self.dataset), self.version)
