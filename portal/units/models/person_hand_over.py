from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.generic import AppendOnly


class PersonHandOver(models.Model):
    """What a person handed to whom when leaving, in the names of that day.

    ``items`` is a list of ``{"kind", "thing", "unit", "to"}`` in words. Only the account's end is
    written later, when the last day is over.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="hand_overs",
        verbose_name=_("person"),
    )
    person_name = models.CharField(_("person as called then"), max_length=255)
    units = models.TextField(_("units as called then"), blank=True)
    last_day = models.DateField(_("last day"))
    reason = models.CharField(_("reason and document"), max_length=255, blank=True)
    items = models.JSONField(_("what was handed over"), default=list)
    ends_account = models.BooleanField(_("the account ends with the last day"), default=False)
    account_ended_at = models.DateTimeField(_("account ended at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who recorded it"),
    )
    done_by_name = models.CharField(_("who recorded it, as called then"), max_length=255)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("hand-over of a person")
        verbose_name_plural = _("hand-overs of people")

    def __str__(self):
        return f"{self.person_name} ({self.last_day:%d/%m/%Y})"

    def save(self, *args, **kwargs):
        if not self._state.adding and set(kwargs.get("update_fields") or ["all"]) - {
            "ends_account",
            "account_ended_at",
        }:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly
