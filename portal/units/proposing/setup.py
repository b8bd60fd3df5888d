"""Everything a regulation proposes for a portal of its own, by ``setup.schema.json``."""

import re

from portal.core.text import nfc
from portal.units.proposing.articles import SILENT, read_article
from portal.units.proposing.centre import name_of_centre, short_name_of_centre
from portal.units.proposing.directory import CERTAIN, LIKELY, UNSURE, Directory
from portal.units.proposing.mentions import Reader
from portal.units.proposing.obligations import obligations_of, subjects_of
from portal.units.proposing.places import place_in
from portal.units.proposing.roles import read_roles, role_names
from portal.units.proposing.unit_patterns import (
    AGENCIES,
    CENTRE,
    COMMUNE_BODIES,
    DISTRICT_BODIES,
    ROLES,
)
from portal.units.proposing.units import Source, articles_of, propose_units

_MAIN_GROUPS = frozenset({AGENCIES, COMMUNE_BODIES, DISTRICT_BODIES})
#: What a text may call its centre; a title that names no body is no name to look for.
_BODY = re.compile(r"(?:trung\s+tâm|bộ\s+phận|tổ|phòng|ban|[\w-]*IOC)\b", re.IGNORECASE)
#: “Cơ quan chủ quản, cơ quan quản lý” heads an article about roles; it is nobody's name.
_ROLE_HEADING = re.compile(
    r"(?:cơ\s+quan|đơn\s+vị)\s+(?:chủ|quản\s+lý|vận\s+hành|phối\s+hợp|tham\s+gia|chịu)",
    re.IGNORECASE,
)
LONGEST_TERM = 60
_SCOPE = re.compile(r"phạm vi|đối tượng", re.IGNORECASE)
_DEFINES = re.compile(r"chia\s+sẻ\s+dữ\s+liệu|cấu\s+trúc\s+dữ\s+liệu", re.IGNORECASE)


def propose_setup(structure):
    """Return the proposals by the contract for the regulation that ``parse_regulation`` prints so.

    The contract has no word for the month after a period; ``read_setup`` has.
    """
    setup = _proposals(structure)
    for obligation in setup["obligations"]:
        if obligation["due"]:
            obligation["due"] = _without_after_period(obligation["due"])
    return setup


def read_setup(structure):
    """Return the same, where a day of the month after the period has that month: ``next``."""
    setup = _proposals(structure)
    for obligation in setup["obligations"]:
        due = obligation["due"]
        if due:
            obligation["due"] = _without_after_period(due)
            if due["after_period"]:
                obligation["due"]["month_of_period"] = "next"
    return setup


def _without_after_period(due):
    return {name: value for name, value in due.items() if name != "after_period"}


def _proposals(structure):
    parsed = articles_of(structure)
    names, reader = _names_and_reader(structure, parsed)
    articles = [
        read_article(article, reader, division["title"] or "")
        for division in structure["regulation"]["divisions"]
        for article in division["articles"]
    ]
    directory = Directory()
    _take_headings(articles, reader, directory)
    _take_mentions(articles, reader, directory)
    read_roles(articles, reader, directory)
    _take_centre(articles, reader, directory, names)
    obligations = obligations_of(articles, reader, directory)
    responsibilities = _responsibilities(articles, reader, directory)
    definitions = _definitions(articles)
    keys = directory.public_keys()
    owner, managers, coordinators = role_names(directory)
    return {
        "centre": {
            "name": names[0],
            "short_name": names[1],
            "owner": owner,
            "managers": managers,
            "coordinators": coordinators,
        },
        "units": directory.units(),
        "responsibilities": [
            {"unit": keys[key], "eid": eid, "text": text} for key, eid, text in responsibilities
        ],
        "obligations": [_obligation(each, keys, definitions) for each in obligations],
    }


