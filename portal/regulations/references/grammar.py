"""The grammar of a list of provisions: “điểm a, b khoản 2 và khoản 3 Điều 5, Điều 7”.

A *group* is a unit with its numbers (“khoản 1, 2 và 3”), a *list* is groups with what stands
between them. Groups go from small to large, as NĐ 30/2020 (Phụ lục II) has them written; the other
way round is read, too.
"""

import re
from dataclasses import dataclass, field

from portal.regulations.references.tokens import Phrases, key_of, key_set, keys

POINT, CLAUSE, ARTICLE, SUBSECTION, SECTION, CHAPTER, PART, ANNEX = range(8)
UNITS = {
    "điểm": POINT,
    "khoản": CLAUSE,
    "điều": ARTICLE,
    "tiểu mục": SUBSECTION,
    "mục": SECTION,
    "chương": CHAPTER,
    "phần": PART,
    "phụ lục": ANNEX,
}
UNIT_PHRASES = Phrases(*UNITS)
UNIT_LEVELS = {next(iter(keys(words))): level for words, level in UNITS.items()}
#: Words that make the unit behind them the end of another word: “tài khoản 1”, “danh mục 2”.
COMPOUNDS = {
    POINT: "thời địa quan đặc ưu nhược trọng cao tiêu thí khuyết yếu luận tâm giao số chấm được",
    CLAUSE: "tài điều",
    ARTICLE: "giấy",
    SUBSECTION: "",
    SECTION: "danh hạng chuyên đề thư tiết đầu số",
    CHAPTER: "",
    PART: "thành cổ học đa bộ",
    ANNEX: "",
}
COMPOUNDS = {level: {key_of(word) for word in words.split()} for level, words in COMPOUNDS.items()}
#: What a number counts when these follow it: “khoản 2 tỷ đồng”, “Điều 5, 10 ngày làm việc”.
MONEY = key_set("triệu tỷ tỉ nghìn ngàn đồng usd %")
MEASURES = MONEY | key_set("tháng năm ngày giờ phút lần người bộ đơn cơ cán công xã phường tế sĩ")
#: What may follow a number that continues a list without its unit: “Điều 4, 5 và 7 được …”.
AFTER_NUMBERS = key_set(
    "này của tại trong thuộc và hoặc hay được thì phải có không là để nêu trên đến tới do"
    " về nếu khi theo cùng sẽ nói đã đó điểm khoản điều mục chương phần phụ luật bộ nghị thông"
    " quyết quy pháp hiến"
)
CONJUNCTIONS = Phrases("và", "hoặc", "hay", "cùng với", "cùng")
RANGES = Phrases("đến", "tới", "đến hết", "-", "–", "—")
OF = Phrases("của", "tại", "thuộc", "trong", "ở")
PLURALS = Phrases("các", "những", "từng")
WITH = keys("kèm theo", "ban hành", "đính kèm")
ONLY = "*"  #: the number of the only annex
THIS, FROM, NUMBER_WORD = key_of("này"), key_of("từ"), key_of("số")
LETTER = re.compile(r"(?:[a-eghiklm-vxyđ]|dd|aa|bb|cc)\d?", re.I)
NUMBER = re.compile(r"(?:0?[1-9]|[1-9]\d{1,2})[a-zđ]?", re.I)
ROMAN = re.compile(r"[IVXLC]{1,7}")
QUOTES = frozenset("“”\"'‘’")


@dataclass
class Item:
    """One number of a group; ``value`` is empty for “này”."""

    value: str
    start: int
    end: int
    is_range_end: bool = False
    is_capital: bool = False


@dataclass
class Group:
    """A unit with its numbers; ``link`` says what stands before it: "", of, comma, and, range."""

    level: int
    items: list
    is_capital: bool
    is_plural: bool = False
    link: str = ""
    before: str = ""  # the word before the group
    containers: dict = field(default_factory=dict)
    is_backwards: bool = False

    @property
    def is_this(self):
        """Tell “Điều này” from “Điều 5”."""
        return not self.items[0].value


def read_list(cursor):
    """Return the groups that stand at the cursor and step behind them; None if none does."""
    first = _read_group(cursor)
    if first is None:
        return None
    groups = [first]
    while True:
        here = cursor.place
        link = _read_link(cursor)
        group = _read_group(cursor) if link is not None else None
        if group is None or not _may_follow(groups[-1], link, group):
            cursor.place = here
            return groups
        group.link = link
        groups.append(group)


def _may_follow(before, link, group):
    """Two groups of one unit need a word between them; a unit of another order only juxtaposes."""
    return link not in ("", "of") or group.level != before.level


