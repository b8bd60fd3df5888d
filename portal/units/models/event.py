"""What becomes of units: they merge, split, take another name, pass duties on, end."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class UnitEventQuerySet(models.QuerySet):
    def performed(self):
        """Keep the events that took place and stand."""
        return self.filter(status=UnitEvent.Status.PERFORMED)

    def touching(self, units):
        """Keep the events in which one of the units takes part."""
        parts = models.Q(predecessors__in=units) | models.Q(successors__in=units)
        return self.filter(pk__in=self.model.objects.filter(parts).values("pk"))

    def for_listing(self):
        """Load what one line of a list shows."""
        return self.prefetch_related("predecessors", "successors")


class UnitEvent(models.Model):
    """One event in the life of units, by one instrument, with effect from a day.

    A draft holds in ``plan`` the units to be created and who takes each thing; performing it
    writes in ``outcome`` what was done, so that a mistaken event can be taken back.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("merger")
        SPLIT = "split", _("division of a unit")
        RENAME = "rename", _("change of name")
        TRANSFER = "transfer", _("transfer of duties")
        DISSOLVE = "dissolve", _("dissolution")

    class Status(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        PERFORMED = "performed", _("performed")
        UNDONE = "undone", _("taken back")

    TRANSITIONS = {
        Status.DRAFT: {Status.PERFORMED},
        Status.PERFORMED: {Status.UNDONE},
    }
    #: After these a unit has successors; a transfer leaves everybody where they are.
    ENDING = (Kind.MERGE, Kind.SPLIT, Kind.RENAME, Kind.DISSOLVE)

    kind = models.CharField(_("what happens"), max_length=12, choices=Kind)
    happened_on = models.DateField(_("with effect from"))
    instrument_number = models.CharField(_("number of the document"), max_length=128)
    instrument_title = models.CharField(_("subject of the document"), max_length=500, blank=True)
    instrument_url = models.URLField(_("address of the document"), blank=True)
    note = models.TextField(_("internal note"), blank=True)
    predecessors = models.ManyToManyField(
        "units.UnitPage",
        through="units.EventPredecessor",
        related_name="events_as_predecessor",
        verbose_name=_("units concerned"),
    )
    successors = models.ManyToManyField(
        "units.UnitPage",
        through="units.EventSuccessor",
        related_name="events_as_successor",
        verbose_name=_("units that take over"),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    plan = models.JSONField(_("plan"), default=dict, blank=True, editable=False)
    outcome = models.JSONField(_("what was done"), default=dict, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("prepared at"), auto_now_add=True)
    performed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("performed by"),
    )
    performed_at = models.DateTimeField(_("performed at"), null=True, blank=True, editable=False)

    objects = UnitEventQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        permissions = [("perform_unitevent", "Can merge, split, rename and dissolve units")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(performed_at__isnull=False) | models.Q(status="draft"),
                name="a_performed_event_knows_when",
            )
        ]
        verbose_name = _("unit event")
        verbose_name_plural = _("unit events")

    def __str__(self):
        return f"{self.get_kind_display()} ({self.instrument_number})"

    @property
    def is_open(self):
        """Return whether the event is still being prepared."""
        return self.status == self.Status.DRAFT


class EventPredecessor(models.Model):
    """A unit that an event concerns; it cannot be deleted, because the event tells of it."""

    event = models.ForeignKey(UnitEvent, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("units.UnitPage", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "unit"], name="one_predecessor_per_event")
        ]
        verbose_name = _("unit concerned by an event")
        verbose_name_plural = _("units concerned by an event")

    def __str__(self):
        return str(self.unit)


class EventSuccessor(models.Model):
    """A unit that takes over by an event."""

    event = models.ForeignKey(UnitEvent, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("units.UnitPage", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "unit"], name="one_successor_per_event")
        ]
        verbose_name = _("unit that takes over")
        verbose_name_plural = _("units that take over")

    def __str__(self):
        return str(self.unit)
