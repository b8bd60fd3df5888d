"""A dataset as a page: whose it is, what its columns are, how often it is due."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from portal.core.deadlines import Weekend
from portal.core.models import PortalPage
from portal.core.models.page import ReadablePageQuerySet, name_for, visitor_of
from portal.core.roles import runs_centre
from portal.datasets.catalogue import catalogue_context
from portal.datasets.due_terms import due_fields_of
from portal.datasets.models.access_grant import AccessGrant
from portal.datasets.models.cataloguing import CataloguedDataset
from portal.datasets.models.column import free_names
from portal.datasets.models.shared_dataset import SharedDataset, Sharing
from portal.datasets.page_forms import DatasetPageForm
from portal.units.models import Membership


class DatasetIndexPage(PortalPage):
    """The catalogue of datasets."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["datasets.DatasetPage"]

    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("dataset catalogue")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        datasets = DatasetPage.objects.child_of(self).readable_by(request)
        return {**context, **catalogue_context(datasets, request)}


class DatasetQuerySet(ReadablePageQuerySet):
    def visible_to(self, user):
        """Keep the datasets of which ``user`` may know, by their sharing and by grants."""
        if runs_centre(user):
            return self
        if not user.is_authenticated:
            return self.filter(sharing=Sharing.PUBLIC)
        units = _units_of(user)
        granted = AccessGrant.objects.in_force().filter(unit__in=units)
        return self.filter(
            ~Q(sharing=Sharing.NAMED)
            | Q(owner_unit__in=units)
            | Q(pk__in=naming(units))
            | Q(pk__in=granted.values("dataset"))
        )

    def shared_with(self, unit_id):
        """Keep those that are shared by default with the people of a unit, its own included."""
        open_to_it = ~Q(sharing=Sharing.NAMED) | Q(pk__in=naming([unit_id]))
        return self.filter(Q(owner_unit=unit_id) | (open_to_it & Q(on_request=False)))

    def readable_by(self, request):
        """Keep the live datasets that the visitor of ``request`` may see."""
        return super().readable_by(request).visible_to(request.user)

    def worked_on_by(self, user):
        """Keep those that ``user`` looks after: the own unit's, or all when running the centre."""
        if runs_centre(user):
            return self
        return self.filter(owner_unit__in=_units_of(user))


def naming(units):
    """Return the keys of the datasets that name one of ``units``."""
    return DatasetPage.named_units.through.objects.filter(unitpage__in=units).values("datasetpage")


def _units_of(user):
    return Membership.objects.current().filter(user_id=user.pk).values("unit")


