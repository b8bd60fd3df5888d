"""A clause cut into pieces that say one thing each, every piece in the very words of the text."""

import re
from dataclasses import dataclass

from portal.units.proposing.places import CAPITALS

_NOT_AN_END = re.compile(r"(?:\b(?:TP|Tp|Q|P|TX|TT|St|số|Số)|\.)$")
_END = re.compile(rf"(?P<stop>[.!?])\s+(?=[“\"(]?[{CAPITALS}\d])|(?P<semi>;)\s*|(?P<line>\n+)")
_ALSO = re.compile(
    r"\s*[,;]\s*(?:và\s+)?(?=(?:đồng\s+thời|bên\s+cạnh\s+đó|ngoài\s+ra)\b)", re.IGNORECASE
)
_THEN_EVERY = re.compile(
    r"\s*[,;]\s*(?:và\s+)?(?=(?:định\s+kỳ|(?:hằng|hàng)\s+(?:tháng|quý|năm)|cuối\s+năm)\b[^.;]*"
    r"\b(?:báo\s+cáo|tổ\s+chức|lập|xây\s+dựng|cung\s+cấp|cập\s+nhật|tổng\s+hợp|kiểm\s+tra|họp)\b)",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:chịu\s+trách\s+nhiệm|có\s+trách\s+nhiệm|báo\s+cáo|cung\s+cấp|cập\s+nhật|tổ\s+chức|chủ\s+trì|"
    r"phối\s+hợp|quản\s+lý|thực\s+hiện|xử\s+lý|xây\s+dựng|lập|tổng\s+hợp|đề\s+xuất|chia\s+sẻ|kết\s+nối|"
    r"đôn\s+đốc|kiểm\s+tra|giám\s+sát|vận\s+hành|hướng\s+dẫn|tham\s+mưu|cử|phân\s+công|bố\s+trí|"
    r"thẩm\s+định|đầu\s+mối|xác\s+minh|chi\s+hỗ\s+trợ)\b",
    re.IGNORECASE,
)
_BEGINS_A_UNIT = re.compile(
    r"(?:và\s+)?(?:các|ubnd|ủy\s+ban|uỷ\s+ban|hđnd|sở|phòng|ban|công\s+an|văn\s+phòng|chủ\s+tịch|thủ\s+"
    r"trưởng|lãnh\s+đạo|cơ\s+quan|đơn\s+vị|tổ\s+chức|cá\s+nhân|doanh\s+nghiệp|vnpt|viettel)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:,|\b(?:và|hoặc|của|cho|với|về|theo|các|sở|phòng|ban|ubnd|ủy\s+ban|văn\s+phòng))\s*$",
    re.IGNORECASE,
)
_RESPONSIBLE = re.compile(r"\b(?:có|chịu)\s+trách\s+nhiệm|\bchủ\s+trì\b", re.IGNORECASE)


#: No clause is longer; what is has lost its structure, and patterns would take minutes over it.
LONGEST_READ = 5000


@dataclass(frozen=True)
class Piece:
    """Words of a clause that say one thing; ``first`` when they begin it."""

    words: str
    first: bool


def pieces_of(text):
    """Return the pieces of a clause's text, in order; their words stand in it as they are."""
    text = text[:LONGEST_READ]
    pieces = []
    start = 0
    for begin, end in _cuts(text):
        words = text[start:begin].strip()
        if words:
            pieces.append(Piece(words, not pieces))
        start = end
    rest = text[start:].strip()
    if rest:
        pieces.append(Piece(rest, not pieces))
    return pieces


def without_brackets(text):
    """Return ``text`` of the same length with what stands in brackets blanked."""
    return re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), text)


def _cuts(text):
    """Return ``[(begin, end)]`` of what separates two pieces, from left to right."""
    masked = without_brackets(text)
    cuts = []
    for match in _END.finditer(masked):
        if match["stop"] and _NOT_AN_END.search(masked[: match.start()]):
            continue
        if match["semi"] and not _ends_a_duty(masked, cuts, match):
            continue
        if match["line"] and not _ends_a_line(masked[: match.start()]):
            continue
        begin = match.start() + (1 if match["stop"] else 0)
        cuts.append((begin, match.end()))
    for pattern in (_ALSO, _THEN_EVERY):
        cuts.extend(match.span() for match in pattern.finditer(masked) if match.start())
    return _disjoint(cuts)


def _ends_a_duty(masked, cuts, match):
    """Return whether a semicolon ends a duty, rather than a member of a list of units."""
    before = masked[cuts[-1][1] if cuts else 0 : match.start()]
    after = masked[match.end() : match.end() + 160]
    if not _ACTS.search(before):
        return False
    if _BEGINS_A_UNIT.match(after) and not re.match(r"tổ\s+chức\s+(?!,|cá)", after, re.IGNORECASE):
        return bool(_RESPONSIBLE.search(before) and _RESPONSIBLE.search(after.split(";")[0]))
    return True


def _ends_a_line(before):
    """Return whether a line break ends a sentence or a heading, rather than wraps a line."""
    if re.search(r"[.;:!?]\s*$", before):
        return True
    return "\n" not in before and len(before.split()) <= 12 and not _GOES_ON.search(before)


def _disjoint(cuts):
    kept = []
    for begin, end in sorted(cuts):
        if not kept or begin >= kept[-1][1]:
            kept.append((begin, end))
    return kept
