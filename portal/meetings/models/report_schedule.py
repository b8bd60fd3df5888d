"""Who reports to whom, how often, and due when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.core.deadlines import Anchor, DueRule, Weekend, due_moment
from portal.core.formats import UnreadableValue
from portal.core.periods import MONTHS, PeriodKind, containing, parse_period
from portal.meetings.oversight import oversees_reports, reporting_units
from portal.units.permissions import unit_ids_of

LAST_START_DAY = 28


class ReportScheduleQuerySet(models.QuerySet):
    def active(self):
        """Keep the schedules by which reports are written now."""
        return self.filter(is_active=True)

    def by_calendar(self):
        """Keep those with periods; the others are for reports on a topic or on request."""
        return self.exclude(frequency=ReportSchedule.Frequency.NONE)

    def of_units_of(self, user):
        """Keep the schedules by which the user's own units report."""
        return self.filter(from_unit__in=reporting_units(user).values("pk"))

    def readable_by(self, user):
        """Keep the schedules of the user's units, as writer or recipient; all for who oversees."""
        if oversees_reports(user):
            return self
        if not user.is_authenticated:
            return self.none()
        units = unit_ids_of(user)
        received = ReportSchedule.recipients.through.objects.filter(unitpage_id__in=units)
        return self.filter(Q(from_unit__in=units) | Q(pk__in=received.values("reportschedule_id")))

    def for_listing(self):
        """Load what one line of a list shows, and what the due days are reckoned from."""
        return self.select_related("from_unit", "obligation__provision__regulation")


class ReportSchedule(models.Model):
    """By a duty to report, one unit writes to others, for each period or when something is up.

    Without ``due_day`` the regulation names no day, and nobody is late. ``window_start_day`` says
    of which days a report tells: 1 is the period itself, 15 the days from the 15th of the month
    before it to the 14th of its last month.
    """

    class Frequency(models.TextChoices):
        MONTH = PeriodKind.MONTH.value, _("monthly")
        QUARTER = PeriodKind.QUARTER.value, _("quarterly")
        HALF = PeriodKind.HALF.value, _("every six months")
        YEAR = PeriodKind.YEAR.value, _("yearly")
        NONE = "none", _("on a topic or on request")

    class DueIn(models.TextChoices):
        FIRST = "first", _("the first month of the period")
        LAST = "last", _("the last month of the period")
        NEXT = "next", _("the month after the period")

    class WeekendRule(models.TextChoices):
        KEEP = Weekend.KEEP.value, _("stays")
        EARLIER = Weekend.EARLIER.value, _("moves to the working day before")
        LATER = Weekend.LATER.value, _("moves to the working day after")

    title = models.CharField(_("title"), max_length=255)
    from_unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="report_schedules",
        verbose_name=_("reporting unit"),
    )
    recipients = models.ManyToManyField(
        "units.UnitPage",
        blank=True,
        related_name="received_report_schedules",
        verbose_name=_("recipients"),
    )
    obligation = models.ForeignKey(
        "units.Obligation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="report_schedules",
        verbose_name=_("duty"),
    )
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency)
    due_day = models.PositiveSmallIntegerField(
        _("due on day"),
        null=True,
        blank=True,
        help_text=_("Empty where the regulation names no day: then nobody is late."),
    )
    due_in = models.CharField(_("in"), max_length=8, choices=DueIn, default=DueIn.LAST)
    due_strictly_before = models.BooleanField(
        _("strictly before that day"),
        default=False,
        help_text=_("“Before the 25th”: the 24th is the last day in time."),
    )
    weekend = models.CharField(
        _("a due day on a weekend"), max_length=8, choices=WeekendRule, default=WeekendRule.KEEP
    )
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=0)
    window_start_day = models.PositiveSmallIntegerField(
        _("figures count from day"),
        default=1,
        help_text=_("1: the period itself. 15: from the 15th of the month before to the 14th."),
    )
    first_period = models.CharField(
        _("first period"),
        max_length=8,
        blank=True,
        help_text=_("Such as 2026-03 or 2026-Q1; empty: the one under way."),
    )
    last_period = models.CharField(_("last period"), max_length=8, blank=True)
    feeds = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fed_by",
        verbose_name=_("goes into the reports of"),
        help_text=_("The schedule of the recipient that consolidates these reports."),
    )
    outline = models.TextField(
        _("outline"), blank=True, help_text=_("Stands at the end of each new draft.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ReportScheduleQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[recipients])

    class Meta:
        ordering = ["from_unit__sort_key", "frequency", "pk"]
        permissions = [("draft_reportschedule", "Can draft the own unit's reports")]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "from_unit"],
                name="one_schedule_per_duty_and_unit",
                violation_error_message=_("This unit has a schedule for this duty already."),
            ),
            models.CheckConstraint(
                condition=Q(due_day__isnull=True) | Q(due_day__range=(1, 31)),
                name="reports_are_due_on_a_day_of_a_month",
                violation_error_message=_("The due day is from 1 to 31."),
            ),
            models.CheckConstraint(
                condition=Q(window_start_day__range=(1, LAST_START_DAY)),
                name="report_windows_start_in_every_month",
                violation_error_message=_("Figures count from a day from 1 to 28."),
            ),
        ]
        verbose_name = _("report schedule")
        verbose_name_plural = _("report schedules")

    def __str__(self):
        return f"{self.title} ({self.from_unit})"

    def clean(self):
        super().clean()
        self._clean_periods()
        self._clean_tiers()
        if self.kind and not self.first_period:
            self.first_period = self.next_due_period().code

    def next_due_period(self, now=None):
        """Return the period under way, or the one after it when its due day has passed."""
        now = now or timezone.now()
        period = containing(timezone.localtime(now).date(), self.kind)
        due = due_moment(self.due_rule, period)
        return period.shift(1) if due and due < now else period

    def _clean_periods(self):
        for name in ("first_period", "last_period"):
            text = getattr(self, name)
            if not text:
                continue
            try:
                period = parse_period(text)
            except UnreadableValue as fault:
                raise ValidationError({name: str(fault)}) from fault
            if period.kind is not self.kind:
                raise ValidationError({name: _now("This period is not of the chosen frequency.")})
            setattr(self, name, period.code)
        if self.first_period and self.last_period and self.last_period < self.first_period:
            raise ValidationError({"last_period": _now("The last period is before the first.")})

    def _clean_tiers(self):
        above, seen = self.feeds, {self.pk} if self.pk else set()
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"feeds": _now("Reports cannot go round in a circle.")})
            seen.add(above.pk)
            above = above.feeds

    @property
    def kind(self):
        """Return the ``PeriodKind`` of its periods, None without a calendar."""
        return PeriodKind(self.frequency) if self.frequency in set(PeriodKind) else None

    @property
    def due_rule(self):
        """Return where in a period the due day lies."""
        if self.kind is None or not self.due_day:
            return DueRule(anchor=Anchor.NO_CALENDAR)
        month = {self.DueIn.FIRST: 1, self.DueIn.NEXT: MONTHS[self.kind] + 1}.get(self.due_in, -1)
        return DueRule(
            anchor=Anchor.CALENDAR_DAY,
            day=self.due_day,
            month=month,
            strictly_before=self.due_strictly_before,
            weekend=Weekend(self.weekend),
            grace_days=self.grace_days,
        )
