"""A dataset as a page: whose it is, what its columns are, how often it is due."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from portal.core.models import PortalPage
from portal.core.models.page import ReadablePageQuerySet
from portal.core.roles import runs_centre
from portal.datasets.catalogue import catalogue_context
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
        """Keep the datasets of which ``user`` may know, by their sharing."""
        if runs_centre(user):
            return self
        if not user.is_authenticated:
            return self.filter(sharing=DatasetPage.Sharing.PUBLIC)
        return self.filter(
            ~Q(sharing=DatasetPage.Sharing.NAMED) | Q(owner_unit__in=_units_of(user))
        )

    def readable_by(self, request):
        """Keep the live datasets that the visitor of ``request`` may see."""
        return super().readable_by(request).visible_to(request.user)

    def worked_on_by(self, user):
        """Keep those that ``user`` looks after: the own unit's, or all when running the centre."""
        if runs_centre(user):
            return self
        return self.filter(owner_unit__in=_units_of(user))


def _units_of(user):
    return Membership.objects.current().filter(user_id=user.pk).values("unit")


class DatasetPage(PortalPage):
    """The definition of one dataset; what is published of it stands in its versions."""

    class Frequency(models.TextChoices):
        MONTH = "month", _("monthly")
        QUARTER = "quarter", _("quarterly")
        HALF = "half", _("every six months")
        YEAR = "year", _("yearly")
        IRREGULAR = "irregular", _("when something changes")

    class Sharing(models.TextChoices):
        PUBLIC = "public", _("public")
        INTERNAL = "internal", _("internal")
        NAMED = "named", _("named units")

    class Mode(models.TextChoices):
        REPLACE = "replace", _("a file replaces everything")
        UPSERT = "upsert", _("a file adds rows and changes those with the same key")
        APPEND = "append", _("a file adds the rows of its period")

    class DueIn(models.TextChoices):
        SAME = "same", _("in the period itself (its last month)")
        NEXT = "next", _("after the period ends")

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
    sharing = models.CharField(
        _("sharing"), max_length=8, choices=Sharing, default=Sharing.INTERNAL
    )
    frequency = models.CharField(
        _("frequency"), max_length=10, choices=Frequency, default=Frequency.MONTH
    )
    due_day = models.PositiveSmallIntegerField(
        _("due day of the month"), null=True, blank=True, help_text=_("1 to 31.")
    )
    due_in = models.CharField(_("due"), max_length=4, choices=DueIn, default=DueIn.NEXT)
    due_strictly_before = models.BooleanField(
        _("strictly before that day"),
        default=False,
        help_text=_("“Before the 25th” ends with the 24th."),
    )
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=0)
    head_must_submit = models.BooleanField(_("the unit head submits"), default=False)
    mode = models.CharField(
        _("what a file means"), max_length=8, choices=Mode, default=Mode.REPLACE
    )
    ignore_unknown = models.BooleanField(_("ignore unknown columns"), default=False)
    first_period = models.CharField(_("first period"), max_length=8, blank=True)
    last_period = models.CharField(_("last period"), max_length=8, blank=True)

    objects = PageManager.from_queryset(DatasetQuerySet)()

    parent_page_types = ["datasets.DatasetIndexPage"]
    subpage_types = []
    preview_modes = []  # the page shows published versions, which a draft does not have

    base_form_class = DatasetPageForm
    content_panels = [
        *PortalPage.content_panels,
        FieldRowPanel([FieldPanel("code"), FieldPanel("sharing")]),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel("owner_unit"), FieldPanel("steward"), FieldPanel("provision")],
            heading=_("Who owes it, and why"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("frequency"),
                FieldRowPanel([FieldPanel("first_period"), FieldPanel("last_period")]),
                FieldRowPanel([FieldPanel("due_day"), FieldPanel("due_in")]),
                FieldRowPanel([FieldPanel("due_strictly_before"), FieldPanel("grace_days")]),
                FieldPanel("head_must_submit"),
            ],
            heading=_("When it is due"),
        ),
        MultiFieldPanel(
            [FieldPanel("mode"), FieldPanel("ignore_unknown")], heading=_("What a file means")
        ),
        InlinePanel("columns", heading=_("Columns"), label=_("column")),
    ]
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("description"),
        index.SearchField("code", boost=2),
        index.RelatedFields("owner_unit", [index.SearchField("title")]),
        index.FilterField("sharing"),
        index.FilterField("owner_unit_id"),
    ]

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")

    def serve(self, request, *args, **kwargs):
        """Serve the page to those who may know of the dataset; for others it does not exist."""
        if not self.is_visible_to(request.user):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def is_visible_to(self, user):
        """Return whether ``user`` may know of the dataset."""
        return DatasetPage.objects.filter(pk=self.pk).visible_to(user).exists()

    def get_sitemap_urls(self, request=None):
        """Name the page to machines only when everybody may read it."""
        return super().get_sitemap_urls(request) if self.sharing == self.Sharing.PUBLIC else []


