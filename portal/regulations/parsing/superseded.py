"""Instruments that regulations still cite although another one took their place.

A row needs a public source that says so; editors see the date and judge for themselves.
"""

import re
from dataclasses import dataclass

from portal.regulations.parsing.grammar import flat


@dataclass(frozen=True)
class Superseded:
    """An instrument, what replaced it and since when; ``pattern`` finds it in flat text."""

    name: str
    pattern: re.Pattern
    replaced_by: str
    since: str
    source: str


SUPERSEDED = (
    Superseded(
        "Luật Giao dịch điện tử 51/2005/QH11",
        re.compile(r"\b51/2005/qh11\b|luat giao dich dien tu (?:ngay 29/11/|.{0,24}nam )2005"),
        "Luật Giao dịch điện tử 20/2023/QH15",
        "01/7/2024",
        "https://stttt.quangbinh.gov.vn/bg/chi-tiet-tin/-/view-article/1/13826702522977/1715330048729",
    ),
    Superseded(
        "Nghị định 47/2020/NĐ-CP",
        re.compile(r"\b47/2020/nd-cp\b"),
        "Nghị định 278/2025/NĐ-CP",
        "22/10/2025",
        "https://hethongphapluat.vn/nghi-dinh-278-2025-nd-cp",
    ),
    Superseded(
        "Nghị định 13/2023/NĐ-CP",
        re.compile(r"\b13/2023/nd-cp\b"),
        "Nghị định 356/2025/NĐ-CP",
        "01/01/2026",
        "https://wincolaw.com.vn/vi/nghi-dinh-356-2025",
    ),
    Superseded(
        "Luật An toàn thông tin mạng 86/2015/QH13",
        re.compile(r"\b86/2015/qh13\b|luat an toan thong tin mang (?:ngay 19/11/|.{0,24}nam )2015"),
        "Luật An ninh mạng 116/2025/QH15",
        "01/7/2026",
        "https://kienthuc.net.vn/ngan-chan-cac-hanh-vi-xam-pham-du-lieu-tu-luat-an-ninh-mang-2025-post1595551.html",
    ),
    Superseded(
        "Luật An ninh mạng 24/2018/QH14",
        re.compile(r"\b24/2018/qh14\b|luat an ninh mang (?:ngay 12/6/|.{0,24}nam )2018"),
        "Luật An ninh mạng 116/2025/QH15",
        "01/7/2026",
        "https://kienthuc.net.vn/ngan-chan-cac-hanh-vi-xam-pham-du-lieu-tu-luat-an-ninh-mang-2025-post1595551.html",
    ),
)


def superseded_in(text):
    """Return every superseded instrument that ``text`` names."""
    plain = re.sub(r"[‐-―−]", "-", flat(text))
    return [row for row in SUPERSEDED if row.pattern.search(plain)]
