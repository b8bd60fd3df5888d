"""Build the demo centre in an empty portal."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.home.demo.build import build_demo
from portal.regulations.models import RegulationPage
from portal.units.models import UnitPage


class Command(BaseCommand):
    help = "Build the demo centre: a province that does not exist, with a year of data."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where a centre stands already"
        )

    def handle(self, *, if_empty, **options):
        if not settings.PORTAL_DEMO_ALLOWED:
            raise CommandError("Production has no demo centre: its log-ins are known to everybody.")
        if UnitPage.objects.exists() or RegulationPage.objects.exists():
            if if_empty:
                return
            raise CommandError("A centre stands here already; the demo is built in an empty one.")
        begun = time.monotonic()
        build_demo(self._tell)
        self._tell(f"The demo centre stands ({time.monotonic() - begun:.0f} s)")

    def _tell(self, text):
        self.stdout.write(text)
        self.stdout.flush()
