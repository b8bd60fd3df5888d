"""Scores of criteria and the frozen figures behind them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class CriterionScore(models.Model):
    """The score of one criterion in one unit's form: by system, self, reviewer, and final."""

    assessment = models.ForeignKey(
        "meetings.UnitAssessment", on_delete=models.CASCADE, related_name="scores"
    )
    criterion = models.ForeignKey(
        "meetings.Criterion", on_delete=models.PROTECT, related_name="scores"
    )
    not_assigned = models.BooleanField(_("not the unit's duty"), default=False)
    system_score = models.DecimalField(
        _("system"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    self_score = models.DecimalField(
        _("self"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    review_score = models.DecimalField(
        _("review"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    final_score = models.DecimalField(
        _("final"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    review_note = models.TextField(_("reviewer's note"), blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="one_score_per_criterion"
            )
        ]
        verbose_name = _("score")
        verbose_name_plural = _("scores")

    def __str__(self):
        return str(self.criterion)


class EvidenceSnapshot(models.Model):
    """The figures from which the system scored, frozen as they were at the cut-off."""

    score = models.OneToOneField(CriterionScore, on_delete=models.PROTECT, related_name="evidence")
    numerator = models.PositiveIntegerField(_("numerator"))
    denominator = models.PositiveIntegerField(_("denominator"))
    rule = models.CharField(_("rule and its version"), max_length=64)
    objects_counted = models.JSONField(_("what was counted"), default=list)
    cutoff = models.DateTimeField(_("as of"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    taken_at = models.DateTimeField(_("taken at"), default=timezone.now)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self):
        return f"{self.numerator}/{self.denominator}"
