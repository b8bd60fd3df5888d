from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.attachment import private_storage
from portal.core.periods import parse_period


class DatasetVersionQuerySet(models.QuerySet):
    def published_ever(self):
        return self.filter(number__isnull=False)

    def counting(self):
        """Leave out what was only checked as a trial."""
        return self.filter(is_trial=False)

    def unfinished(self):
        """Keep the files of units that still wait for somebody of the unit, trials left out."""
        return self.counting().filter(status__in=DatasetVersion.UNFINISHED)

    def waiting_for_verification(self):
        return self.filter(status=DatasetVersion.Status.SUBMITTED)


class DatasetVersion(models.Model):
    """One file that a unit sent for a dataset, and what became of it.

    A file is received, checked, submitted, verified by somebody else and published; it gets
    its number on publication, so that numbers have no gaps. A trial is only checked: it is never
    submitted, and goes after some days. What was received and what was
    published never change, and ``unit`` stays the unit that sent it, whoever owns the dataset now.
    """

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        NEEDS_CHOICE = "needs_choice", _("needs a choice")
        REFUSED = "refused", _("refused by the check")
        CHECKED = "checked", _("checked")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        VERIFIED = "verified", _("verified")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DISCARDED = "discarded", _("discarded")

    #: A file in one of these states still waits for somebody of its unit.
    UNFINISHED = (
        Status.RECEIVED,
        Status.NEEDS_CHOICE,
        Status.REFUSED,
        Status.CHECKED,
        Status.RETURNED,
    )
    #: What the worker keeps in a report beside the contract's words.
    INTERNAL = frozenset({"workbook", "part", "further_issues"})
    #: What listings leave in the database.
    HEAVY = (
        "schema",
        "report",
        "difference",
        "impact",
        "reading",
        "manifest",
        "manifest_parts",
    )
    TRANSITIONS = {
        Status.RECEIVED: {
            Status.CHECKED,
            Status.REFUSED,
            Status.NEEDS_CHOICE,
            Status.DISCARDED,
        },
        Status.NEEDS_CHOICE: {Status.RECEIVED, Status.DISCARDED},
        Status.REFUSED: {Status.RECEIVED, Status.DISCARDED},
        Status.CHECKED: {Status.SUBMITTED, Status.RECEIVED, Status.DISCARDED},
        Status.SUBMITTED: {Status.VERIFIED, Status.RETURNED},
        Status.RETURNED: {Status.RECEIVED, Status.DISCARDED},
        Status.VERIFIED: {Status.PUBLISHED, Status.RETURNED},
        Status.PUBLISHED: {Status.SUPERSEDED, Status.WITHDRAWN},
        # A superseded version stands again when the one after it is withdrawn.
        Status.SUPERSEDED: {Status.PUBLISHED, Status.WITHDRAWN},
    }

    dataset = models.ForeignKey(
        "datasets.DatasetPage",
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("dataset"),
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="dataset_versions",
        verbose_name=_("submitting unit"),
    )
    number = models.PositiveIntegerField(_("version"), null=True, blank=True)
    receipt_number = models.CharField(_("receipt number"), max_length=64, unique=True)
    period = models.CharField(_("period"), max_length=8, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.RECEIVED)
    file = models.FileField(_("file"), storage=private_storage, upload_to="originals/%Y/%m")
    filename = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    reading = models.JSONField(_("how it was read"), default=dict, blank=True)
    schema = models.JSONField(_("definition at the time"), default=dict)
    definition = models.ForeignKey(
        "datasets.DefinitionVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dataset_versions",
        verbose_name=_("checked by definition"),
    )
    report = models.JSONField(_("result of the check"), default=dict, blank=True)
    difference = models.JSONField(_("difference"), default=dict, blank=True)
    impact = models.JSONField(_("impact on indicators"), default=list, blank=True)
    based_on = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("compared with"),
    )
    restores = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("restores"),
    )
    corrects = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    correction_reason = models.TextField(_("reason of the correction"), blank=True)
    answers = models.ForeignKey(
        "datasets.RequestedDataset",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers",
        verbose_name=_("sent for the special request"),
    )
    counts_for_period = models.BooleanField(_("is what was due for its period"), default=True)
    table_path = models.CharField(_("table"), max_length=255, blank=True, editable=False)
    table_sha256 = models.CharField(_("SHA-256 of the table"), max_length=64, blank=True)
    row_count = models.PositiveBigIntegerField(_("rows"), default=0)
    manifest = models.JSONField(_("manifest"), default=dict, blank=True)
    #: The salted parts of the manifest; each is shown only to those who may see all of it.
    manifest_parts = models.JSONField(default=dict, blank=True, editable=False)
    manifest_sha256 = models.CharField(_("SHA-256 of the manifest"), max_length=64, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_trial = models.BooleanField(_("only a trial"), default=False)
    token = models.ForeignKey(
        "datasets.UploadToken",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("sent by a system, with the token"),
    )
    source = models.ForeignKey(
        "datasets.DataSource",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("fetched from the source"),
    )
    #: What the manifest tells of a source: see ``portal.datasets.sources.origins``.
    origin = models.JSONField(_("where it was fetched"), default=dict, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("verified by"),
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = DatasetVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "number"],
                condition=Q(number__isnull=False),
                name="one_version_per_number",
            ),
            models.CheckConstraint(
                condition=Q(counts_for_period=True) | Q(answers__isnull=False),
                name="sent_for_something",
            ),
        ]
        indexes = [models.Index(fields=["dataset", "period", "status"])]
        verbose_name = _("dataset version")
        verbose_name_plural = _("dataset versions")

    def __str__(self):
        return f"{self.dataset} – {self.receipt_number}"

    @property
    def told_report(self):
        """Return the report as its contract has it, without what the portal keeps beside it."""
        return {key: value for key, value in self.report.items() if key not in self.INTERNAL}

    @property
    def listed_issues(self):
        """Return the issues that are kept: the first in file order, then the first of each kind."""
        return [*self.report.get("issues", []), *self.report.get("further_issues", [])]

    @property
    def period_label(self):
        """Return the period's name for people; empty without one."""
        return parse_period(self.period).label if self.period else ""


class DatasetPointer(models.Model):
    """Which version of a dataset readers see; publishing moves it, in one transaction.

    It stands apart from the page, because publishing an older draft of the page would bring
    an older pointer back.
    """

    dataset = models.OneToOneField(
        "datasets.DatasetPage", on_delete=models.PROTECT, related_name="pointer"
    )
    version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(_("moved at"), default=timezone.now)

    class Meta:
        verbose_name = _("current version")
        verbose_name_plural = _("current versions")

    def __str__(self):
        return str(self.version)
