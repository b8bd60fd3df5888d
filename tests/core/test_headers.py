"""What answers tell the browser about loading and keeping."""

from django.test import TestCase, override_settings

from portal.core.roles import Role
from portal.home.models import TextPage
from portal.home.setup import ensure_site
from tests.factories import make_home, make_user


@override_settings(SECURE_SSL_REDIRECT=False)
class AnswerHeadersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.page = make_home().add_child(instance=TextPage(title="Giới thiệu", body="<p>Lời</p>"))
        cls.administrator = make_user(Role.ADMINISTRATOR)

    def policy(self, url):
        header = self.client.get(url)["Content-Security-Policy"]
        return dict(part.strip().partition(" ")[::2] for part in header.split(";"))

    def test_a_public_page_runs_no_script_that_stands_in_it(self):
        for url in ("/", self.page.url, "/dang-nhap/", "/khong-co/", "/tim-kiem/?q=y"):
            with self.subTest(url):
                policy = self.policy(url)
                self.assertEqual(policy["default-src"], "'self'")
                self.assertNotIn("script-src", policy)
                self.assertNotIn("style-src", policy)
                self.assertEqual(policy["object-src"], "'none'")

    def test_nothing_in_the_staff_area_comes_from_elsewhere(self):
        self.client.force_login(self.administrator)

        policy = self.policy("/quan-tri/")

        self.assertEqual(policy["default-src"], "'self'")
        self.assertEqual(policy["script-src"], "'self' 'unsafe-inline'")

    def test_no_other_site_frames_a_page_or_takes_its_forms(self):
        for url in ("/", "/dang-nhap/"):
            policy = self.policy(url)
            self.assertEqual(policy["frame-ancestors"], "'self'")
            self.assertEqual(policy["form-action"], "'self'")

    @override_settings(PORTAL_FORM_TARGETS=["https://sso.example.vn"])
    def test_forms_may_lead_to_the_log_in_of_the_province(self):
        self.assertEqual(self.policy("/")["form-action"], "'self' https://sso.example.vn")

    def test_types_are_not_guessed(self):
        self.assertEqual(self.client.get("/")["X-Content-Type-Options"], "nosniff")

    def test_what_somebody_logged_in_was_given_is_not_kept(self):
        self.client.force_login(self.administrator)

        for url in ("/", "/quan-tri/", "/api/v1/du-lieu/", "/hop-giao-ban/lich.ics"):
            with self.subTest(url):
                self.assertEqual(self.client.get(url)["Cache-Control"], "private, no-store")

    def test_what_everybody_gets_says_nothing_of_keeping(self):
        self.assertNotIn("Cache-Control", self.client.get(self.page.url).headers)
