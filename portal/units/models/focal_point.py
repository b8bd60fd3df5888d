from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class FocalPoint(Orderable):
    """Whom to turn to in a unit; each detail is public or internal."""

    unit = ParentalKey("units.UnitPage", on_delete=models.CASCADE, related_name="focal_points")
    name = models.CharField(_("name"), max_length=128, blank=True)
    position = models.CharField(pgettext_lazy("person", "position"), max_length=128)
    phone = models.CharField(_("phone"), max_length=64, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    name_is_public = models.BooleanField(_("name is public"), default=False)
    phone_is_public = models.BooleanField(_("phone is public"), default=False)
    email_is_public = models.BooleanField(_("e-mail is public"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")

    def __str__(self):
        return self.position

    def public_details(self):
        """Return ``{"name", "phone", "email"}`` with what the public may see, or nothing."""
        shown = {
            name: getattr(self, name)
            for name in ("name", "phone", "email")
            if getattr(self, name) and getattr(self, f"{name}_is_public")
        }
        return {"position": self.position, **shown} if shown else {}
