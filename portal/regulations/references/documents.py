"""The document that a list of provisions belongs to, as its name is written behind the list."""

import re
from dataclasses import dataclass

from portal.regulations.references.grammar import AFTER_NUMBERS, THIS
from portal.regulations.references.tokens import Cursor, Phrases, key_of, key_set, keys, tokens_of

#: Kinds whose name is never an ordinary word, and those that need more to be told from one.
LAWS = (
    "luật",
    "bộ luật",
    "nghị định",
    "thông tư",
    "thông tư liên tịch",
    "nghị quyết",
    "nghị quyết liên tịch",
    "pháp lệnh",
    "hiến pháp",
    "văn bản hợp nhất",
)
PAPERS = (
    "quyết định",
    "quy chế",
    "quy định",
    "quy trình",
    "quy chuẩn",
    "nội quy",
    "điều lệ",
    "chỉ thị",
    "lệnh",
    "kế hoạch",
    "công văn",
    "thông báo",
    "hướng dẫn",
    "đề án",
    "chương trình",
    "hợp đồng",
    "công ước",
    "hiệp định",
    "văn bản",
    "tờ trình",
    "nđ",
    "tt",
    "nq",
    "qđ",
)
KINDS = {next(iter(keys(words))): words for words in LAWS + PAPERS}
KIND_PHRASES = Phrases(*LAWS, *PAPERS)
ALWAYS = keys(*LAWS)
JOINTS = Phrases(
    "của",
    "tại",
    "trong",
    "thuộc",
    "theo",
    "ở",
    "kèm theo",
    "ban hành kèm theo",
    "được ban hành kèm theo",
    "ban hành theo",
    "đính kèm",
)
ISSUED = Phrases("kèm theo", "ban hành kèm theo", "ban hành theo", "ban hành tại")
NUMBER_WORDS = Phrases("số", "luật số", "số:")
ELSEWHERE = Phrases("trên", "nêu trên", "nói trên", "đó", "khác", "hiện hành", "dưới đây")
CODE = re.compile(r"\d+[a-z]?[-/][\w/-]*[^\W\d_][\w/-]*", re.I)
LONGEST_NAME = 16  #: words of a title kept for editors
LONGEST_TITLE = 300
#: Words that end a title rather than stand in it.
NAME_ENDS = key_set("được tại thì phải theo nếu khi do để là có không khoản điểm điều đến")


@dataclass(frozen=True)
class Document:
    """A document as named: ``is_this`` for “Quy chế này”, ``issued_by`` for what it comes with."""

    kind: str
    words: str
    end: int
    number: str = ""
    name: str = ""
    is_this: bool = False
    issued_by: "Document | None" = None
    onwards: str = ""  #: the sentence from the kind on: titles hold commas and conjunctions

    @property
    def is_bare(self):
        """Tell whether only the kind stands there, as in “Điều 5 của Quy chế.”"""
        return not (self.is_this or self.number or self.name or self.issued_by)


def kind_of(title):
    """Return the kind of document that a title begins with, empty where it names none."""
    found = Cursor(tokens_of(title[:60])).phrase(KIND_PHRASES)
    return KINDS.get(found, "")


def read_document(cursor, sentence, *, behind_list=True):
    """Return the document named at the cursor and step behind it; None if there is none."""
    here = cursor.place
    joined = _step_over_joints(cursor) if behind_list else None
    start = cursor.peek()
    phrase = cursor.phrase(KIND_PHRASES)
    if phrase is None:
        cursor.place = here
        return None
    kind = KINDS[phrase]
    document = _identify(cursor, sentence, kind, start)
    is_sure = phrase in ALWAYS or document.is_this or document.number
    is_sure = is_sure or (start.is_capital and joined != "theo") or document.issued_by
    if not is_sure:
        cursor.place = here
        return None
    return document


def _step_over_joints(cursor):
    if cursor.key() in (",", "("):
        cursor.take()
    found = cursor.phrase(JOINTS)
    if cursor.key() == key_of("các"):
        cursor.take()
    return " ".join(found) if found else None


def _identify(cursor, sentence, kind, start):
    """Read what stands behind the kind: “này”, a number, a title, the document it came with."""
    if cursor.key() == THIS:
        end = cursor.take().end
        return Document(kind, sentence[start.start : end], end, is_this=True)
    number = _read_number(cursor, is_announced=cursor.phrase(NUMBER_WORDS) is not None)
    name = "" if number else _read_name(cursor, sentence)
    issued_by = _read_issuer(cursor, sentence)
    end = issued_by.end if issued_by else cursor.peek(-1).end
    return Document(
        kind,
        sentence[start.start : end],
        end,
        number=number,
        name=name,
        issued_by=issued_by,
        onwards=sentence[start.start : start.start + LONGEST_TITLE],
    )


def _read_number(cursor, *, is_announced):
    """Read “47/2020/NĐ-CP”, also a number without its symbol; “…” where “số” announces none."""
    token = cursor.peek()
    if token is not None and (token.kind == "number" or CODE.fullmatch(token.text)):
        return cursor.take().text
    return "…" if is_announced else ""


def _read_name(cursor, sentence):
    """Read the words of a title; empty where the sentence goes on with something else."""
    first = cursor.peek()
    if cursor.phrase(ELSEWHERE) or cursor.key() == key_of("của"):
        return first.text
    if first is None or first.kind != "word" or cursor.key() in AFTER_NUMBERS:
        return ""
    here, last = cursor.place, None
    while cursor.place - here < LONGEST_NAME:
        token = cursor.peek()
        if token is None or token.kind not in ("word", "number") or _is_issued(cursor):
            break
        if last is not None and token.key in NAME_ENDS:
            break
        last = cursor.take()
    if last is not None and last.key == key_of("và"):
        cursor.place -= 1
        last = cursor.peek(-1)
    return sentence[first.start : last.end] if last is not None else ""


def _is_issued(cursor):
    here = cursor.place
    found = cursor.phrase(ISSUED)
    cursor.place = here
    return found is not None


def _read_issuer(cursor, sentence):
    here = cursor.place
    if cursor.phrase(ISSUED):
        start = cursor.peek()
        phrase = cursor.phrase(KIND_PHRASES)
        if phrase:
            document = _identify(cursor, sentence, KINDS[phrase], start)
            if document.is_this or document.number:
                return document
    cursor.place = here
    return None
