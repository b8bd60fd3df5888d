"""A special request and a day off for tests."""

from datetime import timedelta

from django.utils import timezone

from portal.core.models import DayOff
from portal.datasets.actions.special_requests import ask_for_data


def ask_for(*datasets, user, instrument="15/CV-IOC", **words):
    """Return a special request for ``datasets`` that is due in two days unless told."""
    defaults = {"due_at": timezone.now() + timedelta(days=2), "reason": "Phục vụ họp đột xuất"}
    return ask_for_data(datasets, user=user, instrument=instrument, **{**defaults, **words})


def make_day_off(days=40):
    """Return a day off that comes after so many days."""
    day = timezone.localdate() + timedelta(days=days)
    return DayOff.objects.create(day=day, name="Nghỉ bù", source="Thông báo 1/TB")
