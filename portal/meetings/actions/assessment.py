"""The year's assessment as a whole: opened, reviewed, explained, finalised, published."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.statuses import born, move
from portal.meetings.models import (
    AssessmentCycle,
    Criterion,
    CriterionScore,
    Ranking,
    UnitAssessment,
)
from portal.meetings.permissions import require
from portal.meetings.scoring import places, total
from portal.units.models import UnitPage

Status = AssessmentCycle.Status


def assessed_units():
    """Return the units that are assessed when nobody says otherwise: live ones, no kinds."""
    return UnitPage.objects.live().filter(is_group=False, valid_to__isnull=True)


@transaction.atomic
def open_cycle(year, criteria_set, *, user, units=None, **fields):
    """Open the assessment of a year: one form for each unit, and the criteria are frozen.

    Without a criteria set the year is reviewed in words only. A cycle that was planned for the
    year is the one that opens.
    """
    require(user, "add", AssessmentCycle)
    cycle = _planned(year)
    is_new = cycle.pk is None
    for name, value in {"criteria_set": criteria_set, **fields}.items():
        setattr(cycle, name, value)
    cycle.full_clean()
    criteria = scored_criteria(criteria_set)
    if criteria_set and not criteria:
        raise ValidationError(_("The criteria set has no criterion yet."))
    cycle._history_user = user
    cycle.save()
    if is_new:
        born(cycle, user=user)
    if criteria_set and criteria_set.frozen_at is None:
        criteria_set.frozen_at = timezone.now()
        criteria_set.save(update_fields=["frozen_at"])
    for unit in assessed_units() if units is None else units:
        form = UnitAssessment.objects.create(cycle=cycle, unit=unit)
        born(form, user=user)
        CriterionScore.objects.bulk_create(
            CriterionScore(assessment=form, criterion=criterion) for criterion in criteria
        )
    return move(cycle, Status.SELF_ASSESSMENT, user=user)


def _planned(year):
    """Return the cycle that is planned for ``year``, locked, or a new one."""
    planned = AssessmentCycle.objects.select_for_update().filter(year=year, status=Status.PLANNED)
    return planned.first() or AssessmentCycle(year=year)


def scored_criteria(criteria_set):
    """Return the criteria that get a score: those without children."""
    if criteria_set is None:
        return []
    return list(Criterion.objects.filter(criteria_set=criteria_set, children__isnull=True))


def start_review(cycle, *, user):
    """End the self-assessment; a unit that is late is reviewed on the counted figures."""
    require(user, "change", cycle)
    return move(cycle, Status.REVIEW, user=user)


def back_to_self_assessment(cycle, *, user, reason):
    """Let the units write once more."""
    require(user, "change", cycle)
    return move(cycle, Status.SELF_ASSESSMENT, user=user, note=reason)


def start_explanation(cycle, *, user):
    """Show the units their reviewed scores, so that they can explain."""
    require(user, "change", cycle)
    _refuse_unreviewed(cycle)
    return move(cycle, Status.EXPLANATION, user=user)


def back_to_review(cycle, *, user, reason):
    """Take reviewed scores up again after the explanations."""
    require(user, "change", cycle)
    return move(cycle, Status.REVIEW, user=user, note=reason)


def _refuse_unreviewed(cycle):
    done = [UnitAssessment.Status.REVIEWED, UnitAssessment.Status.EXPLAINED]
    waiting = cycle.unit_assessments.exclude(status__in=done).select_related("unit").first()
    if waiting:
        raise ValidationError(
            _("The form of this unit is not reviewed yet: %(unit)s."),
            params={"unit": waiting.unit.title},
        )


@transaction.atomic
def finalise_cycle(cycle, *, user):
    """Fix every score and rank the units; units with equal per cent share a place."""
    require(user, "finalise", cycle)
    _refuse_unreviewed(cycle)
    forms = list(cycle.unit_assessments.prefetch_related("scores__criterion"))
    for form in forms:
        for score in form.scores.all():
            score.final_score = None if score.not_assigned else score.review_score
            score._history_user = user
            score.save(update_fields=["final_score"])
        move(form, UnitAssessment.Status.FINAL, user=user)
    if cycle.criteria_set_id:
        _rank(cycle, {form.unit_id: total(form.scores.all()) for form in forms})
    return move(cycle, Status.FINALISED, user=user)


def _rank(cycle, totals):
    ranks = places(totals)
    cycle.rankings.all().delete()
    Ranking.objects.bulk_create(
        Ranking(
            cycle=cycle,
            unit_id=unit_id,
            rank=ranks[unit_id],
            score=each.score,
            score_possible=each.possible,
        )
        for unit_id, each in totals.items()
    )


def publish_cycle(cycle, *, user):
    """Make the result public; the authority does it."""
    require(user, "publish", cycle)
    return move(cycle, Status.PUBLISHED, user=user)


def close_cycle(cycle, *, user):
    """Close the file of a published year."""
    require(user, "finalise", cycle)
    return move(cycle, Status.CLOSED, user=user)
