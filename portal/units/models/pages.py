"""The unit directory: its index, and a page per unit."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from portal.core.models import PortalPage
from portal.core.models.page import ReadablePageQuerySet
from portal.core.text import sort_key
from portal.units.page_forms import OWN_PART_NOTICE, UNIT_PANELS, UnitPageForm


class UnitIndexPage(PortalPage):
    """The unit directory."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["units.UnitPage"]

    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("unit directory")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # Views of the directory read models that stand on this one.
        from portal.units.directory import directory_context  # noqa: PLC0415

        context.update(directory_context(self, request))
        return context


class UnitQuerySet(ReadablePageQuerySet):
    def existing(self, on):
        """Keep the units that exist on the day ``on``."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        )

    def ended(self, by):
        """Keep the units that had ended by the day ``by``."""
        return self.filter(valid_to__lt=by)


class UnitPage(PortalPage):
    """One unit, or one kind of unit that a regulation names as a whole; ``title`` is its name.

    Names are no keys: two communes may bear one name. ``code`` is the key.
    """

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

    class Level(models.TextChoices):
        CENTRAL = "central", pgettext_lazy("level of a unit", "central")
        PROVINCE = "province", pgettext_lazy("level of a unit", "provincial")
        DISTRICT = "district", pgettext_lazy("level of a unit", "district")
        COMMUNE = "commune", pgettext_lazy("level of a unit", "commune")
        INTERNAL = "internal", pgettext_lazy("level of a unit", "within the centre")

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
    level = models.CharField(_("level"), max_length=8, choices=Level, blank=True)
    centre_role = models.CharField(
        _("role in the centre"), max_length=16, choices=Role, default=Role.PARTICIPATING
    )
    is_group = models.BooleanField(
        _("a kind of unit"),
        default=False,
        help_text=_("The regulation names several units by this one name."),
    )
    groups = ParentalManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="member_units",
        limit_choices_to={"is_group": True},
        verbose_name=_("belongs to the kinds of unit"),
        help_text=_("What the regulation asks of such a kind, it asks of this unit too."),
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

    objects = PageManager.from_queryset(UnitQuerySet)()

    parent_page_types = ["units.UnitIndexPage"]
    subpage_types = []

    base_form_class = UnitPageForm
    content_panels = [OWN_PART_NOTICE, *PortalPage.content_panels, *UNIT_PANELS]
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("code", boost=2),
        index.SearchField("short_names", boost=2),
        index.SearchField("about"),
        index.RelatedFields("responsibilities", [index.SearchField("text")]),
    ]

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def save(self, *args, **kwargs):
        self.sort_key = sort_key(self.title)[:512]
        return super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The unit cannot end before it exists.")})
        if self.pk and self.parent_unit_id == self.pk:
            raise ValidationError({"parent_unit": _("A unit cannot be part of itself.")})
        if self.pk and self.pk in self._ids_above():
            raise ValidationError({"parent_unit": _("A unit cannot be part of a unit below it.")})

    def _ids_above(self):
        """Return the ids of the units that this one is part of, the nearest first."""
        above, parent = [], self.parent_unit
        while parent is not None and parent.pk not in above:
            above.append(parent.pk)
            parent = parent.parent_unit
        return above

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # What a visitor reads of a unit is made of models that stand on this one.
        from portal.units.reading import reading_of  # noqa: PLC0415

        context["reading"] = reading_of(self, request)
        return context

    @property
    def other_names(self):
        """Return the short names, the commonest first."""
        return [name.strip() for name in self.short_names.splitlines() if name.strip()]

    @property
    def short_name(self):
        """Return the commonest short name, or the full one."""
        return self.short_names.strip().splitlines()[0] if self.short_names.strip() else self.title
