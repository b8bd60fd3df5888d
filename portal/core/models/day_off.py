"""The days on which nobody works beside weekends, and the weekends worked in exchange."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.admin.panels import FieldPanel

from portal.core.deadlines import DaysOff


class DayOffQuerySet(models.QuerySet):
    def known(self):
        """Return all of them as ``DaysOff`` to reckon with; one query."""
        found = {kind: set() for kind in DayOff.Kind.values}
        for day, kind in self.values_list("day", "kind"):
            found[kind].add(day)
        return DaysOff(frozenset(found[DayOff.Kind.HOLIDAY]), frozenset(found[DayOff.Kind.WORKED]))


class DayOff(models.Model):
    """A holiday, or a Saturday or Sunday that is worked in exchange; by which document.

    A day that has begun stays as it is: what fell due by it has been judged.
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("day off")
        WORKED = "worked", _("worked in exchange for a day off")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.HOLIDAY)
    name = models.CharField(_("occasion"), max_length=120)
    source = models.CharField(
        _("by which document"),
        max_length=255,
        help_text=_("The law, or the notice that says which days are off this year."),
    )

    objects = DayOffQuerySet.as_manager()
    history = HistoricalRecords()

    panels = [
        FieldPanel("day"),
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("source"),
    ]

    class Meta:
        ordering = ["-day"]
        verbose_name = _("day off")
        verbose_name_plural = _("days off")

    def __str__(self):
        return f"{self.day:%d/%m/%Y} – {self.name}"

    def clean(self):
        """Refuse days that have begun, and a working day that is “worked in exchange”."""
        super().clean()
        if self.day is None:
            return
        stored = type(self).objects.filter(pk=self.pk).values_list("day", flat=True).first()
        if min(filter(None, (self.day, stored))) < timezone.localdate():
            raise ValidationError(
                {"day": gettext("This day has passed; what fell due by it stays as it was judged.")}
            )
        if self.kind == self.Kind.WORKED and self.day.weekday() < 5:
            words = gettext("Only a Saturday or Sunday is worked in exchange.")
            raise ValidationError({"day": words})
