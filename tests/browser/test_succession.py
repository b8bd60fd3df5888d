"""Two units merge and one is divided, as an administrator walks it; readers see the outcome."""

from django.urls import reverse

from portal.home.demo.people import DEMO_PASSWORD
from portal.units.models import UnitEvent, UnitPage
from tests.browser.support import PHONE, Journey


class SuccessionJourney(Journey):
    def setUp(self):
        super().setUp()
        self.log_in("quan-tri", DEMO_PASSWORD)

    def press(self, name, **kwargs):
        self.page.get_by_role("button", name=name, **kwargs).first.click()
        self.check_page()

    def describe(self, name, kind, number, *titles):
        """Fill in the first screen and go on."""
        self.open(reverse("unit_events:create"))
        self.page.get_by_label(kind).check()
        self.page.get_by_label("Có hiệu lực từ").fill("01/11/2026")
        self.page.get_by_label("Số, ký hiệu văn bản").fill(number)
        for title in titles:
            self.page.get_by_label(title).check()
        self.screenshot(f"unit-event-{name}-1")
        self.press("Tiếp tục: đơn vị kế thừa")

    def write_new(self, row, title, code):
        self.page.locator(f"[name=new-{row}-title]").fill(title)
        self.page.locator(f"[name=new-{row}-code]").fill(code)

    def test_a_merger(self):
        self.describe(
            "merge", "Hợp nhất, sáp nhập", "201/QĐ-UBND", "Sở Công Thương", "Sở Tài chính"
        )
        self.write_new(0, "Sở Kinh tế và Tài chính", "SKTTC")
        self.screenshot("unit-event-merge-2")
        self.press("Tiếp tục: bàn giao")
        self.screenshot("unit-event-merge-3")
        self.press("Tiếp tục: xem trước")
        self.screenshot("unit-event-merge-4")
        self.press("Thực hiện", exact=True)
        self.screenshot("unit-event-merge-done")

        new = UnitPage.objects.get(code="SKTTC")
        self.assertEqual(UnitEvent.objects.performed().first().successors.get(), new)
        self.log_out()
        self.open(UnitPage.objects.get(title="Sở Tài chính").url)
        self.screenshot("unit-merged")
        self.assertIn("Sở Kinh tế và Tài chính", self.page.locator(".tombstone").inner_text())
        self.open(new.url)
        self.screenshot("unit-new")
        self.open("/don-vi/?ngay=31/10/2026")
        self.screenshot("directory-as-of")
        self.assertIn("Sở Tài chính", self.page.locator(".card-grid").inner_text())

    def test_a_division(self):
        old = UnitPage.objects.get(title="Sở Y tế")
        with self.at_width(PHONE):
            self.describe("split", "Chia, tách", "202/QĐ-UBND", "Sở Y tế")
            self.write_new(0, "Sở Y tế Bắc An", "SYTB")
            self.write_new(1, "Sở Y tế Nam An", "SYTN")
            self.press("Tiếp tục: bàn giao")
            self.press("Tiếp tục: xem trước")
            self.assertIn("chưa quyết định", self.page.locator("main").inner_text())
        self.screenshot("unit-event-split-3-open")
        self.press("Sở Y tế Nam An")
        first = self.page.locator("select").first
        first.select_option(label="Sở Y tế Bắc An")
        self.press("Tiếp tục: xem trước")
        self.screenshot("unit-event-split-4")
        self.press("Thực hiện", exact=True)

        self.log_out()
        self.open(old.url)
        self.screenshot("unit-divided")
        words = self.page.locator(".tombstone").inner_text()
        self.assertIn("Sở Y tế Bắc An", words)
        self.assertIn("Sở Y tế Nam An", words)
