"""The page of a dataset, its downloads and its comparisons, as people use them without script."""

import csv
import io
import json
import zipfile
from unittest.mock import patch

from python_calamine import CalamineWorkbook

from portal.datasets.models import AccessEvent, DatasetVersion
from tests.datasets.datasets_factory import DatasetTestCase
from tests.datasets.test_access import content

HEAD = "Mã,Tên,Số lượng,Ghi chú nội bộ\n"
ROWS = "".join(
    f"{n:03},{'Phường Đông' if n % 2 else 'Xã Ân Thi'},{n * 500},mật {n}\n" for n in range(120)
)
LATER = HEAD + "000,Xã Ân Thi,7,khác\n" + "\n".join(ROWS.splitlines()[2:]) + "\n200,=1+1,1,\n"


class PageCase(DatasetTestCase):
    def setUp(self):
        self.version = self.publish(HEAD + ROWS)

    def page(self, **asked):
        return self.client.get(self.dataset.url, asked)

    def narrowed(self, **asked):
        """Send the form, and return the page to which it leads."""
        address = f"/du-lieu-tai/{self.dataset.code}/loc/"
        return self.client.get(address, {"phien-ban": 1, **asked}, follow=True)

    def table(self, response):
        return response.context["table"]


class RowsOnThePageTests(PageCase):
    def test_the_form_narrows_as_people_write(self):
        typed = {"them_cot": "so_luong", "them_phep": "gte", "them_gia_tri": "59.000"}

        response = self.narrowed(**typed, tim="", sap_xep="-so_luong")

        self.assertIn("loc=so_luong__gte%3A59000", response.redirect_chain[0][0])
        self.assertEqual([row.cells[0].text for row in self.table(response).rows], ["119", "118"])
        self.assertContains(response, "59.000")

    def test_search_needs_no_accents_and_links_lead_on(self):
        response = self.page(tim="an thi")

        table = self.table(response)
        self.assertEqual((table.total, len(table.rows)), (60, 50))
        self.assertEqual(self.client.get(self.dataset.url + table.next).status_code, 200)
        following = self.table(self.client.get(self.dataset.url + table.next))
        self.assertEqual((following.first, following.last), (51, 60))

    def test_what_cannot_be_read_stays_in_the_form_with_a_sentence(self):
        typed = {"them_cot": "so_luong", "them_phep": "gte", "them_gia_tri": "mười"}

        response = self.narrowed(**typed, loc="ten__startswith:xa")

        self.assertContains(response, 'value="mười"')
        self.assertEqual(response.context["typed"]["fault"], "“mười” không phải là số.")
        self.assertEqual(self.table(response).total, 60)

    def test_a_wrong_address_says_so_and_shows_no_rows(self):
        response = self.page(loc="ghi_chu:mật 1")

        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.table(response).rows, [])
        self.assertIn("ghi_chu", self.table(response).fault)
        self.assertNotContains(response, "loc=ghi_chu")

    def test_one_of_several_values_may_hold_a_comma(self):
        typed = {"them_cot": "ten", "them_phep": "in", "them_gia_tri": "An Thi, Bắc; =1+1"}

        response = self.narrowed(**typed)

        [asked] = self.table(response).question.filters
        self.assertEqual(asked.values, ("An Thi, Bắc", "=1+1"))

    def test_every_link_keeps_the_version(self):
        links = [head.address for head in self.table(self.page()).heads]

        self.assertEqual([link for link in links if "phien-ban=1" not in link], [])

    def test_few_values_become_links(self):
        response = self.page()

        [(column, links)] = response.context["facets"]
        self.assertEqual(column.name, "ten")
        narrowed = self.client.get(self.dataset.url + links[0][2])
        self.assertEqual(self.table(narrowed).total, links[0][1])

    def test_profile_citation_and_code_tell_nothing_hidden(self):
        response = self.page()

        self.assertIn("http://testserver/", response.context["citation"])
        self.assertContains(response, "pd.read_csv")
        self.assertContains(response, "Csv.Document")
        self.assertContains(response, "read.csv(")
        self.assertNotContains(response, "mật")
        names = [card["column"].name for card in response.context["profile"]]
        self.assertEqual(names, ["ma", "ten", "so_luong"])


