"""An empty portal: its rooms, its roles, and what production refuses."""

from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from django.urls import reverse
from wagtail.models import Page, Site

from portal.core.roles import Role
from portal.home.demo.people import DEMO_PASSWORD
from portal.home.models import HomePage
from portal.home.role_groups import build_role_groups, group_of
from portal.home.setup import describe_centre, ensure_site, index_pages
from tests.factories import make_user


class EmptyPortal(TestCase):
    def test_every_room_answers_before_there_is_anything_in_it(self):
        ensure_site()
        self.assertEqual(self.client.get("/").status_code, 200)
        for _model, _title, slug in index_pages():
            self.assertEqual(self.client.get(f"/{slug}/").status_code, 200, slug)

    def test_doing_it_twice_changes_nothing(self):
        ensure_site()
        before = Page.objects.count()
        ensure_site()
        self.assertEqual(Page.objects.count(), before)
        self.assertEqual(HomePage.objects.count(), 1)

    def test_wagtails_welcome_gives_way(self):
        home = ensure_site()
        self.assertEqual(Site.objects.get(is_default_site=True).root_page_id, home.pk)
        self.assertFalse(Page.objects.filter(slug="home").exists())

    def test_full_addresses_begin_with_the_one_of_the_portal(self):
        """What is cited, printed, or told to search engines leads to where the portal is."""
        for url in ("http://localhost:8122", "http://127.0.0.1:8110", "https://ioc.vidu.gov.vn"):
            with self.subTest(url=url), override_settings(WAGTAILADMIN_BASE_URL=url):
                call_command("set_up_site")
                self.assertEqual(HomePage.objects.get().full_url, f"{url}/")
                self.assertContains(self.client.get("/sitemap.xml"), f"<loc>{url}/don-vi/</loc>")

    def test_a_name_given_by_hand_outlives_the_default(self):
        ensure_site()
        Site.objects.update(hostname="so-lieu.vidu.vn", port=443)
        with override_settings(WAGTAILADMIN_BASE_URL="http://localhost:8000"):
            call_command("set_up_site")

        self.assertEqual(Site.objects.get().root_url, "https://so-lieu.vidu.vn")

    def test_what_is_no_address_is_refused(self):
        for url in ("ioc.vidu.gov.vn", "https://", "ftp://a.vn", "http://a.vn:x"):
            with (
                self.subTest(url=url),
                override_settings(WAGTAILADMIN_BASE_URL=url),
                self.assertRaisesMessage(CommandError, f"PORTAL_SITE_URL: “{url}”"),
            ):
                call_command("set_up_site")

    def test_the_centre_names_itself_on_every_page(self):
        ensure_site()
        describe_centre(name="Trung tâm thử nghiệm")
        self.assertContains(self.client.get("/don-vi/"), "Trung tâm thử nghiệm")


class Roles(TestCase):
    def test_each_role_has_one_group_with_what_was_granted(self):
        build_role_groups()
        leader = group_of(Role.IOC_LEADER)
        codenames = set(leader.permissions.values_list("codename", flat=True))
        self.assertIn("access_admin", codenames)
        self.assertIn("finalise_assessmentcycle", codenames)
        reader = group_of(Role.READER)
        self.assertFalse(reader.permissions.filter(codename="access_admin").exists())

    def test_staff_open_their_start_page_and_readers_do_not(self):
        ensure_site()
        for role in Role:
            self.client.force_login(make_user(role))
            status = self.client.get(reverse("wagtailadmin_home")).status_code
            self.assertEqual(status == 200, role is not Role.READER, role)

    def test_an_administrator_of_an_empty_portal_is_led_to_the_regulation(self):
        ensure_site()
        self.client.force_login(make_user(Role.ADMINISTRATOR))
        answer = self.client.get(reverse("wagtailadmin_home"))
        self.assertContains(answer, reverse("regulations:import_text"))


class DemoPassword(TestCase):
    def log_in(self):
        user = make_user(Role.IOC_OFFICER)
        user.set_password(DEMO_PASSWORD)
        user.save()
        return self.client.post(
            reverse("account_login"), {"login": user.username, "password": DEMO_PASSWORD}
        )

    def test_it_opens_the_demo(self):
        self.assertEqual(self.log_in().status_code, 302)

    @override_settings(PORTAL_DEMO_ALLOWED=False)
    def test_it_opens_nothing_in_production(self):
        answer = self.log_in()
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.context["form"].has_error("__all__", "demo_password"))
