"""The indicator catalogue: groups, indicators, and the values derived from versions."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from portal.core.models import PortalPage
from portal.core.periods import PeriodKind
from portal.datasets.models.pages import DatasetPage
from portal.datasets.series import catalogue_groups, series_of


class IndicatorCataloguePage(PortalPage):
    """A set of indicators in groups."""

    introduction = RichTextField(_("introduction"), blank=True)
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("provision"),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = ["datasets.IndicatorPage"]

    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("provision"),
        InlinePanel("groups", label=_("group"), heading=_("Groups")),
    ]

    class Meta:
        verbose_name = _("indicator catalogue")
        verbose_name_plural = _("indicator catalogues")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        indicators = (
            IndicatorPage.objects.child_of(self)
            .readable_by(request)
            .select_related("owner_unit")
            .order_by("group__sort_order", "code")
        )
        context["groups"] = catalogue_groups(self.groups.all(), indicators)
        return context


class IndicatorGroup(Orderable):
    """A group of indicators in a catalogue."""

    catalogue = ParentalKey(IndicatorCataloguePage, on_delete=models.CASCADE, related_name="groups")
    code = models.CharField(_("code"), max_length=16)
    title = models.CharField(_("title"), max_length=255)

    class Meta(Orderable.Meta):
        verbose_name = _("indicator group")
        verbose_name_plural = _("indicator groups")

    def __str__(self):
        return self.title


class IndicatorPage(PortalPage):
    """One indicator: what it means, who answers for it, and which dataset it is read from."""

    class Direction(models.TextChoices):
        UP = "up", _("higher is better")
        DOWN = "down", _("lower is better")
        NEUTRAL = "neutral", _("neither")

    class Frequency(models.TextChoices):
        MONTH = PeriodKind.MONTH.value, _("monthly")
        QUARTER = PeriodKind.QUARTER.value, _("quarterly")
        HALF = PeriodKind.HALF.value, _("every six months")
        YEAR = PeriodKind.YEAR.value, _("yearly")

    class Aggregate(models.TextChoices):
        SUM = "sum", _("sum")
        AVERAGE = "avg", _("average")
        MINIMUM = "min", _("smallest")
        MAXIMUM = "max", _("largest")
        COUNT = "count", _("number of rows")

    code = models.CharField(_("code"), max_length=32, unique=True)
    group = models.ForeignKey(
        IndicatorGroup,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="indicators",
        verbose_name=_("group"),
    )
    definition = models.TextField(_("definition"), blank=True)
    formula = models.TextField(_("how it is calculated"), blank=True)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=64, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimal places"), default=0)
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction, default=Direction.NEUTRAL
    )
    frequency = models.CharField(
        _("frequency"), max_length=10, choices=Frequency, default=Frequency.MONTH
    )
    owner_unit = models.ForeignKey(
        "units.UnitPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name=_("owner unit"),
    )
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name=_("provision"),
    )
    target = models.DecimalField(
        _("target"), max_digits=30, decimal_places=6, null=True, blank=True
    )
    target_year = models.PositiveSmallIntegerField(_("target year"), null=True, blank=True)
    plausible_minimum = models.DecimalField(
        _("plausible from"),
        max_digits=30,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("A value outside is not refused, but shown before anything is submitted."),
    )
    plausible_maximum = models.DecimalField(
        _("plausible up to"), max_digits=30, decimal_places=6, null=True, blank=True
    )
    dataset = models.ForeignKey(
        "datasets.DatasetPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name=_("dataset"),
    )
    value_column = models.CharField(_("value column"), max_length=48, blank=True)
    period_column = models.CharField(
        _("period column"),
        max_length=48,
        blank=True,
        help_text=_("Empty: the period of the version itself."),
    )
    area_column = models.CharField(_("area column"), max_length=48, blank=True)
    filter_column = models.CharField(_("only rows where"), max_length=48, blank=True)
    filter_value = models.CharField(_("equals"), max_length=255, blank=True)
    aggregate = models.CharField(
        _("aggregate"), max_length=8, choices=Aggregate, default=Aggregate.SUM
    )

    parent_page_types = ["datasets.IndicatorCataloguePage"]
    subpage_types = []

    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("group")]),
                FieldPanel("definition"),
                FieldPanel("formula"),
                FieldRowPanel([FieldPanel("unit_of_measure"), FieldPanel("decimals")]),
                FieldRowPanel([FieldPanel("direction"), FieldPanel("frequency")]),
                FieldRowPanel([FieldPanel("plausible_minimum"), FieldPanel("plausible_maximum")]),
            ],
            heading=_("What it means"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner_unit"),
                FieldPanel("provision"),
                FieldRowPanel([FieldPanel("target"), FieldPanel("target_year")]),
            ],
            heading=_("Who answers for it, and what is aimed at"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("dataset"),
                FieldRowPanel([FieldPanel("value_column"), FieldPanel("aggregate")]),
                FieldRowPanel([FieldPanel("period_column"), FieldPanel("area_column")]),
                FieldRowPanel([FieldPanel("filter_column"), FieldPanel("filter_value")]),
            ],
            heading=_("Where its values come from"),
        ),
    ]
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("code", boost=2),
        index.SearchField("definition"),
    ]

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def clean(self):
        super().clean()
        self._check_group()
        self._check_plausible_range()
        self._check_binding()

    def _check_group(self):
        parent = self.get_parent() if self.path else None
        if self.group and parent and self.group.catalogue_id != parent.pk:
            raise ValidationError({"group": _("This group belongs to another catalogue.")})

    def _check_plausible_range(self):
        lowest, highest = self.plausible_minimum, self.plausible_maximum
        if lowest is not None and highest is not None and lowest > highest:
            raise ValidationError({"plausible_maximum": _("The end is before the beginning.")})

    def is_plausible(self, value):
        """Return whether ``value`` lies in the range that the definition expects."""
        lowest, highest = self.plausible_minimum, self.plausible_maximum
        return (lowest is None or value >= lowest) and (highest is None or value <= highest)

    def _check_binding(self):
        """Refuse columns that the dataset does not have."""
        if not self.dataset:
            return
        if not self.value_column and self.aggregate != self.Aggregate.COUNT:
            raise ValidationError({"value_column": _("Say which column holds the value.")})
        columns = set(self.dataset.columns.values_list("name", flat=True))
        fields = ("value_column", "period_column", "area_column", "filter_column")
        unknown = {
            name: _("The dataset has no column “%(column)s”.") % {"column": getattr(self, name)}
            for name in fields
            if getattr(self, name) and getattr(self, name) not in columns
        }
        if unknown:
            raise ValidationError(unknown)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["series"] = series_of(self)
        context["shown_provision"] = self.readable_provision(request)
        context["dataset_shown"] = (
            DatasetPage.objects.readable_by(request).filter(pk=self.dataset_id).first()
        )
        return context

    def readable_provision(self, request):
        """Return the provision behind the indicator, when the visitor may read it."""
        if not self.provision_id:
            return None
        model = self._meta.get_field("provision").related_model
        return (
            model.objects.readable_by(request)
            .select_related("regulation")
            .filter(pk=self.provision_id)
            .first()
        )
