"""What is done to a regulation: pages from a parsed text, publication, the provision index."""

import hashlib
import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.audit import record
from portal.regulations.citations import article_label, path_of
from portal.regulations.models import (
    AnnexPage,
    ArticlePage,
    DivisionPage,
    Edition,
    LegalBasis,
    Provision,
    RegulationPage,
)
from portal.regulations.naming import free_address, short_address, title_for_people
from portal.regulations.outline import regulation_pages
from portal.regulations.signals import index_paused
from portal.regulations.snapshots import regulation_as_json


class EverPublished(PermissionDenied):
    """A legal text that was ever published cannot be deleted, only archived."""


LEVEL_NAMES = {
    "part": "Phần",
    "chapter": "Chương",
    "section": "Mục",
    "subsection": "Tiểu mục",
}
LEVEL_DEPTHS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3}


@transaction.atomic
def create_draft_pages(parsed, *, parent, user):
    """Create the draft pages of a parsed regulation (the JSON of the contract) below ``parent``.

    Nothing of it is public before ``publish_regulation``. Return the regulation's page.
    """
    page = _regulation_page(parsed, user)
    page.slug = free_address(parent, page.slug)
    regulation = _add(parent, page, user)
    for basis in (parsed["decision"] or {}).get("legal_bases", []):
        LegalBasis.objects.create(regulation=regulation, text=basis)
    _add_articles(regulation, (parsed["decision"] or {}).get("articles", []), "qd", user)
    _add_divisions(regulation, parsed["regulation"]["divisions"], user)
    for ordinal, annex in enumerate(parsed["regulation"].get("annexes") or [], start=1):
        _add(regulation, _annex_page(annex, ordinal), user)
    regulation.refresh_from_db()
    regulation.save_revision(user=user)
    return regulation


def _regulation_page(parsed, user):
    decision = parsed["decision"] or {}
    signer = decision.get("signer") or {}
    title = parsed["regulation"]["title"].strip() or decision.get("title") or _("Untitled text")
    title = title_for_people(title)
    return RegulationPage(
        title=title[:255],
        slug=short_address(decision.get("number") or "", title),
        show_in_menus=False,
        document_number=decision.get("number") or "",
        issuer=(decision.get("issuer") or "")[:255],
        issued_on=decision.get("issued_on"),
        effective_on=decision.get("issued_on"),
        decision_title=decision.get("title") or "",
        recipients="\n".join(decision.get("recipients") or []),
        signer_capacity=(signer.get("capacity") or "")[:255],
        signer_name=(signer.get("name") or "")[:255],
        closing_note=parsed["regulation"].get("closing_note") or "",
        owner=user,
        live=False,
    )


def _add(parent, page, user):
    page.live = False
    page.owner = user
    parent.add_child(instance=page)
    page.save_revision(user=user)
    return page


def _add_divisions(regulation, divisions, user):
    """Hang every division below the nearest heading of a higher level, in reading order."""
    open_pages = [(-1, regulation)]
    for division in divisions:
        level = division["level"]
        if level is None:
            _add_articles(regulation, division["articles"], "qc", user)
            continue
        depth = LEVEL_DEPTHS[level]
        while open_pages[-1][0] >= depth:
            open_pages.pop()
        page = _add(open_pages[-1][1], _division_page(division), user)
        open_pages.append((depth, page))
        _add_articles(page, division["articles"], "qc", user)


def _division_page(division):
    name = f"{LEVEL_NAMES[division['level']]} {division['number'] or ''}".strip()
    heading = division["title"] or ""
    return DivisionPage(
        title=(f"{name}. {heading}" if heading else name)[:255],
        slug="",
        level=division["level"],
        number=division["number"] or "",
        heading=heading,
    )


def _add_articles(parent, articles, component, user):
    for article in articles:
        _add(parent, _article_page(article, component), user)
        parent.refresh_from_db()


