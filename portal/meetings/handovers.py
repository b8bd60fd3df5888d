"""Series and meetings still to come in the events of units.

Held and closed meetings, attendance, assessments and the ranking stay with the unit of that day.
"""

from django.utils.translation import gettext_lazy

from portal.core.formats import format_datetime
from portal.meetings.models import AgendaItem, Meeting, MeetingSeries, UnitAttendance
from portal.meetings.report_handovers import SCHEDULE_KIND
from portal.meetings.task_handovers import TASK_KINDS, set_unit
from portal.units.handovers import Possession, PossessionKind, register_possessions

COMING = (Meeting.Status.DRAFT, Meeting.Status.CONVENED, Meeting.Status.POSTPONED)


def _of_field(model, field, coming, note):
    """Return what finds the rows of ``model`` still to come whose ``field`` is a unit."""

    def of_units(units, event):
        rows = coming(model.objects.filter(**{f"{field}__in": units}))
        return [
            Possession(getattr(row, f"{field}_id"), row.pk, str(row), note(row), mark=str(row))
            for row in rows
        ]

    return of_units


def _pass_field(model, field):
    def hand_over(pks, successor, event, user):
        data = {"passed": []}
        for row in model.objects.filter(pk__in=pks):
            data["passed"].append([row.pk, getattr(row, f"{field}_id"), successor.pk])
            set_unit(row, field, successor.pk, user)
        return data

    return hand_over


def _take_back_field(model, field, coming):
    def take_back(data, event, user):
        for pk, was, became in data["passed"]:
            row = coming(model.objects.filter(pk=pk, **{f"{field}_id": became})).first()
            if row is not None:
                set_unit(row, field, was, user)

    return take_back


def _active(series):
    return series.filter(is_active=True)


def _to_come(meetings):
    return meetings.filter(status__in=COMING)


def _waiting(items):
    return items.filter(meeting=None, result="") | items.filter(
        meeting__status__in=COMING, result=""
    )


def _meeting_note(meeting):
    return " · ".join(
        filter(None, (meeting.get_status_display(), format_datetime(meeting.start_at)))
    )


# --- Invitations to meetings that are still to come


def _invitations(units, event):
    rows = UnitAttendance.objects.filter(unit__in=units, meeting__status__in=COMING)
    return [
        Possession(row.unit_id, row.pk, row.meeting.title, row.get_reply_display(), mark=row.reply)
        for row in rows.select_related("meeting").order_by("meeting__start_at", "pk")
    ]


def _pass_invitations(pks, successor, event, user):
    data = {"passed": [], "dropped": []}
    for row in UnitAttendance.objects.filter(pk__in=pks):
        if UnitAttendance.objects.filter(meeting=row.meeting_id, unit=successor).exists():
            data["dropped"].append([row.meeting_id, row.unit_id, row.reply])
            row.delete()
            continue
        data["passed"].append([row.pk, row.unit_id, successor.pk, row.reply])
        row.unit, row.reply = successor, UnitAttendance.Reply.INVITED
        row.save(update_fields=["unit", "reply"])
    return data


def _drop_invitations(pks, event, user, reason):
    rows = UnitAttendance.objects.filter(pk__in=pks)
    dropped = [list(row) for row in rows.values_list("meeting_id", "unit_id", "reply")]
    rows.delete()
    return {"passed": [], "dropped": dropped}


def _take_back_invitations(data, event, user):
    for pk, was, became, reply in data["passed"]:
        row = UnitAttendance.objects.filter(pk=pk, unit=became, meeting__status__in=COMING)
        row.update(unit=was, reply=reply)
    coming = set(_to_come(Meeting.objects).values_list("pk", flat=True))
    for meeting, unit, reply in data["dropped"]:
        if meeting in coming:
            UnitAttendance.objects.get_or_create(
                meeting_id=meeting, unit_id=unit, defaults={"reply": reply}
            )


def _field_kind(key, label, model, field, coming, note, order):
    return PossessionKind(
        key=key,
        label=label,
        of_units=_of_field(model, field, coming, note),
        hand_over=_pass_field(model, field),
        take_back=_take_back_field(model, field, coming),
        may_stay=True,
        order=order,
    )


MEETING_KINDS = (
    _field_kind(
        "chuoi-hop",
        gettext_lazy("Briefings that it convenes again and again"),
        MeetingSeries,
        "convenor",
        _active,
        lambda series: "",
        40,
    ),
    _field_kind(
        "cuoc-hop",
        gettext_lazy("Coming meetings that it convenes"),
        Meeting,
        "convenor",
        _to_come,
        _meeting_note,
        44,
    ),
    PossessionKind(
        key="giay-moi",
        label=gettext_lazy("Invitations to coming meetings"),
        of_units=_invitations,
        hand_over=_pass_invitations,
        end=_drop_invitations,
        take_back=_take_back_invitations,
        order=46,
    ),
    _field_kind(
        "noi-dung",
        gettext_lazy("Items that it presents at coming meetings"),
        AgendaItem,
        "presenter_unit",
        _waiting,
        lambda item: "",
        48,
    ),
)


def register():
    """Let tasks and meetings take part in the events of units."""
    for kind in (*TASK_KINDS, *MEETING_KINDS, SCHEDULE_KIND):
        register_possessions(kind)
