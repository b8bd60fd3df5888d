"""Editions walked as people walk them: enact for a coming day, read, compare, withdraw."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from portal.home.demo.people import DEMO_PASSWORD
from portal.regulations.models import ArticlePage, RegulationPage
from tests.browser.support import Journey


class EditionJourney(Journey):
    def setUp(self):
        super().setUp()
        self.regulation = RegulationPage.objects.get(document_number="218/QĐ-UBND")

    def test_readers_see_what_the_amendment_changed(self):
        self.open(self.regulation.url)
        self.page.get_by_role("link", name="Các phiên bản").first.click()
        self.check_page()
        self.screenshot("editions")
        self.page.get_by_role("link", name="So sánh với phiên bản 1").first.click()
        self.check_page()
        self.assertIn("01", self.page.locator(".redline ins").first.inner_text())
        self.screenshot("redline")
        self.page.get_by_role("link", name="Liền mạch").click()
        self.check_page()
        self.screenshot("redline-inline")

        self.open(reverse("regulation_editions", args=[self.regulation.slug]))
        self.page.get_by_label("Đọc văn bản tại ngày").fill("01/10/2025")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/ngay/2025-10-01/")
        self.check_page()
        self.assertIn("không còn hiệu lực", self.page.locator("main").inner_text())
        self.screenshot("edition-of-a-day")

    def test_drafts_are_enacted_for_a_coming_day_and_withdrawn(self):
        for number in ("11", "12"):
            page = self.article(number).get_latest_revision_as_object()
            page.heading = f"{page.heading} theo phân công"
            page.save_revision()
        day = timezone.localdate() + timedelta(days=40)

        self.log_in("quan-tri", DEMO_PASSWORD)
        self.open(reverse("editions:enact", args=[self.regulation.pk]))
        self.screenshot("enact")
        for box in self.page.locator(".enact-draft__choice input").all():
            box.check()
        self.page.get_by_label("Số quyết định").fill("301/QĐ-UBND")
        self.page.get_by_label("Ngày có hiệu lực").fill(f"{day:%d/%m/%Y}")
        self.page.locator("main").get_by_role("button", name="Ban hành", exact=True).click()
        self.check_page()
        self.screenshot("editions-staff")

        self.log_out()
        self.open(self.regulation.url)
        notice = self.page.locator(".edition-notice").first.inner_text()
        self.assertIn("Điều 11", notice)
        self.assertNotIn("theo phân công", self.page.locator(".reading__text").inner_text())
        self.screenshot("regulation-coming")
        self.page.get_by_role("link", name="Nội dung thay đổi").first.click()
        self.check_page()

        self.log_in("quan-tri", DEMO_PASSWORD)
        self.open(reverse("editions:editions", args=[self.regulation.pk]))
        self.page.get_by_text("Rút phiên bản", exact=True).first.click()
        self.page.get_by_label("Lý do").fill("Thử nghiệm xong")
        self.page.get_by_role("button", name="Rút phiên bản này").click()
        self.check_page()
        self.assertEqual(self.regulation.editions.order_by("number").last().status, "withdrawn")
        self.screenshot("editions-withdrawn")

    def article(self, number):
        articles = ArticlePage.objects.descendant_of(self.regulation)
        return articles.get(number=number, component="qc")