class DownloadTests(PageCase):
    def file(self, suffix, **asked):
        response = self.client.get(f"/du-lieu-tai/{self.dataset.code}/1.{suffix}", asked)
        self.assertEqual(response.status_code, 200, suffix)
        return content(response)

    def test_every_format_gives_the_rows_that_are_asked_for(self):
        asked = {"loc": "so_luong__gte:59000", "sap_xep": "-so_luong"}

        found = {
            "csv": [
                row[0]
                for row in csv.reader(
                    io.StringIO(self.file("csv", **asked).decode("utf-8-sig")), delimiter=";"
                )
            ][1:],
            "json": [row["ma"] for row in json.loads(self.file("json", **asked))],
            "ndjson": [
                json.loads(line)["ma"] for line in self.file("ndjson", **asked).splitlines()
            ],
            "xlsx": [row[0] for row in self.sheets(self.file("xlsx", **asked))[0]][1:],
        }

        self.assertEqual(set(map(tuple, found.values())), {("119", "118")})
        self.assertEqual(self.file("parquet", **asked)[:4], b"PAR1")

    def sheets(self, data):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    def test_the_workbook_has_a_dictionary(self):
        rows, dictionary = self.sheets(self.file("xlsx"))

        self.assertEqual(len(rows), 121)
        self.assertEqual([row[1] for row in dictionary[1:]], ["ma", "ten", "so_luong"])

    def test_the_package_holds_rows_dictionary_metadata_and_what_to_read_first(self):
        package = zipfile.ZipFile(io.BytesIO(self.file("zip", tim="an thi")))

        self.assertIsNone(package.testzip())
        code = self.dataset.code
        self.assertEqual(
            set(package.namelist()),
            {"README.txt", "metadata.json", "tu-dien.csv", f"{code}-1-loc.csv"},
        )
        self.assertEqual(len(package.read(f"{code}-1-loc.csv").decode().splitlines()), 61)
        metadata = json.loads(package.read("metadata.json"))
        self.assertEqual(
            (metadata["version"], metadata["sha256_of_manifest"]), (1, self.version.manifest_sha256)
        )
        for name in package.namelist():
            self.assertNotIn("ghi_chu", package.read(name).decode())
            self.assertNotIn("mật", package.read(name).decode())

    def test_the_text_to_read_first_tells_a_part_from_the_whole(self):
        def told(**asked):
            package = zipfile.ZipFile(io.BytesIO(self.file("zip", **asked)))
            return package.read("README.txt").decode()

        part = "Tệp này chỉ chứa một phần dữ liệu."
        self.assertNotIn(part, told())
        self.assertNotIn(part, told(sap_xep="ten"))
        self.assertIn(part, told(cot="ma"))
        self.assertIn("truy vấn: loc=ten:Xã Ân Thi Giả", told(loc="ten:Xã Ân Thi\nGiả"))

    def test_formulas_are_harmless(self):
        self.publish(LATER, period="2026")

        text = content(self.client.get(f"/du-lieu-tai/{self.dataset.code}/2.csv")).decode()

        self.assertIn(";'=1+1;", text)

    def test_a_question_that_cannot_be_meant_leads_to_the_page_that_says_so(self):
        response = self.client.get(
            f"/du-lieu-tai/{self.dataset.code}/1.csv", {"loc": "ghi_chu:mật 1"}, follow=True
        )

        self.assertIn("ghi_chu", self.table(response).fault)

    def test_too_many_rows_for_a_sheet_are_refused_and_a_part_is_given(self):
        with self.subTest("refused"):
            with patch("portal.datasets.public_views.ROWS_IN_A_SHEET", 100):
                response = self.client.get(f"/du-lieu-tai/{self.dataset.code}/1.xlsx")
            self.assertRedirects(response, f"{self.dataset.url}?phien-ban=1")
        with (
            self.subTest("a part"),
            patch("portal.datasets.public_views.ROWS_IN_A_SHEET", 100),
        ):
            self.file("xlsx", tim="an thi")

    def test_a_download_with_hidden_columns_is_written_down(self):
        self.client.force_login(self.officer)

        self.assertIn("mật 1", self.file("csv").decode())

        self.assertEqual(AccessEvent.objects.get(way="download").actor, self.officer)


class ComparisonTests(PageCase):
    def setUp(self):
        super().setUp()
        self.publish(LATER, period="2026")
        self.address = f"/du-lieu-tai/{self.dataset.code}/so-sanh/"

    def test_any_two_versions_are_compared_cell_by_cell(self):
        response = self.client.get(self.address, {"tu": 1, "den": 2})

        counts = response.context["counts"]
        self.assertEqual((counts["added"], counts["changed"], counts["removed"]), (1, 1, 1))
        [row] = response.context["rows"]
        self.assertEqual(row["key"], "000")
        self.assertEqual(row["cells"], [{"title": "Số lượng", "old": "0", "new": "7"}])
        back = self.client.get(self.address, {"tu": 2, "den": 1, "loai": "added"})
        self.assertEqual(back.context["rows"][0]["key"], "001")

    def test_without_numbers_the_last_two_are_compared(self):
        context = self.client.get(self.address).context

        self.assertEqual((context["old"].number, context["new"].number), (1, 2))

    def test_a_hidden_column_is_not_compared(self):
        response = self.client.get(self.address, {"tu": 1, "den": 2})
        self.assertNotContains(response, "mật")
        self.assertNotIn("ghi_chu", response.context["counts"]["columns"])

        self.client.force_login(self.officer)
        response = self.client.get(self.address, {"tu": 1, "den": 2})
        self.assertEqual(response.context["counts"]["columns"], {"so_luong": 1, "ghi_chu": 1})

    def test_what_is_withdrawn_or_was_never_there_cannot_be_compared(self):
        self.assertEqual(self.client.get(self.address, {"tu": 1, "den": 9}).status_code, 404)
        DatasetVersion.objects.filter(number=1).update(status="withdrawn")
        self.assertEqual(self.client.get(self.address, {"tu": 1, "den": 2}).status_code, 404)
