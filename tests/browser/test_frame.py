"""The frame around every page: home, log-in, search, what is shown when something is missing."""

from tests.browser.support import PHONE, Journey
from tests.factories import make_article, make_provision, make_regulation, make_user


class FrameJourney(Journey):
    def test_the_home_page_leads_into_the_portal(self):
        self.open("/")

        self.screenshot("home")
        self.assertEqual(self.page.get_by_role("navigation", name="Điều hướng chính").count(), 1)

    def test_the_keyboard_skips_to_the_content(self):
        self.open("/tim-kiem/")

        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")

        self.assertEqual(self.page.evaluate("document.activeElement.id"), "noi-dung")

    def test_light_or_dark_is_remembered(self):
        self.open("/dang-nhap/")
        self.page.get_by_role("button", name="Sáng hoặc tối").click()
        chosen = self.page.evaluate("document.documentElement.dataset.theme")

        self.open("/tim-kiem/")

        self.assertEqual(chosen, "dark")
        self.assertEqual(self.page.evaluate("document.documentElement.dataset.theme"), chosen)

    def test_the_menu_opens_on_a_phone(self):
        self.open("/dang-nhap/")
        with self.at_width(PHONE):
            toggle = self.page.get_by_role("button", name="Trình đơn")
            before = self.page.locator("#site-nav").is_visible()

            toggle.click()

            self.assertEqual((before, toggle.get_attribute("aria-expanded")), (False, "true"))

    def test_a_missing_page_says_so_and_offers_the_way_back(self):
        self.open("/khong-co-trang-nay/", status=404)

        self.screenshot("not-found")
        self.assertEqual(self.page.get_by_role("link", name="Về trang chủ").count(), 1)


class LogInJourney(Journey):
    def test_staff_land_in_the_staff_area_and_leave_it_again(self):
        make_user(username="hanh-trinh-quan-tri", is_superuser=True)
        self.open("/dang-nhap/")
        self.screenshot("log-in")

        self.log_in("hanh-trinh-quan-tri")
        self.check_page()

        self.assertIn("/quan-tri/", self.page.url)
        self.screenshot("staff-area")
        self.open("/tim-kiem/")
        self.page.get_by_role("button", name="Đăng xuất").click()
        self.page.wait_for_load_state()
        self.assertEqual(self.page.get_by_role("link", name="Đăng nhập").count(), 1)

    def test_a_wrong_password_is_said_in_place_and_the_name_stays(self):
        self.log_in("khong-co-ai", "sai-mat-khau")
        self.check_page()

        self.assertEqual(
            self.page.get_by_label("Tên đăng nhập hoặc thư điện tử").input_value(), "khong-co-ai"
        )
        self.assertGreater(self.page.locator("main [role=alert], main .notice--bad").count(), 0)


class SearchJourney(Journey):
    def test_words_without_accents_find_the_provision(self):
        regulation = make_regulation("Quy chế hành trình tìm kiếm")
        article = make_article(regulation, heading="Lễ hội hoa phượng", slug="dieu-1")
        make_provision(regulation, article=article, text="Lễ hội hoa phượng mở vào tháng sáu.")
        self.open("/tim-kiem/")

        self.page.get_by_label("Bạn cần tìm gì?").fill("hoa phuong")
        self.page.locator("main").get_by_role("button", name="Tìm kiếm").click()
        self.check_page()

        self.screenshot("search")
        self.assertEqual(self.page.locator("mark").first.text_content().lower(), "hoa")
        self.page.locator(".hit__title a").first.click()
        self.check_page()
        self.assertIn(regulation.url, self.page.url)

    def test_words_that_nobody_wrote_find_nothing(self):
        self.open("/tim-kiem/?q=xyzzy")

        self.assertEqual(self.page.locator(".empty-state").count(), 1)
