"""The unit directory: its index, a page per unit, and each unit's responsibilities."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from portal.core.models import PortalPage
from portal.core.models.page import ReadablePageQuerySet
from portal.core.text import sort_key
from portal.units.as_of import as_of


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
        asked = as_of(request)
        known = UnitPage.objects.child_of(self).readable_by(request).order_by("sort_key")
        units = known.existing(asked.day)
        context.update(asked=asked, ended=known.ended(asked.day))
        present = set(units.values_list("kind", flat=True))
        wanted = request.GET.get("loai", "")
        context["kinds"] = [
            (value, label, value == wanted)
            for value, label in UnitPage.Kind.choices
            if value in present
        ]
        context["kind"] = wanted if wanted in UnitPage.Kind.values else ""
        if context["kind"]:
            units = units.filter(kind=context["kind"])
        context["units"] = units.annotate(duty_count=models.Count("responsibilities"))
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

    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("level"), FieldPanel("centre_role")]),
                FieldPanel("parent_unit"),
                FieldPanel("short_names"),
                FieldPanel("is_group"),
                FieldPanel("groups", widget=forms.CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            ],
            heading=_("What the unit is"),
        ),
        FieldPanel("about"),
        InlinePanel("responsibilities", label=_("responsibility"), heading=_("Responsibilities")),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            ],
            heading=_("Contact"),
        ),
        InlinePanel("focal_points", label=_("focal point"), heading=_("Focal points")),
    ]
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

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        day = as_of(request).day
        is_over = bool(self.valid_to and self.valid_to < day)
        day = min(day, self.valid_to) if is_over else day
        points = [] if is_over else self.focal_points.all()
        context.update(
            responsibilities=self._readable_duties(request),
            obligations=self.obligations.in_force(day).select_related("provision__regulation"),
            child_units=self.child_units.live().existing(day).order_by("sort_key"),
            contacts=[point for point in points if point.public_details()],
        )
        return context

    def _readable_duties(self, request):
        """Return the duties, each with its provision where the visitor may read that."""
        duties = list(self.responsibilities.select_related("provision__regulation"))
        cited = [duty.provision_id for duty in duties if duty.provision_id]
        model = UnitResponsibility.provision.field.related_model
        readable = set(
            model.objects.readable_by(request).filter(pk__in=cited).values_list("pk", flat=True)
        )
        return [
            (duty, duty.provision if duty.provision_id in readable else None) for duty in duties
        ]

    @property
    def short_name(self):
        """Return the commonest short name, or the full one."""
        return self.short_names.strip().splitlines()[0] if self.short_names.strip() else self.title


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
