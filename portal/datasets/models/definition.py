"""What holds between the columns of a dataset, and how its definition came to be as it is."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from portal.datasets.models.column import DatasetColumn


class DatasetRule(Orderable):
    """A rule between the columns of one row, such as ``tong = nam + nu``."""

    dataset = ParentalKey("datasets.DatasetPage", on_delete=models.CASCADE, related_name="rules")
    expression = models.CharField(
        _("rule"),
        max_length=500,
        help_text=_("For example: tong = nam + nu; den_ngay >= tu_ngay; sum(quy_1, quy_2) <= 100"),
    )
    title = models.CharField(
        _("sentence when it is broken"),
        max_length=255,
        blank=True,
        help_text=_("What the sender reads, for example “The total must be men plus women.”"),
    )
    severity = models.CharField(
        _("when broken"),
        max_length=8,
        choices=DatasetColumn.Severity,
        default=DatasetColumn.Severity.ERROR,
    )

    panels = [
        FieldRowPanel([FieldPanel("expression"), FieldPanel("severity")]),
        FieldPanel("title"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("rule between columns")
        verbose_name_plural = _("rules between columns")

    def __str__(self):
        return self.title or self.expression


class DefinitionVersion(models.Model):
    """The definition of a dataset as it was published once; it never changes.

    ``definition`` is plain data, ``changes`` are sentences about what became different, and
    ``effects`` say what that meant for the rows published then.
    """

    dataset = models.ForeignKey(
        "datasets.DatasetPage",
        on_delete=models.CASCADE,
        related_name="definition_versions",
        verbose_name=_("dataset"),
    )
    number = models.PositiveIntegerField(_("number"))
    definition = models.JSONField(_("definition"))
    changes = models.JSONField(_("what changed"), default=list)
    effects = models.JSONField(_("what it meant for published rows"), default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        ordering = ["dataset", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="one_definition_per_number")
        ]
        verbose_name = _("version of a definition")
        verbose_name_plural = _("versions of definitions")

    def __str__(self):
        return f"{self.dataset} – {self.number}"
