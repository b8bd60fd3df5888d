"""The words of a text as HTML: references lead on, terms explain themselves, all else is escaped.

Made from a ``RegulationText`` alone, so that live pages, previews and editions are drawn alike;
what editors decided comes in as ``Decisions``. References lead to the version being read: ``base``
is its address. This is the one place where legal text becomes HTML.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field

from django.core.cache import cache
from django.utils.html import escape
from django.utils.safestring import mark_safe

from portal.regulations.definitions import DefinedTerm, find_definitions
from portal.regulations.references import Reference, find_references
from portal.regulations.references.finding import sentences_of
from portal.regulations.snapshots import as_snapshot
from portal.regulations.terms import TermFinder

#: Raise it when the same text is to be read differently: older readings in the cache then lapse.
READING = 1
KEPT_FOR = 7 * 24 * 3600
READ_FROM = ("title", "short_title", "document_number", "parts")


@dataclass(frozen=True)
class Analysis:
    """What can be known of a text without anybody's decision."""

    references: tuple[Reference, ...]
    definitions: tuple[DefinedTerm, ...]


def identity_of(part):
    """Return what makes a part the same part in other editions; its address failing that."""
    return part.id or part.eid


def analyse(text):
    """Return the references and definitions of ``text``; kept in the cache by its content."""
    snapshot = as_snapshot(text)
    content = json.dumps([snapshot[name] for name in READ_FROM], ensure_ascii=False)
    key = f"reading:{READING}:{hashlib.sha256(content.encode()).hexdigest()}"
    analysis = cache.get(key)
    if analysis is None:
        analysis = Analysis(tuple(find_references(text)), tuple(find_definitions(text)))
        cache.set(key, analysis, KEPT_FOR)
    return analysis


@dataclass(frozen=True)
class Decisions:
    """What editors decided on references and terms, by their keys.

    ``targets`` gives a reference's key the identity of the part that it leads to, None when it
    leads nowhere. ``definitions`` are terms that editors wrote, or worded better; ``documents``
    gives the number of another document, in small letters, its address.
    """

    targets: dict = field(default_factory=dict)
    rejected_terms: frozenset = frozenset()
    definitions: tuple[DefinedTerm, ...] = ()
    added: tuple[Reference, ...] = ()
    documents: dict = field(default_factory=dict)


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    html: str


