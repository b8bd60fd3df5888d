"""Where files of a dataset are fetched from, by the clock, and every fetch."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.kept_secrets import hide, reveal


class DataSourceQuerySet(models.QuerySet):
    def active(self):
        return self.filter(status=DataSource.Status.ACTIVE)

    def due(self, now):
        """Keep those whose time to be fetched has come."""
        return self.active().filter(next_at__lte=now)

    def of_units(self, units):
        return self.filter(unit__in=units)

    def in_trouble(self):
        """Keep those whose last fetch failed, and those that were paused because of it."""
        return self.exclude(status=DataSource.Status.ENDED).filter(failures__gt=0)


class DataSource(models.Model):
    """An address from which files of a dataset are fetched, in the name of who set it up.

    It fetches for as long as that person may let systems send for the unit. What it fetched goes
    the way of every file. ``header_kept`` is closed by a key that is not in the database.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("a file at an address")
        PORTAL = "portal", _("a dataset of another portal")

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    TRANSITIONS = {
        Status.ACTIVE: {Status.PAUSED, Status.ENDED},
        Status.PAUSED: {Status.ACTIVE, Status.ENDED},
    }

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")
        BEFORE_DUE = "before_due", _("every day, from some days before the due day")
        ASKED = "asked", _("only when somebody asks")

    class PeriodOf(models.TextChoices):
        NEXT_DUE = "next_due", _("the period that falls due next and was not submitted")
        ENDED = "ended", _("the last period that has ended")
        CURRENT = "current", _("the period of the day")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    dataset = models.ForeignKey(
        "datasets.DatasetPage",
        on_delete=models.PROTECT,
        related_name="sources",
        verbose_name=_("dataset"),
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="data_sources",
        verbose_name=_("unit"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.FILE)
    title = models.CharField(_("what it is"), max_length=120)
    address = models.CharField(_("address"), max_length=2000)
    remote_code = models.CharField(_("code of the dataset there"), max_length=64, blank=True)
    begins_with = models.PositiveIntegerField(_("first version to be taken"), null=True, blank=True)
    header_name = models.CharField(_("header"), max_length=100, blank=True)
    header_kept = models.TextField(blank=True, editable=False)
    rhythm = models.CharField(
        _("when it is fetched"), max_length=10, choices=Rhythm, default=Rhythm.DAILY
    )
    hour = models.PositiveSmallIntegerField(_("at what hour"), default=6)
    weekday = models.PositiveSmallIntegerField(
        _("day of the week"), choices=Weekday, default=Weekday.MONDAY
    )
    monthday = models.PositiveSmallIntegerField(_("day of the month"), default=1)
    days_before = models.PositiveSmallIntegerField(_("days before the due day"), default=5)
    period_of = models.CharField(
        _("which period a file is for"),
        max_length=8,
        choices=PeriodOf,
        default=PeriodOf.NEXT_DUE,
    )
    reading = models.JSONField(_("how it is read"), default=dict, blank=True)
    submits = models.BooleanField(_("submitted when there is nothing to ask"), default=False)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ACTIVE)
    paused_because = models.TextField(_("why it is paused"), blank=True)
    next_at = models.DateTimeField(_("fetched next"), null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    set_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("set up by"),
    )
    set_up_at = models.DateTimeField(_("set up at"), default=timezone.now, editable=False)

    objects = DataSourceQuerySet.as_manager()

    class Meta:
        ordering = ["status", "title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="source_hour_is_of_a_day"),
            models.CheckConstraint(
                condition=Q(monthday__gte=1, monthday__lte=31), name="source_day_is_of_a_month"
            ),
        ]
        indexes = [models.Index(fields=["status", "next_at"])]
        verbose_name = _("data source")
        verbose_name_plural = _("data sources")

    def __str__(self):
        return self.title

    @property
    def told_address(self):
        """Return the address without its query, in which keys are often written."""
        return self.address.partition("?")[0]

    @property
    def is_portal(self):
        return self.kind == self.Kind.PORTAL

    @property
    def is_resumable(self):
        """Return whether a head may let it go on: paused, and its dataset still its unit's."""
        is_own = self.unit_id == self.dataset.owner_unit_id
        return self.status == self.Status.PAUSED and is_own

    def keep_secret(self, value):
        """Keep the value of the header; an empty one is forgotten."""
        self.header_kept = hide(value) if value else ""

    @property
    def secret(self):
        """Return the header (name, value) to be sent, or None; raise ``SecretLost``."""
        return (self.header_name, reveal(self.header_kept)) if self.header_kept else None


class SourceFetch(models.Model):
    """One fetch of a source: when, what came, and what became of it; the last word is kept."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("under way")
        TAKEN = "taken", _("received")
        UNCHANGED = "unchanged", _("nothing new")
        FAILED = "failed", _("failed")

    source = models.ForeignKey(DataSource, on_delete=models.PROTECT, related_name="fetches")
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    outcome = models.CharField(_("result"), max_length=9, choices=Outcome, default=Outcome.WAITING)
    #: Without the query, in which keys are often written; ``address_hash`` is of all of it.
    address = models.CharField(_("address"), max_length=2000, blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    period = models.CharField(_("period"), max_length=8, blank=True)
    answer = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=500, blank=True)
    version = models.ForeignKey(
        "datasets.DatasetVersion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("file"),
    )
    taken_count = models.PositiveSmallIntegerField(_("files received"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["source", "-at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(outcome="waiting"), name="one_fetch_at_a_time"
            )
        ]
        verbose_name = _("fetch of a source")
        verbose_name_plural = _("fetches of sources")

    def __str__(self):
        return f"{self.source} {self.at:%Y-%m-%d %H:%M}: {self.outcome}"


class RemoteVersion(models.Model):
    """A version of another portal's dataset as it was seen there; taken once, or passed over."""

    source = models.ForeignKey(DataSource, on_delete=models.PROTECT, related_name="remote_versions")
    number = models.PositiveIntegerField(_("version there"))
    manifest_sha256 = models.CharField(_("SHA-256 of the manifest"), max_length=64)
    #: False once a person had the versions begin anew.
    is_followed = models.BooleanField(_("followed"), default=True, editable=False)
    seen_at = models.DateTimeField(_("seen at"), default=timezone.now, editable=False)
    version = models.ForeignKey(
        "datasets.DatasetVersion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("file"),
    )
    #: How far it could be checked: see ``portal.datasets.sources.sealed``.
    proof = models.CharField(_("checked by"), max_length=8, default="link")
    passed_over = models.TextField(_("why it was not taken"), blank=True)
    withdrawn_at = models.DateTimeField(_("seen withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "number"],
                condition=Q(is_followed=True),
                name="one_remote_version_per_number",
            )
        ]
        verbose_name = _("version of another portal")
        verbose_name_plural = _("versions of other portals")

    def __str__(self):
        return f"{self.source}: {self.number}"
