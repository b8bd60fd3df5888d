"""What a grant lets a unit read, on every way, and what it never does."""

import json
import zipfile
from base64 import urlsafe_b64decode
from datetime import timedelta
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.datasets.models import AccessGrant
from portal.datasets.sharing.grants import revoke_grant
from portal.units.models import Membership
from tests.datasets.datasets_factory import content
from tests.datasets.sharing.sharing_case import ROWS, SharingTestCase


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

    def test_the_page_tells_programs_where_the_token_stands(self):
        self.grant("ma")
        self.client.force_login(self.asker)

        page = self.client.get(self.closed.url)

        self.assertContains(page, "Bearer MA-TRUY-CAP", 3)

    def test_the_description_offers_no_operator_for_what_is_masked(self):
        self.grant("ma", "dien_thoai")
        self.client.force_login(self.asker)

        told = self.client.get("/api/v1/du-lieu/ho-so/openapi.json").json()

        columns = told["components"]["schemas"]["Row"]["properties"]
        self.assertEqual(columns["dien_thoai"]["x-operators"], [])
        self.assertIn("exact", columns["ma"]["x-operators"])

    def test_the_examples_of_the_description_can_be_asked(self):
        self.grant("dien_thoai", "xa")
        self.client.force_login(self.asker)

        told = self.client.get("/api/v1/du-lieu/ho-so/openapi.json").json()

        described = told["paths"]["/api/v1/du-lieu/ho-so/dong/"]["get"]["parameters"]
        examples = {each["name"]: each["example"] for each in described if "example" in each}
        for name in ("loc", "sap_xep", "cot"):
            self.assertEqual(self.rows(**{name: examples[name]}).status_code, 200, name)

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
        package = zipfile.ZipFile(BytesIO(content(self.client.get("/du-lieu-tai/ho-so/1.zip"))))
        self.assertIs(json.loads(package.read("metadata.json"))["is_part"], True)

    def test_a_mark_tells_nothing_of_the_rows_between(self):
        self.grant("ma", limits=[[self.ids("so_tien")[0], "not", "250"]])
        self.client.force_login(self.asker)

        mark = self.rows(so_dong=1).json()["next"]

        with self.assertRaises(ValueError):
            json.loads(urlsafe_b64decode(f"{mark.partition(':')[0]}==="))
        self.assertEqual(self.rows(so_dong=1, tiep=mark).json()["rows"], [{"ma": "003"}])

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

    def test_a_version_where_the_limiting_column_is_of_another_type_shows_nothing(self):
        self.grant("ma", "so_tien", limits=[[self.ids("so_tien")[0], "lt", "120"]])
        self.closed.columns.filter(name="so_tien").update(type="text")
        newer = self.publish(ROWS.replace(",70,", ",1100,"), dataset=self.closed, period="2026")
        self.client.force_login(self.asker)

        self.assertEqual(self.rows().status_code, 404)
        self.assertEqual(self.rows(version=self.version.number).json()["total"], 2)
        csv = self.client.get(f"/du-lieu-tai/ho-so/{newer.number}.csv")
        self.assertEqual(csv.status_code, 404)

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


class WayAroundTests(SharingTestCase):
    """Other addresses that lead to rows tell no more than the grant does."""

    def setUp(self):
        super().setUp()
        self.limits = [[self.ids("xa")[0], "exact", "An Bình"]]
        self.client.force_login(self.asker)

    def test_the_source_of_a_row_tells_nothing_of_masked_columns(self):
        self.grant("ma", "ho_ten", "xa")

        page = self.client.get("/du-lieu-tai/ho-so/1/dong/1/nguon-goc/")

        self.assertContains(page, "An Bình")
        self.assertNotContains(page, "Nguyễn Văn An")

    def test_who_sees_some_rows_gets_no_source_of_any(self):
        self.grant("ma", "xa", limits=self.limits)

        for place in (1, 3):
            page = self.client.get(f"/du-lieu-tai/ho-so/1/dong/{place}/nguon-goc/")
            self.assertEqual(page.status_code, 404)
        self.assertNotContains(self.client.get(self.closed.url), "nguon-goc")

    def test_a_grant_does_not_open_the_sealed_table_or_the_comparison(self):
        self.grant("ma", "xa", limits=self.limits)
        self.publish(ROWS.replace("100", "101"), dataset=self.closed, period="2026")

        told = self.client.get("/du-lieu-tai/ho-so/1/ban-ke-khai.json")
        self.assertNotContains(told, "Nguyễn Văn An")
        self.assertEqual(told.json()["table_url"], None)
        self.assertEqual(
            self.client.get("/du-lieu-tai/ho-so/1/bang-doi-chieu.jsonl").status_code, 403
        )
        self.assertEqual(self.client.get("/du-lieu-tai/ho-so/so-sanh/").status_code, 404)
