"""Proof that reading lost nothing: every word of the source has its place, in order."""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from typing import NamedTuple

from portal.regulations.parsing.grammar import nfc
from portal.regulations.parsing.lines import INVISIBLE, clean

WORD = re.compile(r"[^\W_]+")
MARKUP = re.compile(r"[<&*_\[\]\\]")
RUN = 4
HORIZON = 40
MOST_SEARCHES = 1_000


class UnplacedWord(NamedTuple):
    """A word of the source that the structure does not hold where it stood."""

    line: int
    word: str


def words_unplaced(text, parsed):
    """Return the words of ``text`` that are neither in ``parsed``, in order, nor left out.

    Heads, notes and what was left out are looked up on their own lines, because pages print them
    beside or between the text; all other words must follow each other as in the source.
    """
    source = _source_words(text)
    lines = _Lines(source)
    for start, end, piece in _pieces_by_line(parsed):
        lines.take(piece, start, end)
    remaining = [word for word, is_open in zip(source, lines.is_open, strict=True) if is_open]
    return _missing(remaining, [word for piece in _stream(parsed) for word in _words(piece)])


def _source_words(text):
    text = nfc(text).translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    words = []
    for number, raw in enumerate(text.split("\n"), start=1):
        plain = clean(raw) if MARKUP.search(raw) else raw
        words.extend(UnplacedWord(number, word) for word in WORD.findall(plain))
    return words


def _words(text):
    return WORD.findall(text or "")


class _Lines:
    """The words of the source by line; what a piece takes is gone for the next one."""

    def __init__(self, source):
        self.source = source
        self.lines = [word.line for word in source]
        self.is_open = [True] * len(source)
        self.reached = {}

    def take(self, piece, start, end):
        """Strike the words of ``piece`` out of its lines, in order."""
        wanted = _words(piece)
        if not wanted:
            return
        first, last = bisect_left(self.lines, start), bisect_right(self.lines, end)
        begun = max(self.reached.get((start, end), 0), first)
        taken = self._contiguous(wanted, self._open(begun, last))
        if not taken and begun > first:
            taken = self._contiguous(wanted, self._open(first, last))
        for position in taken or self._scattered(wanted, self._open(first, last)):
            self.is_open[position] = False
            self.reached[start, end] = position + 1

    def _open(self, first, last):
        return (position for position in range(first, last) if self.is_open[position])

    def _contiguous(self, wanted, positions):
        """Return the first run of open positions that spells ``wanted``, [] if none does."""
        window = deque(maxlen=len(wanted))
        for position in positions:
            window.append(position)
            if (
                self.source[position].word == wanted[-1]
                and len(window) == len(wanted)
                and all(self.source[p].word == w for p, w in zip(window, wanted, strict=True))
            ):
                return list(window)
        return []

    def _scattered(self, wanted, positions):
        taken, following = [], iter(wanted)
        word = next(following)
        for position in positions:
            if self.source[position].word == word:
                taken.append(position)
                word = next(following, None)
        return taken


def _pieces_by_line(parsed):
    """Yield (first line, last line, words) of everything that is looked up on its own lines."""
    for item in parsed.left_out:
        text = clean(item.text) if item.reason == "image" else item.text
        yield item.line, item.end or item.line, text
    for article in _all_articles(parsed):
        for note in article.footnotes:
            yield note.start, note.end, f"{note.mark} {note.text}"
    for head in (parsed.decision, parsed.instrument):
        if head:
            yield from _head_pieces(head)
    if parsed.title:
        yield *parsed.spans.get("title", (parsed.start, parsed.end)), parsed.title
    if parsed.closing_note:
        yield *parsed.spans["closing_note"], parsed.closing_note


def _head_pieces(head):
    whole = head.start, head.end
    signer = [head.signer.capacity, head.signer.name] if head.signer else []
    for name, texts in (
        ("title", [head.title]),
        ("issuer", [head.issuer]),
        ("legal_bases", head.legal_bases),
        ("recipients", head.recipients),
        ("signer", signer),
    ):
        for text in texts:
            if text:
                yield *head.spans.get(name, whole), text


def _all_articles(parsed):
    articles = list(parsed.decision.articles) if parsed.decision else []
    articles += parsed.articles()
    for annex in parsed.annexes:
        articles += [article for division in annex.divisions for article in division.articles]
    return articles


def _stream(parsed):
    """Yield the words of the text itself in reading order, marks as printed."""
    for article in parsed.decision.articles if parsed.decision else ():
        yield from _article_stream(article)
    yield from _division_stream(parsed.divisions)
    for annex in parsed.annexes:
        yield from (annex.label, annex.title, annex.text)
        yield from _division_stream(annex.divisions)


def _division_stream(divisions):
    for division in divisions:
        yield from (division.printed, division.title)
        for article in division.articles:
            yield from _article_stream(article)


def _article_stream(article):
    yield from (article.printed, article.title, article.intro)
    for clause in article.clauses:
        yield from (clause.printed, clause.text)
        for point in clause.points:
            yield from (point.printed, point.text)


def _missing(remaining, placed):
    """Return the words of ``remaining`` that ``placed`` lacks or has elsewhere.

    Where both differ, the nearest run of equal words shows where they meet again; a text that
    differs everywhere is still compared in one pass.
    """
    missing, at, there, searches = [], 0, 0, 0
    while at < len(remaining) and there < len(placed):
        if remaining[at].word == placed[there]:
            at, there = at + 1, there + 1
            continue
        taken, used = _same_letters(remaining, at, placed, there)
        if taken:
            at, there = at + taken, there + used
            continue
        searches += 1
        is_hopeless = searches > MOST_SEARCHES
        skipped, passed = (1, 1) if is_hopeless else _meeting(remaining, at, placed, there)
        missing.extend(remaining[at : at + skipped])
        at, there = at + skipped, there + passed
    return missing + remaining[at:]


def _same_letters(remaining, at, placed, there):
    """Return how many words on each side spell the same, where only their borders differ."""
    ours = theirs = ""
    taken = used = 0
    while taken < RUN and used < RUN:
        if len(ours) <= len(theirs):
            if at + taken >= len(remaining):
                return 0, 0
            ours, taken = ours + remaining[at + taken].word, taken + 1
        else:
            if there + used >= len(placed):
                return 0, 0
            theirs, used = theirs + placed[there + used], used + 1
        if ours == theirs:
            return taken, used
        if not ours.startswith(theirs) and not theirs.startswith(ours):
            return 0, 0
    return 0, 0


def _meeting(remaining, at, placed, there):
    """Return how many words to pass on each side until both go on alike."""
    for distance in range(1, HORIZON):
        for skipped in range(distance + 1):
            passed = distance - skipped
            ours = [w.word for w in remaining[at + skipped : at + skipped + RUN]]
            if ours and ours == placed[there + passed : there + passed + RUN]:
                return skipped, passed
    return 1, 1
