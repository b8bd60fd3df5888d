"""What a unit's own system sends: who may, what it is answered, and that every use is recorded."""

import json
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from portal.core.roles import Role
from portal.datasets.actions import tokens
from portal.datasets.actions.tokens import issue_token, revoke_token
from portal.datasets.manifests import table_file
from portal.datasets.models import DatasetVersion, TokenUse, UploadToken
from portal.datasets.store import read_rows
from portal.units.models import Membership
from tests.datasets.datasets_factory import V1, WRONG, DatasetTestCase, make_dataset
from tests.factories import make_unit, make_user

REQUIRED = {"outcome", "source", "records", "accepted", "rejected", "blank", "issues"} | {
    "issues_total",
    "issues_truncated",
}


class ApiCase(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.token, cls.secret = issue_token(
            cls.unit, [cls.dataset], user=cls.head, title="Phần mềm một cửa", days=30
        )

    def send(self, text=V1, *, secret=None, code="dan-so", key="", **data):
        file = SimpleUploadedFile("dan-so.csv", text.encode())
        return self.posted(code, {"file": file, "period": "2025", **data}, secret, key)

    def send_json(self, body, *, code="dan-so"):
        text = body if isinstance(body, str) else json.dumps(body)
        return self.posted(code, text, None, "", content_type="application/json")

    def posted(self, code, data, secret, key, **more):
        headers = {"Authorization": f"Bearer {secret or self.secret}"}
        if key:
            headers["Idempotency-Key"] = key
        address = reverse("api:send_table", kwargs={"code": code})
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(address, data, headers=headers, **more)

    def status(self, answer, secret=None):
        headers = {"Authorization": f"Bearer {secret or self.secret}"}
        return self.client.get(answer.json()["status_url"], headers=headers)


class SendingTests(ApiCase):
    def test_a_file_is_received_in_the_issuers_name_and_its_report_is_given(self):
        answer = self.send()
        told = self.status(answer).json()

        version = DatasetVersion.objects.get()
        self.assertEqual((version.uploaded_by, version.token), (self.head, self.token))
        self.assertLessEqual(REQUIRED, told.keys())
        self.assertEqual((told["outcome"], told["receipt"]), ("accepted", version.receipt_number))
        self.assertEqual((told["status"], told["difference"]["added"]), ("checked", 2))

    def test_a_wrong_file_is_reported_by_row_and_column(self):
        told = self.status(self.send(WRONG)).json()

        self.assertEqual((told["outcome"], told["status"]), ("rejected", "refused"))
        [issue] = [each for each in told["issues"] if each["severity"] == "error"]
        self.assertEqual((issue["row"], issue["column"]), (2, "so_luong"))
        self.assertNotIn("workbook", told)

    def test_a_trial_is_only_checked(self):
        told = self.status(self.send(check_only="true")).json()

        self.assertTrue(told["check_only"])
        self.assertFalse(DatasetVersion.objects.counting().exists())

    def test_rows_as_json_keep_every_digit_and_the_point_begins_decimals(self):
        columns = (("ma", "Mã", "code", {"is_key": True}), ("so", "Số", "decimal", {}))
        dataset = make_dataset(self.unit, "thu-nhap", columns=columns)
        self.token.datasets.add(dataset)
        rows = '[{"ma": "01", "so": 1.205}, {"ma": "02", "so": "12345678901234567.25"}]'

        answer = self.send_json(f'{{"period": "2025", "rows": {rows}}}', code="thu-nhap")

        self.assertEqual(self.status(answer).json()["outcome"], "accepted")
        found = read_rows(table_file(DatasetVersion.objects.get()))
        values = [f"{row['so']:f}".rstrip("0") for row in found]
        self.assertEqual(values, ["1.205", "12345678901234567.25"])

    def test_json_that_cannot_be_used_is_refused_with_a_sentence(self):
        bodies = [
            "[1]",
            "{",
            '{"rows": []}',
            '{"rows": [1]}',
            '{"rows": [{"ma": {}}], "period": "2025"}',
            '{"rows": [{"ma": NaN}], "period": "2025"}',
            '{"rows": [{"ma": 1, "ma": 2}], "period": "2025"}',
            '{"rows": [{"ma": "1"}], "khac": 1}',
            '{"rows": [{"ma": 1e999}], "period": "2025"}',
        ]
        for body in bodies:
            with self.subTest(body):
                answer = self.send_json(body)
                self.assertEqual(answer.status_code, 422)
                self.assertTrue(answer.json()["detail"])
        self.assertFalse(DatasetVersion.objects.exists())

    def test_how_the_file_is_to_be_read_is_said_with_it(self):
        text = "Tiêu đề\n" + V1.replace(",", ";") + ";Tổng cộng;30;\n"

        asked = self.status(self.send(text)).json()
        told = self.status(self.send(text, not_records="leave_out", header_row="2")).json()

        self.assertEqual(asked["outcome"], "needs_confirmation")
        self.assertEqual((told["outcome"], told["accepted"], told["left_out"]), ("accepted", 2, 1))
        for wrong in ({"not_records": "x"}, {"header_row": "0"}, {"header_row": "a"}):
            with self.subTest(wrong):
                self.assertEqual(self.send(text, **wrong).status_code, 422)
        refused = self.status(self.send(text, delimiter=";;")).json()
        self.assertEqual(refused["issues_by_code"], {"no_such_delimiter": 1})

    def test_rows_as_json_may_be_left_out_too(self):
        rows = [{"ma": "01", "so_luong": 1}, {"ma": "02", "so_luong": 2}]
        body = {"period": "2025", "rows": [*rows, {"ten": "Tổng cộng", "so_luong": 3}]}

        asked = self.status(self.send_json(body)).json()
        told = self.status(self.send_json({**body, "not_records": "leave_out"})).json()

        self.assertEqual((asked["outcome"], told["outcome"]), ("needs_confirmation", "accepted"))

    def test_a_wrong_period_and_a_missing_file_are_told_by_field(self):
        self.assertIn("period", self.send(period="2025-03").json()["fields"])
        missing = self.posted("dan-so", {"period": "2025"}, None, "")
        self.assertIn("file", missing.json()["fields"])

    def test_the_same_key_comes_once_and_with_other_content_is_refused(self):
        first, again = self.send(key="a-1"), self.send(key="a-1")

        self.assertEqual(first.json()["receipt"], again.json()["receipt"])
        self.assertEqual(self.send(WRONG, key="a-1").status_code, 409)
        self.assertEqual(DatasetVersion.objects.count(), 1)


class RightsTests(ApiCase):
    def test_without_a_valid_token_nothing_is_told(self):
        for secret in ("ioc_sai", "x", "ioc_" + "a" * 43):
            self.assertEqual(self.send(secret=secret).status_code, 401)
        revoke_token(self.token, user=self.head)
        self.assertEqual(self.send().status_code, 401)

    def test_a_token_ends_with_its_day_and_with_its_issuer(self):
        UploadToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        self.assertEqual(self.send().status_code, 401)
        UploadToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
        self.head.memberships.update(valid_to=timezone.localdate() - timedelta(days=1))
        self.assertEqual(self.send().status_code, 404)

    def test_a_token_reaches_its_datasets_only(self):
        make_dataset(self.unit, "khac", title="Bộ khác")
        foreign = make_dataset(make_unit("Sở bên"), "cua-so-ben", title="Của sở bên")

        for code in ("khac", foreign.code, "khong-co"):
            self.assertEqual(self.send(code=code).status_code, 404)
        self.dataset.owner_unit = foreign.owner_unit
        self.dataset.save()
        self.assertEqual(self.send().status_code, 404)

    def test_a_receipt_of_others_is_not_found(self):
        version = self.receive()
        address = reverse(
            "api:sent_table", kwargs={"code": "dan-so", "receipt": version.receipt_number}
        )
        answer = self.client.get(address, headers={"Authorization": f"Bearer {self.secret}"})

        self.assertEqual(answer.status_code, 404)

    def test_every_use_is_recorded_once(self):
        self.send(key="k")
        self.send(code="khong-co")

        told = list(TokenUse.objects.order_by("pk").values_list("dataset", "answer", "key"))
        self.assertEqual([dataset for dataset, _answer, _key in told], ["dan-so", "khong-co"])
        self.assertEqual(told[1][1], 404)
        self.token.refresh_from_db()
        self.assertIsNotNone(self.token.last_used_at)
        self.assertNotIn(self.secret, str(UploadToken.objects.values()))

    def test_behind_a_trusted_proxy_the_senders_address_is_recorded(self):
        self.client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.9"
        self.send()
        with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
            self.send(check_only="true")

        found = list(TokenUse.objects.order_by("pk").values_list("address", flat=True))
        self.assertEqual(found, ["127.0.0.1", "203.0.113.9"])

    def test_rows_of_json_are_taken_to_the_letter(self):
        rows = [{"ma": "01", "ten": "'=1", "so_luong": 1, "ghi_chu": None}]
        answer = self.send_json({"rows": rows, "period": "2025"})

        version = DatasetVersion.objects.get(receipt_number=answer.json()["receipt"])
        self.assertEqual(read_rows(table_file(version), ["ten"]), [{"ten": "'=1"}])

    def test_too_many_requests_are_asked_to_wait(self):
        uses = [TokenUse(token=self.token, answer=200) for _n in range(tokens.USES_PER_MINUTE)]
        TokenUse.objects.bulk_create(uses)

        answer = self.send()

        self.assertEqual((answer.status_code, answer["Retry-After"]), (429, "60"))
        TokenUse.objects.update(at=timezone.now() - timedelta(minutes=2))
        self.assertNotEqual(self.send().status_code, 429)

    def test_the_openapi_document_tells_both_ways_of_sending(self):
        paths = self.client.get("/api/v1/openapi.json").json()["paths"]

        posted = paths["/api/v1/du-lieu/{code}/tep/"]["post"]
        self.assertEqual(
            set(posted["requestBody"]["content"]), {"multipart/form-data", "application/json"}
        )
        self.assertIn("202", posted["responses"])


class ScreenTests(ApiCase):
    def test_the_secret_is_shown_once(self):
        self.client.force_login(self.head)
        data = {"title": "Kho dữ liệu", "datasets": [self.dataset.pk], "days": "90"}

        page = self.client.post(reverse("datasets:new_token"), data)

        token = UploadToken.objects.exclude(pk=self.token.pk).get()
        shown = page.content.decode()
        secret = shown.partition('portal-secret">')[2].partition("<")[0]
        self.assertEqual(self.send(secret=secret).status_code, 202)
        again = self.client.get(reverse("datasets:token", args=[token.pk]))
        self.assertNotContains(again, secret)

    def test_a_head_issues_for_the_own_unit_only(self):
        foreign = make_dataset(make_unit("Sở bên"), "cua-so-ben")
        self.client.force_login(self.head)
        data = {"title": "x", "datasets": [foreign.pk], "days": "90"}

        self.client.post(reverse("datasets:new_token"), data)

        self.assertEqual(UploadToken.objects.count(), 1)
        with self.assertRaises(ValidationError):
            issue_token(foreign.owner_unit, [foreign], user=self.head, title="x", days=1)
        issue_token(
            foreign.owner_unit, [foreign], user=make_user(Role.ADMINISTRATOR), title="x", days=1
        )

    def test_revoking_ends_it(self):
        self.client.force_login(self.head)
        address = reverse("datasets:revoke_token", args=[self.token.pk])

        self.assertEqual(self.client.post(address).status_code, 302)
        self.assertEqual(self.client.post(address).status_code, 409)
        self.assertEqual(self.send().status_code, 401)

    def test_a_token_whose_issuer_left_says_that_another_is_to_be_issued(self):
        heir = make_user(Role.UNIT_HEAD, unit=self.unit)
        self.client.force_login(heir)
        address = reverse("datasets:token", args=[self.token.pk])
        told = "Hãy cấp mã mới, giao cho hệ thống và thu hồi mã này."
        self.assertNotContains(self.client.get(address), told)

        Membership.objects.filter(user=self.head).delete()

        self.assertContains(self.client.get(address), told)
        self.assertEqual(self.send().status_code, 404)
