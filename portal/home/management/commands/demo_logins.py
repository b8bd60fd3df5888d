"""Print the demo's log-ins, when the demo stands here."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from portal.home.demo.people import DEMO_PASSWORD, LEADING_PEOPLE


class Command(BaseCommand):
    help = "Print the demo's log-ins: one for each role."

    def handle(self, **options):
        present = set(
            get_user_model()
            .objects.filter(username__in=[person.username for person in LEADING_PEOPLE])
            .values_list("username", flat=True)
        )
        if not present:
            return
        self.stdout.write(f"Demo log-ins (password of all: {DEMO_PASSWORD})")
        for person in LEADING_PEOPLE:
            if person.username in present:
                self.stdout.write(f"  {person.username:<12} {person.name}")
