"""The terms that a text defines; ``terms`` finds where it uses them.

Terms come from two places: the Điều that explains words, one clause or point a term, and brackets
in running text, “(sau đây gọi tắt là Trung tâm)”. Nothing here knows the database.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from portal.core.text import fold, slugify_vi

EXPLAINING = (
    "giai thich tu ngu",
    "giai thich thuat ngu",
    "giai thich cac tu ngu",
    "dinh nghia",
    "tu ngu, viet tat",
    "tu viet tat",
    "chu viet tat",
    "giai thich khai niem",
)
LONGEST_TERM = 120
OPEN, CLOSE = "“\"'‘«", "”\"'’»"
LEAD = re.compile(r"^(?:(?:thuật|từ) ngữ|cụm từ|khái niệm|từ)\s+(?=[“\"'‘«])", re.I)
QUOTED = re.compile(rf"^\s*[{OPEN}]\s*(?P<term>[^{OPEN}{CLOSE}]+?)\s*[{CLOSE}]")
MORE_QUOTED = re.compile(
    rf"^\s*(?:,|hoặc|hay|và|còn gọi là)\s*[{OPEN}]\s*(?P<term>[^{OPEN}{CLOSE}]+?)\s*[{CLOSE}]", re.I
)
BRACKET = re.compile(r"\s*\((?P<inside>[^()]{1,200})\)")
CALLED = re.compile(
    r"(?:(?:sau đây|dưới đây)\s+)?(?:được\s+)?(?:gọi|viết)\s+(?:tắt|chung|tắt chung)?\s*"
    r"(?:là|:)\s*:?",
    re.I,
)
INLINE = re.compile(rf"\(\s*{CALLED.pattern}\s*(?P<name>[^();]+?)\s*[;)]", re.I)
VERB = re.compile(r"\s*(?:[:–-]\s*)?(?:được hiểu là|là|bao gồm|gồm)\b\s*:?\s*|\s*:\s*", re.I)
ACRONYM = re.compile(r"[A-ZĐ][A-ZĐ0-9&.\-]{1,11}")
#: With these the name of a body or a thing begins, however many commas it holds.
HEADS = re.compile(
    r"(?<!\w)(?:Trung tâm|Ủy ban|Uỷ ban|UBND|Hội đồng|HĐND|Văn phòng|Sở|Ban|Phòng|Chi cục|Cục"
    r"|Hệ thống|Cổng|Công ty|Tập đoàn|Nền tảng|Cơ sở dữ liệu|Quy chế|Quỹ|Đề án)(?=\s)"
)
NOT_A_TERM = ("trong ", "cac tu ngu", "tai ", "khi ", "nhung tu ngu", "ngoai ")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class DefinedTerm:
    """A term with its other names, what it means, and where the text says so.

    ``until`` is where the definition ends in its own sentence: before that the term is not used but
    being made. ``is_inline`` for terms from brackets.
    """

    term: str
    meaning: str
    source_eid: str
    source_id: str
    field: str
    until: int
    names: tuple[str, ...] = ()
    is_inline: bool = False

    @cached_property
    def key(self):
        """Return what tells it from every other term of a text."""
        return fold(self.term)

    @cached_property
    def slug(self):
        """Return the name of its place in the glossary."""
        return slugify_vi(self.term)

    @property
    def all_names(self):
        """Return the term and every other name of it."""
        return (self.term, *self.names)


def find_definitions(text):
    """Return the terms that a ``RegulationText`` defines, in reading order, each once."""
    found = {}
    for article in text.articles():
        explains = fold(article.heading).startswith(EXPLAINING)
        for part in article.provisions():
            field, sentence = ("intro", part.intro) if part is article else ("text", part.text)
            if explains and part is not article:
                listed = _listed(part, sentence)
                if listed is not None:
                    known = found.get(listed.key)
                    if known is None or known.is_inline:
                        found[listed.key] = listed
                    continue
            for inline in _inline(part, field, sentence):
                found.setdefault(inline.key, inline)
    return list(found.values())


# --- The Điều that explains words --------------------------------------------------------------


def _listed(part, sentence):
    """Read “X (gọi tắt là Y) là …”, “X: …”, “‘X’, ‘Y’ là …”; None where it is something else."""
    sentence = sentence.strip()
    names, rest = _quoted_names(LEAD.sub("", sentence))
    if not names:
        names, rest = _plain_name(sentence)
    if not names or not rest or fold(names[0]).startswith(NOT_A_TERM):
        return None
    names = [name for name in dict.fromkeys(names) if 1 < len(name) <= LONGEST_TERM]
    if not names:
        return None
    return DefinedTerm(
        names[0], _first_capital(rest), part.eid, part.id, "text", len(part.text), tuple(names[1:])
    )


def _quoted_names(sentence):
    match = QUOTED.match(sentence)
    if match is None:
        return [], ""
    names, rest = [match["term"]], sentence[match.end() :]
    while more := MORE_QUOTED.match(rest):
        names.append(more["term"])
        rest = rest[more.end() :]
    others, rest = _bracketed(rest)
    verb = VERB.match(rest)
    return (names + others, rest[verb.end() :]) if verb else ([], "")


def _plain_name(sentence):
    """Read a name without quotes: it ends at its bracket, at “:” or at “là”, whichever is first."""
    ends = re.search(r"\s*\(|\s*:|\s+là\s|\s+được hiểu là\s", sentence[: LONGEST_TERM + 8])
    if ends is None:
        return [], ""
    name, rest = sentence[: ends.start()].strip(), sentence[ends.start() :]
    others, rest = _bracketed(rest)
    verb = VERB.match(rest)
    if verb is None or len(WORD.findall(name)) > 16 or re.search(r"[.;]", name):
        return [], ""
    return [name, *others], rest[verb.end() :]


def _bracketed(rest):
    """Return the other names in the brackets at the beginning of ``rest``, and what follows."""
    names = []
    while bracket := BRACKET.match(rest):
        for piece in bracket["inside"].split(";"):
            called = CALLED.match(piece.strip())
            if called:
                names.append(_bare(piece.strip()[called.end() :]))
            elif ACRONYM.fullmatch(piece.strip()):
                names.append(piece.strip())
        rest = rest[bracket.end() :]
    return [name for name in names if name], rest


# --- Brackets in running text ------------------------------------------------------------------


def _inline(part, field, sentence):
    for match in INLINE.finditer(sentence):
        name = _bare(match["name"])
        if not 1 < len(name) <= LONGEST_TERM or len(WORD.findall(name)) > 12:
            continue
        meaning = _expansion(sentence[: match.start()].rstrip(), name)
        yield DefinedTerm(name, meaning, part.eid, part.id, field, match.end(), is_inline=True)


def _expansion(before, name):
    """Return the words that a short name stands for: those just before its bracket.

    A name that begins like them (“Trung tâm” for “Trung tâm Điều hành …”) or is made of their first
    letters says where they begin; else they go back to the last mark.
    """
    first = WORD.search(name)
    start = _start_of_acronym(before, name) if ACRONYM.fullmatch(name) else None
    if start is None and first:
        found = list(re.finditer(rf"(?<!\w){re.escape(first[0])}(?!\w)", before[-200:]))
        start = max(0, len(before) - 200) + found[-1].start() if found else None
    if start is None:
        start = _start_of_name(before)
    return _first_capital(before[start:].strip())


def _start_of_name(before):
    """Return where the last name of a body begins in its sentence, else its last part."""
    marks = list(re.finditer(r"[;:.(]\s+", before))
    start = marks[-1].end() if marks else 0
    heads = [match.start() for match in HEADS.finditer(before, start)]
    commas = [match.end() for match in re.finditer(r",\s+", before)]
    return max(heads) if heads else max([start, *commas])


def _start_of_acronym(before, name):
    """Return where the words begin whose first letters are ``name``; None if none are."""
    letters = [char for char in fold(name) if char.isalpha()]
    words = list(WORD.finditer(before))[-len(letters) :] if letters else []
    if len(words) == len(letters) and [fold(w[0])[:1] for w in words] == letters:
        return words[0].start()
    return None


def _bare(name):
    return name.strip().strip(OPEN + CLOSE).strip(" .,:")


def _first_capital(words):
    return words[:1].upper() + words[1:]
