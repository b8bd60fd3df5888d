"""The day as of which a page of the directory is read: ``?ngay=31/12/2024``."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue, parse_date

QUERY_KEY = "ngay"
LONGEST = 40


@dataclass(frozen=True)
class AsOf:
    """The day that counts; ``asked`` is what was typed, ``error`` what is wrong with it."""

    day: date
    asked: str = ""
    error: str = ""

    @property
    def is_today(self):
        """Return whether nothing but the present is shown."""
        return self.day == timezone.localdate()


def last_day_on_show(unit, request):
    """Return the day as of which ``unit`` is read: the day asked for, or its last if earlier."""
    asked = as_of(request).day
    return min(asked, unit.valid_to) if unit.valid_to else asked


def as_of(request):
    """Return the day that the request asks for; today where it asks for none that is one."""
    today = timezone.localdate()
    asked = request.GET.get(QUERY_KEY, "").strip()[:LONGEST]
    if not asked:
        return AsOf(today)
    try:
        return AsOf(parse_date(asked), asked)
    except UnreadableValue:
        return AsOf(today, asked, _("Write the day as dd/mm/yyyy, such as 31/12/2026."))
