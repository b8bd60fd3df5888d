"""A regulation as a page, the list of them, and what its head says."""

from django.db import models
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.core.models import PortalPage
from portal.core.models.page import may_read
from portal.regulations.citations import name_in_citations
from portal.regulations.going_to import place_of_anchor
from portal.regulations.outline import text_of
from portal.regulations.pages_context import reading_context


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
        InlinePanel("related_documents", label=_("related document")),
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

    def get_admin_default_ordering(self):
        """List the pages below in the order of the text."""
        return "ord"

    def route(self, request, path_components):
        """Lead ``dieu-5/khoan-2/diem-dd`` to the article, so that its own privacy holds.

        A former address leads on to where the provision stands today, one that nobody knows to
        the nearest part that stands.
        """
        found = self.provisions.at_address("/".join(path_components)) if path_components else None
        if found is None:
            return super().route(request, path_components)
        provision, is_here = found
        if not is_here:
            return RouteResult(self, kwargs={"lead_to": provision})
        if provision.repealed:
            return RouteResult(self, kwargs={"repealed": provision})
        provision.regulation = self
        return RouteResult(provision.article, kwargs={"focused": provision})

    def serve(self, request, *args, lead_to=None, repealed=None, **kwargs):
        """Serve the whole text, or what an address below it leads to."""
        if lead_to is not None:
            return redirect(f"{self.get_url(request)}{lead_to.path}/")  # may have a holder again
        if repealed is not None:
            return self._serve_repealed(request, repealed)
        habit = place_of_anchor(request.GET.get("anchor", ""))
        if habit:
            return redirect(f"{self.get_url(request)}{habit}")
        return super().serve(request, *args, **kwargs)

    def _serve_repealed(self, request, provision):
        """Show the last words of a provision that has left the text, to who might read them."""
        if provision.article is not None and not may_read(provision.article, request):
            raise Http404
        return render(
            request,
            "regulations/repealed_provision.html",
            {"page": self, "regulation": self, "provision": provision},
            status=410,
        )

    def serve_text(self, request, text):
        """Serve the page of the regulation over another text, such as a draft of one heading."""
        context = {**self.get_context(request), "text": text}
        context |= reading_context(self, text, request, in_page=True)
        return TemplateResponse(request, self.get_template(request), context)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if getattr(request, "is_preview", False):
            context["text"] = text_of(self, live_only=False)
        else:
            context["text"] = text_of(self, request=request)
        context.update(reading_context(self, context["text"], request, in_page=True))
        context["legal_bases"] = self.legal_bases.all()
        return context

    @property
    def status_today(self):
        """Return the legal status; before its first day a text is not yet in force."""
        status = self.Status(self.legal_status)
        waits = self.effective_on is not None and self.effective_on > timezone.localdate()
        return self.Status.NOT_YET if waits and status == self.Status.IN_FORCE else status

    @property
    def name_in_citations(self):
        """Return how citations call the text: “Quy chế … ban hành kèm theo Quyết định số …”."""
        return name_in_citations(self.short_title or self.title, self.document_number)


class LegalBasis(Orderable):
    """One “Căn cứ …” of a decision, and whether it still stands."""

    regulation = ParentalKey(RegulationPage, on_delete=models.CASCADE, related_name="legal_bases")
    text = models.TextField(_("text"))
    document_number = models.CharField(_("number and symbol"), max_length=64, blank=True)
    legal_status = models.CharField(
        _("legal status"), max_length=20, choices=RegulationPage.Status, blank=True
    )
    replaced_by = models.CharField(_("replaced by"), max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")

    def __str__(self):
        return self.text[:80]
