"""Full addresses of pages, as papers and citations have them, begin with the portal's own."""

from django.core.management import call_command
from django.test import TestCase, override_settings
from wagtail.models import Site

from portal.home.setup import ensure_site


class SiteAddressTests(TestCase):
    def root_url(self, address):
        with override_settings(WAGTAILADMIN_BASE_URL=address):
            call_command("set_up_site")
        return Site.objects.get(is_default_site=True).root_url

    def test_the_site_takes_the_address_of_the_setting(self):
        ensure_site()

        for address in ("https://ioc.example.gov.vn", "http://localhost:8122"):
            Site.objects.update(hostname="localhost", port=80)
            self.assertEqual(self.root_url(address), address)

    def test_a_name_given_by_hand_outlives_the_default(self):
        ensure_site()
        Site.objects.update(hostname="so-lieu.example.vn", port=443)

        self.assertEqual(self.root_url("http://localhost:8000"), "https://so-lieu.example.vn")
