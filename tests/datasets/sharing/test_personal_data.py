"""Personal data on a public dataset: masked or withheld on every way out."""

import io
import tempfile

import duckdb
from python_calamine import CalamineWorkbook

from portal.datasets.models import AccessEvent
from tests.datasets.datasets_factory import content
from tests.datasets.sharing.sharing_case import NAMES, ROWS, SECRETS, SharingTestCase


class MaskedTests(SharingTestCase):
    """The dataset is public, its personal data masked or withheld."""

    def setUp(self):
        super().setUp()
        self.closed.sharing, self.closed.on_request = "public", False
        self.closed.save()

    def test_nobody_outside_gets_them_on_any_way(self):
        files = [f"/du-lieu-tai/ho-so/1.{suffix}" for suffix in ("csv", "json", "ndjson")]
        again = self.publish(ROWS.replace("100", "101"), dataset=self.closed, period="2026")
        for address in (
            self.closed.url,
            *files,
            "/api/v1/du-lieu/ho-so/dong/",
            "/api/v1/du-lieu/ho-so/dong/?dinh_dang=csv",
            "/api/v1/du-lieu/ho-so/dong/?dinh_dang=ndjson",
            "/api/v1/du-lieu/ho-so/phien-ban/1/ho-so/",
            "/api/v1/du-lieu/ho-so/openapi.json",
            "/du-lieu-tai/ho-so/cau-truc.json",
            f"/du-lieu-tai/ho-so/so-sanh/?tu=1&den={again.number}",
        ):
            with self.subTest(address):
                response = self.client.get(address)
                body = content(response).decode()
                self.assertEqual(response.status_code, 200)
                for secret in (*SECRETS, *NAMES, "so_cccd"):
                    self.assertNotIn(secret, body)

    def test_the_workbook_and_the_parquet_file_are_masked_too(self):
        with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
            file.write(content(self.client.get("/du-lieu-tai/ho-so/1.parquet")))
            file.flush()
            parquet = duckdb.read_parquet(file.name).fetchall()
        workbook = io.BytesIO(content(self.client.get("/du-lieu-tai/ho-so/1.xlsx")))
        sheet = CalamineWorkbook.from_filelike(workbook).get_sheet_by_index(0).to_python()

        for told in (repr(parquet), repr(sheet)):
            self.assertIn("N***", told)
            for secret in (*SECRETS, *NAMES):
                self.assertNotIn(secret, told)

    def test_a_masked_key_is_no_key_of_the_package(self):
        self.closed.columns.filter(name="ma").update(personal="masked")

        package = self.client.get("/du-lieu-tai/ho-so/datapackage.json").json()

        [resource] = package["resources"]
        self.assertNotIn("primaryKey", resource["schema"])
        self.assertEqual(resource["schema"]["fields"][0]["type"], "string")

    def test_rows_are_not_found_sorted_or_counted_by_what_is_masked(self):
        for parameters in (
            {"loc": "ho_ten:Lê Chi"},
            {"loc": "ho_ten__startswith:N"},
            {"loc": "dien_thoai__notnull:1"},
            {"sap_xep": "ho_ten"},
            {"nhom": "ho_ten"},
            {"tinh": "min:ho_ten"},
            {"dem_theo": "dien_thoai"},
        ):
            with self.subTest(parameters):
                self.assertEqual(self.rows(**parameters).status_code, 422)
        self.assertEqual(self.rows(tim="Nguyễn Văn An").json()["total"], 0)
        self.assertEqual(self.rows(tim="an binh").json()["total"], 2)

    def test_the_owner_and_the_centre_read_them_and_that_is_written_down(self):
        self.client.force_login(self.officer)

        first = self.rows(loc="ho_ten:Lê Chi").json()["rows"][0]

        self.assertEqual((first["so_cccd"], first["ho_ten"]), ("048111222333", "Lê Chi"))
        self.assertEqual(AccessEvent.objects.get().actor, self.officer)

    def test_what_everybody_gets_is_not_written_down(self):
        self.rows()

        self.assertIs(AccessEvent.objects.exists(), False)
