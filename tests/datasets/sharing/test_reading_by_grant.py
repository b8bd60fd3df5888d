"""What a grant lets a unit read, on every way, and what it never does."""

import io
import tempfile
from datetime import timedelta

import duckdb
from django.core.exceptions import ValidationError
from django.utils import timezone
from python_calamine import CalamineWorkbook

from portal.datasets.models import AccessEvent, AccessGrant
from portal.datasets.sharing.grants import issue_read_token, revoke_grant, revoke_read_token
from portal.units.models import Membership
from tests.datasets.sharing.sharing_case import NAMES, ROWS, SECRETS, SharingTestCase


def content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


class GrantTests(SharingTestCase):
    def test_without_a_grant_the_dataset_is_known_and_its_rows_are_not(self):
        self.client.force_login(self.asker)

        page = self.client.get(self.closed.url)

        self.assertEqual(self.rows().status_code, 404)
        self.assertEqual(self.client.get("/du-lieu-tai/ho-so/1.csv").status_code, 404)
        self.assertContains(page, f"/chia-se/de-nghi/{self.closed.pk}/")
        self.assertNotContains(page, "An Bình")

    def test_the_unit_reads_the_granted_columns_and_no_others(self):
        self.grant("ma", "xa", "so_tien", "ghi_chu")
        self.client.force_login(self.asker)

        found = self.rows().json()

        self.assertEqual(found["columns"], ["ma", "xa", "so_tien", "ghi_chu"])
        self.assertEqual(found["rows"][0]["ghi_chu"], "mật một")
        self.assertEqual(self.rows(cot="ho_ten").status_code, 422)
        self.assertContains(self.client.get(self.closed.url), "Cửa Tùng")

    def test_others_still_read_nothing(self):
        self.grant("ma", "xa")

        for user in (self.stranger, self.reader):
            self.client.force_login(user)
            self.assertEqual(self.rows().status_code, 404)

    def test_personal_data_come_masked_and_withheld_ones_never(self):
        self.grant(unmasked=self.ids("so_cccd"))
        self.client.force_login(self.asker)

        first = self.rows().json()["rows"][0]

        self.assertEqual(first["ho_ten"], "N***")
        self.assertEqual(first["dien_thoai"], "***456")
        self.assertNotIn("so_cccd", first)

    def test_what_is_granted_in_clear_comes_in_clear(self):
        self.grant("ma", "ho_ten", "dien_thoai", unmasked=self.ids("ho_ten"))
        self.client.force_login(self.asker)

        first = self.rows(sap_xep="-ho_ten").json()["rows"][0]

        self.assertEqual((first["ho_ten"], first["dien_thoai"]), ("Trần Thị Bình", "***888"))

    def test_only_the_granted_rows_are_counted_found_and_given(self):
        self.grant("ma", "so_tien", limits=[[self.ids("xa")[0], "exact", "An Bình"]])
        self.client.force_login(self.asker)

        self.assertEqual(self.rows().json()["total"], 2)
        self.assertEqual(self.rows(loc="so_tien__lt:100").json()["total"], 0)
        self.assertEqual(self.rows(tinh="sum:so_tien").json()["groups"][0]["sum:so_tien"], 350)
        facets = self.rows(dem_theo="ma").json()["facets"][0]["values"]
        self.assertEqual(sorted(each["value"] for each in facets), ["001", "002"])
        page = self.client.get(self.closed.url)
        self.assertContains(page, "<td>002</td>")
        self.assertNotContains(page, "<td>003</td>")
        profile = self.client.get("/api/v1/du-lieu/ho-so/phien-ban/1/ho-so/")
        self.assertEqual(profile.json()["columns"], {})
        csv = content(self.client.get("/du-lieu-tai/ho-so/1.csv")).decode()
        self.assertIn("002", csv)
        self.assertNotIn("003", csv)

    def test_rows_may_be_limited_by_a_column_that_comes_masked(self):
        limits = [[self.ids("dien_thoai")[0], "startswith", "0905"]]
        self.grant("ma", "dien_thoai", limits=limits)
        self.client.force_login(self.asker)

        self.assertEqual(self.rows().json()["rows"][1], {"ma": "002", "dien_thoai": "***888"})
        csv = content(self.client.get("/du-lieu-tai/ho-so/1.csv")).decode()
        self.assertIn("***888", csv)
        self.assertNotIn("003", csv)

    def test_a_version_without_the_limiting_column_shows_nothing(self):
        self.grant("ma", limits=[[self.ids("xa")[0], "exact", "An Bình"]])
        schema = self.version.schema
        schema["fields"] = [each for each in schema["fields"] if each["name"] != "xa"]
        type(self.version).objects.filter(pk=self.version.pk).update(schema=schema)
        self.client.force_login(self.asker)

        self.assertEqual(self.rows().status_code, 404)
        self.assertEqual(self.client.get(self.closed.url).status_code, 200)

    def test_it_counts_from_its_first_to_its_last_day(self):
        today = timezone.localdate()
        grant = self.grant("ma")
        self.client.force_login(self.asker)
        for first, last, status in ((0, 0, 200), (1, 2, 404), (-2, -1, 404)):
            with self.subTest(first=first, last=last):
                AccessGrant.objects.filter(pk=grant.pk).update(
                    valid_from=today + timedelta(days=first),
                    valid_until=today + timedelta(days=last),
                )
                self.assertEqual(self.rows().status_code, status)

    def test_revoked_it_ends_at_once_and_says_why(self):
        grant = self.grant("ma")
        self.client.force_login(self.asker)
        self.assertEqual(self.rows().status_code, 200)
        with self.assertRaises(ValidationError):
            revoke_grant(grant, user=self.head, reason=" ")

        revoke_grant(grant, user=self.head, reason="Hết mục đích.")

        self.assertEqual(self.rows().status_code, 404)
        grant.refresh_from_db()
        self.assertEqual((grant.state, grant.history.count()), ("revoked", 2))

    def test_who_left_the_unit_reads_nothing(self):
        self.grant("ma")
        Membership.objects.filter(user=self.asker).update(valid_to="2020-01-01")
        self.client.force_login(self.asker)

        self.assertEqual(self.rows().status_code, 404)

    def test_a_grant_lets_the_unit_know_of_a_dataset_of_named_units(self):
        self.closed.sharing = "named"
        self.closed.save()
        self.assertNotIn("ho-so", self.known_to(self.asker))

        self.grant("ma")

        self.assertIn("ho-so", self.known_to(self.asker))
        self.assertNotIn("ho-so", self.known_to(self.stranger))

    def test_a_mark_set_later_counts_at_once(self):
        self.grant("ma", "xa", "dien_thoai", unmasked=self.ids("dien_thoai"))
        self.client.force_login(self.asker)

        self.closed.columns.filter(name="dien_thoai").update(personal="withheld")

        self.assertEqual(self.rows().json()["columns"], ["ma", "xa"])

    def test_of_several_grants_one_is_chosen(self):
        first = self.grant("ma")
        self.grant("ma", "xa")
        self.client.force_login(self.asker)

        self.assertEqual(self.rows().json()["columns"], ["ma", "xa"])
        self.assertEqual(self.rows(quyen=first.pk).json()["columns"], ["ma"])


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


