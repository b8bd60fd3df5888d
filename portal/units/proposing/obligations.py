"""The obligations of a regulation: kind, who, to whom, how often, due when, and by which words."""

import re
from dataclasses import dataclass, field

from portal.units.proposing.articles import SILENT
from portal.units.proposing.cadences import ORDER, cadences_in, is_on_receipt
from portal.units.proposing.directory import CERTAIN, LIKELY, UNSURE
from portal.units.proposing.due_rules import due_for, dues_in
from portal.units.proposing.kinds import PRINCIPLES, acts_in
from portal.units.proposing.mentions import (
    AGENCIES,
    CENTRE,
    COMMUNE_BODIES,
    DISTRICT_BODIES,
    STAFF,
)
from portal.units.proposing.sentences import pieces_of
from portal.units.proposing.subjects import counterparts_of, subject_of
from portal.units.proposing.units import Source

#: Kinds whose cadence may stand anywhere in their sentence; others have it before the verb.
_TIMED = frozenset(
    {"report", "meet", "review_year", "plan_budget", "appraise_budget", "supply_data", "train"}
)
_BY_RECEIPT = frozenset({"handle_information", "report"})
_FINANCE = re.compile(r"\b(?:tai chinh|ke hoach dau tu)\b")
_EVERYBODY = (AGENCIES, DISTRICT_BODIES, COMMUNE_BODIES)
_SPECIAL_REQUEST = re.compile(r"theo\s+yêu\s+cầu(?:\s+đặc\s+thù)?", re.IGNORECASE)


@dataclass
class Obligation:
    """A duty of ``units`` (keys of the directory) towards ``counterparts``."""

    kind: str
    units: tuple[str, ...]
    cadence: str
    confidence: str
    counterparts: list[str] = field(default_factory=list)
    due: dict | None = None
    sources: list[Source] = field(default_factory=list)


@dataclass(frozen=True)
class _Subject:
    """Who owes what a sentence says, and how sure that is."""

    keys: tuple[str, ...] = ()
    confidence: str = UNSURE
    end: int = 0


def obligations_of(articles, reader, directory):
    """Return the obligations of ``articles`` in the order of the text."""
    found = []
    for article in articles:
        if article.sort == SILENT:
            continue
        for clause in article.clauses:
            found.extend(_of_clause(clause, article, reader, directory))
    return found


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


def _of_clause(clause, article, reader, directory):
    subject = _inherited(clause, article, reader, directory)
    lead_cadences = [] if article.sort == PRINCIPLES else cadences_in(_opening(clause.lead))
    found = []
    for piece in pieces_of(clause.text):
        mentions = reader.mentions(piece.words)
        named = _named(piece.words, reader, directory, clause)
        subject = named if named.keys else subject
        reading = _Reading(clause, article, piece.words, mentions, subject, lead_cadences)
        for obligation in reading.obligations(directory):
            _add(found, obligation)
    return found


def _opening(lead):
    """Return the words with which a lead opens its points: its last sentence."""
    pieces = pieces_of(lead)
    return pieces[-1].words if pieces and lead.rstrip().endswith(":") else ""


def _named(words, reader, directory, clause=None):
    """Return the subject that a sentence names; its units become known."""
    mentions, end = subject_of(words, reader.mentions(words))
    for mention in mentions if clause else ():
        directory.note(mention, Source(clause.eid, words), LIKELY)
    keys = directory.resolve(key for mention in mentions for key in mention.keys)
    return _Subject(tuple(keys), CERTAIN, end) if keys else _Subject()


def _inherited(clause, article, reader, directory):
    """Return the subject of a clause that names none: its lead's, its article's, everybody."""
    if clause.lead:
        named = _named(clause.lead, reader, directory)
        if named.keys:
            return named
    keys = directory.resolve(article.own)
    if keys:
        return _Subject(tuple(keys), LIKELY if CENTRE in keys else CERTAIN)
    if article.sort == PRINCIPLES:
        return _Subject(tuple(directory.resolve(_EVERYBODY)), LIKELY)
    return _Subject()


@dataclass(frozen=True)
class _Reading:
    """One piece of a clause with all that is known about it."""

    clause: object
    article: object
    words: str
    mentions: list
    subject: _Subject
    lead_cadences: list

    def obligations(self, directory):
        """Return the obligations that the piece lays on its subject."""
        by_finance = any(_FINANCE.search(key) for key in self.subject.keys)
        found = []
        masked = self._masked()
        for act in acts_in(masked, article=self.article.sort, by_finance=by_finance):
            cadences = self._cadences(act)
            dues = dues_in(self.words) if act.kind in _TIMED else []
            for name in sorted({each.name for each in cadences}, key=ORDER.index) or [
                self._unsaid(act)
            ]:
                found.append(
                    Obligation(
                        kind=act.kind,
                        units=self.subject.keys,
                        cadence=name,
                        confidence=self._confidence(act),
                        counterparts=self._counterparts(act, directory),
                        due=_due(name, cadences, dues),
                        sources=[Source(self.clause.eid, self.words)],
                    )
                )
        return found

    def _masked(self):
        """Return the piece with its units blanked, of the same length."""
        masked = self.words
        for mention in self.mentions:
            blank = "•" * (mention.end - mention.start)
            masked = masked[: mention.start] + blank + masked[mention.end :]
        return masked

    def _cadences(self, act):
        if act.kind in _TIMED:
            found = cadences_in(self.words)
        else:
            found = cadences_in(self.words[: act.start])
        return found or self.lead_cadences

    def _unsaid(self, act):
        """Return the cadence of an act whose sentence names none."""
        if act.kind == "review_year":
            return "annual"
        if act.kind in _BY_RECEIPT and is_on_receipt(self.words[: act.end]):
            return "on_request"
        if act.kind == "share_data" and _SPECIAL_REQUEST.search(self.words):
            return "on_request"
        return "standing"

    def _confidence(self, act):
        if not self.subject.keys:
            return UNSURE
        if act.kind == "other" or self.article.sort == PRINCIPLES:
            return LIKELY
        return self.subject.confidence

    def _counterparts(self, act, directory):
        start = max(self.subject.end, 0 if act.kind in _TIMED else act.start)
        mentions = counterparts_of(self.words, self.mentions, start)
        mentions = [mention for mention in mentions if mention.keys != (STAFF,)]
        for mention in mentions:
            directory.note(mention, Source(self.clause.eid, self.words), LIKELY)
        keys = directory.resolve(key for mention in mentions for key in mention.keys)
        return [key for key in keys if key not in self.subject.keys]


def _due(name, cadences, dues):
    due = due_for(name, cadences, dues) if dues and cadences else None
    return due.as_json() if due else None


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
