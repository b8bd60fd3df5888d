"""Make the pages every portal begins with, where they are missing."""

from django.core.management.base import BaseCommand

from portal.home.setup import address_site, ensure_site


class Command(BaseCommand):
    help = (
        "Make the home page and its rooms where they are missing, and let the site have the "
        "address of PORTAL_SITE_URL; safe to repeat."
    )

    def handle(self, **options):
        ensure_site()
        address_site()
