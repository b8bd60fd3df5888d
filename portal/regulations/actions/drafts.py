"""From a parsed text to draft pages that hold every word of it."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.regulations.citations import path_of
from portal.regulations.lineage import facts_of_basis
from portal.regulations.models import (
    AnnexPage,
    ArticlePage,
    DivisionPage,
    LegalBasis,
    RegulationPage,
)
from portal.regulations.naming import free_address, short_address, title_for_people

LABEL_LENGTH = AnnexPage._meta.get_field("label").max_length
#: What of a page changes when others are added beside or below it.
TREE_FIELDS = ("path", "depth", "numchild")
LEVEL_DEPTHS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3}


@dataclass(eq=False)
class TextPart:
    """A page of a text, and the part that it stands below, None directly below the regulation."""

    page: object
    above: "TextPart | None" = None

    @property
    def annex(self):
        """Return the annex that it is or stands in, None for the text itself."""
        if self.page.kind == "annex":
            return self
        return self.above.annex if self.above else None


@transaction.atomic
def create_draft_pages(parsed, *, parent, user):
    """Create the draft pages of a parsed regulation (the JSON of the contract) below ``parent``.

    Nothing of it is public before ``publish_regulation``. Return the regulation's page.
    """
    page = _regulation_page(parsed, user)
    page.slug = free_address(parent, page.slug)
    page.legal_bases = [
        LegalBasis(text=basis, sort_order=order, **facts_of_basis(basis))
        for order, basis in enumerate(_head_of(parsed).get("legal_bases") or [])
    ]
    regulation = _add(parent, page, user)
    for part in text_parts(parsed):
        above = part.above.page if part.above else regulation
        above.refresh_from_db(fields=TREE_FIELDS)
        _add(above, part.page, user)
    return regulation


def text_parts(parsed):
    """Return the unsaved pages of a parsed text in reading order, as ``TextPart``."""
    parts = [
        TextPart(article_page(article, "qd"))
        for article in (parsed["decision"] or {}).get("articles", [])
    ]
    parts += _divisions(parsed["regulation"]["divisions"], None)
    for ordinal, annex in enumerate(parsed["regulation"].get("annexes") or [], start=1):
        part = TextPart(annex_page(annex, ordinal))
        parts += [part, *_divisions(annex.get("divisions") or [], part)]
    return parts


def _head_of(parsed):
    """Return the cover decision, or the document's own head where it needs no decision."""
    return parsed["decision"] or parsed["regulation"].get("instrument") or {}


def _regulation_page(parsed, user):
    decision = _head_of(parsed)
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


def _divisions(divisions, top):
    """Yield what stands below ``top``: every heading below the nearest one of a higher level."""
    open_parts = [(-1, top)]
    for division in divisions:
        level, above = division["level"], top
        if level is not None:
            depth = LEVEL_DEPTHS[level]
            while open_parts[-1][0] >= depth:
                open_parts.pop()
            above = TextPart(division_page(division), open_parts[-1][1])
            open_parts.append((depth, above))
            yield above
        for article in division["articles"]:
            yield TextPart(article_page(article, "qc"), above)


def division_page(division):
    """Return the unsaved page of a parsed heading."""
    return DivisionPage(
        level=division["level"],
        number=division["number"] or "",
        heading=division["title"] or "",
    )


def article_page(article, component):
    """Return the unsaved page of a parsed article."""
    return ArticlePage(
        slug=path_of(article["eid"]),
        component=component,
        number=article["number"],
        heading=article["title"],
        intro=article["intro"],
        eid=article["eid"],
        clauses=[_clause_block(clause) for clause in article["clauses"]],
        footnotes=[
            _block("footnote", {"mark": note["mark"], "text": note["text"]})
            for note in article.get("footnotes") or []
        ],
    )


def _clause_block(clause):
    """Return a clause as a block; the identifiers given here stay with it for good."""
    return _block(
        "clause",
        {
            "number": clause["number"] or "",
            "text": clause["text"],
            "points": [
                _block("item", {"label": point["label"] or "", "text": point["text"]})
                for point in clause["points"]
            ],
        },
    )


def _block(kind, value):
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def annex_page(annex, ordinal):
    """Return the unsaved page of a parsed annex, the ``ordinal``-th of the text."""
    label, heading = annex.get("label") or "", annex.get("title") or ""
    if len(label) > LABEL_LENGTH:  # a part that the source calls by a whole sentence
        label, heading = "", f"{label} {heading}".strip()
    return AnnexPage(
        label=label or ("" if heading else _("Annex %(number)s") % {"number": ordinal}),
        number=str(annex.get("number") or "")[:16],
        heading=heading,
        body=annex.get("text") or "",
    )
