"""One unit's form: scored by itself, approved by its head, reviewed by somebody else."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.statuses import move
from portal.meetings.models import AssessmentCycle, UnitAssessment
from portal.meetings.permissions import require

Status = UnitAssessment.Status
Cycle = AssessmentCycle.Status


def _require_phase(form, phase):
    if form.cycle.status != phase:
        raise ValidationError(_("The cycle is not in this phase now."))


def _checked(score, value):
    if value is not None and not 0 <= value <= score.criterion.max_score:
        raise ValidationError(
            _("The score of “%(criterion)s” lies between 0 and %(max)s."),
            params={"criterion": score.criterion, "max": score.criterion.max_score},
        )
    return value


@transaction.atomic
def save_self_scores(form, scores, *, user, narrative=""):
    """Keep the unit's own scores: ``scores`` maps a score's key to (value, note).

    A score that differs from the system's needs a note. May be called again and again.
    """
    require(user, "score", form)
    _require_phase(form, Cycle.SELF_ASSESSMENT)
    if form.status in {Status.NOT_STARTED, Status.CHANGES_REQUESTED}:
        move(form, Status.IN_PROGRESS, user=user, acting_unit=form.unit.code)
    if form.status != Status.IN_PROGRESS:
        raise ValidationError(_("The form is approved; take it back to change it."))
    for score in form.scores.select_related("criterion").filter(pk__in=scores):
        score.self_score, score.note = _checked(score, scores[score.pk][0]), scores[score.pk][1]
        _require_note(score, score.self_score, score.system_score, score.note)
        score._history_user = user
        score.save(update_fields=["self_score", "note"])
    form.narrative = narrative
    form._history_user = user
    form.save(update_fields=["narrative"])
    return form


def _require_note(score, value, other, note):
    if value is not None and other is not None and value != other and not note:
        raise ValidationError(
            _("Say in a note why the score of “%(criterion)s” differs."),
            params={"criterion": score.criterion},
        )


def approve_form(form, *, user):
    """Approve the form as the unit's head; every criterion has a score by then."""
    require(user, "approve", form)
    _require_phase(form, Cycle.SELF_ASSESSMENT)
    if form.scores.filter(self_score__isnull=True, not_assigned=False).exists():
        raise ValidationError(_("Score every criterion first."))
    return move(form, Status.HEAD_APPROVED, user=user, acting_unit=form.unit.code)


def take_back_form(form, *, user):
    """Open an approved form again, before it is submitted."""
    require(user, "approve", form)
    return move(form, Status.IN_PROGRESS, user=user, acting_unit=form.unit.code)


def submit_form(form, *, user):
    """Hand the approved form to the centre."""
    require(user, "approve", form)
    _require_phase(form, Cycle.SELF_ASSESSMENT)
    return move(form, Status.SUBMITTED, user=user, acting_unit=form.unit.code)


def request_changes(form, *, user, reason):
    """Send a submitted form back to its unit, while the units still write."""
    require(user, "review", form)
    _require_phase(form, Cycle.SELF_ASSESSMENT)
    return move(form, Status.CHANGES_REQUESTED, user=user, note=reason)


@transaction.atomic
def review_form(form, scores, *, user, review_note=""):
    """Keep the reviewer's scores: ``scores`` maps a key to (value, not_assigned, note).

    Nobody reviews the own unit; a score that differs from the unit's needs a note, and every
    criterion that is the unit's duty gets one. May be called again until the cycle is final.
    """
    require(user, "review", form)
    if form.cycle.status not in {Cycle.REVIEW, Cycle.EXPLANATION}:
        raise ValidationError(_("The cycle is not in this phase now."))
    for score in form.scores.select_related("criterion"):
        value, not_assigned, note = scores.get(
            score.pk, (score.review_score, score.not_assigned, score.review_note)
        )
        _review_one(score, _checked(score, value), not_assigned, note, user)
    if form.status != Status.REVIEWED:
        move(form, Status.REVIEWED, user=user)
    form.review_note = review_note
    form._history_user = user
    form.save(update_fields=["review_note"])
    return form


def _review_one(score, value, not_assigned, note, user):
    if value is None and not not_assigned:
        raise ValidationError(
            _("Score “%(criterion)s”, or say that it is not the unit's duty."),
            params={"criterion": score.criterion},
        )
    if not not_assigned:
        _require_note(score, value, score.self_score, note)
    score.review_score = None if not_assigned else value
    score.not_assigned, score.review_note = not_assigned, note
    score._history_user = user
    score.save(update_fields=["review_score", "not_assigned", "review_note"])


@transaction.atomic
def explain_form(form, *, user, explanation):
    """Explain, as the unit's head, what the reviewed scores do not show."""
    require(user, "approve", form)
    _require_phase(form, Cycle.EXPLANATION)
    return move(
        form,
        Status.EXPLAINED,
        user=user,
        acting_unit=form.unit.code,
        explanation=explanation,
    )
