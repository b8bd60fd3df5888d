"""Asking an owner for its data, and the answer: a grant, or a refusal that says why."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.deadlines import days_after, end_of_day
from portal.core.models import DayOff, NumberSequence
from portal.core.statuses import born, move
from portal.datasets.access import may_ask_for, may_share
from portal.datasets.actions.acting import acting_as
from portal.datasets.models import AccessRequest, DatasetPage, SharingTerm
from portal.datasets.sharing.letters import tell_asking_unit, tell_owner
from portal.datasets.sights import WITHHELD
from portal.units.permissions import unit_ids_of

Status = AccessRequest.Status


def columns_to_ask_for(dataset):
    """Return the columns of today's definition of which outsiders may know, in order."""
    known = dataset.columns.filter(is_public=True).exclude(personal=WITHHELD)
    return list(known.order_by("sort_order"))


def columns_to_share(dataset):
    """Return the columns of today's definition that the owner may grant, in order."""
    return list(dataset.columns.exclude(personal=WITHHELD).order_by("sort_order"))


def answer_due_from(day):
    """Return the last moment for an answer to what is asked on ``day``; None without a term."""
    term = SharingTerm.load()
    if not term.answer_days:
        return None
    off = DayOff.objects.known() if term.counts_working_days else ()
    return end_of_day(days_after(day, term.answer_days, off))


@transaction.atomic
def ask_access(
    dataset, unit, *, user, purpose, legal_ground, columns=(), wanted="", wanted_until=None
):
    """Ask the owner of ``dataset`` in the name of ``unit``; return the ``AccessRequest``.

    ``columns`` are lasting identities, none for all. Raise ``ValidationError`` with a sentence.
    """
    if not may_ask_for(user, unit.pk):
        raise ValidationError(_("The unit's head or data officer asks in its name."))
    if not DatasetPage.objects.live().visible_to(user).filter(pk=dataset.pk).exists():
        raise ValidationError(_("There is no such dataset."))
    if unit.pk == dataset.owner_unit_id:
        raise ValidationError(_("The unit owns this dataset and reads all of it."))
    known = {column.column_id for column in columns_to_ask_for(dataset)}
    today = timezone.localdate()
    asked = AccessRequest(
        dataset=dataset,
        unit=unit,
        purpose=purpose.strip(),
        legal_ground=legal_ground.strip(),
        columns=[identity for identity in dict.fromkeys(columns) if identity in known],
        wanted=wanted.strip(),
        wanted_until=wanted_until,
        asked_by=user,
        answer_due=answer_due_from(today),
    )
    _require(purpose=asked.purpose, legal_ground=asked.legal_ground)
    if wanted_until is not None and wanted_until < today:
        raise ValidationError({"wanted_until": _("This day has passed.")})
    number = NumberSequence.draw("datasets.access_request", year=today.year)
    asked.number = f"CS-{today.year}-{number:04}"
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError as taken:
        raise ValidationError(
            _("The unit has asked for this dataset already and waits for the answer.")
        ) from taken
    born(asked, user=user, acting_unit=acting_as(user, dataset))
    transaction.on_commit(lambda: tell_owner(asked))
    return asked


def refuse_own_matter(user, dataset, unit_id, request=None):
    """Refuse who may not answer: not of the owner, of the asking unit, or the one who asked."""
    if not may_share(user, dataset):
        raise ValidationError(_("The owner unit's head or an administrator decides on this."))
    asked_by = request.asked_by_id if request else None
    if unit_id in unit_ids_of(user) or asked_by == user.pk:
        raise ValidationError(_("Nobody decides on what their own unit asks for."))


@transaction.atomic
def refuse_access(request, *, user, reason, legal_ground):
    """Refuse a request, in writing: why, and by which law; return the request."""
    refuse_own_matter(user, request.dataset, request.unit_id, request)
    reason, legal_ground = reason.strip(), legal_ground.strip()
    _require(reason=reason, legal_ground=legal_ground)
    move(
        request,
        Status.REFUSED,
        user=user,
        acting_unit=acting_as(user, request.dataset),
        note=reason,
        answer=reason,
        refusal_ground=legal_ground,
        answered_by=user,
        answered_at=timezone.now(),
    )
    transaction.on_commit(lambda: tell_asking_unit(request))
    return request


@transaction.atomic
def withdraw_request(request, *, user):
    """Take a request back that is not answered yet; return it."""
    if not may_ask_for(user, request.unit_id):
        raise ValidationError(_("The unit's head or data officer asks in its name."))
    return move(request, Status.WITHDRAWN, user=user, acting_unit=acting_as(user, request.dataset))


def _require(**texts):
    empty = {name: _("This is needed.") for name, text in texts.items() if not text}
    if empty:
        raise ValidationError(empty)
