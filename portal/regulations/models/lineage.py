"""How a regulation stands among other documents (lược đồ)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from portal.regulations.citations import document_name
from portal.regulations.models.regulation import RegulationPage


class RelatedDocument(Orderable):
    """Another document and its relation to a regulation, in the words of vbpl.vn.

    A document that is a regulation of this portal shows the relation the other way round.
    """

    class Relation(models.TextChoices):
        BASIS = "basis", pgettext_lazy("relation", "legal basis")
        AMENDED_BY = "amended_by", pgettext_lazy("relation", "amended by")
        AMENDS = "amends", pgettext_lazy("relation", "amends")
        REPLACED_BY = "replaced_by", pgettext_lazy("relation", "replaced by")
        REPLACES = "replaces", pgettext_lazy("relation", "replaces")
        REPEALED_BY = "repealed_by", pgettext_lazy("relation", "repealed by")
        REPEALS = "repeals", pgettext_lazy("relation", "repeals")
        GUIDED_BY = "guided_by", pgettext_lazy("relation", "detailed by")
        GUIDES = "guides", pgettext_lazy("relation", "details")
        CORRECTED_BY = "corrected_by", pgettext_lazy("relation", "corrected by")
        CORRECTS = "corrects", pgettext_lazy("relation", "corrects")
        CONSOLIDATED_IN = "consolidated_in", pgettext_lazy("relation", "consolidated in")
        CONSOLIDATES = "consolidates", pgettext_lazy("relation", "consolidates")
        CITES = "cites", pgettext_lazy("relation", "cites")
        CITED_BY = "cited_by", pgettext_lazy("relation", "cited by")
        RELATED = "related", pgettext_lazy("relation", "related to")

    #: How the same relation is seen from the other document.
    REVERSE = {
        Relation.BASIS: Relation.CITED_BY,
        Relation.AMENDED_BY: Relation.AMENDS,
        Relation.REPLACED_BY: Relation.REPLACES,
        Relation.REPEALED_BY: Relation.REPEALS,
        Relation.GUIDED_BY: Relation.GUIDES,
        Relation.CORRECTED_BY: Relation.CORRECTS,
        Relation.CONSOLIDATED_IN: Relation.CONSOLIDATES,
        Relation.CITES: Relation.CITED_BY,
        Relation.RELATED: Relation.RELATED,
    }
    #: What changes the words of this regulation.
    CHANGING = (Relation.AMENDED_BY, Relation.CORRECTED_BY, Relation.REPEALED_BY)

    regulation = ParentalKey(
        RegulationPage, on_delete=models.CASCADE, related_name="related_documents"
    )
    relation = models.CharField(_("relation"), max_length=16, choices=Relation)
    kind = models.CharField(
        _("kind of document"), max_length=64, blank=True, help_text=_("Such as “Quyết định”.")
    )
    number = models.CharField(_("number and symbol"), max_length=64, blank=True)
    title = models.TextField(_("title"), blank=True)
    issuer = models.CharField(_("issuing authority"), max_length=255, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    legal_status = models.CharField(
        _("legal status"), max_length=20, choices=RegulationPage.Status, blank=True
    )
    scope = models.CharField(
        _("scope"), max_length=255, blank=True, help_text=_("Such as “điểm c khoản 2 Điều 8”.")
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    page = models.ForeignKey(
        RegulationPage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="related_from",
        verbose_name=_("regulation of this portal"),
    )

    panels = [
        FieldRowPanel([FieldPanel("relation"), FieldPanel("legal_status")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
        FieldPanel("title"),
        FieldPanel("issuer"),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on")]),
        FieldPanel("scope"),
        FieldPanel("url"),
        PageChooserPanel("page"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~(models.Q(number="") & models.Q(title="") & models.Q(page=None)),
                name="related_document_says_what_it_is",
                violation_error_message=_("Give the document's number, its title or its page."),
            )
        ]
        verbose_name = _("related document")
        verbose_name_plural = _("related documents")

    def __str__(self):
        return self.name

    @property
    def name(self):
        """Return “Quyết định số 12/2026/QĐ-UBND”, or the title where there is no number."""
        number = self.number or (self.page.document_number if self.page_id else "")
        if number:
            return f"{self.kind} số {number}" if self.kind else document_name(number)
        return self.title or (self.page.title if self.page_id else "")

    @property
    def reverse_relation(self):
        """Return the relation as the other document sees it."""
        forward = {there: here for here, there in self.REVERSE.items() if here != there}
        forward[self.Relation.CITED_BY] = self.Relation.CITES
        relation = self.Relation(self.relation)
        return self.REVERSE.get(relation) or forward[relation]

    def is_amendment_in_force(self, on=None):
        """Tell whether it changes the words of the regulation on a day (today)."""
        if self.relation not in self.CHANGING:
            return False
        begins = self.effective_on or self.issued_on
        return begins is None or begins <= (on or timezone.localdate())
