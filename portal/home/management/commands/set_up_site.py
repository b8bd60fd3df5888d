"""Make the pages every portal begins with, where they are missing."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.home.setup import ensure_site, take_address


class Command(BaseCommand):
    help = (
        "Make the home page and its rooms where they are missing, and let the site have the"
        " address of PORTAL_SITE_URL; safe to repeat."
    )

    def handle(self, **options):
        ensure_site()
        try:
            take_address(settings.WAGTAILADMIN_BASE_URL)
        except ValidationError as refusal:
            raise CommandError(f"PORTAL_SITE_URL: {refusal.messages[0]}") from refusal
