"""Due when: the days that a sentence sets, and for which cadence."""

import re
from dataclasses import dataclass

_LIMIT = (
    r"(?P<strict>trước)|(?P<latest>(?:chậm|muộn)\s+nhất(?:\s+là)?(?:\s+vào)?(?:\s+trước)?|"
    r"không\s+(?:quá|muộn\s+hơn|chậm\s+hơn)|vào|đến)"
)
_DUE = re.compile(
    rf"\b(?:{_LIMIT})\s+ngày\s+(?:mùng\s+)?(?P<day>\d{{1,2}})(?!\d|\s*/\s*\d+\s*/)"
    r"(?:\s*/\s*(?P<slash>\d{1,2}))?"
    r"(?P<rest>(?:\s+(?:hằng|hàng|của|mỗi|tháng|quý|năm|đầu|cuối|thứ|\d{1,2}|sau|tiếp|theo|liền|kề|kế|"
    r"kỳ|báo|cáo|đó))*)",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\bquý\b", re.IGNORECASE)


@dataclass(frozen=True)
class Due:
    """A day of a period, and the cadence that its words speak of (None: any)."""

    day: int
    month_of_period: str | None
    strictly_before: bool
    cadence: str | None
    start: int

    def as_json(self):
        """Return the due rule by the contract."""
        return {
            "day": self.day,
            "month_of_period": self.month_of_period,
            "strictly_before": self.strictly_before,
        }


def dues_in(text):
    """Return the due rules of ``text`` in the order of its words."""
    found = []
    for match in _DUE.finditer(text):
        day = int(match["day"])
        if not 1 <= day <= 31:
            continue
        rest = re.sub(r"\s+", " ", match["rest"].lower()).strip()
        strict = bool(match["strict"]) or "trước" in (match["latest"] or "").lower()
        month = _month(rest, match["slash"])
        found.append(Due(day, month, strict, _cadence(rest, month, match["slash"]), match.start()))
    return found


def due_for(cadence, cadences, dues):
    """Return the due rule of ``cadence``: one that names it, else the nearest that fits, or None.

    A rule that names no period belongs to the cadence whose words stand nearest before it.
    """
    if cadence not in ("monthly", "quarterly", "semiannual", "annual"):
        return None
    named = [due for due in dues if due.cadence == cadence]
    if named:
        return named[0]
    for due in dues:
        if due.cadence is not None and due.cadence in {each.name for each in cadences}:
            continue
        before = [each for each in cadences if each.start < due.start]
        nearest = before[-1] if before else cadences[0]
        if nearest.name == cadence and (due.cadence is None or due.cadence == cadence):
            return due
    return None


def _month(rest, slash):
    """Return which month of its period a rule means: first, last, or None."""
    if slash:
        return {1: "first", 12: "last", 6: "last"}.get(int(slash))
    if re.search(r"tháng (?:đầu|thứ nhất|1 |01 )|tháng 0?1\b", rest):
        return "first"
    if re.search(r"tháng cuối|cuối (?:quý|năm|kỳ)|tháng (?:12|6|06)\b", rest):
        return "last"
    return None


def _cadence(rest, month, slash):
    if _QUARTER.search(rest):
        return "quarterly"
    if re.search(r"tháng (?:12|0?1)\b|năm", rest) or slash in ("12", "1", "01"):
        return "annual"
    if re.search(r"tháng (?:0?6)\b", rest) or slash in ("6", "06"):
        return "semiannual"
    if re.search(r"(?:hằng|hàng|mỗi) tháng|tháng sau|tháng (?:kế|tiếp|liền)", rest) and not month:
        return "monthly"
    return None
