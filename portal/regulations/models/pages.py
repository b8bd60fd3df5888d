"""A regulation as pages: the index, the text, its divisions, articles and annexes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from portal.core.models import PortalPage
from portal.regulations.blocks import ClauseBlock


class RegulationIndexPage(PortalPage):
    """The list of regulations."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["regulations.RegulationPage"]

    class Meta:
        verbose_name = _("list of regulations")


class RegulationPage(PortalPage):
    """One regulation with the instrument that issued it; its text stands in the pages below."""

    class Status(models.TextChoices):
        """The words of the national database of legal documents."""

        IN_FORCE = "in_force", _("in force")
        EXPIRED = "expired", _("wholly out of force")
        PARTLY_EXPIRED = "partly_expired", _("partly out of force")
        NOT_YET = "not_yet", _("not yet in force")
        SUSPENDED = "suspended", _("suspended")
        PARTLY_SUSPENDED = "partly_suspended", _("partly suspended")

    short_title = models.CharField(_("short title"), max_length=255, blank=True)
    document_number = models.CharField(_("number and symbol"), max_length=64, blank=True)
    issuer = models.CharField(_("issuing authority"), max_length=255, blank=True)
    signer_capacity = models.CharField(_("signed in the capacity of"), max_length=255, blank=True)
    signer_name = models.CharField(_("signed by"), max_length=255, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    legal_status = models.CharField(
        _("legal status"), max_length=20, choices=Status, default=Status.IN_FORCE
    )
    decision_title = models.TextField(_("title of the decision"), blank=True)
    recipients = models.TextField(_("recipients"), blank=True)
    closing_note = models.TextField(_("closing note"), blank=True)

    parent_page_types = ["regulations.RegulationIndexPage"]
    subpage_types = [
        "regulations.DivisionPage",
        "regulations.ArticlePage",
        "regulations.AnnexPage",
    ]

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")


class LegalBasis(Orderable):
    """One “Căn cứ …” of a decision, and whether it still stands."""

    regulation = ParentalKey(RegulationPage, on_delete=models.CASCADE, related_name="legal_bases")
    text = models.TextField(_("text"))
    document_number = models.CharField(_("number and symbol"), max_length=64, blank=True)
    replaced_by = models.CharField(_("replaced by"), max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")

    def __str__(self):
        return self.text[:80]


class DivisionPage(PortalPage):
    """A part, chapter, section or subsection: a heading over articles."""

    class Level(models.TextChoices):
        PART = "part", _("part")
        CHAPTER = "chapter", _("chapter")
        SECTION = "section", _("section")
        SUBSECTION = "subsection", _("subsection")

    level = models.CharField(_("level"), max_length=12, choices=Level)
    number = models.CharField(_("number"), max_length=16, blank=True)
    heading = models.TextField(_("heading"), blank=True)

    parent_page_types = ["regulations.RegulationPage", "regulations.DivisionPage"]
    subpage_types = ["regulations.DivisionPage", "regulations.ArticlePage"]

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")


class ArticlePage(PortalPage):
    """One Điều: its title, the words before its first clause, its clauses and points."""

    class Component(models.TextChoices):
        DECISION = "qd", _("decision")
        REGULATION = "qc", _("regulation")

    component = models.CharField(
        _("part of"), max_length=2, choices=Component, default=Component.REGULATION
    )
    number = models.CharField(_("number"), max_length=16)
    heading = models.TextField(_("heading"), blank=True)
    intro = models.TextField(_("words before the first clause"), blank=True)
    clauses = StreamField(
        [("clause", ClauseBlock())], verbose_name=_("clauses"), blank=True, use_json_field=True
    )
    eid = models.CharField(_("identifier"), max_length=64, editable=False)

    parent_page_types = ["regulations.RegulationPage", "regulations.DivisionPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class AnnexPage(PortalPage):
    """An annex of a regulation."""

    number = models.CharField(_("number"), max_length=16, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    body = models.TextField(_("text"), blank=True)

    parent_page_types = ["regulations.RegulationPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