def _names_and_reader(structure, parsed):
    """Return ``((name, short name), Reader)``: what the centre is called, and who knows it."""
    texts = _texts_that_name_the_centre(structure, parsed)
    name = name_of_centre(texts, structure["regulation"]["title"] or "")
    names = (name, short_name_of_centre(texts))
    proposed = [
        re.split(r"\s+thuộc\s", unit.name)[0] for unit in propose_units(parsed) if not unit.is_group
    ]
    unit_names = [
        each for each in proposed if len(each.split()) > 1 and not _ROLE_HEADING.match(each)
    ]
    centre_names = [each for each in names if each and _BODY.match(each)]
    return names, Reader(place_in(name), centre_names=centre_names, unit_names=unit_names)


def _texts_that_name_the_centre(structure, parsed):
    """Return texts in the order of their weight: the decision's, the regulation's title, body."""
    decision = structure.get("decision") or {}
    texts = [article["intro"] or "" for article in decision.get("articles", [])]
    for article in [*decision.get("articles", []), *parsed]:
        texts.extend(clause["text"] or "" for clause in article["clauses"])
        texts.append(article["intro"] or "")
    texts.insert(min(3, len(texts)), structure["regulation"]["title"] or "")
    return [nfc(text) for text in texts if text]


def _take_headings(articles, reader, directory):
    for article in articles:
        for mention in reader.mentions(article.title):
            for key in mention.keys:
                if key in article.own and key not in ROLES:
                    source = Source(article.eid, article.title)
                    directory.take(key, mention.words, source, CERTAIN, official=True)


def _take_mentions(articles, reader, directory):
    """Note every unit that the text names: a group of its scope for likely, others as unsure."""
    for article in articles:
        for clause in article.clauses:
            for mention in reader.mentions(clause.text):
                in_scope = _SCOPE.search(article.title) and set(mention.keys) <= _MAIN_GROUPS
                is_unit = not any(key.startswith("@") for key in mention.keys)
                is_known = article.sort != SILENT and set(mention.keys) <= directory.entries.keys()
                if in_scope or is_unit or is_known:
                    source = Source(clause.eid, mention.words)
                    directory.note(mention, source, LIKELY if in_scope else UNSURE)


def _take_centre(articles, reader, directory, names):
    """Let the centre stand among the units under its full name, where the text speaks of it."""
    mentions = (
        (clause, mention)
        for article in articles
        for clause in article.clauses
        for mention in reader.mentions(clause.text)
        if mention.keys == (CENTRE,)
    )
    clause, mention = next(mentions, (None, None))
    if clause is not None:
        entry = directory.take(CENTRE, mention.words, Source(clause.eid, mention.words), CERTAIN)
        entry.name = names[0]
        entry.writings = [name for name in names if name]


def _responsibilities(articles, reader, directory):
    """Return ``[(key, eid, text)]`` of the clauses that units answer for."""
    found = []
    for article in articles:
        if article.sort == SILENT:
            continue
        for clause, keys in subjects_of(article, reader, directory):
            found.extend((key, clause.eid, clause.text.strip()) for key in keys)
    return found


def _definitions(articles):
    """Return the sources that define how data are shared; duties to share rest on them."""
    found = []
    for article in articles:
        for clause in article.clauses if article.sort == SILENT else ():
            term = re.split(r":|\s+là\s", clause.text, maxsplit=1)[0].strip()
            if len(term) <= LONGEST_TERM and _DEFINES.search(term):
                found.append(Source(clause.eid, term))
    return found


def _obligation(obligation, keys, definitions):
    """Return an obligation by the contract."""
    sources = list(obligation.sources)
    if obligation.kind == "share_data" and _DEFINES.search(sources[0].words):
        sources.extend(definitions)
    return {
        "kind": obligation.kind,
        "units": [keys[key] for key in obligation.units],
        "counterparts": [keys[key] for key in obligation.counterparts],
        "cadence": obligation.cadence,
        "due": obligation.due,
        "sources": [{"eid": source.eid, "words": source.words} for source in sources],
        "confidence": obligation.confidence,
    }
