"""A regulation as pages: the index, the text, its divisions, articles and annexes."""

from django.db import models
from django.http import HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.core.models import PortalPage
from portal.regulations.blocks import ClauseBlock
from portal.regulations.outline import outline_article, regulation_pages


class RegulationIndexPage(PortalPage):
    """The list of regulations."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["regulations.RegulationPage"]

    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of regulations")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["regulations"] = (
            RegulationPage.objects.child_of(self)
            .live()
            .readable_by(request)
            .order_by("-issued_on", "title")
        )
        return context


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

    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("short_title"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("document_number"), FieldPanel("legal_status")]),
                FieldPanel("issuer"),
                FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on")]),
                FieldRowPanel([FieldPanel("signer_capacity"), FieldPanel("signer_name")]),
                FieldPanel("decision_title"),
            ],
            heading=_("Issuing decision"),
        ),
        InlinePanel("legal_bases", label=_("legal basis")),
        FieldPanel("recipients"),
        FieldPanel("closing_note"),
    ]
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("document_number", boost=3),
        index.SearchField("issuer"),
        index.SearchField("decision_title"),
    ]

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")

    def route(self, request, path_components):
        """Lead ``dieu-5/khoan-2/diem-dd`` to the article, so that its own privacy holds."""
        if path_components and "dieu-" in path_components[0]:
            article = (
                ArticlePage.objects.descendant_of(self)
                .live()
                .filter(slug=path_components[0])
                .first()
            )
            if article:
                return RouteResult(article, kwargs={"focus": "/".join(path_components)})
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if getattr(request, "is_preview", False):
            context["parts"] = regulation_pages(self, live_only=False)
        else:
            context["parts"] = regulation_pages(self, request=request)
        context["legal_bases"] = self.legal_bases.all()
        return context

    @property
    def name_in_citations(self):
        """Return how citations call the text: “Quy chế … ban hành kèm theo Quyết định số …”."""
        name = self.short_title or self.title
        if self.document_number:
            return f"{name} ban hành kèm theo Quyết định số {self.document_number}"
        return name


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

    content_panels = [
        *PortalPage.content_panels,
        FieldRowPanel([FieldPanel("level"), FieldPanel("number")]),
        FieldPanel("heading"),
    ]

    class Meta:
        verbose_name = pgettext_lazy("regulation", "division")
        verbose_name_plural = _("divisions")

    def serve(self, request, *args, **kwargs):
        """Lead to the division's place in the full text: it has no page of its own."""
        return HttpResponsePermanentRedirect(f"{self.get_parent().get_url(request)}#{self.slug}")


class ArticlePage(PortalPage):
    """One Điều: its title, the words before its first clause, its clauses and points."""

    class Component(models.TextChoices):
        DECISION = "qd", _("decision")
        REGULATION = "qc", _("regulation")

    component = models.CharField(
        pgettext_lazy("provision", "part of"),
        max_length=2,
        choices=Component,
        default=Component.REGULATION,
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

    content_panels = [
        *PortalPage.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("component")]),
        FieldPanel("heading"),
        FieldPanel("intro"),
        FieldPanel("clauses"),
    ]
    search_fields = []  # readers find provisions, which lead to the clause itself

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def outline(self):
        """Return the clauses with their identifiers, addresses and citations."""
        return outline_article(self)

    def get_regulation(self):
        """Return the regulation that this article belongs to."""
        return RegulationPage.objects.ancestor_of(self).get()

    def get_url_parts(self, request=None):
        """Return the short address: the divisions between regulation and article are left out."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        site_id, root_url, path = parts
        segments = path.strip("/").split("/")
        return site_id, root_url, f"/{'/'.join([*segments[:2], segments[-1]])}/"

    def serve(self, request, *args, focus=None, **kwargs):
        """Serve the article, at its short address only."""
        if focus is None and not getattr(request, "is_preview", False):
            return HttpResponsePermanentRedirect(self.get_url(request))
        request.provision_path = focus or self.slug
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        regulation = self.get_regulation()
        focus = getattr(request, "provision_path", self.slug)
        readable = regulation_pages(regulation, request=request)
        siblings = [page for page in readable if isinstance(page, ArticlePage)]
        place = next((i for i, page in enumerate(siblings) if page.pk == self.pk), None)
        context.update(
            regulation=regulation,
            outline=self.outline(),
            focus=focus,
            focused=regulation.provisions.filter(path=focus).first(),
            previous_article=siblings[place - 1] if place else None,
            next_article=siblings[place + 1]
            if place is not None and place + 1 < len(siblings)
            else None,
        )
        return context


class AnnexPage(PortalPage):
    """An annex of a regulation."""

    number = models.CharField(_("number"), max_length=16, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    body = models.TextField(_("text"), blank=True)

    parent_page_types = ["regulations.RegulationPage"]
    subpage_types = []

    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("number"),
        FieldPanel("heading"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
