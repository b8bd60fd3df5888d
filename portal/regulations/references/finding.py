"""Every reference of a text: where its words stand and which part they mean."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from portal.core.text import fold
from portal.regulations.annex_blocks import annex_blocks
from portal.regulations.references.documents import ALWAYS, read_document
from portal.regulations.references.grammar import QUOTES, read_list
from portal.regulations.references.lists import ListReader
from portal.regulations.references.resolution import Place, TextIndex
from portal.regulations.references.tokens import Cursor, key_set, tokens_of

AMENDING = key_set("sửa bổ bãi thay")
AMENDING_TAILS = key_set("đổi sung bỏ thế")
REACH_OF_AMENDING = 8  #: words between “sửa đổi” and the provision that it changes
AMENDING_HEADINGS = ("sua doi", "bo sung", "bai bo", "thay the")
LONGEST_WORDS = 255  #: letters by which a reference is known again
OPENING, CLOSING = "“‘", "”’"


@dataclass(frozen=True)
class Reference:
    """Words of one provision that name others.

    ``targets`` are eids, the one to go to first; none when the words mean another ``document``.
    ``is_dangling`` when the provision itself is not in the text: the target is the nearest part
    above it. ``is_certain`` is False where the words might mean another document, so that a person
    has to decide. ``occurrence`` counts the same words in one field.
    """

    source_eid: str
    source_id: str
    field: str
    start: int
    end: int
    words: str
    targets: tuple[str, ...] = ()
    document: str = ""
    is_dangling: bool = False
    is_certain: bool = True
    occurrence: int = 0

    @cached_property
    def key(self):
        """Return what tells it from every other reference, in this text and in later editions."""
        words = fold(self.words[:LONGEST_WORDS])
        return self.source_id or self.source_eid, self.field, words, self.occurrence


def find_references(text):
    """Return the references of a ``RegulationText`` in reading order."""
    index = TextIndex(text)
    is_amending = fold(text.title).startswith(AMENDING_HEADINGS)
    found = []
    for part, place in places_of(text):
        amends = is_amending or fold(getattr(place.article, "heading", "")).startswith(
            AMENDING_HEADINGS
        )
        for field, sentence in sentences_of(part):
            seen = Counter()
            read = _Reading(index, place, sentence, amends).references()
            for each in sorted(read, key=lambda one: one.start):
                words = sentence[each.start : each.end]
                found.append(
                    Reference(
                        part.eid,
                        part.id,
                        field,
                        each.start,
                        each.end,
                        words,
                        each.targets,
                        each.document,
                        each.is_dangling,
                        each.is_certain,
                        seen[fold(words)],
                    )
                )
                seen[fold(words)] += 1
    return found


def places_of(text):
    """Yield every part that has words, with what “này” means there."""
    annex, above = None, []
    with_articles = {part.component for part in text.articles()}
    for part in text.parts:
        if part.kind == "division":
            above = [each for each in above if part.eid.startswith(f"{each.eid}__")] + [part]
        elif part.kind == "annex":
            annex, above = part, []
            component = part.eid if part.eid in with_articles else "qc"
            yield part, Place(component, annex=part)
        else:
            divisions = () if part.component == "qd" else tuple(above)
            yield part, Place(part.component, part, divisions=divisions, annex=annex)
            for clause in part.clauses:
                yield clause, Place(part.component, part, clause, None, divisions, annex)
                for point in clause.points:
                    yield point, Place(part.component, part, clause, point, divisions, annex)


def sentences_of(part):
    """Return ``[(field, words)]`` of a part; the paragraphs and cells of an annex one by one."""
    if part.kind == "article":
        return [("intro", part.intro)] if part.intro else []
    if part.kind == "annex":
        return [(f"body-{place}", words) for place, words in enumerate(pieces_of(part))]
    return [("text", part.text)] if part.text else []


def pieces_of(annex):
    """Return the paragraphs and table cells of an annex in reading order."""
    pieces = []
    for block in annex_blocks(annex.body):
        pieces += [cell for row in block.rows for cell in row] if block.rows else [block.text]
    return pieces


class _Reading:
    """One sentence read from left to right, knowing which document is being spoken of."""

    def __init__(self, index, place, sentence, amends):
        self.index, self.place, self.sentence = index, place, sentence
        self.amends = amends
        self.cursor = Cursor(tokens_of(sentence))
        self.is_foreign = False
        self.depth = 0
        self.amended_at = None

    def references(self):
        """Yield what the lists of the sentence mean."""
        cursor = self.cursor
        while cursor.peek() is not None:
            start = cursor.place
            groups = read_list(cursor)
            if groups:
                yield from self._read(groups)
            elif not self._note_document():
                self._note(cursor.take())
            # A reader that steps nowhere would never end.
            cursor.place = max(cursor.place, start + 1)

    def _read(self, groups):
        document = read_document(self.cursor, self.sentence)
        if document is not None:
            self.is_foreign = self.index.component_of(document, self.place) is None
        reader = ListReader(self.index, self.place, groups, document)
        doubtful = self.is_foreign or self._is_being_amended()
        for each in reader.references(is_doubtful=doubtful):
            yield each.quoted() if self.depth else each

    def _note_document(self):
        """Step over a document named by itself, and remember whether it is another one."""
        start = self.cursor.peek()
        document = read_document(self.cursor, self.sentence, behind_list=False)
        if document is None:
            return False
        is_named = document.number or document.is_this or document.issued_by
        is_law = start.is_capital and any(key[0] == start.key for key in ALWAYS)
        if is_named or is_law:
            self.is_foreign = self.index.component_of(document, self.place) is None
        return True

    def _note(self, token):
        after = self.cursor.peek()
        is_full_stop = token.key == "." and (after is None or after.is_capital)
        if token.kind == "end" or token.key == ";" or is_full_stop:
            self.is_foreign, self.amended_at = False, None
        elif token.key in QUOTES:
            self._count_quote(token.key)
        elif token.key in AMENDING and after is not None and after.key in AMENDING_TAILS:
            self.amended_at = self.cursor.place

    def _count_quote(self, mark):
        if mark in OPENING:
            self.depth += 1
        elif mark in CLOSING:
            self.depth = max(0, self.depth - 1)
        else:
            self.depth = 0 if self.depth else 1

    def _is_being_amended(self):
        near = self.amended_at is not None and (
            self.cursor.place - self.amended_at <= REACH_OF_AMENDING
        )
        return self.amends or near
