from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DataReminder(models.Model):
    """A letter about due data that a person got; ``occasion`` says what about, so it goes once."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("when it is asked for")
        BEFORE = "before", _("before the due day")
        ON_DAY = "on_day", _("on the due day")
        WEEKLY = "weekly", _("weekly, about what is overdue")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_reminders"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    occasion = models.CharField(_("about"), max_length=96)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "occasion"], name="one_data_reminder_per_occasion"
            )
        ]
        verbose_name = _("reminder of due data")
        verbose_name_plural = _("reminders of due data")

    def __str__(self):
        return f"{self.user}: {self.occasion}"