class TokenTests(SharingTestCase):
    def test_a_system_reads_what_the_grant_gives_and_each_reading_is_told(self):
        grant = self.grant("ma", "xa")
        token, secret = issue_read_token(
            self.asker_unit, user=self.asker, title="Phần mềm", days=10, grant=grant
        )

        found = self.rows(token=secret, loc="xa:Cửa Tùng")
        file = self.client.get(
            "/du-lieu-tai/ho-so/1.csv", headers={"Authorization": f"Bearer {secret}"}
        )

        self.assertEqual(found.json()["rows"], [{"ma": "003", "xa": "Cửa Tùng"}])
        self.assertIn("Cửa Tùng", content(file).decode())
        told = [(each.way, each.grant, each.token, each.unit) for each in AccessEvent.objects.all()]
        self.assertEqual(
            sorted(told, key=lambda each: each[0]),
            [
                ("download", grant, token, self.asker_unit),
                ("rows", grant, token, self.asker_unit),
            ],
        )
        token.refresh_from_db()
        self.assertIsNotNone(token.last_used_at)

    def test_it_reads_nothing_else(self):
        _token, secret = issue_read_token(
            self.asker_unit, user=self.asker, title="x", days=10, grant=self.grant("ma")
        )
        bearer = {"Authorization": f"Bearer {secret}"}
        self.publish(dataset=self.dataset)

        other = self.client.get("/api/v1/du-lieu/dan-so/dong/", headers=bearer)

        self.assertEqual(other.status_code, 404)

    def test_it_ends_with_the_grant_the_token_its_term_and_its_issuer(self):
        grant = self.grant("ma")

        def issued():
            return issue_read_token(
                self.asker_unit, user=self.asker, title="x", days=10, grant=grant
            )

        (revoked, first), (over, second), (_orphan, third) = issued(), issued(), issued()
        self.assertEqual(
            [self.rows(token=each).status_code for each in (first, second, third)], [200, 200, 200]
        )

        revoke_read_token(revoked, user=self.asker_head)
        type(over).objects.filter(pk=over.pk).update(expires_at=timezone.now())
        self.assertEqual(
            [self.rows(token=each).status_code for each in (first, second, third)], [401, 401, 200]
        )

        Membership.objects.filter(user=self.asker).update(valid_to="2020-01-01")
        self.assertEqual(self.rows(token=third).status_code, 401)

    def test_a_revoked_grant_takes_its_tokens_along(self):
        grant = self.grant("ma")
        _token, secret = issue_read_token(
            self.asker_unit, user=self.asker, title="x", days=10, grant=grant
        )

        revoke_grant(grant, user=self.head, reason="Hết mục đích.")

        self.assertEqual(self.rows(token=secret).status_code, 401)
        self.assertEqual(self.rows(token="iocr_khong-co").status_code, 401)

    def test_a_units_token_reads_what_is_shared_by_default_and_no_more(self):
        _token, secret = issue_read_token(self.asker_unit, user=self.asker, title="x", days=10)
        self.assertEqual(self.rows(token=secret).status_code, 404)

        self.closed.on_request = False
        self.closed.save()
        found = self.rows(token=secret).json()

        self.assertNotIn("ghi_chu", found["columns"])
        self.assertEqual(found["rows"][0]["ho_ten"], "N***")

    def test_the_owners_own_system_gets_no_more_than_others_by_token(self):
        self.closed.on_request = False
        self.closed.save()
        _token, secret = issue_read_token(self.unit, user=self.officer, title="x", days=10)

        self.assertEqual(self.rows(token=secret).json()["rows"][0]["ho_ten"], "N***")

    def test_named_units_read_by_default_others_do_not_know_of_it(self):
        self.closed.sharing, self.closed.on_request = "named", False
        self.closed.named_units.add(self.asker_unit)
        self.closed.save()
        self.client.force_login(self.asker)
        self.assertEqual(self.rows().status_code, 200)
        _token, secret = issue_read_token(self.asker_unit, user=self.asker, title="x", days=10)
        self.assertEqual(self.rows(token=secret).status_code, 200)

        self.client.force_login(self.stranger)
        self.assertEqual(self.rows().status_code, 404)
        self.assertNotIn("ho-so", self.known_to(self.stranger))
