"""What hangs on a unit's page: its responsibilities and the documents shown with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable


class UnitResponsibility(Orderable):
    """Something a regulation makes a unit answer for, in the regulation's words."""

    unit = ParentalKey("units.UnitPage", on_delete=models.CASCADE, related_name="responsibilities")
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responsibilities",
        verbose_name=_("provision"),
        help_text=_("Where the regulation says so; found by its place or its words."),
    )
    text = models.TextField(
        _("responsibility"),
        help_text=_("In the regulation's words; the page shows the provision's text beside it."),
    )
    name_as_written = models.CharField(
        _("unit as the text names it"),
        max_length=255,
        blank=True,
        help_text=_("Only where it differs from the unit's name today."),
    )

    panels = [FieldPanel("provision"), FieldPanel("text"), FieldPanel("name_as_written")]

    class Meta(Orderable.Meta):
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")

    def __str__(self):
        return self.text[:80]


class UnitDocument(Orderable):
    """A document shown on a unit's page, to those who may open its collection."""

    unit = ParentalKey("units.UnitPage", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("document"),
    )
    title = models.CharField(
        _("title on the page"),
        max_length=255,
        blank=True,
        help_text=_("Empty: the document's own title."),
    )

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("document of a unit")
        verbose_name_plural = _("documents of units")

    def __str__(self):
        return self.title or self.document.title