def _article_page(article, component):
    label = f"Điều {article['number']}"
    title = f"{label}. {article['title']}" if article["title"] else label
    return ArticlePage(
        title=title[:255],
        slug=path_of(article["eid"]),
        component=component,
        number=article["number"],
        heading=article["title"],
        intro=article["intro"],
        eid=article["eid"],
        clauses=[
            {
                "type": "clause",
                "value": {
                    "number": clause["number"] or "",
                    "text": clause["text"],
                    "points": [
                        {"label": point["label"] or "", "text": point["text"]}
                        for point in clause["points"]
                    ],
                },
            }
            for clause in article["clauses"]
        ],
    )


def _annex_page(annex, ordinal):
    title = annex.get("title") or _("Annex %(number)s") % {"number": ordinal}
    return AnnexPage(
        title=title[:255],
        number=str(annex.get("number") or ""),
        heading=title,
        body=annex.get("text") or "",
    )


@transaction.atomic
def publish_regulation(regulation, *, user):
    """Publish the regulation and every page below it as they stand, and index its provisions."""
    with index_paused():
        for page in [regulation, *regulation_pages(regulation, live_only=False)]:
            revision = page.get_latest_revision() or page.save_revision(user=user)
            revision.publish(user=user)
    regulation.refresh_from_db()
    rebuild_provisions(regulation)
    record("regulations.publish", regulation, user=user)
    return regulation


@transaction.atomic
def rebuild_provisions(regulation):
    """Bring the provision index in line with the published text.

    Rows are matched by identifier and never deleted: what has left the text is marked
    repealed. Return the number of provisions in force.
    """
    known = {row.eid: row for row in Provision.objects.filter(regulation=regulation)}
    seen, position = set(), 0
    for page in regulation_pages(regulation):
        if isinstance(page, ArticlePage):
            for row in _article_rows(page):
                position += 1
                _keep(known, regulation, row, position)
                seen.add(row["eid"])
    Provision.objects.filter(regulation=regulation).exclude(eid__in=seen).update(repealed=True)
    return position


def _article_rows(article):
    label = article_label(article.number, article.component)
    yield {
        "eid": article.eid,
        "article": article,
        "parent_eid": None,
        "kind": Provision.Kind.ARTICLE,
        "number": article.number,
        "label": label,
        "heading": article.heading,
        "text": article.intro,
    }
    for clause in article.outline():
        yield _row(article, clause, Provision.Kind.CLAUSE, clause.number, article.eid)
        for point in clause.points:
            yield _row(article, point, Provision.Kind.POINT, point.label, clause.eid)


def _row(article, part, kind, number, parent_eid):
    return {
        "eid": part.eid,
        "article": article,
        "parent_eid": parent_eid,
        "kind": kind,
        "number": number,
        "label": part.citation,
        "heading": "",
        "text": part.text,
    }


def _keep(known, regulation, row, position):
    values = {**row, "path": path_of(row["eid"]), "position": position, "repealed": False}
    parent = known.get(values.pop("parent_eid"))
    provision = known.get(row["eid"]) or Provision(regulation=regulation, eid=row["eid"])
    provision.parent = parent
    for name, value in values.items():
        setattr(provision, name, value)
    provision.save()
    known[row["eid"]] = provision


@transaction.atomic
def enact_edition(regulation, *, effective_on, decision_number, user):
    """Freeze the published text as the next edition, in force from a day."""
    regulation = RegulationPage.objects.select_for_update().get(pk=regulation.pk)
    snapshot = regulation_as_json(regulation)
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True)
    last = regulation.editions.order_by("-number").first()
    edition = Edition.objects.create(
        regulation=regulation,
        number=last.number + 1 if last else 1,
        effective_on=effective_on,
        decision_number=decision_number,
        snapshot=snapshot,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        created_by=user,
    )
    record("regulations.enact_edition", regulation, user=user, edition=edition.number)
    return edition


def refuse_deleting_published_text(page):
    """Raise ``EverPublished`` when ``page`` holds legal text that was ever published."""
    legal = (RegulationPage, DivisionPage, ArticlePage, AnnexPage)
    tree = Page.objects.descendant_of(page, inclusive=True).filter(first_published_at__isnull=False)
    if tree.type(*legal).exists():
        raise EverPublished(
            _("A legal text that was published cannot be deleted. Unpublish (archive) it instead.")
        )