class AnnotatedText:
    """Draws the sentences of one text.

    With ``in_page`` references lead to places of the same page, as in the full text; else to the
    address of the provision. ``html_of(part, field)`` is what templates ask for.
    """

    def __init__(self, text, *, base, in_page=False, decisions=None):
        self.text, self.base, self.in_page = text, base, in_page
        self.decisions = decisions or Decisions()
        analysis = analyse(text)
        self.references = analysis.references
        self.definitions = self._chosen_definitions(analysis)
        self._finder = TermFinder(self.definitions)
        self._parts = _parts_by_eid(text)
        self._eids = {identity_of(part): eid for eid, part in self._parts.items()}
        self._marked = self._references_by_place()
        self._drawn = {}
        self._used = {}
        self._called = set()
        self._whole = {
            part.eid: whole
            for whole in text.parts
            for part in (whole.provisions() if whole.kind == "article" else [whole])
        }

    def _chosen_definitions(self, analysis):
        chosen = {each.key: each for each in analysis.definitions}
        chosen.update({each.key: each for each in self.decisions.definitions})
        return [each for key, each in chosen.items() if key not in self.decisions.rejected_terms]

    def _references_by_place(self):
        places = {}
        found = (*self.decisions.added, *self.references)
        for reference in sorted(found, key=lambda each: each.start):
            places.setdefault((reference.source_eid, reference.field), []).append(reference)
        return places

    # --- What templates ask for -------------------------------------------------------------

    def html_of(self, part, field):
        """Return the HTML of a field of a part of this text."""
        whole, known = self._whole.get(part.eid), self._parts.get(part.eid)
        # A page may show another text than was read, such as a draft: its own words come first.
        if whole is None or (known is not part and known != part):
            return mark_safe(_lines(getattr(part, field, "")))  # noqa: S308 - escaped
        if whole.eid not in self._used:
            self._draw(whole)
        return self._drawn.get((part.eid, field), "")

    def used_definitions(self):
        """Return the definitions that what has been drawn uses, in reading order."""
        used = set().union(*self._used.values())
        return [each for each in self.definitions if each.key in used]

    def address_of(self, eid):
        """Return the address of a part in the version being read; empty if it has none."""
        part = self._parts.get(eid)
        if part is None:
            return ""
        path = getattr(part, "path", "")
        return f"{self.base}{path}/" if path else f"{self.base}#{part.anchor}"

    def source_of(self, definition):
        """Return the part that defines a term, None for a term that an editor wrote."""
        return self._parts.get(definition.source_eid)

    # --- Drawing ----------------------------------------------------------------------------

    def _draw(self, whole):
        """Draw one article or annex: a term is marked at its first place there, for readers hate
        carpets of links.
        """
        used = self._used[whole.eid] = set()
        for part in whole.provisions() if whole.kind == "article" else [whole]:
            for name, sentence in sentences_of(part):
                html = self._sentence(part, name, sentence, used)
                self._drawn[part.eid, name] = mark_safe(html)  # noqa: S308 - escaped piece by piece

    def _sentence(self, part, name, sentence, used):
        marks = self._reference_marks(part, name, sentence)
        marks += self._footnote_marks(part, sentence, marks)
        if part.kind != "annex":
            marks += self._term_marks(part, name, sentence, marks, used)
        html, here = [], 0
        for mark in sorted(marks, key=lambda each: each.start):
            html += [_lines(sentence[here : mark.start]), mark.html]
            here = mark.end
        return "".join([*html, _lines(sentence[here:])])

    def _reference_marks(self, part, field_name, sentence):
        marks, end = [], 0
        for reference in self._marked.get((part.eid, field_name), ()):
            address, title = self._leads_to(reference)
            if not address or reference.start < end:
                continue
            words = _lines(sentence[reference.start : reference.end])
            end = reference.end
            is_far = not address.startswith("#") and not address.startswith(self.base)
            kind = "ref ref--other" if is_far else "ref"
            html = f'<a class="{kind}" href="{escape(address)}" title="{escape(title)}">{words}</a>'
            marks.append(_Mark(reference.start, end, html))
        return marks

    def _footnote_marks(self, part, sentence, taken):
        """Lead each footnote's first mark to the note, which leads back."""
        whole, marks = self._whole[part.eid], []
        for number, note in enumerate(getattr(whole, "footnotes", ()), start=1):
            name = f"{whole.anchor}-goi-{number}"
            found = _mark_of(note).search(sentence)
            if found is None or name in self._called:
                continue
            if any(mark.start < found.end() and found.start() < mark.end for mark in taken):
                continue
            self._called.add(name)
            html = (
                f'<a class="footnote-mark" id="{name}" href="#{whole.anchor}-chu-thich-{number}">'
                f"{escape(found[0])}</a>"
            )
            marks.append(_Mark(found.start(), found.end(), html))
        return marks

    def footnotes_of(self, article):
        """Return ``[(note, anchor of the note, anchor of its mark or "")]`` of a drawn article."""
        rows = []
        for number, note in enumerate(article.footnotes, start=1):
            name = f"{article.anchor}-goi-{number}"
            called = name if name in self._called else ""
            rows.append((note, f"{article.anchor}-chu-thich-{number}", called))
        return rows

    def _leads_to(self, reference):
        """Return address and title of where a reference leads; empty when nowhere."""
        if self.decisions.targets and reference.key in self.decisions.targets:
            eid = self._eids.get(self.decisions.targets[reference.key])
        elif reference.document:
            return self._document_address(reference), reference.document
        else:
            eid = reference.targets[0] if reference.targets and reference.is_certain else None
        part = self._parts.get(eid)
        if part is None:
            return "", ""
        title = getattr(part, "title", "") or _capital(part.citation)
        return (f"#{part.anchor}" if self.in_page else self.address_of(eid)), title

    def _document_address(self, reference):
        known = self.decisions.documents
        number = next((number for number in known if number in reference.document.casefold()), None)
        return known[number] if number else ""

    def _term_marks(self, part, name, sentence, taken, used):
        marks = []
        spans = [(mark.start, mark.end) for mark in taken]
        for use in self._finder.find(sentence, source_eid=part.eid, field=name, taken=spans):
            if use.definition.key in used:
                continue
            used.add(use.definition.key)
            words = _lines(sentence[use.start : use.end])
            html = (
                f'<a class="term" href="{escape(self.definition_address(use.definition))}"'
                f' data-term="{escape(use.definition.slug)}">{words}</a>'
            )
            marks.append(_Mark(use.start, use.end, html))
        return marks

    def definition_address(self, definition):
        """Return where a term is defined: its provision, or its line of the glossary."""
        part = self._parts.get(definition.source_eid)
        if part is not None and self.in_page:
            return f"#{part.anchor}"
        address = self.address_of(definition.source_eid)
        return address or f"{self.base}thuat-ngu/#{definition.slug}"


def _parts_by_eid(text):
    parts = text.by_eid()
    parts.update({part.eid: part for part in text.parts if part.kind != "article"})
    return parts


def _mark_of(note):
    """Return the expression that finds a footnote's mark in the words: “[1]”, “²”, “(*)”."""
    mark = re.escape(note.mark.strip())
    is_bare = note.mark.strip().isdecimal() or note.mark.strip() == "*"
    return re.compile(rf"\[\^?{mark}\]" if is_bare else rf"{mark}(?![⁰¹²³⁴-⁹])")


def _lines(words):
    """Return escaped words; a line of the text stays a line."""
    return str(escape(words)).replace("\n", "<br>")


def _capital(words):
    return words[:1].upper() + words[1:]
