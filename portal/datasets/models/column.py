"""The columns of a dataset, with the rules that a file has to keep."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable


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

    dataset = ParentalKey("datasets.DatasetPage", on_delete=models.CASCADE, related_name="columns")
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
