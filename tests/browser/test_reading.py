"""Reading a regulation as people do: with the mouse, by keyboard, on a phone, on paper."""

from wagtail.models import Page

from portal.core.roles import Role
from portal.regulations.actions import create_draft_pages, publish_regulation
from portal.regulations.models import RegulationIndexPage, RegulationPage
from portal.regulations.parsing import as_json, parse_text
from tests.browser.support import PHONE, Journey
from tests.factories import make_user

TEXT = """QUY CHẾ
Quản lý thử nghiệm việc đọc

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi
Quy chế này quy định việc của Trung tâm Dữ liệu (sau đây gọi tắt là Trung tâm).

Điều 2. Giải thích từ ngữ
1. Dữ liệu mở là dữ liệu được công khai để ai cũng dùng lại được.
2. Ảnh là hình.

Chương II
TRÁCH NHIỆM

Điều 3. Nguyên tắc
1. Trung tâm công bố dữ liệu mở theo điểm a, b khoản 2 và khoản 3 Điều 4 Quy chế này.
2. Thực hiện Điều 5 Luật Dữ liệu.

Điều 4. Thời hạn
1. Hằng tháng.
2. Gồm:
a) Ngày 10;
b) Ngày 15.
3. Hằng năm, theo khoản 1 Điều này.
"""


class ReadingJourney(Journey):
    def setUp(self):
        super().setUp()
        self.regulation = RegulationPage.objects.filter(slug="quan-ly-thu-nghiem-viec-doc").first()
        if self.regulation is None:
            user = make_user(Role.ADMINISTRATOR)
            page = create_draft_pages(
                as_json(parse_text(TEXT)), parent=RegulationIndexPage.objects.get(), user=user
            )
            self.regulation = publish_regulation(page, user=user)
        self.base = Page.objects.get(pk=self.regulation.pk).url

    def test_the_contents_follow_the_text_and_references_stay_on_the_page(self):
        self.open(self.base)
        current = self.page.locator(".reading__contents [aria-current]")
        self.page.locator("#dieu-4").scroll_into_view_if_needed()
        self.page.locator(".reading__contents a[href='#dieu-4']").click()
        self.page.wait_for_function(
            "document.querySelector('.reading__contents [aria-current]')?.hash === '#dieu-4'"
        )
        self.assertEqual(current.count(), 1)
        self.page.get_by_role("link", name="khoản 3 Điều 4", exact=True).click()
        self.assertTrue(self.page.url.endswith("#dieu-4-khoan-3"))
        self.screenshot("reading")

    def test_a_term_explains_itself_to_mouse_and_keyboard(self):
        self.open(f"{self.base}dieu-3/")
        card = self.page.locator("#tu-du-lieu-mo")
        term = self.page.locator("a.term", has_text="dữ liệu mở")

        term.click()
        self.assertIn("ai cũng dùng lại được", card.inner_text())
        self.check_access()
        self.page.keyboard.press("Escape")
        self.assertFalse(card.is_visible())

        term.focus()
        self.page.keyboard.press("Enter")
        self.assertTrue(card.is_visible())
        self.page.keyboard.press("Escape")
        self.assertEqual(self.page.evaluate("document.activeElement.textContent"), "dữ liệu mở")

    def test_a_provision_gives_its_link_and_citation(self):
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.open(self.base)
        mark = self.page.get_by_role("link", name="Địa chỉ của điểm a khoản 2 Điều 4")
        mark.focus()
        self.page.keyboard.press("Enter")
        self.page.get_by_role("button", name="Sao chép trích dẫn").click()
        copied = self.page.evaluate("navigator.clipboard.readText()")
        self.assertEqual(copied, "điểm a khoản 2 Điều 4 Quy chế quản lý thử nghiệm việc đọc")
        mark.focus()
        self.page.keyboard.press("Enter")
        self.page.get_by_role("button", name="Sao chép liên kết").click()
        copied = self.page.evaluate("navigator.clipboard.readText()")
        self.assertTrue(copied.endswith("/dieu-4/khoan-2/diem-a/"), copied)

    def test_without_script_every_link_leads_on(self):
        context = self.browser.new_context(
            base_url=self.live_server_url, java_script_enabled=False, locale="vi-VN"
        )
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(f"{self.base}dieu-3/")
        page.locator("a.term", has_text="dữ liệu mở").click()
        self.assertTrue(page.url.endswith("/dieu-2/khoan-1/"))
        page.goto(self.base)
        page.set_viewport_size({"width": PHONE, "height": 800})
        page.locator(".reading__drawer summary").click()
        self.assertTrue(page.locator(".reading__drawer a[href='#dieu-4']").is_visible())

    def test_what_is_not_there_is_said_and_kept(self):
        self.open(self.base)
        field = self.page.locator(".reading__contents .goto__field")
        field.fill("khoản 9 Điều 4")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**di-toi=**")
        self.check_page()
        self.assertIn("Không tìm thấy “khoản 9 Điều 4”", self.page.locator("main").inner_text())
        self.assertEqual(field.input_value(), "khoản 9 Điều 4")

    def test_terms_related_documents_and_paper(self):
        self.open(f"{self.base}thuat-ngu/")
        self.screenshot("reading-terms")
        self.open(f"{self.base}luoc-do/")
        self.screenshot("reading-lineage")
        self.open(self.base)
        self.page.emulate_media(media="print")
        self.assertFalse(self.page.locator(".reading__contents").is_visible())
        self.assertFalse(self.page.locator(".legal__anchor").first.is_visible())
        self.assertTrue(self.page.locator("#dieu-4").is_visible())
