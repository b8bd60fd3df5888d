"""What rests because its duty ended, so that it wakes as it was when the duty is opened again."""

#: What the history of a thing says of it; codes, never shown.
ENDED, REOPENED = "duty-ended", "duty-reopened"


def save_rested(thing, names, user):
    """Save the fields ``names`` of a thing whose duty ended, unless nothing changed in them."""
    _save(thing, names, user, ENDED)


def was_changed_since(thing, names):
    """Return whether a person changed any of ``names`` after the thing came to rest."""
    ended = _last_ending(thing)
    return ended is not None and any(getattr(ended, n) != getattr(thing, n) for n in names)


def wake(thing, names, user):
    """Give a thing back what it was before its duty ended, as far as nobody changed it since."""
    ended = _last_ending(thing)
    before = ended.prev_record if ended is not None else None
    if before is None:
        return
    for name in names:
        if getattr(thing, name) == getattr(ended, name):
            setattr(thing, name, getattr(before, name))
    _save(thing, names, user, REOPENED)


def _last_ending(thing):
    """Return the record of the ending that still counts, None where the duty was opened since."""
    marks = thing.history.filter(history_change_reason__in=(ENDED, REOPENED))
    last = marks.order_by("-history_id").first()
    return last if last is not None and last.history_change_reason == ENDED else None


def _save(thing, names, user, reason):
    stored = type(thing).objects.values(*names).get(pk=thing.pk)
    if all(stored[name] == getattr(thing, name) for name in names):
        return
    thing._history_user, thing._change_reason = user, reason
    thing.save(update_fields=list(names))
    thing._change_reason = None
