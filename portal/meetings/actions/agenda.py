"""The agenda: what is on it, in which order, and how each item ended."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.meetings.actions.freezing import refuse_if_frozen
from portal.meetings.actions.reviews import snapshot_open_tasks
from portal.meetings.models import AgendaItem, AssessmentCycle, Meeting
from portal.meetings.permissions import require
from portal.units.permissions import unit_ids_of


@transaction.atomic
def build_agenda(meeting, *, user):
    """Put standing topics, the review of open tasks and the series' backlog on the agenda.

    What stands on it already stays; calling it twice adds nothing twice. Return the new items.
    """
    require(user, "change", meeting)
    refuse_if_frozen(meeting)
    known = set(meeting.agenda_items.values_list("kind", "title"))
    new = []
    for kind, title in _standing_topics(meeting):
        if (kind, title) not in known:
            new.append(_append(meeting, kind=kind, title=title))
    review = AgendaItem.Kind.TASK_REVIEW
    if snapshot_open_tasks(meeting) and not meeting.agenda_items.filter(kind=review).exists():
        new.append(_append(meeting, kind=review, title=_("Review of the tasks under way")))
    return new + _take_backlog(meeting)


def _standing_topics(meeting):
    if meeting.series:
        for line in meeting.series.standing_agenda.splitlines():
            if line.strip():
                yield AgendaItem.Kind.STANDING, line.strip()[:255]
    if meeting.kind == Meeting.Kind.ANNUAL and meeting.start_at:
        cycle = AssessmentCycle.objects.filter(
            year__in=[meeting.start_at.year, meeting.start_at.year - 1]
        ).first()
        if cycle:
            yield AgendaItem.Kind.ASSESSMENT, cycle.title


def _append(meeting, **fields):
    last = meeting.agenda_items.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.create(meeting=meeting, position=last + 1, **fields)


def _take_backlog(meeting):
    if not meeting.series:
        return []
    position = meeting.agenda_items.aggregate(last=Max("position"))["last"] or 0
    waiting = list(meeting.series.backlog.filter(meeting__isnull=True))
    for item in waiting:
        position += 1
        item.meeting, item.position = meeting, position
        item.save(update_fields=["meeting", "position"])
    return waiting


def add_item(meeting, *, user, **fields):
    """Add an item at the end of the agenda."""
    require(user, "change", meeting)
    refuse_if_frozen(meeting)
    return _append(meeting, **fields)


def change_item(item, *, user, **fields):
    """Change title, presenter, planned minutes or publicity of an item."""
    require(user, "change", item.meeting)
    refuse_if_frozen(item.meeting)
    for name, value in fields.items():
        setattr(item, name, value)
    item.save(update_fields=[*fields])
    return item


@transaction.atomic
def move_item(item, *, user, up):
    """Let an item change places with its neighbour; the first and the last stay where they are."""
    require(user, "change", item.meeting)
    refuse_if_frozen(item.meeting)
    items = list(item.meeting.agenda_items.all())
    here = next(number for number, each in enumerate(items) if each.pk == item.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
    for position, each in enumerate(items, start=1):
        each.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
    return item


@transaction.atomic
def remove_item(item, *, user):
    """Take an item off the agenda: back to the backlog it came from, or away."""
    require(user, "change", item.meeting)
    refuse_if_frozen(item.meeting)
    if item.conclusions.exists() or item.discussion:
        raise ValidationError(_("Something was said on this item; it stays in the minutes."))
    if item.series_id:
        item.meeting = None
        item.save(update_fields=["meeting"])
    else:
        item.delete()


def propose_item(series, title, *, user, unit):
    """Put a unit's proposal into the backlog of a series, for its next meeting."""
    if unit.pk not in unit_ids_of(user):
        raise ValidationError(_("You can propose only for a unit that you act for."))
    return AgendaItem.objects.create(
        series=series, kind=AgendaItem.Kind.PROPOSAL, title=title, presenter_unit=unit
    )


@transaction.atomic
def set_result(item, result, *, user, discussion=None):
    """Write down how an item ended, and the course of the discussion when given.

    An item put off goes into the backlog of the series, so that the next agenda has it.
    """
    require(user, "change", item.meeting)
    refuse_if_frozen(item.meeting)
    if result == AgendaItem.Result.DEFERRED and item.deferred_to_id is None:
        item.deferred_to = _put_off(item)
    elif result != AgendaItem.Result.DEFERRED and item.deferred_to_id:
        _call_back(item)
    item.result = result
    if discussion is not None:
        item.discussion = discussion
    item.save(update_fields=["result", "discussion", "deferred_to"])
    return item


def _put_off(item):
    if item.meeting.series_id is None:
        raise ValidationError(
            _("This meeting belongs to no series, so there is no next one to put the item off to.")
        )
    return AgendaItem.objects.create(
        series_id=item.meeting.series_id,
        kind=item.kind,
        title=item.title,
        presenter_unit=item.presenter_unit,
        is_public=item.is_public,
    )


def _call_back(item):
    successor = AgendaItem.objects.select_for_update().get(pk=item.deferred_to_id)
    item.deferred_to = None
    if successor.meeting_id:
        raise ValidationError(_("The item stands on the agenda of the next meeting already."))
    item.save(update_fields=["deferred_to"])
    successor.delete()
