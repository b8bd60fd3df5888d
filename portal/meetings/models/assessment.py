"""The year's assessment: its cycle, criteria, the units' forms and the ranking."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from portal.meetings.oversight import oversees_assessments
from portal.units.permissions import unit_ids_of


class CriteriaSet(models.Model):
    """A version of the criteria; frozen when a cycle opens with it."""

    title = models.CharField(_("title"), max_length=255)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["title", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["title", "version"], name="one_criteria_version")
        ]
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")

    def __str__(self):
        return f"{self.title} ({self.version})"


class Criterion(models.Model):
    """One criterion: how it is scored, from what, and by which provision."""

    class Method(models.TextChoices):
        RATIO = "ratio", _("ratio")
        BOOLEAN = "boolean", _("met or not met")
        COUNT = "count", _("count")
        MANUAL = "manual", _("scored by people")

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    code = models.CharField(_("code"), max_length=16)
    title = models.CharField(_("title"), max_length=255)
    max_score = models.DecimalField(_("highest score"), max_digits=6, decimal_places=2)
    method = models.CharField(_("method"), max_length=8, choices=Method, default=Method.MANUAL)
    evidence_source = models.CharField(
        _("evidence"),
        max_length=32,
        blank=True,
        help_text=_("The rule by which the system counts; empty when people score."),
    )
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="criteria",
        verbose_name=_("provision"),
    )
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "code"], name="one_criterion_per_code")
        ]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self):
        return f"{self.code}. {self.title}"


class AssessmentCycleQuerySet(models.QuerySet):
    def published(self):
        """Keep the cycles whose result everybody may see."""
        return self.filter(
            status__in=[AssessmentCycle.Status.PUBLISHED, AssessmentCycle.Status.CLOSED]
        )

    def with_result_for(self, user):
        """Keep the cycles whose result ``user`` may see: before publication who oversees."""
        statuses = [AssessmentCycle.Status.PUBLISHED, AssessmentCycle.Status.CLOSED]
        if oversees_assessments(user):
            statuses.append(AssessmentCycle.Status.FINALISED)
        return self.filter(status__in=statuses)

    def readable_by(self, user):
        """Keep published cycles, those with a form of an own unit, or all for who oversees."""
        if oversees_assessments(user):
            return self
        own = UnitAssessment.objects.filter(unit_id__in=unit_ids_of(user))
        return self.filter(
            models.Q(pk__in=self.published().values("pk")) | models.Q(pk__in=own.values("cycle_id"))
        )


class AssessmentCycle(models.Model):
    """The assessment of one year."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        SELF_ASSESSMENT = "self_assessment", _("self-assessment")
        REVIEW = "review", _("review")
        EXPLANATION = "explanation", _("explanation")
        FINALISED = "finalised", _("finalised")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")

    TRANSITIONS = {
        Status.PLANNED: {Status.SELF_ASSESSMENT},
        Status.SELF_ASSESSMENT: {Status.REVIEW},
        Status.REVIEW: {Status.EXPLANATION, Status.SELF_ASSESSMENT},
        Status.EXPLANATION: {Status.FINALISED, Status.REVIEW},
        Status.FINALISED: {Status.PUBLISHED},
        Status.PUBLISHED: {Status.CLOSED},
    }

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = models.CharField(_("title"), max_length=255)
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assessment_cycles",
        verbose_name=_("provision"),
    )
    obligation = models.ForeignKey(
        "units.Obligation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assessment_cycles",
        limit_choices_to={"kind": "review_year"},
        verbose_name=_("duty that it meets"),
    )
    criteria_set = models.ForeignKey(
        CriteriaSet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cycles",
        verbose_name=_("criteria set"),
        help_text=_("Empty: the year is reviewed in words, without scores."),
    )
    evidence_cutoff = models.DateTimeField(_("evidence counts until"))
    self_due_on = models.DateField(_("self-assessment due on"), null=True, blank=True)
    review_due_on = models.DateField(_("review due on"), null=True, blank=True)
    explanation_due_on = models.DateField(_("explanation due on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.PLANNED)

    objects = AssessmentCycleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-year"]
        permissions = [
            ("plan_assessmentcycle", "Can plan the review of a year"),
            ("finalise_assessmentcycle", "Can finalise the result of a year"),
            ("publish_assessmentcycle", "Can publish the result of a year"),
        ]
        verbose_name = _("assessment cycle")
        verbose_name_plural = _("assessment cycles")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("assessment_result", args=[self.year])

    @property
    def is_public(self):
        return self.status in {self.Status.PUBLISHED, self.Status.CLOSED}


class UnitAssessmentQuerySet(models.QuerySet):
    def of_concern_to(self, user):
        """Keep the forms of the user's units, or all for who oversees."""
        if oversees_assessments(user):
            return self
        return self.filter(unit_id__in=unit_ids_of(user))


class UnitAssessment(models.Model):
    """One unit's form in a cycle."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        IN_PROGRESS = "in_progress", pgettext_lazy("form", "in progress")
        HEAD_APPROVED = "head_approved", _("approved by the head")
        SUBMITTED = "submitted", _("submitted")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")
        REVIEWED = "reviewed", _("reviewed")
        EXPLAINED = "explained", _("explained")
        FINAL = "final", _("final")

    TRANSITIONS = {
        # A unit that is late with its form is reviewed all the same, on the counted figures.
        Status.NOT_STARTED: {Status.IN_PROGRESS, Status.REVIEWED},
        Status.IN_PROGRESS: {Status.HEAD_APPROVED, Status.REVIEWED},
        Status.HEAD_APPROVED: {Status.SUBMITTED, Status.IN_PROGRESS, Status.REVIEWED},
        Status.SUBMITTED: {Status.CHANGES_REQUESTED, Status.REVIEWED},
        Status.CHANGES_REQUESTED: {Status.IN_PROGRESS, Status.REVIEWED},
        Status.REVIEWED: {Status.EXPLAINED, Status.FINAL},
        Status.EXPLAINED: {Status.FINAL, Status.REVIEWED},
    }

    cycle = models.ForeignKey(
        AssessmentCycle, on_delete=models.PROTECT, related_name="unit_assessments"
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="assessments",
        verbose_name=_("unit"),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.NOT_STARTED
    )
    narrative = models.TextField(_("self-assessment in words"), blank=True)
    review_note = models.TextField(_("reviewer's remarks"), blank=True)
    explanation = models.TextField(_("explanation"), blank=True)

    objects = UnitAssessmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["unit__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="one_assessment_per_unit")
        ]
        permissions = [
            ("score_unitassessment", "Can fill in the own unit's assessment"),
            ("approve_unitassessment", "Can approve and submit the own unit's assessment"),
            ("review_unitassessment", "Can review other units' assessments"),
        ]
        verbose_name = _("unit assessment")
        verbose_name_plural = _("unit assessments")

    def __str__(self):
        return f"{self.unit} – {self.cycle}"


class Ranking(models.Model):
    """A unit's place in a finalised cycle; equal scores share a place."""

    cycle = models.ForeignKey(AssessmentCycle, on_delete=models.PROTECT, related_name="rankings")
    unit = models.ForeignKey("units.UnitPage", on_delete=models.PROTECT, related_name="rankings")
    rank = models.PositiveSmallIntegerField(pgettext_lazy("ranking", "place"))
    score = models.DecimalField(_("score"), max_digits=8, decimal_places=2)
    score_possible = models.DecimalField(_("highest possible"), max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["cycle", "rank", "unit__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="one_ranking_per_unit")
        ]
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")

    def __str__(self):
        return f"{self.rank}. {self.unit}"
