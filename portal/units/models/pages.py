"""The unit directory: its index, a page per unit, and each unit's responsibilities."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from portal.core.models import PortalPage


class UnitIndexPage(PortalPage):
    """The unit directory."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["units.UnitPage"]

    class Meta:
        verbose_name = _("unit directory")


class UnitPage(PortalPage):
    """One unit, or one kind of unit that a regulation names as a whole; ``title`` is its name."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("people's committee or council")
        OFFICE = "office", _("office")
        DEPARTMENT = "department", _("department")
        DIVISION = "division", _("division")
        COMMUNE = "commune", _("commune")
        POLICE = "police", _("police")
        CENTRE = "centre", _("centre")
        ENTERPRISE = "enterprise", _("enterprise")
        TEAM = "team", _("team")
        OTHER = "other", _("other")

    class Role(models.TextChoices):
        OWNER = "owner", _("owning agency")
        MANAGING = "managing", _("managing and operating agency")
        COORDINATING = "coordinating", _("coordinating unit")
        PARTICIPATING = "participating", _("participating unit")

    code = models.CharField(_("code"), max_length=32, unique=True)
    short_names = models.TextField(
        _("short names"), blank=True, help_text=_("One on each line, the commonest first.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    centre_role = models.CharField(
        _("role in the centre"), max_length=16, choices=Role, default=Role.PARTICIPATING
    )
    is_group = models.BooleanField(
        _("a kind of unit"),
        default=False,
        help_text=_("The regulation names several units by this one name."),
    )
    parent_unit = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="child_units",
        verbose_name=_("part of"),
    )
    about = RichTextField(_("about the unit"), blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    phone = models.CharField(_("phone"), max_length=64, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("existed to"), null=True, blank=True)
    sort_key = models.CharField(max_length=512, editable=False, db_index=True, default="")

    parent_page_types = ["units.UnitIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")


class UnitResponsibility(Orderable):
    """Something a regulation makes a unit answer for, in the regulation's words."""

    unit = ParentalKey(UnitPage, on_delete=models.CASCADE, related_name="responsibilities")
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responsibilities",
        verbose_name=_("provision"),
    )
    text = models.TextField(_("responsibility"))
    name_as_written = models.CharField(_("unit as the text names it"), max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")

    def __str__(self):
        return self.text[:80]
