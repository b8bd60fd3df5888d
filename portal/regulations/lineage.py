"""How a regulation stands among other documents: what its căn cứ are, and what follows from it."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from portal.core.text import fold
from portal.regulations.citations import document_name
from portal.regulations.edition_reading import readable_changes
from portal.regulations.models import Edition, RegulationPage, RelatedDocument
from portal.regulations.parsing.superseded import superseded_in

NUMBER = re.compile(r"\b\d+[a-zA-Z]?(?:/\d{4})?/[A-ZĐ][A-ZĐa-z0-9-]*(?:-[A-ZĐ][A-ZĐa-z0-9-]*)*")


def facts_of_basis(words):
    """Return what is known of a “Căn cứ …” from its words: number, status, what replaced it."""
    number = NUMBER.search(words)
    facts = {"document_number": number[0][:64] if number else ""}
    replaced = superseded_in(words)
    if replaced:
        facts["replaced_by"] = "; ".join(dict.fromkeys(row.replaced_by for row in replaced))[:255]
        since = [date(*map(int, reversed(row.since.split("/")))) for row in replaced]
        if len(replaced) == 1 and since[0] <= timezone.localdate():
            facts["legal_status"] = RegulationPage.Status.EXPIRED
    return facts


#: How the decision behind an edition stands to the text; the first one is the text's own.
RELATION_OF_KIND = {
    Edition.Kind.AMENDMENT: RelatedDocument.Relation.AMENDED_BY,
    Edition.Kind.CORRECTION: RelatedDocument.Relation.CORRECTED_BY,
    Edition.Kind.CONSOLIDATION: RelatedDocument.Relation.CONSOLIDATED_IN,
}


@dataclass(frozen=True)
class Relative:
    """A document in the lược đồ as readers see it."""

    relation: str
    relation_label: str
    name: str
    title: str = ""
    url: str = ""
    issuer: str = ""
    issued_on: object = None
    effective_on: object = None
    legal_status: str = ""
    legal_status_label: str = ""
    replaced_by: str = ""
    scope: str = ""


def relatives_of(regulation, request):
    """Return ``(bases, others)``: the documents that a regulation rests on, and all others.

    Regulations of the portal which name this one show here, too, unless closed to the visitor, and
    so do the decisions that enacted its editions.
    """
    documents = regulation.related_documents.select_related("page")
    readable = _readable_pages(documents, request)
    rows = [_forward(each, readable, request) for each in documents]
    naming_it = (
        RelatedDocument.objects.filter(page=regulation)
        .filter(regulation__in=RegulationPage.objects.readable_by(request))
        .select_related("regulation")
    )
    for row in [*(_backward(each, request) for each in naming_it), *_enacting(regulation, request)]:
        if fold(row.name) not in {fold(known.name) for known in rows}:
            rows.append(row)
    basis = RelatedDocument.Relation.BASIS
    bases = [_basis(each) for each in regulation.legal_bases.all()]
    return (
        bases + [row for row in rows if row.relation == basis],
        sorted((row for row in rows if row.relation != basis), key=_order),
    )


def _order(row):
    return list(RelatedDocument.Relation.values).index(row.relation)


def _readable_pages(documents, request):
    wanted = [each.page_id for each in documents if each.page_id]
    if not wanted:
        return set()
    found = RegulationPage.objects.readable_by(request).filter(pk__in=wanted)
    return set(found.values_list("pk", flat=True))


def _enacting(regulation, request):
    """Yield the decisions by which the text became another one, each once."""
    editions = regulation.editions.standing().in_order().without_text().prefetch_related("changes")
    editions = [each for each in editions if each.kind in RELATION_OF_KIND and each.decision_number]
    changes = readable_changes(editions, request)
    for number, group in groupby(editions, key=lambda each: each.decision_number):
        of_one = list(group)
        labels = [change.label for each in of_one for change in changes[each.number]]
        relation = RELATION_OF_KIND[of_one[0].kind]
        yield Relative(
            relation,
            str(relation.label),
            document_name(number),
            title=of_one[0].decision_title,
            url=reverse("regulation_edition", args=[regulation.slug, of_one[0].number]),
            issued_on=of_one[0].decision_date,
            effective_on=of_one[0].effective_on,
            scope=", ".join(dict.fromkeys(filter(None, labels))),
        )


def _basis(basis):
    return Relative(
        RelatedDocument.Relation.BASIS,
        str(RelatedDocument.Relation.BASIS.label),
        basis.text,
        legal_status=basis.legal_status,
        legal_status_label=basis.get_legal_status_display(),
        replaced_by=basis.replaced_by,
    )


def _forward(document, readable, request):
    is_readable = document.page_id in readable
    return Relative(
        document.relation,
        document.get_relation_display(),
        document.name,
        title=document.title or (document.page.title if is_readable else ""),
        url=document.page.get_url(request) if is_readable else document.url,
        issuer=document.issuer,
        issued_on=document.issued_on,
        effective_on=document.effective_on,
        legal_status=document.legal_status,
        legal_status_label=document.get_legal_status_display(),
        scope=document.scope,
    )


def _backward(document, request):
    other = document.regulation
    relation = document.reverse_relation
    number = other.document_number
    return Relative(
        relation,
        str(relation.label),
        document_name(number) if number else other.title,
        title=other.title,
        url=other.get_url(request),
        issuer=other.issuer,
        issued_on=other.issued_on,
        effective_on=other.effective_on,
        legal_status=other.legal_status,
        legal_status_label=other.get_legal_status_display(),
        scope=document.scope,
    )
