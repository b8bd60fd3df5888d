"""The result of a year as a table: units down, criteria across."""

from dataclasses import dataclass, field

from portal.meetings.models import Criterion, UnitAssessment
from portal.meetings.scoring import total


@dataclass(frozen=True)
class Row:
    """One unit: its place, its sum, a score for each criterion in the table's order."""

    unit: object
    rank: int | None
    total: object
    cells: list  #: ``CriterionScore`` or None
    evidence: list = field(default_factory=list)  #: empty for those who may not look behind


@dataclass(frozen=True)
class Result:
    criteria: list
    rows: list

    @property
    def shows_evidence(self):
        return any(row.evidence for row in self.rows)


def result_of(cycle, user):
    """Return the ``Result`` of a cycle; what was counted only for the units of ``user``.

    Those who oversee assessments look behind every figure. The queries do not grow with the
    number of units.
    """
    criteria = list(
        Criterion.objects.filter(criteria_set=cycle.criteria_set_id, children__isnull=True)
        if cycle.criteria_set_id
        else []
    )
    ranks = dict(cycle.rankings.values_list("unit_id", "rank"))
    open_to_user = set(
        UnitAssessment.objects.filter(cycle=cycle).of_concern_to(user).values_list("pk", flat=True)
    )
    forms = cycle.unit_assessments.select_related("unit").prefetch_related(
        "scores__criterion", "scores__evidence"
    )
    rows = [_row(form, criteria, ranks, form.pk in open_to_user) for form in forms]
    return Result(criteria, sorted(rows, key=lambda row: row.rank or 0))


def _row(form, criteria, ranks, is_open):
    scores = list(form.scores.all())
    by_criterion = {score.criterion_id: score for score in scores}
    return Row(
        unit=form.unit,
        rank=ranks.get(form.unit_id),
        total=total(scores),
        cells=[by_criterion.get(criterion.pk) for criterion in criteria],
        evidence=[score for score in scores if hasattr(score, "evidence")] if is_open else [],
    )
