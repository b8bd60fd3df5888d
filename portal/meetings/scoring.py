"""Scores, sums and places. Pure; nothing here is stored."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portal.meetings.models import Criterion

CENT = Decimal("0.01")


def system_score(criterion, evidence):
    """Return the score that ``evidence`` earns, or None when there was nothing to count."""
    if evidence.denominator == 0 and criterion.method != Criterion.Method.COUNT:
        return None
    if criterion.method == Criterion.Method.RATIO:
        share = Decimal(evidence.numerator) / Decimal(evidence.denominator)
        return _rounded(criterion.max_score * min(share, 1))
    if criterion.method == Criterion.Method.BOOLEAN:
        met = evidence.numerator >= evidence.denominator
        return criterion.max_score if met else Decimal("0.00")
    if criterion.method == Criterion.Method.COUNT:
        return _rounded(min(Decimal(evidence.numerator), criterion.max_score))
    return None


def _rounded(value):
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Total:
    """A unit's sum and what it could have reached; duties not given to it count in neither."""

    score: Decimal
    possible: Decimal

    @property
    def per_cent(self):
        return _rounded(self.score * 100 / self.possible) if self.possible else Decimal("0.00")


def total(scores, column="final_score"):
    """Return the ``Total`` of one unit's scores in one column."""
    counted = [score for score in scores if not score.not_assigned]
    return Total(
        sum((getattr(score, column) or Decimal(0) for score in counted), Decimal(0)),
        sum((score.criterion.max_score for score in counted), Decimal(0)),
    )


def places(totals):
    """Return ``{key: place}`` of ``{key: Total}`` by per cent; equals share a place (1, 1, 3)."""
    shares = sorted((each.per_cent for each in totals.values()), reverse=True)
    return {key: shares.index(each.per_cent) + 1 for key, each in totals.items()}
