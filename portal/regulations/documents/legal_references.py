"""Addresses of Vietnamese instruments in the naming convention of Akoma Ntoso."""

import re
from datetime import date

from portal.core.text import slugify_vi
from portal.regulations.documents.heads import instrument_kind

#: “Nghị định số 47/2020/NĐ-CP ngày 09/4/2020”: the number, and the day that follows it.
NAMED = re.compile(
    r"\b(?P<kind>Luật|Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị)\s+(?:số\s+)?"
    r"(?P<number>\d+[\w./]*[/-][\w/-]*[A-ZĐ][\w-]*)"
    r"\s+ngày\s+(?P<day>\d{1,2})(?:\s*/\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:\s*/\s*|\s+năm\s+)(?P<year>\d{4})"
)


def work_uri(kind, day, number):
    """Return ``/akn/vn/act/nghi-dinh/2020-04-09/47-2020-nd-cp``; unknown parts are left out."""
    parts = ["/akn/vn/act", slugify_vi(kind) if kind else "", day, slugify_vi(number or "nn")]
    return "/".join(part for part in parts if part)


def references_in(words):
    """Yield ``(start, end, uri)`` of each instrument that is named by number and day."""
    for found in NAMED.finditer(words):
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue  # a day that no calendar has: the words stay, without an address
        kind = instrument_kind(found["number"]) or found["kind"]
        yield found.start(), found.end(), work_uri(kind, day.isoformat(), found["number"])
