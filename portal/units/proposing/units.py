"""Which units a regulation names, and what it makes each of them answer for.

Pure functions over the structure that ``parse_regulation`` prints; nothing is written. A unit
is found where a regulation gives it an article of its own (“Trách nhiệm của Sở …”), where the
glossary says who owns, manages or coordinates the centre, and where a clause begins with the
name of a unit found so. Each proposal carries the very words it was read from.
"""

import re
from dataclasses import dataclass, field

from portal.units.proposing.names import (
    LEVEL_TAIL,
    STARTS_WITH_UNIT,
    is_group_name,
    kind_of,
    same_unit,
    tidy_name,
    unit_key,
    without_duty,
)

OWN_ARTICLE = re.compile(
    r"^(?:(?:chức năng|trách nhiệm|nhiệm vụ|quyền hạn|nghĩa vụ)(?:\s*(?:,|và)\s*)?)+\s*"
    r"(?:phối hợp\s+)?(?:của\s+)?(?P<name>\S.*)$",
    re.IGNORECASE,
)
NOT_A_UNIT = re.compile(
    r"^(?:thi hành|tổ chức|thực hiện|phối hợp|chung|cán bộ|công chức|cá nhân|người)\b",
    re.IGNORECASE,
)
GLOSSARY_HEADING = re.compile(r"giải thích (?:từ ngữ|thuật ngữ)", re.IGNORECASE)
ROLE_TERMS = (
    ("owner", re.compile(r"^cơ quan (?:chủ sở hữu|chủ quản)\b", re.IGNORECASE)),
    ("coordinating", re.compile(r"^(?:đơn vị|cơ quan) phối hợp\b", re.IGNORECASE)),
    (
        "managing",
        re.compile(r"^(?:đơn vị|cơ quan)\b.*\b(?:quản lý|vận hành)\b", re.IGNORECASE),
    ),
)
PARTICIPATING_TERM = re.compile(r"^(?:đơn vị|cơ quan) tham gia\b", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """Where something was read: a provision and its words."""

    eid: str
    words: str


@dataclass(frozen=True)
class Duty:
    """One thing a unit answers for."""

    eid: str
    text: str
    name_as_written: str


@dataclass
class UnitProposal:
    """A unit that the text names; ``role`` is its part in the centre."""

    name: str
    kind: str
    is_group: bool
    role: str = "participating"
    sources: list[Source] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)

    @property
    def key(self):
        return unit_key(self.name)


@dataclass(frozen=True)
class _Article:
    eid: str
    heading: str
    intro: str
    parts: tuple[tuple[str, str], ...]


def articles_of(structure):
    """Return the regulation's own articles of a structure that ``parse_regulation`` prints."""
    return [
        article
        for division in structure["regulation"]["divisions"]
        for article in division["articles"]
    ]


def propose_units(articles):
    """Return the ``UnitProposal`` list of a regulation's articles, in the order of the text.

    Articles are dictionaries as the parser or ``regulation_as_json`` writes them.
    """
    articles = [_article(article) for article in articles]
    found = _Found()
    for article in articles:
        if GLOSSARY_HEADING.search(article.heading):
            _read_glossary(article, found)
    plain = []
    for article in articles:
        names = _names_of_own_article(article.heading, found)
        for name in names:
            unit = found.take(name, Source(article.eid, article.heading))
            unit.duties.extend(_duties(article, name))
        if not names:
            plain.append(article)
    for article in plain:
        _read_subjects(article, found)
    return found.units


class _Found:
    """The units found so far, in order."""

    def __init__(self):
        self.units = []
        self.by_role = {}

    def take(self, name, source, role=None):
        name = tidy_name(name)
        known = next((unit for unit in self.units if same_unit(unit.name, name)), None)
        if known is None:
            known = UnitProposal(name, kind_of(name), is_group_name(name))
            self.units.append(known)
        elif len(name) > len(known.name):
            known.name = name
        known.sources.append(source)
        if role and known.role == "participating":
            known.role = role
        if role:
            self.by_role.setdefault(role, []).append(known.name)
        return known


def _article(article):
    parts = []
    for clause in article["clauses"]:
        points = [point["text"] for point in clause["points"]]
        parts.append((clause["eid"], "\n".join([clause["text"], *(f"– {p}" for p in points)])))
    heading = article.get("title") or article.get("heading") or ""
    return _Article(article["eid"], heading, article["intro"] or "", tuple(parts))


def _duties(article, name):
    if article.parts:
        return [Duty(eid, text.strip(), name) for eid, text in article.parts if text.strip()]
    return [Duty(article.eid, article.intro.strip(), name)] if article.intro.strip() else []


def _names_of_own_article(heading, found):
    """Return the names of the units whose article this is."""
    heading = without_duty(tidy_name(heading))
    match = OWN_ARTICLE.match(heading)
    name = match["name"] if match else heading
    if NOT_A_UNIT.match(name) or not STARTS_WITH_UNIT.match(name):
        return []
    if not match and len(name.split()) > 8:
        return []
    role = _role_of_term(name)
    if role and found.by_role.get(role):
        return list(dict.fromkeys(found.by_role[role]))
    if re.match(r"^trung tâm (?:ioc|điều hành)\b", name, re.IGNORECASE) and not match:
        return []
    return [name]


def _role_of_term(term):
    return next((role for role, pattern in ROLE_TERMS if pattern.match(term)), None)


def _read_glossary(article, found):
    for eid, text in article.parts:
        term, colon, rest = text.partition(":")
        term = term.strip(" *_")
        taking_part = PARTICIPATING_TERM.match(term)
        role = None if taking_part else _role_of_term(term)
        if not colon or not (role or taking_part):
            continue
        for name in _listed_names(rest):
            if STARTS_WITH_UNIT.match(name):
                found.take(name, Source(eid, text.strip()), role)


def _listed_names(text):
    """Split “Sở Thông tin và Truyền thông, VNPT …” where a new unit's name begins."""
    text = text.strip(" *_.;")
    if is_group_name(text):
        return [text]
    pieces = []
    for piece in re.split(r"\s*[,;]\s*", text):
        if pieces and not STARTS_WITH_UNIT.match(piece):
            pieces[-1] = f"{pieces[-1]}, {piece}"
        else:
            pieces.append(piece)
    return [piece for piece in pieces if piece]


def _read_subjects(article, found):
    """Give a unit the clauses of other articles that begin with its name."""
    if GLOSSARY_HEADING.search(article.heading):
        return
    for eid, text in article.parts:
        start = unit_key(text[:200])
        for unit in found.units:
            if not unit.is_group and start.startswith(f"{LEVEL_TAIL.sub('', unit.key)} "):
                unit.duties.append(Duty(eid, text.strip(), unit.name))
                break
