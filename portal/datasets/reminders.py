"""Letters about due data: some days before, on the day, and weekly while something is overdue.

Of what is asked for specially, people are told as soon as it is asked.
Whoever sends for a unit gets one letter about all of its datasets, and never two about the same
occasion. A letter that could not go out is tried again at the next turn.
"""

import logging
from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.core.deadlines import Timeliness
from portal.datasets.access import SENDERS
from portal.datasets.models import DataReminder, DatasetPage
from portal.datasets.timeliness import timeliness_of_datasets
from portal.units.models import Membership

logger = logging.getLogger(__name__)
Kind = DataReminder.Kind
DAYS_BEFORE = 3
FIRST_HOUR = 7  #: letters go out in the working day, not at midnight


def remind_of_due_data(now=None):
    """Send the letters that are due at ``now``; return how many went out."""
    now = now or timezone.now()
    if timezone.localtime(now).hour < FIRST_HOUR:
        return 0
    wanted = _wanted(now)
    sent = 0
    people = get_user_model().objects.filter(pk__in=wanted, is_active=True).exclude(email="")
    for user in people:
        sent += _write_to(user, wanted[user.pk])
    return sent


def _wanted(now):
    """Return ``{user pk: {(kind, occasion): state}}`` of what people are to be told."""
    datasets = DatasetPage.objects.live().select_related("owner_unit")
    by_unit = defaultdict(dict)
    today = timezone.localtime(now).date()
    for states in timeliness_of_datasets(datasets, now).values():
        for state in states:
            kind, occasion = _occasion(state, today)
            if kind:
                by_unit[state.dataset.owner_unit_id][kind, occasion] = state
    members = Membership.objects.current(today).filter(unit__in=by_unit, role__in=SENDERS)
    wanted = defaultdict(dict)
    for user_id, unit_id in members.values_list("user_id", "unit_id"):
        wanted[user_id] |= by_unit[unit_id]
    return wanted


def _occasion(state, today):
    """Return the kind of letter that a period asks for today and what it is about, or Nones."""
    if not state.is_open or state.due is None:
        return None, None
    about = f"{state.dataset.code}/{state.period.code}"
    last_day = timezone.localtime(state.due).date()
    if state.timeliness is Timeliness.MISSING:
        year, week, _weekday = today.isocalendar()
        return Kind.WEEKLY, f"{about}/{year}-{week:02}"
    if last_day == today:
        return Kind.ON_DAY, f"{about}/{last_day}"
    if today < last_day <= today + timedelta(days=DAYS_BEFORE):
        return Kind.BEFORE, f"{about}/{last_day}"
    return (Kind.ASKED, about) if state.request else (None, None)


def _write_to(user, wanted):
    """Send one letter about all that ``user`` was not told yet; return whether it went out."""
    told = set(
        DataReminder.objects.filter(
            user=user, occasion__in=[each for _kind, each in wanted]
        ).values_list("kind", "occasion")
    )
    fresh = {key: state for key, state in wanted.items() if key not in told}
    if not fresh:
        return False
    try:
        with transaction.atomic():
            # Two clocks at once: the second meets the first one's records and sends nothing.
            DataReminder.objects.bulk_create(
                DataReminder(user=user, kind=kind, occasion=occasion) for kind, occasion in fresh
            )
            _send(user, fresh)
    except OSError:
        logger.exception("Reminder of due data to user %s was not sent", user.pk)
        return False
    return True


def _send(user, fresh):
    states = defaultdict(list)
    for (kind, _about), state in fresh.items():
        states[kind].append(state)
    for each in states.values():
        each.sort(key=lambda state: (state.due, state.dataset.title))
    with translation.override("vi"):
        context = {
            "user": user,
            "overdue": states[Kind.WEEKLY],
            "today": states[Kind.ON_DAY],
            "soon": states[Kind.BEFORE],
            "asked": states[Kind.ASKED],
            "link": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('datasets:mine')}",
        }
        body = render_to_string("datasets/letters/due_data.txt", context)
        subject = _("Data due: %(count)s") % {"count": len(fresh)}
        letter = EmailMessage(subject, body.strip(), settings.DEFAULT_FROM_EMAIL, [user.email])
    letter.send()
