"""The columns of a dataset, with the rules that a file has to keep."""

import secrets

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable


def new_column_id():
    """Return an identity for a column that no other column has."""
    return f"c{secrets.token_hex(6)}"


class DatasetColumn(Orderable):
    """One column of a dataset.

    ``column_id`` never changes: by it differences, indicators and published rows know the column
    when its identifier or its printed name is changed.
    """

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

    class Personal(models.TextChoices):
        """What becomes of personal data for readers outside the owner unit and the centre."""

        NONE = "", pgettext_lazy("personal data", "none")
        MASKED = "masked", _("masked for readers")
        WITHHELD = "withheld", _("not shared")

    dataset = ParentalKey("datasets.DatasetPage", on_delete=models.CASCADE, related_name="columns")
    name = models.CharField(
        _("identifier"),
        max_length=48,
        validators=[
            RegexValidator(r"^[a-z][a-z0-9_]*$", _("Use a–z, 0–9 and _, starting with a letter."))
        ],
    )
    column_id = models.CharField(
        _("lasting identity"), max_length=64, default=new_column_id, editable=False
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
    earliest = models.DateField(_("earliest day"), null=True, blank=True)
    latest = models.DateField(_("latest day"), null=True, blank=True)
    scale = models.PositiveSmallIntegerField(_("decimal places"), null=True, blank=True)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=64, blank=True)
    min_length = models.PositiveIntegerField(_("shortest"), null=True, blank=True)
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
    personal = models.CharField(
        _("personal data"),
        max_length=8,
        choices=Personal,
        default=Personal.NONE,
        blank=True,
        help_text=_(
            "Masked: readers get a part, and cannot filter by it. Not shared: nobody outside "
            "the owner unit and the centre gets it, not by a grant either."
        ),
    )
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
        FieldPanel("personal"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code_list"), FieldPanel("severity")]),
                FieldRowPanel([FieldPanel("minimum"), FieldPanel("maximum")]),
                FieldRowPanel([FieldPanel("earliest"), FieldPanel("latest")]),
                FieldRowPanel([FieldPanel("scale"), FieldPanel("unit_of_measure")]),
                FieldRowPanel([FieldPanel("min_length"), FieldPanel("max_length")]),
                FieldPanel("pattern"),
                FieldPanel("aliases"),
                FieldPanel("description"),
            ],
            heading=_("Rules and words"),
            classname="collapsed",
        ),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dataset", "name"], name="one_column_per_name"),
            models.UniqueConstraint(fields=["dataset", "column_id"], name="one_column_per_id"),
        ]
        verbose_name = _("column")
        verbose_name_plural = _("columns")

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Keep the identity that is stored, whatever an older draft of the page says."""
        if self.pk:
            stored = DatasetColumn.objects.filter(pk=self.pk).values_list("column_id", flat=True)
            self.column_id = stored.first() or self.column_id
        return super().save(*args, **kwargs)


def free_names(page):
    """Take the stored identifiers that columns of ``page`` are about to leave out of the way.

    Where one column takes the identifier that another has until both are saved, the constraint
    would refuse the first of them.
    """
    wanted = {column.pk: column.name for column in page.columns.all() if column.pk}
    stored = DatasetColumn.objects.filter(dataset=page.pk)
    left = {pk: name for pk, name in stored.values_list("pk", "name") if wanted.get(pk) != name}
    taken = {column.name for column in page.columns.all()}
    for pk, name in left.items():
        if name in taken:
            stored.filter(pk=pk).update(name=f"~{pk}")
