"""A regulation's text made ready to be drawn: what it says of itself, and what editors decided."""

from portal.regulations.annotations import AnnotatedText, Decisions, analyse, identity_of
from portal.regulations.definitions import DefinedTerm
from portal.regulations.references import Reference
from portal.regulations.references.finding import sentences_of


def annotated(regulation, text, *, base, in_page=False):
    """Return ``text`` of ``regulation`` ready to be drawn, with what editors decided.

    Three queries, whatever the length; the text may be the one in force, a draft or an edition.
    """
    return AnnotatedText(text, base=base, in_page=in_page, decisions=decisions_on(regulation, text))


def decisions_on(regulation, text):
    """Return what editors decided on the references and terms of ``text``."""
    if regulation.pk is None:
        return Decisions()
    parts = {identity_of(part): part for part in text.by_eid().values()}
    targets, added = {}, []
    rows = regulation.cross_references.all()
    for row in rows.exclude(status=rows.model.Status.PROPOSED):
        leads = row.status == row.Status.CONFIRMED
        targets[row.key] = row.target_key if leads else None
        if leads and row.origin == row.Origin.HAND:
            added += _placed(row, parts.get(row.source_key))
    terms = regulation.definitions.all()
    terms = list(terms.exclude(status=terms.model.Status.PROPOSED))
    return Decisions(
        targets=targets,
        rejected_terms=frozenset(row.folded for row in terms if row.status == row.Status.REJECTED),
        definitions=tuple(
            _as_definition(row, parts) for row in terms if row.status == row.Status.CONFIRMED
        ),
        added=tuple(added),
        documents=_documents(regulation, text),
    )


def _documents(regulation, text):
    """Return the addresses of other documents by number, where the text cites any."""
    if not any(reference.document for reference in analyse(text).references):
        return {}
    related = regulation.related_documents.all()
    return {each.number.casefold(): each.url for each in related if each.number and each.url}


def _placed(row, part):
    """Return a reference made by hand at the first place of its words, nothing if they are gone."""
    if part is None:
        return []
    sentence = dict(sentences_of(part)).get(row.field, "")
    start = sentence.find(row.words)
    if start < 0:
        return []
    end = start + len(row.words)
    return [Reference(part.eid, part.id, row.field, start, end, row.words, ())]


def _as_definition(row, parts):
    source = parts.get(row.source_key)
    return DefinedTerm(
        row.term,
        row.meaning,
        source.eid if source else "",
        row.source_key,
        row.field,
        row.until,
        row.names,
        row.is_inline,
    )
