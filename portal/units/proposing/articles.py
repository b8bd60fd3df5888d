"""What an article is about: whose it is, and whether it lays duties on anybody."""

import re
from dataclasses import dataclass

from portal.units.proposing.kinds import PLAIN, PRINCIPLES, STAFF_ARTICLE
from portal.units.proposing.names import without_duty
from portal.units.proposing.places import CAPITALS, LEVEL_WORD
from portal.units.proposing.unit_patterns import (
    CENTRE,
    STAFF,
)

_SILENT = re.compile(
    r"phạm vi|đối tượng|giải thích|từ ngữ|thuật ngữ|khái niệm|nghiêm cấm|không được làm|bị cấm|"
    r"tài liệu viện dẫn|căn cứ pháp lý",
    re.IGNORECASE,
)
_HEAD_NOUN = re.compile(r"(?:trách nhiệm của\s+)?(?:sở|phòng|ban|các)", re.IGNORECASE)
LONGEST_NAME = 8
_ALSO_OBLIGES = re.compile(r"trách nhiệm|tổ chức thực hiện", re.IGNORECASE)
_PRINCIPLES = re.compile(r"nguyên tắc", re.IGNORECASE)
_OF_SOMEBODY = re.compile(
    r"^(?:(?:chức năng|trách nhiệm|nhiệm vụ|quyền hạn|nghĩa vụ|quyền)"
    r"(?:\s+(?:chung|cụ thể|chính|phối hợp|quản lý|thực hiện))?(?:\s*(?:,|và)\s*)?)+"
    r"\s*(?:của\s+|đối với\s+)?",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:(?:phó\s+)?chủ tịch|thủ trưởng|người đứng đầu|lãnh đạo|giám đốc|chánh|"
    r"trưởng(?!\s+(?:các\s+)?(?:thôn|ấp|bản|khu|tổ)))\s+(?=\S)",
    re.IGNORECASE,
)
_COMMON = re.compile(r"thi hành|tổ chức thực hiện|chế độ|kinh phí|khen thưởng", re.IGNORECASE)
SILENT = "silent"
_LETTERS = re.compile(r"UBND|HĐND|VNPT|BCH|[\w-]*IOC|\w+[&-]\w+")
_FIELD_WORDS = (
    re.compile(r"(?<=sở |nội |tài )\w")
    if False
    else re.compile(r"\b(?:ủy|hội)\b(?= (?:ban|đồng) nhân dân)")
)


@dataclass(frozen=True)
class Clause:
    """A clause or a point: its words, and the words of the clause it stands under."""

    eid: str
    text: str
    lead: str = ""
    lead_eid: str = ""


@dataclass(frozen=True)
class Article:
    """An article as the set-up reads it; ``own`` are the keys of those whose article it is."""

    eid: str
    title: str
    sort: str
    own: tuple[str, ...]
    clauses: tuple[Clause, ...]


def read_article(article, reader, division_title=""):
    """Return the ``Article`` of a parsed article, its division's title told for want of its own."""
    article = _with_title(article, reader)
    title = re.sub(r"\s+", " ", _whole_title(article)).strip(" .:*_")
    heading = without_duty(title)
    own = _owners(heading, reader) or _owners_of_division(division_title, title, reader)
    return Article(article["eid"], title, _sort(title, own), own, tuple(_clauses(article)))


def _with_title(article, reader):
    """Return the article with the title that ran into its words: “Trách nhiệm của Sở A Cung …”."""
    intro = (article["intro"] or "").strip()
    match = _OF_SOMEBODY.match(intro)
    if article["title"] or not match:
        return article
    mentions = reader.mentions(intro[match.end() :])
    if not mentions or mentions[0].start:
        return article
    end = match.end() + mentions[0].end
    rest = intro[end:].strip()
    if not re.match(rf"[{CAPITALS}]", rest):
        return article
    return {**article, "title": intro[:end], "intro": rest}


def _whole_title(article):
    """Return an article's title; one that a broken line left as “Sở” with what follows it."""
    title = article["title"] or ""
    clauses = article["clauses"]
    if _HEAD_NOUN.fullmatch(title.strip()) and clauses:
        rest = (clauses[0]["text"] or "").strip().split("\n")[0]
        if len(rest.split()) <= LONGEST_NAME:
            return f"{title} {rest}"
    return title


def _sort(title, own):
    if _PRINCIPLES.search(title):
        return PRINCIPLES
    if _SILENT.search(title) and not own and not _ALSO_OBLIGES.search(title):
        return SILENT
    return STAFF_ARTICLE if own == (STAFF,) else PLAIN


def _owners(title, reader):
    """Return whose article ``title`` heads: “Trách nhiệm của …”, a bare name, the centre's."""
    match = _OF_SOMEBODY.match(title)
    rest = title[match.end() :] if match else title
    rest = _PERSON.sub("", rest)
    if match and not rest:
        return (CENTRE,)
    mentions = reader.mentions(rest)
    if not mentions or mentions[0].start > 0:
        return ()
    if mentions[0].keys == (STAFF,):
        return (STAFF,)
    if not match and not _is_only_names(rest, mentions):
        return ()
    return tuple(key for mention in mentions for key in mention.keys)


def _owners_of_division(division_title, title, reader):
    """Return whose section an article stands in, unless its own title speaks of something else."""
    heading = re.sub(r"\s+", " ", division_title).strip(" .:*_")
    if _SILENT.search(title) or _PRINCIPLES.search(title) or _COMMON.search(title):
        return ()
    match = _OF_SOMEBODY.match(heading)
    if not match or re.search(r"\bgiữa\b", heading, re.IGNORECASE):
        return ()
    heading = _lowered(heading) if heading.isupper() else heading
    return _owners(heading, reader) if heading[match.end() :] else ()


def _lowered(heading):
    """Return capitals as a sentence writes them; letters that stand for words stay capitals."""
    words = [
        word if _LETTERS.fullmatch(word) else word.capitalize() if number == 0 else word.lower()
        for number, word in enumerate(heading.split())
    ]
    return re.sub(
        rf"\b({LEVEL_WORD})\s+(.+)$",
        lambda match: f"{match[1]} {match[2].title()}",
        _FIELD_WORDS.sub(lambda match: match[0].capitalize(), " ".join(words)),
    )


def _is_only_names(title, mentions):
    """Return whether a title without “Trách nhiệm của” is nothing but names."""
    letters = sum(mention.end - mention.start for mention in mentions)
    return letters > 0.75 * len(title)


def _clauses(article):
    if (article["intro"] or "").strip():
        yield Clause(article["eid"], article["intro"])
    for clause in article["clauses"]:
        lead, eid = clause["text"] or "", clause["eid"]
        if lead.strip():
            yield Clause(eid, lead)
        for point in clause["points"]:
            yield Clause(point["eid"], point["text"] or "", lead or article["intro"] or "", eid)
