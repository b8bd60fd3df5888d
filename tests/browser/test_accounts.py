"""Getting in: a wrong password, the lock, an invitation by letter."""

from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from portal.core.roles import Role
from portal.home.demo.people import DEMO_PASSWORD
from tests.browser.support import Journey
from tests.factories import make_user
from tests.home.accounts.support import link_in

NEW_PASSWORD = "mot-cau-dai-chi-minh-biet-29"
#: How often a wrong password may be typed.
TRIES = 5


class AccountJourney(Journey):
    def setUp(self):
        super().setUp()
        cache.clear()  # what was typed wrong in another journey does not count here
        self.addCleanup(cache.clear)

    def test_a_wrong_password_is_told_and_too_many_lock_the_account(self):
        user = make_user(Role.READER)
        self.log_in(user.username, "sai-mat-khau")
        self.check_page()
        self.assertEqual(
            self.page.get_by_label("Tên đăng nhập hoặc thư điện tử").input_value(), user.username
        )
        self.screenshot("log-in-wrong")
        for _number in range(TRIES):
            self.log_in(user.username, "sai-mat-khau")
        self.log_in(user.username)
        self.check_page()
        self.screenshot("log-in-locked")
        self.assertIn("quá nhiều lần", self.page.locator("main").inner_text())
        self.page.goto(reverse("account_overview"))
        self.assertIn("/dang-nhap/", self.page.url)

    def test_an_invitation_is_accepted_by_the_link_of_its_letter(self):
        self.log_in("quan-tri", DEMO_PASSWORD)
        self.open(reverse("accounts:invite"))
        self.page.locator("main input[name=name]").fill("Cán bộ mới")
        self.page.locator("main input[name=email]").fill("nguoi.moi@example.vn")
        self.page.locator("main input[name=roles]").first.check()
        self.screenshot("invite")
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()
        self.assert_no_faults()
        [letter] = [each for each in mail.outbox if "nguoi.moi@example.vn" in each.to]
        self.log_out()

        link = link_in(letter.body)
        self.open(link[link.index("/", len("https://")) :])
        self.screenshot("invitation")
        self.page.locator("main input[name=username]").fill("nguoi-moi")
        for name in ("password1", "password2"):
            self.page.locator(f"main input[name={name}]").fill(NEW_PASSWORD)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()
        self.check_page()
        self.screenshot("invitation-accepted")
        self.log_out()
        self.log_in("nguoi.moi@example.vn", NEW_PASSWORD)
        self.open(reverse("account_overview"))
