"""What a unit has for a time: its duties in force and its people.

On the day of an event the old row ends and a new one begins, so that every day before it keeps
what was true then.
"""

from datetime import timedelta

from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.formats import format_date
from portal.units.duty_means import relink
from portal.units.handovers import (
    HandoverRefused,
    Possession,
    PossessionKind,
    register_possessions,
)
from portal.units.models import Membership, Obligation
from portal.units.page_possessions import PAGE_KINDS
from portal.units.people import name_of


def last_day(event):
    """Return the last day on which everything was as before the event."""
    return event.happened_on - timedelta(days=1)


def _holding(model, units, event):
    """Return the rows of the units that hold on the day of the event or begin later."""
    ends_later = Q(valid_to__isnull=True) | Q(valid_to__gte=event.happened_on)
    return model.objects.filter(ends_later, unit__in=units)


# --- Obligations: the old one ends, the new one says which it succeeds


def _obligations(units, event):
    rows = _holding(Obligation, units, event).select_related("provision__regulation")
    return [
        Possession(
            row.unit_id,
            row.pk,
            row.text or row.get_kind_display(),
            f"{row.get_cadence_display()} · {row.provision}",
            mark=f"{row.valid_from} {row.valid_to} {row.kind} {row.cadence} {row.text}",
        )
        for row in rows
    ]


def _pass_obligations(pks, successor, event, user):
    data = {"ended": [], "moved": []}
    for old in Obligation.objects.filter(pk__in=pks).prefetch_related("counterparts"):
        if old.valid_from and old.valid_from >= event.happened_on:
            data["moved"].append([old.pk, old.unit_id])
            old.unit_id = successor.pk
            _save(old, user)
            continue
        new = Obligation.objects.get(pk=old.pk)
        new.pk, new._state.adding = None, True
        new.unit, new.succeeds = successor, old
        new.name_as_written = old.name_as_written or old.unit.title
        new.valid_from = event.happened_on
        was = old.valid_to
        old.valid_to = last_day(event)
        _save(old, user)
        _save(new, user)
        new.counterparts.set(each for each in old.counterparts.all() if each.pk != successor.pk)
        relink(old, new, user=user)
        data["ended"].append([old.pk, was.isoformat() if was else None, new.pk])
    return data


def _end_obligations(pks, event, user, reason):
    data = {"ended": [], "moved": []}
    for old in Obligation.objects.filter(pk__in=pks):
        if old.valid_from and old.valid_from >= event.happened_on:
            raise HandoverRefused(
                _("The duty “%(duty)s” has not begun: delete it, or let a unit take it over.")
                % {"duty": old.text or old.get_kind_display()}
            )
        was = old.valid_to
        old.valid_to = last_day(event)
        _save(old, user)
        data["ended"].append([old.pk, was.isoformat() if was else None, None])
    return data


def _restore_obligations(data, event, user):
    known = Obligation.objects.in_bulk(
        [pk for old, _was, new in data["ended"] for pk in (old, new)]
    )
    for old, _was, new in data["ended"]:
        if new in known and old in known:
            relink(known[new], known[old], user=user)
    _restore_ended(Obligation, data, user)


# --- People: a membership ends with the unit, and begins in the unit that takes the person


def _memberships(units, event):
    rows = _holding(Membership, units, event).select_related("user")
    return [
        Possession(
            row.unit_id,
            row.pk,
            name_of(row.user),
            row.get_role_display(),
            mark=f"{row.role} {row.valid_from} {row.valid_to}",
        )
        for row in rows
    ]


def _move_people(pks, successor, event, user):
    data = {"ended": [], "moved": []}
    for old in Membership.objects.filter(pk__in=pks).select_related("user"):
        if old.valid_from and old.valid_from >= event.happened_on:
            data["moved"].append([old.pk, old.unit_id])
            old.unit_id = successor.pk
            _save(old, user)
            continue
        was = old.valid_to
        old.valid_to = last_day(event)
        _save(old, user)
        data["ended"].append([old.pk, was.isoformat() if was else None, None])
        if not _belongs_already(old, successor, event):
            new = Membership(
                user=old.user,
                unit=successor,
                role=old.role,
                valid_from=event.happened_on,
                valid_to=was,
            )
            _save(new, user)
            data["ended"][-1][2] = new.pk
    return data


def _belongs_already(membership, successor, event):
    same = Membership.objects.filter(
        user=membership.user, unit=successor, role=membership.role
    ).current(event.happened_on)
    return same.exists()


def _end_memberships(pks, event, user, reason):
    data = {"ended": [], "moved": []}
    for old in Membership.objects.filter(pk__in=pks).select_related("user"):
        if old.valid_from and old.valid_from >= event.happened_on:
            raise HandoverRefused(
                _("%(person)s joins the unit only on %(day)s: delete that, or choose a unit.")
                % {"person": old.user, "day": format_date(old.valid_from)}
            )
        was = old.valid_to
        old.valid_to = last_day(event)
        _save(old, user)
        data["ended"].append([old.pk, was.isoformat() if was else None, None])
    return data


def _restore_memberships(data, event, user):
    _restore_ended(Membership, data, user)


def _restore_ended(model, data, user):
    for old, was, new in data["ended"]:
        if new is not None:
            _delete(model.objects.filter(pk=new).first())
        row = model.objects.filter(pk=old).first()
        if row is not None:
            row.valid_to = was
            _save(row, user)
    for pk, unit_id in data["moved"]:
        row = model.objects.filter(pk=pk).first()
        if row is not None:
            row.unit_id = unit_id
            _save(row, user)


def _delete(row):
    if row is None:
        return
    try:
        row.delete()
    except ProtectedError as fault:
        raise HandoverRefused(
            _("“%(thing)s” is in use since the event and cannot be taken back.") % {"thing": row}
        ) from fault


def _save(row, user):
    row._history_user = user
    row.save()


TIME_KINDS = (
    PossessionKind(
        key="nghia-vu",
        label=gettext_lazy("Duties in force"),
        of_units=_obligations,
        hand_over=_pass_obligations,
        end=_end_obligations,
        take_back=_restore_obligations,
        order=12,
    ),
    PossessionKind(
        key="nguoi",
        label=gettext_lazy("People"),
        of_units=_memberships,
        hand_over=_move_people,
        end=_end_memberships,
        take_back=_restore_memberships,
        order=70,
    ),
)


def register():
    """Let the things of this app take part in the events of units."""
    for kind in (*TIME_KINDS, *PAGE_KINDS):
        register_possessions(kind)
