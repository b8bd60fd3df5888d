"""Which part of a text a list of provisions means."""

import re
from dataclasses import dataclass

from portal.core.text import fold
from portal.regulations.references.documents import kind_of
from portal.regulations.references.grammar import (
    ANNEX,
    ARTICLE,
    CHAPTER,
    CLAUSE,
    PART,
    POINT,
    SECTION,
    SUBSECTION,
)

LEVELS = {"part": PART, "chapter": CHAPTER, "section": SECTION, "subsection": SUBSECTION}
ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
#: What a text may call itself where its title does not say what it is.
ANY_RULES = frozenset({"quy chế", "quy định", "quy trình", "nội quy", "điều lệ"})
MORE_THAN_A_NAME = 12  #: letters that our own title must have to tell us from others


def number_of(value):
    """Return a number as texts compare it: “II”, “2” and “02” are the same."""
    value = value.strip().lower()
    if re.fullmatch(r"[ivxlc]+", value):
        digits = [ROMAN_DIGITS[char] for char in value]
        signed = [
            -digit if digit < max(digits[place:]) else digit for place, digit in enumerate(digits)
        ]
        return str(sum(signed))
    return value.lstrip("0")


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: what “Điều này”, “khoản này” and “Chương này” mean there."""

    component: str
    article: object = None
    clause: object = None
    point: object = None
    divisions: tuple = ()
    annex: object = None


class TextIndex:
    """The parts of one text by what references call them."""

    def __init__(self, text):
        self.text = text
        self.articles, self.divisions, self.annexes = {}, {}, {}
        self.order = []
        self._own_kinds = {"qc": kind_of(text.title) or kind_of(text.short_title)}
        self._own_names = [fold(name) for name in (text.title, text.short_title) if name]
        component = "qc"
        for part in text.parts:
            if part.kind == "annex":
                component = part.eid
                self.annexes.setdefault(number_of(part.number or "1"), part)
                self._own_kinds[part.eid] = kind_of(part.heading)
            elif part.kind == "division":
                above = part.eid.rpartition("__")[0]
                key = (part.level, number_of(part.number))
                self.divisions.setdefault((above, *key), part)
                self.divisions.setdefault((part.eid.partition("__")[0], *key), part)
            else:
                self.articles.setdefault((part.component, part.number.lower()), part)
                self.order.append(part)
        self.last_component = component
        self.has_decision = any(part.component == "qd" for part in self.order)

    # --- Whose provisions -------------------------------------------------------------------

    def component_of(self, document, place):
        """Return the component that ``document`` names, None when it is another document."""
        if document.is_this:
            return self._component_called(document.kind, place)
        own = self.text.document_number
        if document.number:
            is_own = own and fold(document.number) == fold(own)
            return self._decision() if is_own else None
        issued_by = document.issued_by
        if issued_by is not None:
            is_own = issued_by.is_this or (own and fold(issued_by.number) == fold(own))
            return "qc" if is_own else None
        if document.is_bare or self._is_own_name(document):
            return self._component_called(document.kind, place)
        return None

    def _is_own_name(self, document):
        named = fold(document.onwards)
        return any(
            len(own) >= MORE_THAN_A_NAME and re.match(rf"{re.escape(own)}\b", named)
            for own in self._own_names
        )

    def _component_called(self, kind, place):
        if kind == "quyết định":
            own = self._own_kinds["qc"]
            return self._decision() if self.has_decision or own in ("", kind) else None
        if place.component not in ("qc", "qd") and self._own_kinds.get(place.component) == kind:
            return place.component
        own = self._own_kinds["qc"]
        fits = kind in (own, "văn bản") if own else kind in ANY_RULES | {"văn bản"}
        return "qc" if fits else None

    def _decision(self):
        return "qd" if self.has_decision else "qc"

    # --- Which provision --------------------------------------------------------------------

    def article(self, component, value):
        """Return the Điều with this number in a component, None where there is none."""
        return self.articles.get((component, value))

    def annex(self, value):
        """Return the annex with this number."""
        return self.annexes.get(number_of(value))

    def division(self, level, value, above):
        """Return a heading by its number, below the eid ``above``."""
        name = next(name for name, each in LEVELS.items() if each == level)
        return self.divisions.get((above, name, number_of(value)))

    def between(self, level, first, last):
        """Return what stands strictly between two parts of a range, in reading order."""
        row = self.order if level == ARTICLE else self._siblings(first)
        places = [place for place, each in enumerate(row) if each in (first, last)]
        return tuple(row[places[0] + 1 : places[1]]) if len(places) == 2 else ()

    def _siblings(self, part):
        parent = part.eid.rpartition("__")[0]
        for article in self.order:
            if article.eid == parent:
                return list(article.clauses)
            for clause in article.clauses:
                if clause.eid == parent:
                    return list(clause.points)
        return []


def clause_of(article, value):
    """Return the khoản with this number."""
    return next((each for each in article.clauses if each.number.lower() == value), None)


def point_of(clause, value):
    """Return the điểm with this letter."""
    wanted = {"dd": "đ"}.get(value, value)
    return next((each for each in clause.points if each.label.lower() in (wanted, value)), None)


__all__ = [
    "ANNEX",
    "ARTICLE",
    "CLAUSE",
    "LEVELS",
    "POINT",
    "Place",
    "TextIndex",
    "clause_of",
    "number_of",
    "point_of",
]