def _read_link(cursor):
    """Step behind what joins two groups; None where nothing may join them."""
    token = cursor.peek()
    if token is None or token.kind == "end":
        return None
    comma = token.key in (",", ";")
    if comma:
        cursor.take()
    if cursor.phrase(CONJUNCTIONS):
        if cursor.key() == "/" and cursor.key(1) == key_of("hoặc"):
            cursor.place += 2
        return "and"
    if cursor.phrase(RANGES):
        return "range"
    if comma:
        return "comma" if token.key == "," else "and"
    return "of" if cursor.phrase(OF) else ""


def _read_group(cursor):
    here = cursor.place
    is_plural = cursor.phrase(PLURALS) is not None
    if cursor.key() == FROM:
        cursor.take()
    before, unit = cursor.key(-1), cursor.peek()
    phrase = cursor.phrase(UNIT_PHRASES)
    if phrase is None or before in COMPOUNDS[UNIT_LEVELS[phrase]]:
        cursor.place = here
        return None
    level = UNIT_LEVELS[phrase]
    items = _read_items(cursor, level, unit.start, is_plural)
    if not items:
        cursor.place = here
        return None
    return Group(level, items, unit.is_capital, is_plural, before=before)


def _read_items(cursor, level, start, is_plural):
    first = _read_item(cursor, level, start) or _read_only_annex(cursor, level, start)
    if first is None or _counts_something(cursor, level):
        return []
    items = [first]
    while first.value:
        here = cursor.place
        link = _read_link(cursor)
        token = cursor.peek()
        item = None
        if link not in (None, "", "of") and token is not None:
            item = _read_item(cursor, level, token.start)
        if item is None or not item.value or not _continues(cursor, is_plural):
            cursor.place = here
            break
        item.is_range_end = link == "range"
        items.append(item)
    return items


def _read_only_annex(cursor, level, start):
    """Read “Phụ lục” without a number, where nothing but its document follows."""
    unit, token = cursor.peek(-1), cursor.peek()
    is_end = token is None or token.kind in ("mark", "end")
    stands_alone = is_end or (cursor.key(), cursor.key(1)) in WITH
    if level != ANNEX or not cursor.peek(-2).is_capital or not stands_alone:
        return None
    return Item(ONLY, start, unit.end)


def _counts_something(cursor, level):
    """Tell a sum of money (“khoản 2 tỷ”, “khoản 1,5 triệu”) and “điểm y tế” from a number."""
    if cursor.key() in MONEY or (level == POINT and cursor.key() in MEASURES):
        return True
    comma, digits = cursor.peek(), cursor.peek(1)
    is_decimal = comma and digits and comma.key == "," and digits.start == comma.end
    return bool(is_decimal and digits.kind == "number" and cursor.key(2) in MONEY)


def _continues(cursor, is_plural):
    """Tell whether the number just read belongs to the list, and counts nothing itself."""
    token = cursor.peek()
    if token is None or token.kind in ("mark", "end"):
        return token is None or token.key not in "%/"
    if token.key in MEASURES and token.key not in AFTER_NUMBERS:
        return False
    return is_plural or token.key in AFTER_NUMBERS


def _read_item(cursor, level, start):
    """Return the number here as the level writes it; quotes and brackets around it go along."""
    here = cursor.place
    if cursor.key() == THIS:
        return Item("", start, cursor.take().end)
    if cursor.key() in (NUMBER_WORD, FROM):
        cursor.take()
    opened = cursor.peek()
    if opened is not None and (opened.key in QUOTES or opened.key == "("):
        cursor.take()
    else:
        opened = None
    token = cursor.take()
    value = _value(token, level) if token is not None else ""
    if not value:
        cursor.place = here
        return None
    end = token.end
    closing = cursor.key()
    if (opened and closing and (closing in QUOTES or closing == ")")) or (
        level == POINT and closing == ")" and cursor.peek().start == end
    ):
        end = cursor.take().end
    return Item(value, start, end, is_capital=token.text.isupper())


def _value(token, level):
    if level == POINT:
        fits = LETTER.fullmatch(token.text) or NUMBER.fullmatch(token.text)
    elif level in (CLAUSE, ARTICLE):
        fits = NUMBER.fullmatch(token.text)
    else:
        fits = ROMAN.fullmatch(token.text) or NUMBER.fullmatch(token.text)
        fits = fits or (level == ANNEX and re.fullmatch(r"[A-Z]", token.text))
    return token.text.lower().lstrip("0") if fits else ""