class DatasetPage(CataloguedDataset, SharedDataset, PortalPage):
    """The definition of one dataset; what is published of it stands in its versions."""

    class Frequency(models.TextChoices):
        MONTH = "month", _("monthly")
        QUARTER = "quarter", _("quarterly")
        HALF = "half", _("every six months")
        YEAR = "year", _("yearly")
        IRREGULAR = "irregular", _("when something changes")

    Sharing = Sharing

    class Mode(models.TextChoices):
        REPLACE = "replace", _("a file replaces everything")
        UPSERT = "upsert", _("a file adds rows and changes those with the same key")
        APPEND = "append", _("a file adds the rows of its period")

    class DueIn(models.TextChoices):
        FIRST = "first", _("in the period itself (its first month)")
        SAME = "same", _("in the period itself (its last month)")
        NEXT = "next", _("after the period ends")

    class DayOffRule(models.TextChoices):
        KEEP = Weekend.KEEP.value, _("stays")
        EARLIER = Weekend.EARLIER.value, _("moves to the working day before")
        LATER = Weekend.LATER.value, _("moves to the working day after")

    code = models.SlugField(_("code"), max_length=64, unique=True)
    description = RichTextField(_("description"), blank=True)
    owner_unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="datasets",
        verbose_name=_("owner unit"),
    )
    steward = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("steward"),
    )
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="datasets",
        verbose_name=_("provision that obliges"),
    )
    obligation = models.ForeignKey(
        "units.Obligation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="datasets",
        limit_choices_to={"kind__in": ("supply_data", "share_data")},
        verbose_name=_("duty that it meets"),
    )
    due_by_obligation = models.BooleanField(
        _("due as the duty says"),
        default=False,
        help_text=_(
            "Frequency and due day follow the duty. Periods that fell due already keep their rule."
        ),
    )
    due_reason = models.CharField(
        _("why it is due otherwise than the duty says"), max_length=255, blank=True
    )
    frequency = models.CharField(
        _("frequency"), max_length=10, choices=Frequency, default=Frequency.MONTH
    )
    due_day = models.PositiveSmallIntegerField(
        _("due day of the month"), null=True, blank=True, help_text=_("1 to 31.")
    )
    due_in = models.CharField(_("due"), max_length=5, choices=DueIn, default=DueIn.NEXT)
    due_strictly_before = models.BooleanField(
        _("strictly before that day"),
        default=False,
        help_text=_("“Before the 25th” ends with the 24th."),
    )
    weekend = models.CharField(
        _("a due day that is a day off"),
        max_length=8,
        choices=DayOffRule,
        default=DayOffRule.KEEP,
        help_text=_("Weekends, and the days off that the centre keeps."),
    )
    weekend_source = models.CharField(_("by which document it moves"), max_length=255, blank=True)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=0)
    head_must_submit = models.BooleanField(_("the unit head submits"), default=False)
    mode = models.CharField(
        _("what a file means"), max_length=8, choices=Mode, default=Mode.REPLACE
    )
    ignore_unknown = models.BooleanField(_("ignore unknown columns"), default=False)
    first_period = models.CharField(_("first period"), max_length=8, blank=True)
    last_period = models.CharField(_("last period"), max_length=8, blank=True)
    #: What the schema of a draft says beyond the editor's fields, until the draft is published.
    drafted_details = models.JSONField(default=dict, blank=True, editable=False)

    objects = PageManager.from_queryset(DatasetQuerySet)()

    parent_page_types = ["datasets.DatasetIndexPage"]
    subpage_types = []
    preview_modes = []  # the page shows published versions, which a draft does not have

    base_form_class = DatasetPageForm
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("code"),
        FieldPanel("description"),
        MultiFieldPanel(
            [
                FieldPanel("owner_unit"),
                FieldPanel("steward"),
                FieldPanel("provision"),
                FieldPanel("obligation"),
            ],
            heading=_("Who owes it, and why"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("due_by_obligation"),
                FieldPanel("frequency"),
                FieldRowPanel([FieldPanel("first_period"), FieldPanel("last_period")]),
                FieldRowPanel([FieldPanel("due_day"), FieldPanel("due_in")]),
                FieldRowPanel([FieldPanel("due_strictly_before"), FieldPanel("grace_days")]),
                FieldRowPanel([FieldPanel("weekend"), FieldPanel("weekend_source")]),
                FieldPanel("due_reason"),
                FieldPanel("head_must_submit"),
            ],
            heading=_("When it is due"),
        ),
        SharedDataset.sharing_panel,
        MultiFieldPanel(
            [FieldPanel("mode"), FieldPanel("ignore_unknown")], heading=_("What a file means")
        ),
        CataloguedDataset.cataloguing_panel,
        InlinePanel("columns", heading=_("Columns"), label=_("column")),
        InlinePanel("rules", heading=_("Rules between columns"), label=_("rule")),
        FieldPanel("effect_is_known", heading=_("Changes to what is published")),
    ]
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("description"),
        index.SearchField("code", boost=2),
        index.SearchField("open_owner_name"),
        index.FilterField("sharing"),
        index.FilterField("owner_unit_id"),
    ]

    class Meta(CataloguedDataset.Meta):
        abstract = False
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Let frequency and due day be the duty's where the dataset follows it.

        Columns are saved one after the other; two may swap their identifiers all the same.
        """
        if self.due_by_obligation and self.obligation_id:
            for name, value in due_fields_of(self.obligation).items():
                setattr(self, name, value)
        if self.pk and kwargs.get("update_fields") is None:  # else no column is saved
            free_names(self)
        return super().save(*args, **kwargs)

    def serve(self, request, *args, **kwargs):
        """Serve the page to those who may know of the dataset; for others it does not exist."""
        if not self.is_visible_to(request.user):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def open_owner_name(self):
        """Return the owner's name for the search, which everybody asks: none of a closed unit."""
        return name_for(self.owner_unit, visitor_of(AnonymousUser()))

    def is_visible_to(self, user):
        """Return whether ``user`` may know of the dataset."""
        return DatasetPage.objects.filter(pk=self.pk).visible_to(user).exists()

    def get_sitemap_urls(self, request=None):
        """Name the page to machines only when everybody may read it."""
        return super().get_sitemap_urls(request) if self.sharing == Sharing.PUBLIC else []
