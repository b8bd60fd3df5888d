"""The obligations of a regulation: kind, who, to whom, how often, due when, and by which words."""

from dataclasses import replace

from portal.units.proposing.articles import SILENT
from portal.units.proposing.cadences import ORDER, cadences_in
from portal.units.proposing.directory import CERTAIN, LIKELY, UNSURE
from portal.units.proposing.due_rules import due_for, dues_in
from portal.units.proposing.kinds import PRINCIPLES
from portal.units.proposing.readings import TIMED, Reading, Subject
from portal.units.proposing.sentences import pieces_of
from portal.units.proposing.spelling import usual_spelling
from portal.units.proposing.subjects import agents_of, subject_of
from portal.units.proposing.unit_patterns import (
    AGENCIES,
    CENTRE,
    COMMUNE_BODIES,
    DISTRICT_BODIES,
    MANAGER,
)
from portal.units.proposing.units import Source

_EVERYBODY = (AGENCIES, DISTRICT_BODIES, COMMUNE_BODIES)


def obligations_of(articles, reader, directory):
    """Return the obligations of ``articles`` in the order of the text."""
    found = []
    for article in articles:
        if article.sort == SILENT:
            continue
        convenor = Subject(tuple(directory.resolve([MANAGER])[:1]), UNSURE)
        leads = {}
        for clause in article.clauses:
            new, convenor = _of_clause(clause, article, reader, directory, convenor)
            if clause.lead and not new:
                new = _of_point(clause.text, clause.eid, leads.get(clause.lead_eid, []))
            leads[clause.eid] = new
            found.extend(new)
        found = _without_leads(found, article)
    return found


def _last_act(found):
    """Return the obligations of the act that was said last; what follows may go on about it."""
    return [each for each in found if each.sources == found[-1].sources][-1:]


def _of_point(text, eid, of_lead):
    """Return the duties of a lead with the cadence that its point names: “a) Tháng: ngày 25”."""
    cadences, dues = cadences_in(text), dues_in(text)
    names = sorted({each.name for each in cadences}, key=ORDER.index)
    source = Source(eid, text.strip())
    found = []
    for obligation in of_lead if text.strip() else ():
        for name in names if obligation.kind in TIMED else ():
            due = due_for(name, cadences, dues)
            new = replace(obligation, cadence=name, sources=[source])
            new.due = due.as_rule(name) if due else None
            found.append(new)
    return found


def _without_leads(found, article):
    """Leave out what a lead says in general and its points say with their cadences."""
    leads = {clause.eid for clause in article.clauses if clause.text.rstrip().endswith(":")}
    said = {
        (each.kind, clause.lead_eid)
        for clause in article.clauses
        if clause.lead
        for each in found
        if each.sources[0].eid == clause.eid
    }
    return [
        each
        for each in found
        if each.cadence != "standing"
        or each.sources[0].eid not in leads
        or (each.kind, each.sources[0].eid) not in said
    ]


def subjects_of(article, reader, directory):
    """Return ``[(clause, keys)]``: who answers for each clause of an article."""
    found = []
    for clause in article.clauses:
        subject = _inherited(clause, article, reader, directory)
        pieces = pieces_of(clause.text)
        if pieces:
            named = _named(pieces[0].words, reader, directory)
            subject = named if named.keys else subject
        found.append((clause, subject.keys))
    return found


def _of_clause(clause, article, reader, directory, convenor):
    """Return the obligations of a clause, and who convenes where later ones do not say."""
    subject = _inherited(clause, article, reader, directory)
    lead_cadences = [] if article.sort == PRINCIPLES else cadences_in(_opening(clause.lead))
    everybody = Subject(tuple(directory.resolve(_EVERYBODY)), UNSURE)
    found = []
    for piece in pieces_of(clause.text):
        words = usual_spelling(piece.words)
        named = _named(words, reader, directory, clause)
        if named.keys:
            subject = named
            convenor = Subject(named.keys, LIKELY)
        source = Source(clause.eid, piece.words)
        mentions = reader.mentions(words)
        reading = Reading(
            source, article, words, mentions, subject, convenor, everybody, lead_cadences
        )
        new = reading.obligations(directory)
        if not new and not piece.first and found:
            new = _of_point(piece.words, clause.eid, _last_act(found))
        for obligation in new:
            _add(found, obligation)
        subject = Subject(subject.keys, subject.confidence)
    return found, convenor


def _opening(lead):
    """Return the words with which a lead opens its points: its last sentence."""
    pieces = pieces_of(lead)
    return pieces[-1].words if pieces and lead.rstrip().endswith(":") else ""


def _named(words, reader, directory, clause=None):
    """Return the subject that a sentence names; told its clause, its units become known."""
    known = reader.mentions(words)
    mentions, end = subject_of(words, known)
    mentions = mentions or agents_of(words, known)
    for mention in mentions if clause else ():
        directory.note(mention, Source(clause.eid, mention.words), LIKELY)
    keys = directory.resolve(key for mention in mentions for key in mention.keys)
    return Subject(tuple(keys), CERTAIN, end) if keys else Subject()


def _inherited(clause, article, reader, directory):
    """Return the subject of a clause that names none: its lead's, its article's, everybody."""
    if clause.lead:
        named = _named(clause.lead, reader, directory)
        if named.keys:
            return Subject(named.keys, CERTAIN)
    keys = directory.resolve(article.own)
    if keys:
        return Subject(tuple(keys), LIKELY if CENTRE in keys else CERTAIN)
    if article.sort == PRINCIPLES:
        return Subject(tuple(directory.resolve(_EVERYBODY)), LIKELY)
    return Subject()


def _add(found, new):
    """Add an obligation; the same one said twice in a clause is one with both its words."""
    for known in found:
        same = (known.kind, known.cadence, known.units) == (new.kind, new.cadence, new.units)
        if same and new.kind != "other":
            known.sources.extend(new.sources)
            known.due = known.due or new.due
            known.counterparts.extend(
                key for key in new.counterparts if key not in known.counterparts
            )
            return
    if not new.counterparts:
        new.counterparts = next(
            (list(known.counterparts) for known in found if known.kind == new.kind), []
        )
    found.append(new)
