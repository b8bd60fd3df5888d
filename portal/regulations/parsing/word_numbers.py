"""The list numbers that Word draws but does not store in the text: "1.", "a)", "Điều 5."."""

import re

from docx.oxml.ns import qn

FORMATS = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "lowerLetter": lambda n: chr(ord("a") + (n - 1) % 26),
    "upperLetter": lambda n: chr(ord("A") + (n - 1) % 26),
    "upperRoman": lambda n: _roman(n),
    "lowerRoman": lambda n: _roman(n).lower(),
    "bullet": lambda n: "-",
    "none": lambda n: "",
}
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


def _roman(number):
    text = ""
    for value, letters in (*ROMAN, (1, "I")):
        while number >= value:
            text += letters
            number -= value
    return text


class Numbering:
    """Counts the numbered paragraphs of one document as Word does."""

    def __init__(self, document):
        self.levels, self.abstract_of, self.counts = {}, {}, {}
        part = next(
            (
                r.target_part
                for r in document.part.rels.values()
                if r.reltype.endswith("/numbering")
            ),
            None,
        )
        if part is not None:
            self._read(part.element)

    def _read(self, root):
        for abstract in root.findall(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"))
            for level in abstract.findall(qn("w:lvl")):
                self.levels[key, int(level.get(qn("w:ilvl")))] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1")),
                )
        for number in root.findall(qn("w:num")):
            self.abstract_of[number.get(qn("w:numId"))] = _value(number, "w:abstractNumId", "")

    def next_label(self, paragraph):
        """Return the number that Word draws before ``paragraph``, "" if none; counts it."""
        place = _place(paragraph)
        if place is None or place[0] not in self.abstract_of:
            return ""
        abstract, depth = self.abstract_of[place[0]], place[1]
        if (abstract, depth) not in self.levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        start = self.levels[abstract, depth][2]
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return self._label(abstract, depth, counts)

    def _label(self, abstract, depth, counts):
        style, text, _start = self.levels[abstract, depth]
        if style == "bullet":
            return "-"

        def number_at(found):
            level = int(found.group(1)) - 1
            kind, _text, start = self.levels.get((abstract, level), ("decimal", "", 1))
            return FORMATS.get(kind, str)(counts.get(level, start))

        return re.sub(r"%(\d)", number_at, text)


def _value(element, tag, default):
    child = element.find(qn(tag))
    return child.get(qn("w:val"), default) if child is not None else default


def _place(paragraph):
    """Return list and level of a paragraph, from itself or its style."""
    holders = [paragraph._p.pPr]
    style = paragraph.style
    while style is not None:
        holders.append(style.element.pPr)
        style = style.base_style
    for holder in holders:
        numbers = holder.find(qn("w:numPr")) if holder is not None else None
        if numbers is not None and numbers.find(qn("w:numId")) is not None:
            return _value(numbers, "w:numId", "0"), int(_value(numbers, "w:ilvl", "0"))
    return None
