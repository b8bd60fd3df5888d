"""Who owes a duty, and to whom."""

import re

from portal.units.proposing.unit_patterns import STAFF

_PERSON = (
    r"(?:(?:phó\s+)?chủ\s+tịch|thủ\s+trưởng|người\s+đứng\s+đầu|lãnh\s+đạo|giám\s+đốc|trưởng(?:\s+phòng)?|"
    r"chánh|đội\s+trưởng|đồng\s+chí)"
)
_ENTRUSTED = r"(?:giao(?:\s+cho)?|đề\s+nghị|yêu\s+cầu)"
_BEFORE_SUBJECT = re.compile(
    rf"^(?:\d+\s*[.)]\s*)?(?:(?:riêng|đồng\s+thời|ngoài\s+ra)\s*,?\s*)?(?:{_ENTRUSTED}\s+)?(?:{_PERSON}\s+)*$",
    re.IGNORECASE,
)
_AFTER_CIRCUMSTANCE = re.compile(
    rf"(?:,\s*|\b{_ENTRUSTED}\s+)(?:{_ENTRUSTED}\s+)?(?:{_PERSON}\s+)*$", re.IGNORECASE
)
_CIRCUMSTANCE = re.compile(
    r"^(?:trong|quá\s+trình|trên\s+cơ\s+sở|hết|đến|căn\s+cứ|khi|nếu|trường\s+hợp|sau|trước|cuối|theo|đối\s+với|để|ngoài|định\s+kỳ|hằng|hàng|mỗi|"
    r"sáu|vào|quá|tháng|quý|tùy|nhằm|\d|chậm\s+nhất)",
    re.IGNORECASE,
)
_AND_ALSO = re.compile(
    rf"^\s*(?:\([^()]*\)\s*)?(?:[,;]\s*(?:và\s+)?|và\s+|cùng(?:\s+với)?\s+|hoặc\s+)(?:{_PERSON}\s+)*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:báo\s+cáo|phối\s+hợp\s+với|gửi|trình|tham\s+mưu|kiến\s+nghị|phản\s+ánh|đề\s+xuất|thông\s+báo|cung\s+cấp)\b",
    re.IGNORECASE,
)
_TO = (
    rf"(?:về|gửi(?:\s+về|\s+cho)?|cho|trình|với|lên|tới|đến|qua|mời|báo\s+cáo|họp|giữa|từ|trước|kiến\s+nghị|đề\s+xuất|"
    rf"đôn\s+đốc|giám\s+sát|kiểm\s+tra|tham\s+mưu|đối\s+với|cùng)\s+(?:(?:cho|với|về|các)\s+)?(?:{_PERSON}\s+)*$"
)
_BY = re.compile(rf"\b(?:do|được)\s+(?:{_PERSON}\s+)*$", re.IGNORECASE)
_DONE = re.compile(
    r"\s*(?:phụ\s+trách\s+|tự\s+động\s+)?(?:đồng\s+bộ|chủ\s+trì|triệu\s+tập|tổ\s+chức|cung\s+cấp\s+phải)\b",
    re.IGNORECASE,
)
_TAKES_PART = re.compile(r"\b(?:tham\s+gia|tham\s+dự|dự)\b", re.IGNORECASE)
#: Who plans the money: “… được bố trí trong dự toán hằng năm của Sở …”.
_BUDGET_OF = re.compile(
    r"\bkinh\s+phí\b.*\bdự\s+toán(?:\s+chi)?(?:\s+(?:hằng|hàng)\s+năm)?\s+của\s+$",
    re.IGNORECASE | re.DOTALL,
)
_TOWARDS = re.compile(rf"\b{_TO}", re.IGNORECASE)


def subject_of(text, mentions):
    """Return ``(mentions, end)`` of the subject that the sentence names, or ``([], 0)``.

    A subject begins the sentence, or follows its circumstance (“Định kỳ 6 tháng, Sở …”).
    """
    for position, mention in enumerate(mentions):
        before = text[: mention.start]
        if _BEFORE_SUBJECT.match(before):
            return _with_others(text, mentions, position)
        if _VERB.search(_after_conditions(before)):
            return [], 0
        if _CIRCUMSTANCE.match(text) and _AFTER_CIRCUMSTANCE.search(before):
            return _with_others(text, mentions, position)
    return [], 0


def agents_of(text, mentions):
    """Return the mentions of whom a passive sentence names: “do Chủ tịch … chủ trì”."""
    return [
        mention
        for mention in mentions
        if _does(text[: mention.start], text[mention.end :])
        or _BUDGET_OF.search(text[: mention.start])
    ][:1]


def _does(before, after):
    return _BY.search(before) and _DONE.match(after) and not _TAKES_PART.search(before)


def counterparts_of(text, mentions, start, end):
    """Return the mentions between ``start`` and ``end`` to which an act is directed."""
    found = []
    last_taken = None
    for mention in mentions:
        if not start <= mention.start < end:
            continue
        between = text[last_taken.end : mention.start] if last_taken else None
        if _TOWARDS.search(text[: mention.start]) or (
            between is not None and _AND_ALSO.match(between)
        ):
            found.append(mention)
            last_taken = mention
    return found


def _after_conditions(before):
    """Return the words before a subject without the conditions that open the sentence."""
    return (
        ""
        if re.match(r"(?:trong|quá\s+trình|nếu|khi|trường\s+hợp)\b", before, re.IGNORECASE)
        else before
    )


def _with_others(text, mentions, position):
    """Return the subject beginning at ``position``: the staff of units stand for the units."""
    if mentions[position].keys == (STAFF,) and mentions[position + 1 :]:
        between = text[mentions[position].end : mentions[position + 1].start]
        position += bool(re.fullmatch(r"\s+(?:(?:của|thuộc)\s+)?", between))
    found = [mentions[position]]
    for mention in mentions[position + 1 :]:
        if not _AND_ALSO.match(text[found[-1].end : mention.start]):
            break
        found.append(mention)
    return found, found[-1].end
