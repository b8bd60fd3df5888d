"""A definition starts from an example and is tried; a system sends with a token."""

import json
from io import BytesIO
from pathlib import Path

import openpyxl
from django.urls import reverse

from portal.core.roles import Role
from portal.datasets.models import DatasetPage, DatasetVersion
from portal.home.role_groups import grant_page_rights
from tests.browser.support import Journey
from tests.datasets.datasets_factory import V1, WRONG, make_dataset
from tests.factories import make_home, make_unit, make_user

EXAMPLE = "Mã;Tên;Mức\n" + "".join(
    f"0{place};Việc {place};{'Tốt' if place % 2 else 'Khá'}\n" for place in range(10, 34)
)


class SendingJourney(Journey):
    def prepare(self, code, role):
        """Return a dataset of a unit of its own, and log in as somebody with ``role`` there."""
        grant_page_rights(make_home())
        unit = make_unit(f"Chi cục {code}", code=code.upper())
        dataset = make_dataset(unit, code, title=f"Bộ {code}", slug=code)
        user = make_user(role, username=f"nguoi-{code}", unit=unit)
        self.log_in(user.username)
        return dataset

    def test_a_definition_starts_from_an_example_and_is_tried(self):
        dataset = self.prepare("bat-dau", Role.ADMINISTRATOR)
        self.open(f"/quan-tri/du-lieu/{dataset.pk}/cau-truc/")
        self.choose("vi-du.csv", EXAMPLE)
        self.press("Xem các cột")
        self.check_page()
        self.screenshot("definition-columns")
        self.page.get_by_label("Lập danh mục mã từ các giá trị tìm thấy").check()
        self.press("Đưa các cột vào bản nháp")

        draft = DatasetPage.objects.get(pk=dataset.pk).get_latest_revision_as_object()
        self.assertEqual([each.type for each in draft.columns.all()], ["code", "text", "choice"])
        self.open(f"/quan-tri/du-lieu/{dataset.pk}/chay-thu/")
        self.choose("thu.csv", EXAMPLE.replace("33;Việc 33;Tốt", "33;Việc 33;Kém"))
        self.press("Kiểm tra tệp mẫu")
        self.assertIn("Kém", self.page.locator("main table").first.inner_text())
        self.screenshot("definition-tried")

    def test_a_wrong_file_is_put_right_and_submitted(self):
        dataset = self.prepare("gui-tep", Role.UNIT_HEAD)
        self.open(f"/quan-tri/du-lieu/{dataset.pk}/tai-len/")
        self.choose("dan-so.csv", WRONG)
        self.press("Gửi tệp")
        self.page.wait_for_url("**/phien-ban/**")
        self.page.locator("main input.portal-cell").wait_for()
        self.screenshot("version-mistakes")
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name="Tải bảng tính tô màu ô lỗi").click()
        sheet = openpyxl.load_workbook(BytesIO(Path(waiting.value.path()).read_bytes())).worksheets[
            0
        ]
        self.assertIn("mười", sheet["C2"].comment.text)

        self.page.locator("main input.portal-cell").fill("10")
        self.press("Ghi các ô đã sửa và kiểm tra lại")
        self.page.get_by_label("Ghi chú gửi trung tâm").wait_for()
        self.screenshot("version-submit")
        self.press("Trình")
        version = DatasetVersion.objects.get(dataset=dataset)
        self.assertEqual((version.status, version.fixes.count()), ("submitted", 1))

    def test_a_token_is_issued_and_a_system_sends_with_it(self):
        dataset = self.prepare("he-thong", Role.UNIT_HEAD)
        self.open("/quan-tri/du-lieu/ma-truy-cap/moi/")
        self.page.get_by_label("mục đích sử dụng").fill("Phần mềm một cửa")
        self.page.get_by_label(f"{dataset.title} (").check()
        self.press("Cấp mã")
        secret = self.page.locator("code.portal-secret").inner_text()

        answer = self.context.request.post(
            reverse("api:send_table", kwargs={"code": dataset.code}),
            headers={"Authorization": f"Bearer {secret}"},
            multipart={
                "file": {"name": "a.csv", "mimeType": "text/csv", "buffer": V1.encode()},
                "period": "2025",
            },
        )
        self.assertEqual(answer.status, 201, answer.text()[:300])
        self.assertEqual(json.loads(answer.text())["accepted"], 2)
