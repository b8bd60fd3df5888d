"""How Vietnamese documents mark their parts: patterns over flattened text, without context.

``flat`` keeps the length of its argument, so that a match in flat text is a slice of the printed
text: an accent that a conversion lost or invented does not hide a heading, and what is reported is
always what was printed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

BEGINNING, ENDING, LINE = 300, 80, 1000
# The Vietnamese blocks set each capital beside its small letter, so no range will do.
UPPER = "A-Z" + "".join(
    chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(code).isupper()
)
ROMAN = r"[ivxlc]+[a-z]?"
ORDINAL = r"thu\s+(?:nhat|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi(?:\s+\w+)?)"
NUMBER = rf"(?:{ORDINAL}|{ROMAN}|[1l]+[ivl1]*|\d+[a-z]?)"
TAIL = r"\s*(?:\[\^?\d+\]\s*)?(?:[.:]|\s[-–—](?=\s)|(?=\s|$))\s*"

DIVISIONS = {
    "part": re.compile(rf"phan\s+(?P<number>{NUMBER})\b(?P<tail>{TAIL})"),
    "chapter": re.compile(rf"chuong\s+(?P<number>{NUMBER})\b(?P<tail>{TAIL})"),
    "subsection": re.compile(rf"tieu\s+muc\s+(?P<number>{NUMBER})\b(?P<tail>{TAIL})"),
    "section": re.compile(rf"muc\s+(?P<number>{NUMBER}|[a-h])\b(?P<tail>{TAIL})"),
}
ARTICLE = re.compile(
    r"dieu\s*(?P<number>l\d{0,2}(?![a-z\d])|\d{1,2}l(?![a-z])|\d{1,3}(?:\s?[a-z]{1,2}(?=\s*[.:\[]))?)\s*(?P<mark>\[\^?\d+\])?"
    r"(?P<tail>\s*[.:/)]|\s+[-–—](?=\s)|(?=\s|$))\s*(?P<mark2>\[\^?\d+\])?\s*"
)
ANNEX = re.compile(rf"phu\s+luc(?:\s+(?:so\s+)?(?P<number>{ROMAN}|\d+[a-z]?))?\b\s*[.:–—-]?\s*")
CLAUSE = re.compile(
    r"(?:khoan\s+(?P<word>\d{1,2}[a-z]?)\s*[.:)]|(?P<number>\d{1,2}[a-z]?)(?:\s?[.)](?!\d)|\s?/(?!\d)"
    r"|\s?[-–](?=\s)))\s*"
)
SUBCLAUSE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})+)\s?[.)]?(?=\s)\s*")
POINT = re.compile(
    r"(?:\((?P<round>[a-z]{1,4}|\d{1,2})\)|(?P<label>[a-z]{1,2}\d?|[a-z]\.\d{1,2})\s?[)]"
    r"|(?P<dotted>[a-z])\s?(?:[.](?![a-z]\.)|/)(?=\s))\s*"
)
DASH = re.compile(r"(?P<dash>[-–—−‐‑•●◦▪■○+*\uf0b7\uf02d\uf0a7·])(?P<gap>\s*)")
LONE_ROMAN = re.compile(r"(?P<number>[IVXLC]+)\s*[.)]\s+(?=\S)")

# Titles of articles are nouns, and mostly these; what begins so is no sentence that runs on.
TITLE_OPENER = re.compile(
    r"^(?:pham vi|doi tuong|giai thich|nguyen tac|chuc nang|nhiem vu|quyen|trach nhiem|hieu luc"
    r"|to chuc|dieu khoan|che do|muc dich|noi dung|kinh phi|co cau|cong tac|khen thuong|xu ly"
    r"|kiem tra|yeu cau|quy trinh|thoi han|quan ly|cac hanh vi|tieu chi|tham quyen|dieu kien"
    r"|ho so|trinh tu|thu tuc|phan cap|thanh phan|tai khoan|chinh sach|muc|gia tri|ten|loai)\b"
)
END_OF_SENTENCE = re.compile(r"(?:[.;:!?…]|\./\.)[\s\"”’)\]]*$")
ABBREVIATED = re.compile(r"\b(?:tp|tt|ths|ts|pgs|gs|st|no)\.$")
# Small words are told apart by their accents ("từ" goes on, "đầu tư" may end): match lower case.
OPEN_ENDED = re.compile(
    r"(?:,|\b(?:tại|theo|của|và|hoặc|với|các|những|trong|là|bằng|về|cho|thuộc|do|để|bởi"
    r"|khoản|điểm|điều|mục|chương|số|(?<!hằng )(?<!hàng )(?<!mỗi )ngày|ngày \d{1,2} tháng"
    r"|tháng \d{1,2} năm|từ|đến|giữa|dưới|trên|khoản \d+|điểm [a-zđ]|điều \d+))$"
)
EXPECTS_NUMBER = re.compile(
    r"\b(?:khoản|điều|điểm|mục|chương|số|ngày|tháng|quý|từ|đến|phụ lục|cấp|loại|nhóm)$"
)
REFERS_ON = re.compile(
    r"(?:quy che|quy dinh|nghi dinh|luat|thong tu|quyet dinh|nghi quyet|bo luat)\s+(?:nay|so)\b"
    r"|(?:cua|va|nay|khoan|tai|den|hoac|co|duoc|la)\b|[,;)]"
)


class _Flattened(dict):
    """Character table: no accents, đ as d, lower case, one character for one character."""

    def __missing__(self, code):
        character = chr(code)
        if character in "đĐðÐ":
            plain = "d"
        else:
            plain = unicodedata.normalize("NFD", character)[0].lower()
            plain = plain if len(plain) == 1 else character
        self[code] = plain
        return plain


_TABLE = _Flattened()


def nfc(text):
    """Return ``text`` composed, as the whole portal stores it."""
    return unicodedata.normalize("NFC", text)


def flat(text):
    """Return ``text`` without accents and case, of the same length."""
    return _flat(text) if len(text) <= LINE else text.translate(_TABLE)


@lru_cache(maxsize=4096)
def _flat(text):
    # Each stage asks for the same lines once more.
    return text.translate(_TABLE)


def is_open_ended(text):
    """Say whether ``text`` breaks off at a word or comma that must go on."""
    return bool(OPEN_ENDED.search(text[-ENDING:].lower()))


def expects_number(text):
    """Say whether ``text`` ends in a word that a number belongs to, such as "khoản"."""
    return bool(EXPECTS_NUMBER.search(text[-ENDING:].lower()))


def is_upper(text):
    """Say whether ``text`` is words in capitals; a number such as 58/2024/QH15 is none."""
    if text[:BEGINNING] != text[:BEGINNING].upper():
        return False
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 2 or not all(character.isupper() for character in letters):
        return False
    return len(letters) > 0.45 * len(text.replace(" ", ""))


def starts_lower(text):
    """Say whether the first letter of ``text``, after quotes and brackets, is a small one."""
    found = re.match(r"[\s\"“‘(]{0,20}(\w)", text)
    return bool(found) and found.group(1).islower()


def is_finished(text):
    """Say whether ``text`` ends like a sentence or an item of a list."""
    ending = text[-ENDING:]
    return bool(END_OF_SENTENCE.search(ending)) and not ABBREVIATED.search(flat(ending))


def leading_number(number):
    """Return the digits at the start of a printed number as a number, 0 without any."""
    found = re.match(r"\d+", number or "")
    return int(found.group(0)) if found else 0


@dataclass(frozen=True)
class Mark:
    """What the start of a line says it is: kind, number as printed, where its own words begin."""

    kind: str
    number: str | None
    printed: str
    length: int
    firm: bool = True
    note: str | None = None


def heading_mark(text):
    """Return the Mark of a phần, chương, mục, tiểu mục, điều or phụ lục, or None."""
    return _heading_mark(text[:BEGINNING]) if text[:1].isupper() else None


@lru_cache(maxsize=8192)
def _heading_mark(text):
    plain = flat(text)
    if not text[:1].isupper() or plain[0] not in "pcmtd":
        return None
    for kind, pattern in DIVISIONS.items():
        found = pattern.match(plain)
        if found:
            return _division_mark(kind, found, text)
    found = ARTICLE.match(plain)
    if found:
        return _article_mark(found, text)
    found = ANNEX.match(plain)
    if found:
        number = text[slice(*found.span("number"))] if found["number"] else None
        return Mark("annex", number, text[: found.end()].strip(), found.end())
    return None


def _division_mark(kind, found, text):
    rest = flat(text[found.end() :])
    firm = not REFERS_ON.match(rest) and not starts_lower(text[found.end() :])
    number = text[slice(*found.span("number"))]
    number = number.replace("l", "I") if re.fullmatch(r"[lIVXLC]+", number) else number
    return Mark(kind, number, text[: found.end()].strip(), found.end(), firm)


def _article_mark(found, text):
    rest = text[found.end() :]
    has_stop = bool(found["tail"].strip(" –—-"))
    firm = (
        has_stop
        or (not rest.strip() or bool(found["tail"].strip()))
        and not (REFERS_ON.match(flat(rest)))
    )
    number = re.sub(r"\s", "", text[slice(*found.span("number"))])
    number = number.replace("l", "1") if found["number"].strip("0123456789") == "l" else number
    note = found["mark"] or found["mark2"]
    return Mark("article", number, text[: found.end()].strip(), found.end(), firm, note)


def item_mark(text):
    """Return the Mark of a khoản, điểm or dash at the start of ``text``, or None."""
    return _item_mark(text[:BEGINNING])


@lru_cache(maxsize=8192)
def _item_mark(text):
    plain = flat(text)
    for read in (_subclause_mark, _clause_mark, _point_mark, _dash_mark):
        mark = read(plain, text)
        if mark:
            return mark
    return None


def _clause_mark(plain, text):
    found = CLAUSE.match(plain)
    if not found:
        return None
    group = "word" if found["word"] else "number"
    number = text[slice(*found.span(group))]
    return Mark("clause", number, text[: found.end()].strip(), found.end())


def _subclause_mark(plain, text):
    found = SUBCLAUSE.match(plain)
    if not found or not re.match(rf"[{UPPER}\"“(]", text[found.end() :]):
        return None
    return Mark("point", found["number"], text[: found.end()].strip(), found.end())


def _point_mark(plain, text):
    found = POINT.match(plain)
    if not found or (text[:1].isupper() and text[:1] != "("):
        return None
    group = next(name for name in ("round", "label", "dotted") if found[name])
    label = text[slice(*found.span(group))].replace("ð", "đ")
    if label.isdigit() and group != "round":
        return None
    return Mark("point", label, text[: found.end()].strip(), found.end(), group != "dotted")


def _dash_mark(plain, text):
    found = DASH.match(plain)
    if not found:
        return None
    following = text[found.end() :]
    if following and not found["gap"] and not re.match(rf"[{UPPER}]", following):
        return None
    return Mark("dash", None, found["dash"], found.end())