class DatasetColumn(Orderable):
    """One column of a dataset. ``name`` never changes once published; ``title`` may."""

    class Type(models.TextChoices):
        TEXT = "text", _("text")
        CODE = "code", _("code (keeps leading zeros)")
        INTEGER = "integer", _("whole number")
        DECIMAL = "decimal", _("decimal number")
        PERCENT = "percent", _("per cent")
        MONEY = "money", _("money")
        DATE = "date", _("date")
        PERIOD = "period", _("period")
        BOOLEAN = "boolean", _("yes or no")
        CHOICE = "choice", _("choice from a code list")
        UNIT = "unit", _("unit")
        AREA = "area", _("area")
        LINK = "link", _("link")

    class Severity(models.TextChoices):
        ERROR = "error", _("error: the file is refused")
        WARNING = "warning", _("warning: the file may pass")

    dataset = ParentalKey(DatasetPage, on_delete=models.CASCADE, related_name="columns")
    name = models.CharField(
        _("identifier"),
        max_length=48,
        validators=[
            RegexValidator(r"^[a-z][a-z0-9_]*$", _("Use a–z, 0–9 and _, starting with a letter."))
        ],
    )
    title = models.CharField(_("printed name"), max_length=255)
    aliases = models.TextField(_("other accepted names"), blank=True, help_text=_("One per line."))
    type = models.CharField(_("type"), max_length=8, choices=Type, default=Type.TEXT)
    required = models.BooleanField(_("required"), default=False)
    is_key = models.BooleanField(_("part of the key"), default=False)
    unique = models.BooleanField(_("unique"), default=False)
    minimum = models.DecimalField(
        _("minimum"), max_digits=30, decimal_places=6, null=True, blank=True
    )
    maximum = models.DecimalField(
        _("maximum"), max_digits=30, decimal_places=6, null=True, blank=True
    )
    scale = models.PositiveSmallIntegerField(_("decimal places"), null=True, blank=True)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=64, blank=True)
    max_length = models.PositiveIntegerField(_("longest"), null=True, blank=True)
    pattern = models.CharField(_("pattern"), max_length=255, blank=True)
    code_list = models.ForeignKey(
        "datasets.CodeList",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="columns",
        verbose_name=_("code list"),
    )
    severity = models.CharField(
        _("when broken"), max_length=8, choices=Severity, default=Severity.ERROR
    )
    is_public = models.BooleanField(_("public"), default=True)
    description = models.TextField(_("description"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("name"), FieldPanel("type")]),
        FieldRowPanel(
            [
                FieldPanel("required"),
                FieldPanel("is_key"),
                FieldPanel("unique"),
                FieldPanel("is_public"),
            ]
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code_list"), FieldPanel("severity")]),
                FieldRowPanel([FieldPanel("minimum"), FieldPanel("maximum")]),
                FieldRowPanel([FieldPanel("scale"), FieldPanel("unit_of_measure")]),
                FieldRowPanel([FieldPanel("max_length"), FieldPanel("pattern")]),
                FieldPanel("aliases"),
                FieldPanel("description"),
            ],
            heading=_("Rules and words"),
            classname="collapsed",
        ),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dataset", "name"], name="one_column_per_name")
        ]
        verbose_name = _("column")
        verbose_name_plural = _("columns")

    def __str__(self):
        return self.title
