"""Two units merge and one is divided, as an administrator walks it; readers see the outcome."""

from django.urls import reverse

from portal.home.demo.people import DEMO_PASSWORD
from portal.meetings.models import Task
from portal.regulations.models import Provision
from portal.units.models import Obligation, UnitEvent, UnitPage, UnitResponsibility
from tests.browser.support import PHONE, Journey
from tests.factories import make_unit

#: Milliseconds: many pages are published at once.
PERFORMING = 60_000


def unit_with_duties(title):
    """Return a unit of these journeys' own, so that the demo's stay as other journeys know them."""
    unit = make_unit(title)
    provision = Provision.objects.current().filter(kind="clause").first()
    for text in ("Cung cấp số liệu hằng tháng", "Báo cáo kết quả hằng quý"):
        UnitResponsibility.objects.create(unit=unit, provision=provision, text=text)
        Obligation.objects.create(
            unit=unit, provision=provision, kind="report", cadence="monthly", text=text
        )
    Task.objects.create(title="Rà soát quy trình", lead_unit=unit, status=Task.Status.ASSIGNED)
    return unit


class SuccessionJourney(Journey):
    def setUp(self):
        super().setUp()
        self.log_in("quan-tri", DEMO_PASSWORD)

    def press(self, name, *, timeout=None, **kwargs):
        self.page.get_by_role("button", name=name, **kwargs).first.click(timeout=timeout)
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
        old = unit_with_duties("Phòng Kế hoạch")
        unit_with_duties("Phòng Đầu tư")
        self.describe("merge", "Hợp nhất", "201/QĐ-UBND", "Phòng Kế hoạch", "Phòng Đầu tư")
        self.write_new(0, "Phòng Kế hoạch - Đầu tư", "PKHDT")
        self.screenshot("unit-event-merge-2")
        self.press("Tiếp tục: bàn giao")
        self.screenshot("unit-event-merge-3")
        self.press("Tiếp tục: xem trước")
        self.screenshot("unit-event-merge-4")
        self.press("Thực hiện", exact=True, timeout=PERFORMING)
        self.screenshot("unit-event-merge-done")

        new = UnitPage.objects.get(code="PKHDT")
        self.assertTrue(UnitEvent.objects.performed().filter(successors=new).exists())
        self.log_out()
        self.open(old.url)
        self.screenshot("unit-merged")
        self.assertIn("Phòng Kế hoạch - Đầu tư", self.page.locator(".tombstone").inner_text())
        self.open(new.url)
        self.screenshot("unit-new")
        self.open("/don-vi/?ngay=31/10/2026")
        self.screenshot("directory-as-of")
        self.assertIn("Phòng Đầu tư", self.page.locator("main").inner_text())

    def test_a_division(self):
        old = unit_with_duties("Phòng Dân số")
        with self.at_width(PHONE):
            self.describe("split", "Chia, tách", "202/QĐ-UBND", "Phòng Dân số")
            self.write_new(0, "Phòng Dân số Bắc An", "PDSB")
            self.write_new(1, "Phòng Dân số Nam An", "PDSN")
            self.press("Tiếp tục: bàn giao")
            self.press("Tiếp tục: xem trước")
            self.assertIn("chưa quyết định", self.page.locator("main").inner_text())
        self.screenshot("unit-event-split-3-open")
        self.press("Phòng Dân số Nam An")
        first = self.page.locator("select").first
        first.select_option(label="Phòng Dân số Bắc An")
        self.press("Tiếp tục: xem trước")
        self.screenshot("unit-event-split-4")
        self.press("Thực hiện", exact=True, timeout=PERFORMING)

        self.log_out()
        self.open(old.url)
        self.screenshot("unit-divided")
        words = self.page.locator(".tombstone").inner_text()
        self.assertIn("Phòng Dân số Bắc An", words)
        self.assertIn("Phòng Dân số Nam An", words)
