from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitAttendance(models.Model):
    """A unit that was invited to a meeting, and whether it came."""

    class Reply(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("will come")
        DECLINED = "declined", _("will not come")

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")
        REPRESENTED = "represented", _("represented")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    meeting = models.ForeignKey(
        "meetings.Meeting", on_delete=models.CASCADE, related_name="attendances"
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name=_("unit"),
    )
    reply = models.CharField(_("reply"), max_length=12, choices=Reply, default=Reply.INVITED)
    presence = models.CharField(_("presence"), max_length=12, choices=Presence, blank=True)

    class Meta:
        ordering = ["unit__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="a_unit_is_invited_once")
        ]
        verbose_name = _("attendance of a unit")
        verbose_name_plural = _("attendances of units")

    def __str__(self):
        return str(self.unit)


class Attendee(models.Model):
    """A person as written in the minutes: name and position of that day."""

    attendance = models.ForeignKey(
        UnitAttendance, on_delete=models.CASCADE, related_name="attendees"
    )
    name = models.CharField(_("name"), max_length=128)
    position = models.CharField(pgettext_lazy("person", "position"), max_length=128, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")

    def __str__(self):
        return self.name
