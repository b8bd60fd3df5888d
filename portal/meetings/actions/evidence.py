"""Counting for the assessment, and freezing what was counted."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.meetings.evidence import rule
from portal.meetings.models import AssessmentCycle, CriterionScore, EvidenceSnapshot
from portal.meetings.permissions import require
from portal.meetings.scoring import system_score

#: While people still score; afterwards the figures stand.
COUNTING = {AssessmentCycle.Status.SELF_ASSESSMENT, AssessmentCycle.Status.REVIEW}


@transaction.atomic
def compute_evidence(cycle, *, user):
    """Count for every unit and criterion that names a rule, and keep figures and score.

    Figures taken after the cut-off are final: calling it again leaves them. Return how many
    were taken.
    """
    require(user, "change", cycle)
    if cycle.status not in COUNTING:
        raise ValidationError(_("Figures are counted while units score or are reviewed."))
    scores = (
        CriterionScore.objects.filter(assessment__cycle=cycle)
        .exclude(criterion__evidence_source="")
        .exclude(evidence__taken_at__gte=cycle.evidence_cutoff)
        .select_related("criterion", "assessment__unit", "evidence")
    )
    taken = 0
    for score in scores:
        counting = rule(score.criterion.evidence_source)
        if counting:
            _keep(score, cycle, counting)
            taken += 1
    return taken


def _keep(score, cycle, counting):
    evidence = counting.count(score.assessment.unit, cycle.year, cycle.evidence_cutoff)
    figures = {
        "numerator": evidence.numerator,
        "denominator": evidence.denominator,
        "rule": str(counting),
        "objects_counted": evidence.details,
        "cutoff": cycle.evidence_cutoff,
    }
    figures |= {"sha256": _hash(figures), "taken_at": timezone.now()}
    EvidenceSnapshot.objects.update_or_create(score=score, defaults=figures)
    score.system_score = system_score(score.criterion, evidence)
    # Nothing owed is nothing to be judged by; the reviewer may decide otherwise.
    score.not_assigned = score.system_score is None and evidence.denominator == 0
    score.save(update_fields=["system_score", "not_assigned"])


def _hash(figures):
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
