"""A reader looks for who is responsible, and takes it along; an editor cites a place."""

from django.core.management import call_command

from portal.core.documents import render_document
from portal.core.models import RenderedDocument
from portal.home.demo.people import DEMO_PASSWORD
from portal.units.models import UnitPage
from tests.browser.support import Journey


class DirectoryJourney(Journey):
    def test_from_the_directory_to_a_unit_and_its_sheet(self):
        call_command("wagtail_update_index", verbosity=0)
        self.open("/don-vi/")
        self.screenshot("directory-tree")
        for name in ("Theo chữ cái", "Theo loại", "Theo cấp", "Theo Điều"):
            self.page.get_by_role("link", name=name).click()
            self.check_page()
        self.screenshot("directory-articles")

        self.page.get_by_label("Tên, tên viết tắt, mã hoặc trách nhiệm").fill("kham chua benh")
        self.page.locator("main").get_by_role("button", name="Tìm kiếm").click()
        self.page.get_by_role("link", name="Sở Y tế").click()
        self.check_page()
        self.screenshot("directory-unit")
        self.assertEqual(self.page.get_by_role("heading", level=1).inner_text(), "Sở Y tế")

        sheet = self.page.get_by_role("link", name="Phiếu trách nhiệm (PDF)")
        address = sheet.get_attribute("href")
        self.assertIn(self.context.request.get(address).status, (200, 202))
        waiting = RenderedDocument.objects.latest("requested_at")
        render_document.call(waiting.pk)
        answer = self.context.request.get(address)
        self.assertEqual(answer.headers["content-type"], "application/pdf")

    def test_the_matrix_is_read_both_ways(self):
        self.open("/don-vi-ma-tran/")
        self.screenshot("directory-matrix")
        self.page.get_by_role("link", name="Theo loại nghĩa vụ").click()
        self.check_page()
        self.page.get_by_label("Loại đơn vị").select_option("commune")
        self.page.get_by_role("button", name="Lọc").click()
        self.check_page()

        self.assertIn("(Theo yêu cầu)", self.page.inner_text("main"))

    def test_a_member_of_a_group_shows_what_the_group_owes(self):
        self.open("/don-vi/ubnd-phuong-dong-an/")
        self.screenshot("directory-commune")

        text = self.page.inner_text("main")
        self.assertIn("Xử lý phản ánh hiện trường", text)
        self.assertNotIn("minh họa", text)  # the phone is internal

    def test_an_editor_cites_a_provision_by_its_place(self):
        self.log_in("quan-tri", DEMO_PASSWORD)
        unit = UnitPage.objects.get(title="Sở Y tế")
        self.open(f"/quan-tri/pages/{unit.pk}/edit/")
        self.page.get_by_role("button", name="Thêm trách nhiệm").click()
        self.page.get_by_role("button", name="Chọn điều khoản", exact=True).last.click()
        self.page.get_by_label("Vị trí hoặc từ ngữ").fill("khoan 2 dieu 9")
        self.page.get_by_role("link", name="khoản 2 Điều 9").click()

        self.page.get_by_text("khoản 2 Điều 9 Quy chế").first.wait_for()
