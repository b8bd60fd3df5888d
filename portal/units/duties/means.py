"""What acts on duties within units: a named focal point, and evidence that people wrote down."""

from collections import defaultdict

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.deadlines import CADENCE_KINDS
from portal.core.periods import containing, parse_period
from portal.core.roles import runs_centre
from portal.units.due_dates import last_due, next_due, running_period
from portal.units.duty_means import DutyMeans, DutyState, Standing, register_means
from portal.units.models import DutyRecord, FocalPoint, Membership, Obligation, UnitPage
from portal.units.permissions import may_record_for

Kind = Obligation.Kind
#: Duties that no tool of the portal measures: what is done about them is written down.
RECORDED_KINDS = frozenset(
    {
        Kind.HANDLE_INFORMATION,
        Kind.PLAN_BUDGET,
        Kind.APPRAISE_BUDGET,
        Kind.PROPOSE,
        Kind.TRAIN,
        Kind.SURVEY,
        Kind.URGE,
        Kind.OTHER,
    }
)
#: So many names are shown of the units that still have to do something.
MOST_NAMES = 4


def _name_focal_point(obligations, request):
    """Met by units that have a focal point or a data officer today; nothing for the public."""
    if not request.user.is_authenticated:
        return {}
    units = {pk for obligation in obligations for pk in obligation.bound_ids}
    named = set(FocalPoint.objects.filter(unit__in=units).values_list("unit_id", flat=True))
    officers = Membership.objects.current().filter(
        unit__in=units, role=Membership.Role.DATA_OFFICER
    )
    named |= set(officers.values_list("unit_id", flat=True))
    titles = dict(UnitPage.objects.filter(pk__in=units).values_list("pk", "title"))
    may_edit = runs_centre(request.user)
    return {
        obligation.pk: _focal_standing(obligation.bound_ids, named, titles, may_edit)
        for obligation in obligations
    }


def _focal_standing(bound, named, titles, may_edit):
    lacking = [pk for pk in bound if pk not in named]
    if bound and not lacking:
        return Standing(DutyState.MET, summary=_count_of_units(len(bound), len(bound)))
    shown = [titles.get(pk, "") for pk in lacking[:MOST_NAMES]]
    if len(lacking) > MOST_NAMES:
        shown.append(_("and %(count)d more") % {"count": len(lacking) - MOST_NAMES})
    return Standing(
        DutyState.MISSING,
        summary=_count_of_units(len(bound) - len(lacking), len(bound)) if bound else "",
        missing=_("No focal point named: %(units)s") % {"units": ", ".join(shown)}
        if lacking
        else _("No unit belongs to this kind of unit yet."),
        action_url=reverse("wagtailadmin_pages:edit", args=[lacking[0]])
        if may_edit and lacking
        else "",
    )


def _count_of_units(done, all_of_them):
    return _("%(done)d of %(all)d units have named a focal point") % {
        "done": done,
        "all": all_of_them,
    }


def _records(obligations, request):
    """Say how a duty stands by what its units wrote down.

    A duty that another tool measures gets a word only where somebody wrote something. Records
    are internal: the public learns nothing of them.
    """
    if not request.user.is_authenticated:
        return {}
    by_duty = defaultdict(lambda: defaultdict(list))
    rows = DutyRecord.objects.standing().filter(obligation__in=[each.pk for each in obligations])
    for pk, unit, day, period in rows.values_list("obligation_id", "unit_id", "done_on", "period"):
        by_duty[pk][unit].append((day, period))
    found = {}
    for obligation in obligations:
        written = by_duty.get(obligation.pk, {})
        if written or obligation.kind in RECORDED_KINDS:
            found[obligation.pk] = _standing_by_records(obligation, written, request.user)
    return found


def _standing_by_records(obligation, written, user):
    bound = obligation.bound_ids
    lacking, late, soon = [], [], []
    for unit in bound:
        state = unit_state(obligation, written.get(unit, ()), timezone.now())
        {DutyState.MISSING: lacking, DutyState.LATE: late, DutyState.DUE_SOON: soon}.get(
            state, []
        ).append(unit)
    state = _worst(lacking, late, soon) if bound else DutyState.MISSING
    behind = len(lacking) + len(late) + len(soon)
    return Standing(
        state,
        summary=_summary(written, len(bound) - behind, len(bound)),
        missing=_what_is_missing(state, bound),
        action_url=_where_to_record(obligation, bound, user) if behind else "",
    )


def _worst(lacking, late, soon):
    if late:
        return DutyState.LATE
    if soon:
        return DutyState.DUE_SOON
    return DutyState.MISSING if lacking else DutyState.MET


def unit_state(obligation, done, now):
    """Return how one unit stands; ``done`` holds (day, period code) of what it wrote down.

    A day that the regulation names decides. Without one a recurring duty asks for a record of
    the running period or the one before it; any other duty for one record at all.
    """
    covered = covered_periods(obligation, done)
    if obligation.due is not None:
        return _state_by_day(obligation, done, covered, now)
    running = running_period(obligation, timezone.localtime(now).date())
    if running is None:
        return DutyState.MET if done else DutyState.MISSING
    return DutyState.MET if {running, running.shift(-1)} & covered else DutyState.MISSING


def _state_by_day(obligation, done, covered, now):
    coming, past = next_due(obligation, now), last_due(obligation, now)
    if past and past.period not in covered and _counts_from(obligation, done, past):
        return DutyState.LATE
    if coming and coming.period not in covered and coming.is_soon(now):
        return DutyState.DUE_SOON
    return DutyState.MET if covered else DutyState.MISSING


def _counts_from(obligation, done, past):
    """Return whether a past day is held against the unit.

    Before the duty was in force, or before anything was written where it names no day on which
    it came into force, the portal cannot know what was done.
    """
    if obligation.valid_from:
        return past.day >= obligation.valid_from
    return bool(done) and min(day for day, _period in done) <= past.day


def covered_periods(obligation, done):
    """Return the periods for which something was done: the named ones, else those of the days."""
    kind = CADENCE_KINDS.get(obligation.cadence)
    if kind is None:
        return set()
    return {parse_period(code) if code else containing(day, kind) for day, code in done}


def _summary(written, done, all_of_them):
    if not written:
        return _("The portal has no tool for it; what is done is written down here.")
    latest = max(day for rows in written.values() for day, _period in rows)
    words = _("last written down for %(day)s") % {"day": f"{latest:%d/%m/%Y}"}
    if all_of_them == 1:
        return words
    return _("%(done)d of %(all)d units, %(latest)s") % {
        "done": done,
        "all": all_of_them,
        "latest": words,
    }


def _what_is_missing(state, bound):
    if not bound:
        return _("No unit belongs to this kind of unit yet.")
    return {
        DutyState.MISSING: _("Nothing has been written down yet"),
        DutyState.LATE: _("Nothing has been written down for the period that was due"),
        DutyState.DUE_SOON: _("Nothing has been written down for the coming due day"),
    }.get(state, "")


def _where_to_record(obligation, bound, user):
    if not user.is_authenticated or not may_record_for(user, bound):
        return ""
    return reverse("units:duty", args=[obligation.pk])


def register():
    """Let focal points and records act on duties."""
    register_means(DutyMeans("focal-points", frozenset({Kind.NAME_FOCAL_POINT}), _name_focal_point))
    register_means(DutyMeans("records", frozenset(Kind.values), _records, order=90))
