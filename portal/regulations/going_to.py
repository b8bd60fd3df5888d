"""What people type to get to a provision, and where that is."""

import re
from dataclasses import dataclass

from portal.core.text import fold
from portal.regulations.citations import letter_id
from portal.regulations.references.grammar import CHAPTER, PART, SECTION
from portal.regulations.references.resolution import TextIndex, clause_of, point_of

POINT = re.compile(r"(?:điểm|diem|đ\.)\s*(?P<value>[a-zđ]{1,2})(?![a-zà-ỹ])", re.I)
CLAUSE = re.compile(r"(?:khoản|khoan|k\.?)\s*(?P<value>\d{1,3}[a-zđ]?)\b", re.I)
ARTICLE = re.compile(r"(?:điều|dieu|đ\.?)\s*(?P<value>\d{1,3}[a-zđ]?)\b", re.I)
BARE = re.compile(
    r"\s*(?P<article>\d{1,3}[a-zđ]?)(?:\s*[./]\s*(?P<clause>\d{1,3}[a-zđ]?))?"
    r"(?:\s*[./]\s*(?P<point>[a-zđ]{1,2}))?\s*\.?\s*",
    re.I,
)
DIVISIONS = (("chuong", CHAPTER), ("muc", SECTION), ("phan", PART))
ANNEX = re.compile(r"phu luc(?: so)?(?: (?P<value>[ivxlc\d]+))?")
HABIT = re.compile(
    r"(?:(?:diem_(?P<point>[a-z]{1,2})_)?khoan_(?P<clause>\d+[a-z]?)_|dieu_)(?P<article>\d+[a-z]?)"
)


@dataclass(frozen=True)
class Destination:
    """Where what was typed leads: an address below the regulation's, and whether it is exact."""

    place: str
    is_exact: bool
    citation: str


def destination(typed, text):
    """Return where ``typed`` leads in ``text``, None where nothing of it stands there.

    “5”, “điều 12a”, “khoan 2 dieu 5”, “5.2.đ”, “Điều 1 Quyết định”, “Chương II”, “Phụ lục I”.
    """
    index = TextIndex(text)
    plain = fold(typed)
    article, clause, point = numbers_in(typed)
    if not article:
        return _heading(plain, index)
    component = "qd" if "quyet dinh" in plain and index.has_decision else "qc"
    found = index.article(component, article)
    if found is None and component == "qc" and not index.article("qc", "1"):
        found = index.article("qd", article)
    return _below(found, clause, point) if found is not None else None


def numbers_in(typed):
    bare = BARE.fullmatch(typed)
    if bare:
        parts = (bare["article"], bare["clause"], bare["point"])
    else:
        found = (ARTICLE.search(typed), CLAUSE.search(typed), POINT.search(typed))
        parts = tuple(match["value"] if match else None for match in found)
    return tuple((part or "").lower() for part in parts)


def _below(article, clause, point):
    """Return the place of the khoản and điểm asked for, as far as they stand."""
    part, is_exact = article, True
    if clause or point:
        whole = clause_of(article, clause) if clause else _clause_with(article, point)
        part, is_exact = whole or article, whole is not None
        if whole is not None and point:
            found = point_of(whole, point)
            part, is_exact = found or whole, found is not None
    return Destination(f"{part.path}/", is_exact, part.citation)


def _clause_with(article, point):
    return next((clause for clause in article.clauses if point_of(clause, point)), None)


def _heading(plain, index):
    annex = ANNEX.fullmatch(plain)
    if annex:
        only = list(index.annexes.values())
        part = index.annex(annex["value"]) if annex["value"] else only[0] if only else None
        return Destination(f"#{part.anchor}", True, part.title) if part else None
    for name, level in DIVISIONS:
        found = re.fullmatch(rf"{name} (?P<value>[ivxlc\d]+)", plain)
        part = index.division(level, found["value"], "qc") if found else None
        if part:
            return Destination(f"#{part.anchor}", True, part.title)
    return None


def place_of_anchor(anchor):
    """Return the address that other sites write as ``?anchor=khoan_2_5``: khoản 2 Điều 5."""
    found = HABIT.fullmatch(anchor[:40])
    if found is None:
        return ""
    place = f"dieu-{letter_id(found['article'])}/"
    if found["clause"]:
        place += f"khoan-{letter_id(found['clause'])}/"
    if found["point"]:
        place += f"diem-{letter_id(found['point'])}/"
    return place
