"""Units leave as a file, one line is changed, the file comes in and is taken back."""

from portal.core.roles import Role
from portal.home.role_groups import grant_page_rights
from portal.units.models import UnitPage
from tests.browser.support import Journey
from tests.factories import make_home, make_unit, make_user


class TablesJourney(Journey):
    def test_units_go_out_come_in_and_go_back(self):
        grant_page_rights(make_home())
        unit = make_unit("Sở Du lịch", code="SDL-THU", phone="0211 3000 000")
        user = make_user(Role.ADMINISTRATOR, username="nhap-danh-muc")
        self.log_in(user.username)
        self.open("/quan-tri/danh-muc/")
        self.screenshot("tables")
        self.open("/quan-tri/danh-muc/don-vi/")
        self.screenshot("tables-units")

        with self.page.expect_download() as waiting:
            self.page.locator("main").get_by_role("link", name="Xuất CSV").click()
        text = waiting.value.path().read_text(encoding="utf-8-sig")
        changed = text.replace("Sở Du lịch", "Sở Du lịch và Thể thao")
        self.send("don-vi.csv", changed.replace("0211 3000 000", "0211 3111 111"))

        self.screenshot("tables-preview")
        self.page.get_by_role("button", name="Xác nhận và ghi").click()
        self.page.wait_for_load_state()
        unit.refresh_from_db()
        self.assertEqual(unit.title, "Sở Du lịch và Thể thao")
        self.screenshot("tables-applied")

        self.page.get_by_role("button", name="Hoàn tác lượt nhập này").click()
        self.page.wait_for_load_state()
        self.assertEqual(UnitPage.objects.get(pk=unit.pk).title, "Sở Du lịch")

        self.open("/quan-tri/danh-muc/don-vi/")
        self.send(
            "sai.csv", "Mã đơn vị;Tên;Loại;Tồn tại từ\nA1;Sở Mới;siêu thị;31/02/2026\nA1;x;;\n"
        )
        self.screenshot("tables-mistakes")
        self.open("/quan-tri/danh-muc/nhat-ky/")
        self.screenshot("tables-log")

    def send(self, name, text):
        self.page.locator("main input[type=file]").first.set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
        )
        self.page.get_by_role("button", name="Gửi và xem khác biệt").click()
        self.page.wait_for_load_state()
        self.check_page()
