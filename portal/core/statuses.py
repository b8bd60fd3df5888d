"""The one way a status changes: refuse or move, and write down who did it."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.models.status import StatusEvent


class TransitionRefused(Exception):
    """The status of an object does not allow the step; ``str()`` is a sentence for people."""

    def __init__(self, thing, source, target, reason=""):
        self.thing, self.source, self.target = thing, source, target
        super().__init__(
            reason
            or _("“%(thing)s” cannot go from “%(source)s” to “%(target)s”.")
            % {"thing": thing, "source": label(thing, source), "target": label(thing, target)}
        )


def label(thing, status):
    """Return the human name of ``status`` in the class of ``thing``."""
    return str(dict(type(thing)._meta.get_field("status").choices).get(status, status))


def can_move(thing, target):
    """Return whether the table of the class allows the step."""
    return target in type(thing).TRANSITIONS.get(thing.status, ())


@transaction.atomic
def move(thing, target, *, user, acting_unit="", note="", **changes):
    """Move ``thing`` to ``target``, setting ``changes`` on it, and record the step.

    The row is locked and ``thing`` read again from it, so that of two people only one succeeds
    and the history shows no stale value. Raise ``TransitionRefused`` when the class's
    ``TRANSITIONS`` table does not know the step. Return ``thing``.
    """
    thing.refresh_from_db(from_queryset=type(thing)._base_manager.select_for_update())
    source = thing.status
    if not can_move(thing, target):
        raise TransitionRefused(thing, source, target)
    thing.status = target
    for name, value in changes.items():
        setattr(thing, name, value)
    if user is not None:
        thing._history_user = user
    thing.save(update_fields=["status", *changes])
    note_creation_or_step(thing, source, target, user, acting_unit, note)
    return thing


def note_creation_or_step(thing, source, target, user, acting_unit="", note=""):
    """Write the status event of a step, or of a birth when ``source`` is empty."""
    return StatusEvent.objects.create(
        subject=thing,
        from_status=source,
        to_status=target,
        actor=user if user is not None and user.is_authenticated else None,
        acting_unit=acting_unit,
        note=note,
    )


def born(thing, *, user, acting_unit="", note=""):
    """Record that ``thing`` came to be, in the status it has now."""
    return note_creation_or_step(thing, "", thing.status, user, acting_unit, note)


def history_of(thing):
    """Return the steps of ``thing``, oldest first, with the people who took them."""
    return StatusEvent.objects.about(thing).select_related("actor")


def labelled_history(thing):
    """Return the steps of ``thing`` as a list, oldest first, each with its ``label``."""
    events = list(history_of(thing))
    for event in events:
        event.label = label(thing, event.to_status)
    return events
