from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords
from wagtail.search import index

from portal.meetings.models.attendance import UnitAttendance
from portal.meetings.models.meeting import Meeting
from portal.meetings.models.minutes import Minutes
from portal.meetings.oversight import oversees_meetings
from portal.units.permissions import unit_ids_of


class ConclusionQuerySet(models.QuerySet):
    def public(self):
        """Keep what stands in issued minutes of public meetings, on public items."""
        return self.filter(
            item__is_public=True,
            item__meeting__in=Meeting.objects.public().filter(
                minutes__status=Minutes.Status.ISSUED
            ),
        )

    def readable_by(self, user):
        """Keep the public ones, and those of the minutes that reached the user's units."""
        if oversees_meetings(user):
            return self
        invited = UnitAttendance.objects.filter(
            unit_id__in=unit_ids_of(user), meeting__minutes__status__in=Minutes.SENT_OUT
        )
        own = self.filter(item__meeting__in=invited.values("meeting_id"))
        return self.filter(
            models.Q(pk__in=self.public().values("pk")) | models.Q(pk__in=own.values("pk"))
        )


class Conclusion(index.Indexed, models.Model):
    """What the chair concluded on an agenda item."""

    class Kind(models.TextChoices):
        INFORMATION = "information", _("information")
        DECISION = "decision", _("decision")
        TASK = "task", _("task")

    item = models.ForeignKey(
        "meetings.AgendaItem",
        on_delete=models.PROTECT,
        related_name="conclusions",
        verbose_name=_("agenda item"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DECISION)
    text = models.TextField(pgettext_lazy("conclusion", "text"))
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=0)

    objects = ConclusionQuerySet.as_manager()
    history = HistoricalRecords()

    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.FilterField("id"),
    ]

    class Meta:
        ordering = ["item__position", "position", "pk"]
        verbose_name = _("conclusion")
        verbose_name_plural = _("conclusions")

    def __str__(self):
        return self.text[:80]
