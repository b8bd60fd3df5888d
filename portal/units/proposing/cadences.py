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
    rf"|(?P<due>{_PERIOD})(?=\s*[:(]?\s*(?:gửi\s+)?(?:trước|chậm\s+nhất|muộn\s+nhất)\s+(?:là\s+)?ngày)"
    rf"|(?P<times>{_PERIOD}(?:{_JOINT}{_PERIOD})*)\s*(?:/|một|1|01)\s*lần"
    rf"|(?:giao\s+ban|hội\s+ý|tổng\s+kết|sơ\s+kết)(?:\s+định\s+kỳ)?[\s(]+(?P<kept>{_PERIOD}(?!\s*\d|\s+[IVX]+\b)"
    rf"(?:{_JOINT}{_PERIOD}(?!\s*\d))*)"
    rf"|(?P<bare>(?:{_NUMBER}\s+)?(?:tuần|tháng|quý)(?!\s*\d)(?:{_JOINT}{_PERIOD}(?!\s*\d))+))\b",
    re.IGNORECASE,
)
_WORDS = (
    (
        "annual",
        r"(?:vào\s+)?cuối\s+năm|tháng\s+12\s+(?:hằng|hàng|mỗi)\s+năm|kế\s+hoạch\s+(?:hoạt\s+động\s+|công\s+tác\s+)?năm(?!\s*\d)|tổng\s+kết\b[^.,;]{0,40}?\btháng\s+12|thường\s+niên|sau\s+khi\s+kết\s+thúc\s+năm",
    ),
    (
        "semiannual",
        r"sáu\s+tháng\s+(?:đầu|cuối)\s+năm|0?6\s+tháng\s+(?:đầu|cuối)\s+năm|bán\s+niên|giữa\s+năm|sơ\s+kết\b[^.,;]{0,40}?\btháng\s+0?6\b",
    ),
    ("periodic", r"định\s+kỳ"),
    (
        "on_request",
        r"đột\s+xuất|chuyên\s+đề|khi\s+(?:được\s+|có\s+)?(?:\S+\s+){0,6}?yêu\s+cầu|khi\s+cần\s+thiết|định\s+kỳ\s+(?:và|hoặc|hay)\s+theo\s+yêu\s+cầu|(?:số\s+liệu|dữ\s+liệu|thông\s+tin)\s+theo\s+yêu\s+cầu\s+của",
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
#: How many times in a period: “02 lần/ngày”, “mỗi năm hai lần”.
_TIMES = re.compile(
    rf"(?:(?P<times>{_NUMBER})\s+lần\s*(?:/|một|mỗi|trong)\s*(?P<in>ngày|tuần|tháng|quý|năm)"
    rf"|mỗi\s+(?P<each>ngày|tuần|tháng|quý|năm)\s+(?P<often>{_NUMBER})\s+lần)\b",
    re.IGNORECASE,
)
_TIMES_A_YEAR = {1: "annual", 2: "semiannual", 4: "quarterly", 12: "monthly"}
#: A day of another period tells the period where nothing else does: “ngày 05 tháng sau”.
_BY_DAY = (
    ("quarterly", re.compile(r"\btháng\s+(?:đầu|cuối)\s+(?:của\s+)?quý\b", re.IGNORECASE)),
    (
        "monthly",
        re.compile(r"\bngày\s+\d{1,2}\s+(?:của\s+)?tháng\s+(?:sau|kế|tiếp|liền)\b", re.IGNORECASE),
    ),
)
_RECEIVED = re.compile(
    r"\b(?:sau\s+|ngay\s+)*khi\s+(?:tiếp\s+nhận|nhận)\b|\bkhi\s+có\s+(?:thông\s+tin|cảnh\s+báo|phản\s+ánh|tin\s+báo|sự\s+cố)\b",
    re.IGNORECASE,
)
#: Two days of a year are twice a year, whatever “hằng năm” says beside them.
_TWICE_A_YEAR = re.compile(
    r"(?:tháng\s+|\d\s*/\s*)0?6\s+và\s+(?:trước\s+)?(?:(?:ngày\s+)?\d+\s*/\s*|ngày\s+\d+\s+tháng\s+|tháng\s+)12\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"định\s+kỳ", re.IGNORECASE)
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "sáu": 6, "chín": 9}
_MONTHS = {1: "monthly", 3: "quarterly", 6: "semiannual", 9: "quarterly", 12: "annual"}


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
    found = _named_periods(text)
    once = {}
    for cadence in sorted(_settled(found, text), key=lambda each: each.start):
        once.setdefault(cadence.name, cadence)
    return list(once.values())


def _named_periods(text):
    """Return every cadence that words of ``text`` name; words of a list count once."""
    found = []
    taken = []
    for match in _TIMES.finditer(text):
        taken.append(match.span())
        found.append(Cadence(_of_times(match), *match.span()))
    for match in _LISTS.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        group = next(name for name in ("list", "due", "times", "kept", "bare") if match[name])
        taken.append(match.span())
        for period in re.finditer(_PERIOD, match[group], re.IGNORECASE):
            start = match.start(group) + period.start()
            found.append(Cadence(_of_period(period[0]), start, start + len(period[0])))
    for name, pattern in _SINGLES:
        for match in pattern.finditer(text):
            covered = any(start <= match.start() < end for start, end in taken)
            if not covered:
                found.append(Cadence(name, *match.span()))
    return found


def _settled(found, text):
    """Return ``found`` as the whole sentence means it."""
    if not any(each.name in _MONTHS.values() for each in found):
        for name, pattern in _BY_DAY:
            found.extend(Cadence(name, *match.span()) for match in pattern.finditer(text))
    if any(each.name in _MONTHS.values() for each in found):
        found = [each for each in found if not _is_bare(each, text)]
    if _TWICE_A_YEAR.search(text) and "semiannual" not in {each.name for each in found}:
        found = [
            Cadence("semiannual", each.start, each.end) if each.name == "annual" else each
            for each in found
        ]
    return found


def _is_bare(cadence, text):
    """Return whether a cadence is “định kỳ” alone, which the period beside it tells."""
    return cadence.name == "periodic" and _BARE.fullmatch(text[cadence.start : cadence.end])


def is_on_receipt(text):
    """Return whether ``text`` tells what to do when information has been received."""
    return bool(_RECEIVED.search(text))


def _of_times(match):
    number = (match["times"] or match["often"]).lower()
    count = _NUMBERS.get(number) or int(number)
    period = (match["in"] or match["each"]).lower()
    if period in ("ngày", "tuần"):
        return "periodic"
    return _TIMES_A_YEAR.get(count * {"tháng": 12, "quý": 4, "năm": 1}[period], "periodic")


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
