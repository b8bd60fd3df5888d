"""The text as JSON: regulations, articles, provisions."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from portal.core.models.page import may_read
from portal.regulations.models import ArticlePage, Provision, RegulationPage

router = Router(tags=["quy-che"])


class RegulationOut(Schema):
    slug: str
    title: str
    document_number: str
    issuer: str
    issued_on: date | None
    effective_on: date | None
    legal_status: str
    url: str


class ProvisionOut(Schema):
    eid: str
    kind: str
    number: str
    label: str
    citation: str
    heading: str
    text: str
    url: str
    repealed: bool


class PointOut(Schema):
    label: str | None
    eid: str
    text: str


class ClauseOut(Schema):
    number: str | None
    eid: str
    text: str
    points: list[PointOut]


class ArticleOut(Schema):
    number: str
    eid: str
    heading: str
    intro: str
    url: str
    clauses: list[ClauseOut]


def _regulation(request, slug):
    return get_object_or_404(RegulationPage.objects.readable_by(request), slug=slug)


@router.get("", response=list[RegulationOut], summary=_("Regulations that the reader may see"))
def list_regulations(request):
    return RegulationPage.objects.readable_by(request).order_by("title")


@router.get("{slug}/", response=RegulationOut, summary=_("One regulation"))
def get_regulation(request, slug: str):
    return _regulation(request, slug)


@router.get("{slug}/dieu/", response=list[ProvisionOut], summary=_("The articles of a regulation"))
def list_articles(request, slug: str):
    regulation = _regulation(request, slug)
    rows = Provision.objects.readable_by(request).filter(regulation=regulation, kind="article")
    return _with_regulation(rows, regulation)


@router.get("{slug}/dieu/{number}/", response=ArticleOut, summary=_("One article, whole"))
def get_article(request, slug: str, number: str):
    regulation = _regulation(request, slug)
    articles = ArticlePage.objects.readable_by(request).descendant_of(regulation)
    # A text as it was found may number two articles alike: the first answers.
    article = articles.filter(number=number, component=ArticlePage.Component.REGULATION).first()
    if article is None:
        raise Http404
    return {
        "number": article.number,
        "eid": article.eid,
        "heading": article.heading,
        "intro": article.intro,
        "url": article.get_url(request),
        "clauses": [
            {
                "number": clause.number or None,
                "eid": clause.eid,
                "text": clause.text,
                "points": [
                    {"label": point.label or None, "eid": point.eid, "text": point.text}
                    for point in clause.points
                ],
            }
            for clause in article.structure().clauses
        ],
    }


@router.get(
    "{slug}/{eid}/",
    response=ProvisionOut,
    summary=_("One provision by identifier"),
    description=_("The provision that has the identifier today, else the one that had it last."),
)
def get_provision(request, slug: str, eid: str):
    regulation = _regulation(request, slug)
    row = regulation.provisions.with_eid(eid)
    if row is None or row.article is None or not may_read(row.article, request):
        raise Http404
    return _with_regulation([row], regulation)[0]


def _with_regulation(rows, regulation):
    rows = list(rows)
    for row in rows:
        row.regulation = regulation
    return rows
