"""Which rooms a portal has: a centre whose regulation knows no briefings has no such menu."""

from django.db.models.signals import post_save

from portal.meetings.models import (
    AssessmentCycle,
    AssessmentIndexPage,
    Meeting,
    MeetingIndexPage,
    MeetingSeries,
)
from portal.units.models import Obligation

#: The room's page, the kinds of duty that ask for it, and what stands in it.
ROOMS = (
    (
        MeetingIndexPage,
        frozenset({Obligation.Kind.MEET}),
        (Meeting.objects, MeetingSeries.objects.filter(is_active=True)),
    ),
    (
        AssessmentIndexPage,
        frozenset({Obligation.Kind.REVIEW_YEAR}),
        (AssessmentCycle.objects,),
    ),
)


def arrange_rooms(*, user):
    """Open the rooms that a duty in force asks for; close those that nothing asks for or fills.

    Return ``{page class: is open}``. A closed room keeps its page, unpublished, so that it opens
    again with all that it held.
    """
    owed = set(Obligation.objects.in_force().values_list("kind", flat=True))
    arranged = {}
    for model, kinds, content in ROOMS:
        page = model.objects.first()
        if page is None:
            continue
        is_needed = bool(kinds & owed) or any(each.all().exists() for each in content)
        if is_needed and not page.live:
            page.save_revision(user=user).publish(user=user)
        elif not is_needed and page.live:
            page.unpublish(user=user)
        arranged[model] = is_needed
    return arranged


def open_when_used(sender, instance, raw=False, **kwargs):
    """Open a closed room as soon as a duty asks for it or something stands in it."""
    if raw:
        return
    for model, kinds, content in ROOMS:
        if sender is Obligation:
            is_asked_for = instance.kind in kinds
        else:
            is_asked_for = any(
                each.model is sender and each.all().filter(pk=instance.pk).exists()
                for each in content
            )
        closed = model.objects.filter(live=False).first() if is_asked_for else None
        if closed is not None:
            closed.save_revision().publish()


def connect():
    """Listen to what rooms are for."""
    models = {each.model for _room, _kinds, content in ROOMS for each in content}
    for model in {Obligation, *models}:
        post_save.connect(open_when_used, sender=model, dispatch_uid=f"open-room-{model.__name__}")
