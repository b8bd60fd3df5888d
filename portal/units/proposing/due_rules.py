"""Due when: the days that a sentence sets, and for which cadence."""

import re
from dataclasses import dataclass, replace

_LIMIT = (
    r"(?P<strict>trước)|(?P<latest>(?:chậm|muộn)\s+nhất(?:\s+là)?(?:\s+vào)?(?:\s+trước)?|"
    r"không\s+(?:quá|muộn\s+hơn|chậm\s+hơn)|vào|đến)"
)
_DUE = re.compile(
    rf"\b(?:(?:{_LIMIT})\s+(?:ngày\s+(?:mùng\s+)?|(?=\d{{1,2}}\s*/\s*\d{{1,2}}(?!\d|\s*/)))|"
    rf"ngày\s+(?=\d+\s+(?:hằng|hàng|mỗi)\s+tháng))(?P<day>\d{{1,2}})(?!\d|\s*/\s*\d+\s*/)"
    r"(?:\s*/\s*(?P<slash>\d{1,2}))?"
    r"(?P<rest>(?:\s+(?:hằng|hàng|của|mỗi|tháng|quý|năm|đầu|cuối|thứ|\d{1,2}|sau|tiếp|theo|liền|kề|kế|"
    r"kỳ|báo|cáo|đó))*)",
    re.IGNORECASE,
)
#: Which months of a year or of a half are its first and its last.
_PLACES = {
    "annual": {1: "first", 12: "last"},
    "semiannual": {1: "first", 7: "first", 6: "last", 12: "last"},
}
_LATER = re.compile(r"(?:tháng|quý|năm|kỳ) (?:sau|kế|tiếp|liền)")
_HALVES = re.compile(
    r"^\s*(?:và|,)\s*(?:ngày\s+)?(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})(?!\s*/)", re.IGNORECASE
)
_QUARTER = re.compile(r"\bquý\b", re.IGNORECASE)


@dataclass(frozen=True)
class Due:
    """A day, where its words put it, and the cadence that they speak of (None: any)."""

    day: int
    month: int | None
    place: str | None
    strictly_before: bool
    cadence: str | None
    start: int
    after_period: bool = False

    def as_json(self, cadence):
        """Return the due rule for a duty of ``cadence`` by the contract."""
        place = self.place
        if place is None and self.month:
            place = _PLACES.get(cadence, {}).get(self.month)
        return {
            "day": self.day,
            "month_of_period": place,
            "strictly_before": self.strictly_before,
        }

    def as_rule(self, cadence):
        """Return the same, and whether the day lies after the period: “của tháng kế tiếp”."""
        return {**self.as_json(cadence), "after_period": self.after_period}


def dues_in(text):
    """Return the due rules of ``text`` in the order of its words."""
    found = []
    for match in _DUE.finditer(text):
        day = int(match["day"])
        if not 1 <= day <= 31:
            continue
        rest = re.sub(r"\s+", " ", match["rest"].lower()).strip()
        strict = bool(match["strict"]) or "trước" in (match["latest"] or "").lower()
        month = re.search(r"tháng (\d{1,2})\b", rest)
        number = int(match["slash"] or (month[1] if month else 0)) or None
        later = bool(_LATER.search(rest))
        place = _place(rest)
        found.append(Due(day, number, place, strict, _cadence(rest), match.start(), later))
        second = _HALVES.match(text[match.end() :]) if number else None
        if second and 1 <= int(second["day"]) <= 31:
            also = replace(found[-1], day=int(second["day"]), month=int(second["month"]))
            found.append(also)
    return found


def due_for(cadence, cadences, dues):
    """Return the due rule of ``cadence``: one that names it, else the nearest that fits, or None.

    A rule that names no period belongs to the cadence whose words stand nearest before it.
    """
    if cadence not in ("monthly", "quarterly", "semiannual", "annual"):
        return None
    present = {each.name for each in cadences}
    named = [due for due in dues if _period(due, present) == cadence]
    if named:
        return named[0]
    for due in dues:
        if _period(due, present) is not None:
            continue
        before = [each for each in cadences if each.start < due.start]
        nearest = before[-1] if before else cadences[0]
        if nearest.name == cadence:
            return due
    return None


def with_year_s_day(cadences, dues):
    """Return ``cadences`` with a bare “định kỳ” told by its day: “(trước ngày 15 tháng 12)”."""
    if len(dues) != 1 or not dues[0].month or len({each.name for each in cadences}) > 2:
        return cadences
    return [replace(each, name="annual") if each.name == "periodic" else each for each in cadences]


def _period(due, present):
    """Return the cadence that a rule speaks of, told which the sentence names."""
    if due.cadence is not None or due.month is None:
        return due.cadence
    half_year = "annual" not in present or due.month in (6, 7)
    return "semiannual" if half_year and "semiannual" in present else "annual"


def _place(rest):
    """Return which month of its period the words name: first, last, or None."""
    if re.search(r"tháng (?:đầu|thứ nhất)", rest):
        return "first"
    if re.search(r"tháng cuối|cuối (?:quý|năm|kỳ)", rest):
        return "last"
    return None


def _cadence(rest):
    if _QUARTER.search(rest):
        return "quarterly"
    if re.search(r"(?:hằng|hàng|mỗi) tháng|tháng sau|tháng (?:kế|tiếp|liền)", rest):
        return "monthly"
    return None
