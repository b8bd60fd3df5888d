"""Where a text uses the terms that it defines, the longest name first."""

import re
from dataclasses import dataclass

from portal.regulations.definitions import DefinedTerm


@dataclass(frozen=True)
class TermUse:
    """Words of a sentence that use a term."""

    start: int
    end: int
    definition: DefinedTerm


class TermFinder:
    """Finds the terms of a text in its sentences, the longest name first."""

    def __init__(self, definitions):
        self._by_name = {}
        for place in (0, 1):  # a term of its own comes before another name of some other
            for definition in definitions:
                for name in definition.all_names[:1] if place == 0 else definition.names:
                    self._by_name.setdefault(_spelling(name, definition), definition)
        names = sorted(self._by_name, key=len, reverse=True)
        self._pattern = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern_of, names))})(?!\w)") if names else None
        )

    def find(self, sentence, *, source_eid, field, taken=()):
        """Return the uses of terms in one sentence, outside the spans that are ``taken``.

        A term is not found in its own definition, nor where a longer name goes on.
        """
        if self._pattern is None:
            return []
        uses = []
        for match in self._pattern.finditer(sentence):
            definition = self._definition_of(match[0])
            overlaps = any(start < match.end() and match.start() < end for start, end in taken)
            if definition is None or overlaps or _goes_on(match[0], sentence[match.end() :]):
                continue
            is_own = (definition.source_eid, definition.field) == (source_eid, field)
            if is_own and match.start() < definition.until:
                continue
            uses.append(TermUse(match.start(), match.end(), definition))
        return uses

    def _definition_of(self, words):
        plain = re.sub(r"\s+", " ", words)
        small = plain[:1].lower() + plain[1:]
        return self._by_name.get(plain) or self._by_name.get(small)


def _spelling(name, definition):
    """Return how a name is compared: its first letter counts where its case has a meaning.

    In the list of terms every name begins with a capital because its line does; a short name in a
    bracket is written as it will be used.
    """
    name = re.sub(r"\s+", " ", name)
    keeps = definition.is_inline or name[1:2].isupper() or len(name.split()) == 1 and name.isupper()
    if not keeps and name in definition.names:
        keeps = name[:1].isupper()
    return name if keeps else name[:1].lower() + name[1:]


def _pattern_of(name):
    """Return the expression that finds a name; a small first letter may be a capital, too."""
    words = [re.escape(word) for word in name.split()]
    first = name[:1]
    if first.islower():
        words[0] = f"[{first}{first.upper()}]{re.escape(name.split()[0][1:])}"
    return r"\s+".join(words)


def _goes_on(words, after):
    """Tell whether a proper name only begins with ``words``: “Trung tâm” in “Trung tâm Y tế”."""
    following = re.match(r"\s+([^\W\d_])", after)
    return words[:1].isupper() and following is not None and following[1].isupper()


def find_terms(text, definitions):
    """Return ``[(part, field, TermUse)]`` of a whole text, for whoever does not draw it."""
    finder = TermFinder(definitions)
    return [
        (part, field, use)
        for article in text.articles()
        for part in article.provisions()
        for field in ("intro" if part is article else "text",)
        for use in finder.find(getattr(part, field), source_eid=part.eid, field=field)
    ]
