from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


class FocalPoint(Orderable):
    """Whom to turn to in a unit; each detail is public or internal.

    People with a role in the centre see every detail, with a mark at those that are internal;
    everybody else, and every file and machine that asks without a name, sees the public ones.
    """

    DETAILS = ("name", "position", "phone", "email")

    unit = ParentalKey("units.UnitPage", on_delete=models.CASCADE, related_name="focal_points")
    name = models.CharField(_("name"), max_length=128, blank=True)
    position = models.CharField(pgettext_lazy("person", "position"), max_length=128)
    phone = models.CharField(_("phone"), max_length=64, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    name_is_public = models.BooleanField(_("name is public"), default=False)
    position_is_public = models.BooleanField(_("position is public"), default=True)
    phone_is_public = models.BooleanField(_("phone is public"), default=False)
    email_is_public = models.BooleanField(_("e-mail is public"), default=True)

    panels = [
        FieldRowPanel([FieldPanel("position"), FieldPanel("position_is_public")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_is_public")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_is_public")]),
        FieldRowPanel([FieldPanel("email"), FieldPanel("email_is_public")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")

    def __str__(self):
        return self.position

    def details(self, *, inside=False):
        """Return ``{detail: value}`` of what may be shown: to those ``inside``, everything.

        Empty when nothing but the position would be left: that tells nobody whom to turn to.
        """
        shown = {
            detail: getattr(self, detail)
            for detail in self.DETAILS
            if getattr(self, detail) and (inside or getattr(self, f"{detail}_is_public"))
        }
        return shown if shown.keys() - {"position"} else {}

    @property
    def internal_details(self):
        """Return the names of the details that only people inside may see."""
        return [
            detail
            for detail in self.DETAILS
            if getattr(self, detail) and not getattr(self, f"{detail}_is_public")
        ]
