"""A regulation brought in as an editor does: looked at, corrected, undone, created."""

import re

from django.urls import reverse

from portal.home.demo.people import DEMO_PASSWORD
from portal.regulations.models import ArticlePage, RegulationImport
from tests.browser.support import Journey
from tests.regulations.texts import SMALL

TEXT = SMALL.replace("2. Bảo đảm:", "Bảo đảm thêm. 2. Bảo đảm:").replace("Điều 3.", "Điều 5.")


class ImportJourney(Journey):
    def setUp(self):
        super().setUp()
        self.log_in("quan-tri", DEMO_PASSWORD)

    def bring_in(self):
        self.open(reverse("regulations:import_text"))
        self.page.get_by_label("Hoặc dán văn bản vào đây").fill(TEXT)
        self.press("Đọc văn bản")
        return RegulationImport.objects.latest("pk")

    def press(self, name, within="main"):
        self.page.locator(within).get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        self.check_page()

    def block(self, words):
        return self.page.locator(".structure-block", has_text=words).first

    def choose(self, words):
        block = self.block(words)
        block.locator(".structure-words").click(position={"x": 90, "y": 8})
        return block

    def test_source_and_structure_point_at_each_other(self):
        self.bring_in()
        block = self.choose("Kịp thời")
        lit = self.page.locator(".structure-source .is-lit")
        self.assertIn("Kịp thời", lit.first.inner_text())

        self.page.locator(".structure-source li", has_text="Sở Y tế").click()
        self.assertNotIn("is-lit", block.get_attribute("class"))
        self.assertIn("is-lit", self.block("Sở Y tế").get_attribute("class"))
        self.screenshot("import-corrections")

    def test_edit_split_merge_undo_and_create(self):
        brought_in = self.bring_in()
        self.choose("Nguyên tắc").get_by_role("link", name=re.compile("Sửa")).first.click()
        self.page.get_by_label("Tên gọi").fill("Nguyên tắc phối hợp")
        self.press("Lưu", "[data-panel]")
        self.assertIn("Nguyên tắc phối hợp", self.page.locator("#cau-truc").inner_text())

        self.choose("Bảo đảm thêm").get_by_role("link", name=re.compile("Tách")).click()
        words = self.page.get_by_label("Bấm vào chỗ bắt đầu phần sau")
        place = words.input_value().index("2. Bảo đảm")
        words.evaluate("(area, at) => { area.focus(); area.setSelectionRange(at, at) }", place)
        words.press("ArrowLeft")
        words.press("ArrowRight")
        self.press("Tách", "[data-split]")
        self.assertEqual(self.block("Bảo đảm:").locator("b").inner_text(), "2.")

        self.choose("Đầy đủ").get_by_role("button", name=re.compile("Gộp")).click()
        self.page.wait_for_load_state()
        self.press(re.compile("Hoàn tác"))
        brought_in.refresh_from_db()
        self.assertEqual(brought_in.revision, 4)

        self.press("Tạo trang dự thảo")
        brought_in.refresh_from_db()
        articles = ArticlePage.objects.descendant_of(brought_in.regulation)
        self.assertEqual(articles.get(number="2").heading, "Nguyên tắc phối hợp")
        self.assertEqual(len(articles.get(number="2").clauses), 2)

    def test_everything_works_without_script(self):
        brought_in = self.bring_in()
        plain = self.browser.new_context(
            base_url=self.live_server_url, java_script_enabled=False, locale="vi-VN"
        )
        self.addCleanup(plain.close)
        plain.add_cookies(self.context.cookies())
        page = plain.new_page()
        page.goto(reverse("regulations:import_preview", args=[brought_in.pk]))
        block = page.locator(".structure-block", has_text="Bảo đảm thêm").first
        block.get_by_role("link", name=re.compile("Sửa")).click()
        page.get_by_text("Tách thành hai mục").click()
        page.get_by_role("radio").last.check()
        page.locator("[data-split]").get_by_role("button", name="Tách").click()

        brought_in.refresh_from_db()
        self.assertEqual([each["verb"] for each in brought_in.corrections], ["split"])

    def test_a_phone_shows_one_of_the_two_without_sideways_scrolling(self):
        self.bring_in()
        with self.at_width(375):
            width = self.page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(width, 375)
            self.assertFalse(self.page.locator("#van-ban").is_visible())
            self.page.locator(".structure-tabs").get_by_text("Văn bản nguồn").click()
            self.assertTrue(self.page.locator("#van-ban").is_visible())
            self.assertFalse(self.page.locator("#cau-truc").is_visible())

    def test_a_program_finds_nothing_inaccessible(self):
        self.bring_in()
        self.choose("Nguyên tắc").get_by_role("link", name=re.compile("Sửa")).first.click()
        self.page.wait_for_selector("[data-panel]")
        for tool in ("Tách thành hai mục", "Đưa ra ngoài văn bản"):
            self.page.get_by_text(tool).click()
        faults = self.page.evaluate(OWN_ACCESS_FAULTS)
        self.assertEqual(faults, [], "\n".join(faults))


#: What WCAG finds wrong in what this screen draws; the frame around it is Wagtail's.
OWN_ACCESS_FAULTS = """async () => {
  const outcome = await axe.run(document.querySelector("main"), {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  });
  return outcome.violations.flatMap((rule) =>
    rule.nodes.map(({ target, any }) => `${rule.id}: ${target}: ${any[0]?.message ?? rule.help}`)
  );
}"""
