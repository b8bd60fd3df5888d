"""What duties to meet and to review the year make necessary: a series, a planned cycle.

Both may be asked for again and again: what stands is taken up, and nothing that people changed
is changed back.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.deadlines import CADENCE_KINDS, end_of_day
from portal.core.periods import MONTHS
from portal.core.statuses import born
from portal.meetings.duty_titles import LONGEST_TITLE
from portal.meetings.models import AssessmentCycle, MeetingSeries
from portal.meetings.permissions import require_of_person
from portal.units.models import Obligation, UnitPage


@transaction.atomic
def establish_series(obligation, *, user):
    """Return the series by which a duty to meet is met: one for each convenor and provision.

    “Every six months, yearly or when asked” are three duties and one series: the shortest
    interval is the series', and a request allows extraordinary meetings.
    """
    require_of_person(user, "add", MeetingSeries)
    convenor = obligation.unit
    if convenor.is_group:
        return None  # who convenes is for a person to say
    series = _standing_series(obligation)
    if series is None:
        series = MeetingSeries(
            title=_title(obligation),
            convenor=convenor,
            provision=obligation.provision,
            interval_months=interval_of(obligation),
        )
        series._history_user = user
        series.save()
    _extend(series, obligation, user)
    return series


def _standing_series(obligation):
    by_duty = obligation.meeting_series.first()
    if by_duty is not None:
        return by_duty
    article = obligation.provision.article_id
    series = MeetingSeries.objects.select_for_update().filter(convenor=obligation.unit)
    same = series.filter(provision=obligation.provision).order_by("pk").first()
    if same is None and article:
        same = series.filter(provision__article=article).order_by("pk").first()
    return same


def _extend(series, obligation, user):
    """Let the series meet this duty as well."""
    if series.obligations.filter(pk=obligation.pk).exists():
        return
    known = series.obligations.exists()
    if known and not not_over(series.obligations.all()).exists():
        series.is_active = True  # it rested because its duties had ended
    interval = interval_of(obligation)
    if interval and (not series.interval_months or (known and interval < series.interval_months)):
        series.interval_months = interval
    if obligation.cadence == Obligation.Cadence.ON_REQUEST:
        series.may_be_extraordinary = True
    series._history_user = user
    series.save()
    series.obligations.add(obligation)
    if not series.default_units.exists():
        series.default_units.set(_invited(obligation))


def _invited(obligation):
    """Return the units to which it is owed; of a kind of unit its members."""
    to_whom = obligation.counterparts.all()
    kinds = to_whom.filter(is_group=True)
    members = UnitPage.objects.live().filter(groups__in=kinds)
    return [*to_whom.filter(is_group=False), *members.distinct()]


def not_over(obligations):
    """Keep the duties that stand or will stand."""
    return obligations.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()))


def interval_of(obligation):
    """Return every how many months the duty is owed, 0 without a calendar."""
    kind = CADENCE_KINDS.get(obligation.cadence)
    return MONTHS[kind] if kind else 0


def _title(obligation):
    title = obligation.text.strip()
    if title and len(title) <= LONGEST_TITLE and "\n" not in title:
        return title
    return _("Periodic briefing (%(provision)s)") % {"provision": obligation.provision.label}


@transaction.atomic
def establish_cycle(obligation, *, user, year=None):
    """Return the assessment cycle of the year, planned where there is none yet.

    A planned cycle has no forms and no criteria; it is opened by a person, with criteria or in
    words only.
    """
    require_of_person(user, "plan", AssessmentCycle)
    year = year or timezone.localdate().year
    cycle = AssessmentCycle.objects.select_for_update().filter(year=year).first()
    if cycle is None:
        cycle = AssessmentCycle(
            year=year,
            title=_("Review of the year %(year)s") % {"year": year},
            provision=obligation.provision,
            obligation=obligation,
            evidence_cutoff=end_of_day(date(year, 12, 31)),
        )
        cycle._history_user = user
        cycle.full_clean()
        cycle.save()
        born(cycle, user=user)
    elif cycle.obligation_id is None:
        cycle.obligation = obligation
        cycle._history_user = user
        cycle.save(update_fields=["obligation"])
    return cycle
