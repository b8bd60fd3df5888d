"""Who owns the centre, who manages and runs it, who helps: read wherever the text says it."""

import re

from portal.units.proposing.unit_patterns import (
    CENTRE,
    COORDINATOR,
    GROUPS,
    MANAGER,
    OWNER,
    ROLES,
)
from portal.units.proposing.units import Source

_IS = re.compile(r"^\s*(?:\([^()]*\)\s*)?(?:là|giữ\s+vai\s+trò)\s+$", re.IGNORECASE)
#: “Chủ quản IOC … là UBND thành phố”: the centre's name may stand between.
_IS_UNIT = re.compile(r"^[^.;:]{0,70}?\s(?:là|do)\s+$", re.IGNORECASE)
_RUNS = re.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:làm\s+)?(?:có\s+trách\s+nhiệm\s+|chịu\s+trách\s+nhiệm\s+|trực\s+tiếp\s+|chủ\s+trì\s+|"
    r"tổ\s+chức\s+)*(?:quản\s+trị|quản\s+lý|vận\s+hành|điều\s+hành\s+hoạt\s+động)\b[^.;]{0,60}"
    r"(?:trung\s+tâm|ioc)",
    re.IGNORECASE,
)
_OWN_CLAUSE_RUNS = re.compile(
    r"^\s*(?:chủ\s+trì\s*,?\s*|chịu\s+trách\s+nhiệm\s+(?:chính\s+)?(?:trong\s+quá\s+trình\s+)?|trực\s+tiếp\s+|"
    r"tổ\s+chức\s+|là\s+(?:cơ\s+quan|đơn\s+vị)\s+)*(?:quản\s+trị|quản\s+lý|vận\s+hành)\b[^.;]{0,60}?"
    r"(?:trung\s+tâm|ioc)",
    re.IGNORECASE,
)


#: “Trung tâm … do Văn phòng … quản lý”, “Phòng … là bộ phận thường trực, vận hành Trung tâm”.
_BY = re.compile(r"^[^.;]{0,160}\bdo\s+$", re.IGNORECASE | re.DOTALL)
_RUN = re.compile(r"\s*(?:trực\s+tiếp\s+)?(?:quản\s+lý|vận\s+hành)\b", re.IGNORECASE)
_IS_FOR = re.compile(
    r"\s*là\s+(?:bộ\s+phận|đơn\s+vị|cơ\s+quan)\b[^.;]{0,30}?(?<!nhà\s)(?:quản\s+lý|vận\s+hành)"
    r"(?!\s+nhà\s+nước)\b[^.;]{0,60}(?:trung\s+tâm|ioc)",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"\s*(?:\([^()]*\)\s*)?được\s+giao\s+", re.IGNORECASE)
_GIVING = re.compile(r"\bgiao\s+(?:cho\s+)?$", re.IGNORECASE)
_LEADS_THE_REGULATION = re.compile(
    r"^[^.;]*?\b(?:chủ\s+trì|chịu\s+trách\s+nhiệm)\b[^.;]*\b(?:triển\s+khai|thực\s+hiện)\b[^.;]*quy\s+chế",
    re.IGNORECASE,
)


def read_roles(articles, reader, directory):
    """Give the roles that clauses state outright, then those that duties betray."""
    for article in articles:
        for clause in article.clauses:
            _read_stated(clause, reader, directory)
    if not directory.roles[MANAGER]:
        _read_by_duty(articles, reader, directory)
    if not directory.roles[OWNER] and "ubnd" in directory.entries:
        directory.give_role(OWNER, "ubnd")


def _read_stated(clause, reader, directory):
    mentions = reader.mentions(clause.text)
    roles = [mention for mention in mentions if mention.keys[0] in ROLES]
    named = [mention for mention in mentions if _is_unit(mention)]
    source = Source(clause.eid, clause.text.strip())
    if roles and roles[0].start == 0:
        after = clause.text.find(":", roles[0].end)
        if 0 <= after < roles[0].end + 90:
            _give(roles[0].keys[0], [m for m in named if m.start > after], source, directory)
            return
    for role in roles:
        for mention in named:
            between = clause.text[role.end : mention.start]
            if role.end <= mention.start and _IS_UNIT.match(between):
                _give(role.keys[0], [mention], source, directory)
    for mention in named:
        for role in roles:
            if role.start > mention.end and _IS.match(clause.text[mention.end : role.start]):
                _give(role.keys[0], [mention], source, directory)
        if _is_entrusted(clause.text, mention) or _is_run_by(clause.text, mention, mentions):
            _give(MANAGER, [mention], source, directory)


def _is_entrusted(text, mention):
    """Return whether the running of the centre is given to ``mention``: “giao Sở … quản lý”."""
    rest = text[mention.end :]
    given = _GIVEN.match(rest)
    if given:
        return bool(_RUNS.match(rest[given.end() :]))
    return bool(_GIVING.search(text[: mention.start]) and _RUNS.match(rest))


def _is_run_by(text, mention, mentions):
    """Return whether the text says that ``mention`` runs the centre."""
    before, rest = text[: mention.start], text[mention.end :]
    if mention.start == 0 and _IS_FOR.match(rest):
        return True
    names_centre = any(CENTRE in each.keys and each.end <= mention.start for each in mentions)
    return bool(names_centre and _BY.search(before) and _RUN.match(rest))


def _is_unit(mention):
    return not any(key in ROLES or key in GROUPS or key == CENTRE for key in mention.keys)


def _give(role, mentions, source, directory):
    """Give ``role`` to the units of ``mentions``, which its words name outright."""
    for mention in mentions:
        for key in mention.keys:
            directory.take(key, mention.words, source, "certain", official=True)
            directory.give_role(role, key)


def _read_by_duty(articles, reader, directory):
    """Take for the manager the first unit whose own article begins with running the centre."""
    for article in articles:
        own = [key for key in article.own if key not in GROUPS | ROLES | {CENTRE}]
        if own and any(_OWN_CLAUSE_RUNS.match(clause.text) for clause in article.clauses):
            directory.give_role(MANAGER, own[0])
            return
    for article in articles:
        for clause in article.clauses:
            mentions = reader.mentions(clause.text)
            first = mentions[0] if mentions else None
            names_a_unit = first and first.start == 0 and _is_unit(first)
            if names_a_unit and _LEADS_THE_REGULATION.search(clause.text):
                directory.give_role(MANAGER, first.keys[0])
                return


def role_names(directory):
    """Return owner, managers and coordinators by name, the owner None when nobody says."""
    names = {
        role: [directory.entries[key].name for key in keys if key in directory.entries]
        for role, keys in directory.roles.items()
    }
    owner = names[OWNER][0] if names[OWNER] else None
    return owner, names[MANAGER], names[COORDINATOR]
