"""How often: the cadences that a sentence names, and where it names them."""

import re
from dataclasses import dataclass

#: In the order in which proposals list them.
ORDER = (
    "standing",
    "once",
    "on_change",
    "periodic",
    "monthly",
    "quarterly",
    "semiannual",
    "annual",
    "on_request",
)
_NUMBER = r"(?:0?\d{1,2}|một|hai|ba|sáu|chín)"
_PERIOD = rf"(?:(?:{_NUMBER}\s+)?(?:ngày|tuần|tháng|quý|năm)|nửa\s+năm)"
_JOINT = r"\s*(?:,|;|/|và|hoặc|hay|,\s*và)\s*"
_EVERY = r"(?:hằng|hàng|mỗi|theo|từng)"
#: “định kỳ 6 tháng, 01 năm”, “hằng tháng, quý”, “báo cáo (tháng, quý)”, “6 tháng một lần”.
_LISTS = re.compile(
    rf"\b(?:(?:định\s+kỳ|{_EVERY}|báo\s+cáo)(?:\s+định\s+kỳ)?[\s(:]*(?:{_EVERY}\s+)?"
    rf"(?P<list>{_PERIOD}(?!\s*\d)(?:{_JOINT}(?:{_EVERY}\s+|báo\s+cáo\s+|định\s+kỳ\s+)?{_PERIOD}"
    rf"(?!\s*\d))*)"
    rf"|(?P<due>{_PERIOD})(?=\s*:?\s*(?:gửi\s+)?(?:trước|chậm\s+nhất|muộn\s+nhất)\s+(?:là\s+)?ngày)"
    rf"|(?P<times>{_PERIOD}(?:{_JOINT}{_PERIOD})*)\s*(?:/|một|1|01)\s*lần)\b",
    re.IGNORECASE,
)
_WORDS = (
    (
        "annual",
        r"(?:vào\s+)?cuối\s+năm|kế\s+hoạch\s+(?:hoạt\s+động\s+|công\s+tác\s+)?năm(?!\s*\d)|thường\s+niên|sau\s+khi\s+kết\s+thúc\s+năm",
    ),
    ("semiannual", r"sáu\s+tháng\s+(?:đầu|cuối)\s+năm|0?6\s+tháng\s+(?:đầu|cuối)\s+năm|bán\s+niên"),
    ("periodic", r"định\s+kỳ"),
    (
        "on_request",
        r"đột\s+xuất|chuyên\s+đề|khi\s+(?:được\s+|có\s+)?(?:\S+\s+){0,6}?yêu\s+cầu|khi\s+cần\s+thiết",
    ),
    (
        "on_change",
        r"ngay\s+(?:sau\s+)?khi\s+(?:có\s+)?phát\s+sinh|"
        r"(?:(?:ngay\s+)?(?:sau\s+)?khi|trường\s+hợp)\s+(?:\S+\s+){0,5}?(?:có\s+)?(?:sự\s+)?"
        r"(?:thay\s+đổi|biến\s+động|điều\s+chỉnh|cập\s+nhật\s+mới)",
    ),
    ("once", r"trong\s+thời\s+hạn\s+\d+\s+ngày|một\s+lần\s+duy\s+nhất"),
)
_SINGLES = tuple(
    (cadence, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for cadence, pattern in _WORDS
)
_RECEIVED = re.compile(
    r"\b(?:sau\s+|ngay\s+)*khi\s+(?:tiếp\s+nhận|nhận)\b|\bkhi\s+có\s+(?:thông\s+tin|cảnh\s+báo)\b",
    re.IGNORECASE,
)
#: Two days of a year are twice a year, whatever “hằng năm” says beside them.
_TWICE_A_YEAR = re.compile(
    r"tháng\s+0?6\s+và\s+(?:trước\s+)?(?:ngày\s+\d+\s+)?tháng\s+12\b", re.IGNORECASE
)
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "sáu": 6, "chín": 9}
_MONTHS = {1: "monthly", 3: "quarterly", 6: "semiannual", 12: "annual"}


@dataclass(frozen=True)
class Cadence:
    """A cadence and the place of its words."""

    name: str
    start: int
    end: int


def cadences_in(text):
    """Return the cadences of ``text`` in the order of its words, each once.

    A bare “định kỳ” counts only where no period says how often.
    """
    found = []
    taken = []
    for match in _LISTS.finditer(text):
        group = next(name for name in ("list", "due", "times") if match[name])
        taken.append(match.span())
        for period in re.finditer(_PERIOD, match[group], re.IGNORECASE):
            start = match.start(group) + period.start()
            found.append(Cadence(_of_period(period[0]), start, start + len(period[0])))
    for name, pattern in _SINGLES:
        for match in pattern.finditer(text):
            covered = any(start <= match.start() < end for start, end in taken)
            if not covered:
                found.append(Cadence(name, *match.span()))
    if any(each.name in _MONTHS.values() for each in found):
        found = [each for each in found if each.name != "periodic"]
    if _TWICE_A_YEAR.search(text):
        found = [
            Cadence("semiannual", each.start, each.end) if each.name == "annual" else each
            for each in found
        ]
    once = {}
    for cadence in sorted(found, key=lambda each: each.start):
        once.setdefault(cadence.name, cadence)
    return list(once.values())


def is_on_receipt(text):
    """Return whether ``text`` tells what to do when information has been received."""
    return bool(_RECEIVED.search(text))


def _of_period(words):
    words = words.lower()
    number = re.match(rf"{_NUMBER}\b", words)
    count = 1
    if number:
        count = _NUMBERS.get(number[0]) or int(re.sub(r"\D", "", number[0]) or 1)
    if words.startswith("nửa"):
        return "semiannual"
    if words.endswith("tháng"):
        return _MONTHS.get(count, "periodic")
    if words.endswith("quý"):
        return "quarterly" if count == 1 else "semiannual" if count == 2 else "periodic"
    if words.endswith("năm"):
        return "annual" if count == 1 else "periodic"
    return "periodic"
