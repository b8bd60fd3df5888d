"""What a regulation is made of: divisions, articles with clauses and points, annexes."""

from dataclasses import replace

from django.db import models
from django.http import HttpResponsePermanentRedirect
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from portal.core.models import PortalPage
from portal.regulations.blocks import ClauseBlock, FootnoteBlock
from portal.regulations.citations import division_label, path_of
from portal.regulations.models.regulation import RegulationPage
from portal.regulations.outline import article_of, body_of, regulation_pages
from portal.regulations.pages_context import reading_context

PARENTS_OF_TEXT = [
    "regulations.RegulationPage",
    "regulations.DivisionPage",
    "regulations.AnnexPage",
]


class PartPage(PortalPage):
    """A page whose title is what the text prints there: editors write number and heading once."""

    class Meta:
        abstract = True

    def printed_title(self):
        """Return number and heading on one line."""
        raise NotImplementedError(type(self).__name__)

    def get_admin_default_ordering(self):
        """List what stands below in the order of the text."""
        return "ord"

    def full_clean(self, *args, **kwargs):
        """Keep the title in step before anything is checked."""
        self.title = self.printed_title()[:255]
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        """Keep it in step before a draft is stored, too."""
        self.title = self.printed_title()[:255]
        super().minimal_clean()


class DivisionPage(PartPage):
    """A part, chapter, section or subsection: a heading over articles."""

    class Level(models.TextChoices):
        PART = "part", _("part")
        CHAPTER = "chapter", _("chapter")
        SECTION = "section", _("section")
        SUBSECTION = "subsection", _("subsection")

    level = models.CharField(_("level"), max_length=12, choices=Level)
    number = models.CharField(_("number"), max_length=16, blank=True)
    heading = models.TextField(_("heading"), blank=True)

    kind = "division"
    parent_page_types = PARENTS_OF_TEXT
    subpage_types = ["regulations.DivisionPage", "regulations.ArticlePage"]

    content_panels = [
        FieldRowPanel([FieldPanel("level"), FieldPanel("number")]),
        FieldPanel("heading"),
    ]

    class Meta:
        verbose_name = pgettext_lazy("regulation", "division")
        verbose_name_plural = _("divisions")

    def printed_title(self):
        """Return “Chương II. Tên chương”."""
        label = division_label(self.level, self.number) if self.level else ""
        return ". ".join(filter(None, (label, self.heading))) or gettext("Untitled text")

    def serve_preview(self, request, mode_name):
        """Show the draft heading in the whole text."""
        regulation = RegulationPage.objects.ancestor_of(self).get()
        pages = regulation_pages(regulation, live_only=False)
        return regulation.serve_text(
            request, body_of(regulation, pages=[self if p.pk == self.pk else p for p in pages])
        )

    def serve(self, request, *args, **kwargs):
        """Lead to the division's place in the full text: it has no page of its own."""
        regulation = RegulationPage.objects.ancestor_of(self).get()
        parts = body_of(regulation, request=request).parts
        anchor = next((part.anchor for part in parts if part.id == str(self.pk)), "")
        return HttpResponsePermanentRedirect(f"{regulation.get_url(request)}#{anchor}")


class ArticlePage(PartPage):
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
    number = models.CharField(
        _("number"),
        max_length=16,
        blank=True,
        help_text=_("Without a number this is text outside every article."),
    )
    heading = models.TextField(_("heading"), blank=True)
    intro = models.TextField(_("words before the first clause"), blank=True)
    clauses = StreamField(
        [("clause", ClauseBlock())], verbose_name=_("clauses"), blank=True, use_json_field=True
    )
    footnotes = StreamField(
        [("footnote", FootnoteBlock())],
        verbose_name=_("footnotes"),
        blank=True,
        use_json_field=True,
        collapsed=True,
    )
    eid = models.CharField(_("identifier"), max_length=64, editable=False)

    kind = "article"
    parent_page_types = PARENTS_OF_TEXT
    subpage_types = []

    content_panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("component")]),
        FieldPanel("heading"),
        FieldPanel("intro"),
        FieldPanel("clauses"),
        FieldPanel("footnotes"),
    ]
    search_fields = []  # readers find provisions, which lead to the clause itself

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def printed_title(self):
        """Return “Điều 5. Tên điều”."""
        label = f"Điều {self.number}" if self.number else gettext("Text outside the articles")
        return f"{label}. {self.heading}" if self.heading else label

    def structure(self):
        """Return the article as data, at the eid that its last publication gave it."""
        return article_of(self)

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
        own = path_of(self.eid) if self.eid else segments[-1]
        return site_id, root_url, f"/{'/'.join([*segments[:2], own])}/"

    def serve(self, request, *args, focused=None, **kwargs):
        """Serve the article, at its short address only; ``focused`` is the provision asked for."""
        if focused is None and not getattr(request, "is_preview", False):
            return HttpResponsePermanentRedirect(self.get_url(request))
        request.focused_provision = focused
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        article = self.structure()
        focused = getattr(request, "focused_provision", None)
        regulation = focused.regulation if focused else self.get_regulation()
        text = _with(body_of(regulation, request=request), article)
        context.update(reading_context(regulation, text, request))
        previous, following = neighbours(text.articles(), article.id)
        context.update(
            regulation=regulation,
            text=text,
            article=article,
            focus=focused.path if focused else article.path,
            focused=focused,
            previous_article=previous,
            next_article=following,
        )
        return context


def _with(text, article):
    """Return ``text`` with its article of this identity as given: in previews, as it will be."""
    known = any(part.id == article.id for part in text.parts)
    parts = tuple(article if part.id == article.id else part for part in text.parts)
    return replace(text, parts=parts if known else (*parts, article))


def _annex_of(text, id):
    """Return ``text`` with the annex of this identity alone, and the articles that follow it."""
    kept, is_inside = [], False
    for part in text.parts:
        if part.kind == "annex":
            is_inside = part.id == id
        if is_inside:
            kept.append(part)
    return replace(text, parts=tuple(kept))


def neighbours(articles, id):
    """Return the articles before and after the one with this ``id``, None where there is none."""
    place = next((n for n, each in enumerate(articles) if each.id == id), None)
    if place is None:
        return None, None
    before = articles[place - 1] if place else None
    return before, articles[place + 1] if place + 1 < len(articles) else None


class AnnexPage(PartPage):
    """An annex of a regulation, or a further part attached to it; may hold articles of its own."""

    label = models.CharField(
        _("name"), max_length=64, blank=True, help_text=_("As printed, such as “Phụ lục I”.")
    )
    number = models.CharField(_("number"), max_length=16, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    body = models.TextField(
        _("text"),
        blank=True,
        help_text=_("Lines that begin and end with | are rows of a table."),
    )

    kind = "annex"
    parent_page_types = ["regulations.RegulationPage"]
    subpage_types = ["regulations.DivisionPage", "regulations.ArticlePage"]

    content_panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("number")]),
        FieldPanel("heading"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")

    def printed_title(self):
        """Return “Phụ lục I. Tên phụ lục”."""
        return ". ".join(filter(None, (self.label, self.heading))) or gettext("Annex")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        regulation = RegulationPage.objects.ancestor_of(self).get()
        pages = regulation_pages(regulation, request=request)
        known = any(page.pk == self.pk for page in pages)
        pages = [self if page.pk == self.pk else page for page in pages]
        whole = body_of(regulation, pages=pages if known else [*pages, self])
        context.update(regulation=regulation, text=_annex_of(whole, str(self.pk)))
        context.update(reading_context(regulation, whole, request))
        return context
