from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords
from wagtail.search import index

from portal.meetings.models.attendance import UnitAttendance
from portal.meetings.oversight import oversees_meetings
from portal.units.permissions import unit_ids_of


class MeetingSeries(models.Model):
    """Briefings that a regulation asks for again and again."""

    title = models.CharField(_("title"), max_length=255)
    convenor = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="meeting_series",
        verbose_name=_("convening unit"),
    )
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meeting_series",
        verbose_name=_("provision"),
    )
    obligations = models.ManyToManyField(
        "units.Obligation",
        blank=True,
        related_name="meeting_series",
        limit_choices_to={"kind": "meet"},
        verbose_name=_("duties that it meets"),
    )
    interval_months = models.PositiveSmallIntegerField(_("every … months"), default=6)
    default_units = models.ManyToManyField(
        "units.UnitPage", blank=True, related_name="+", verbose_name=_("units usually invited")
    )
    standing_agenda = models.TextField(
        _("standing agenda"), blank=True, help_text=_("One topic on each line.")
    )
    may_be_extraordinary = models.BooleanField(
        _("extraordinary meetings on request"), default=False
    )
    is_active = models.BooleanField(_("active"), default=True)

    history = HistoricalRecords(m2m_fields=[default_units, obligations])

    class Meta:
        ordering = ["title"]
        verbose_name = _("meeting series")
        verbose_name_plural = _("meeting series")

    def __str__(self):
        return self.title


class MeetingQuerySet(models.QuerySet):
    def announced(self):
        """Keep the meetings that somebody was invited to, a later cancellation included."""
        return self.exclude(status=Meeting.Status.DRAFT).exclude(
            status=Meeting.Status.CANCELLED, invitation_number=""
        )

    def public(self):
        """Keep what everybody may know of."""
        return self.announced().filter(is_public=True)

    def readable_by(self, user):
        """Keep the meetings that ``user`` may know of: public ones and those of own units."""
        if oversees_meetings(user):
            return self
        invited = UnitAttendance.objects.filter(unit_id__in=unit_ids_of(user))
        return self.announced().filter(Q(is_public=True) | Q(pk__in=invited.values("meeting_id")))

    def for_listing(self):
        """Load what one line of a list shows."""
        return self.select_related("convenor", "minutes").defer("minutes__snapshot")


class Meeting(index.Indexed, models.Model):
    """One briefing, from its draft to the closed file."""

    class Kind(models.TextChoices):
        SEMIANNUAL = "semiannual", _("half-yearly")
        ANNUAL = "annual", _("yearly")
        EXTRAORDINARY = "extraordinary", _("extraordinary")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        CONVENED = "convened", _("convened")
        IN_PROGRESS = "in_progress", pgettext_lazy("meeting", "in progress")
        HELD = "held", _("held")
        CLOSED = "closed", _("closed")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    TRANSITIONS = {
        Status.DRAFT: {Status.CONVENED, Status.CANCELLED},
        Status.CONVENED: {Status.IN_PROGRESS, Status.POSTPONED, Status.CANCELLED},
        Status.POSTPONED: {Status.CONVENED, Status.CANCELLED},
        Status.IN_PROGRESS: {Status.HELD},
        Status.HELD: {Status.CLOSED},
        Status.CLOSED: {Status.HELD},
    }

    series = models.ForeignKey(
        MeetingSeries,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
        verbose_name=_("series"),
    )
    title = models.CharField(_("title"), max_length=255)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SEMIANNUAL)
    requested_by = models.CharField(
        _("authority and document that asked for it"), max_length=255, blank=True
    )
    convenor = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="convened_meetings",
        verbose_name=_("convening unit"),
    )
    place = models.CharField(pgettext_lazy("where", "place"), max_length=255, blank=True)
    start_at = models.DateTimeField(_("start"), null=True, blank=True)
    end_at = models.DateTimeField(_("planned end"), null=True, blank=True)
    actual_start_at = models.DateTimeField(_("actual start"), null=True, blank=True)
    actual_end_at = models.DateTimeField(_("actual end"), null=True, blank=True)
    chair = models.CharField(_("chair"), max_length=255, blank=True)
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("minute-taker"),
    )
    previous_meeting = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("previous meeting"),
    )
    invitation_number = models.CharField(_("invitation number"), max_length=64, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.DRAFT)

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("place"),
        index.FilterField("id"),
    ]

    class Meta:
        ordering = ["-start_at", "-pk"]
        permissions = [("lead_meeting", "Can convene and close meetings, sign and issue minutes")]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_at__isnull=True)
                | Q(start_at__isnull=True)
                | Q(end_at__gte=F("start_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("The meeting cannot end before it starts."),
            )
        ]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meeting", args=[self.pk])
