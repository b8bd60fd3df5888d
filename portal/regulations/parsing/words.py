"""Proof that reading lost nothing: every word of the source has its place, in order."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.regulations.parsing.grammar import nfc
from portal.regulations.parsing.lines import EMPHASIS, IMAGE, INVISIBLE, LINK, TAG

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class UnplacedWord:
    """A word of the source that the structure does not hold where it stood."""

    line: int
    word: str


def words_unplaced(text, parsed):
    """Return the words of ``text`` that are neither in ``parsed``, in order, nor left out.

    Heads, notes and what was left out are looked up on their own lines, because pages print them
    beside or between the text; all other words must follow each other as in the source.
    """
    source = _source_words(text)
    open_words = [True] * len(source)
    lines = _positions_by_line(source)
    for start, end, piece in _pieces_by_line(parsed):
        _take(piece, start, end, source, lines, open_words)
    remaining = [word for word, is_open in zip(source, open_words, strict=True) if is_open]
    return _missing(remaining, [word for piece in _stream(parsed) for word in _words(piece)])


def _source_words(text):
    text = nfc(text).translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    words = []
    for number, raw in enumerate(text.split("\n"), start=1):
        if "!" not in raw and "<!--" not in raw:
            raw = LINK.sub(r"\1", raw)
        plain = raw if IMAGE.search(raw) else TAG.sub("", raw)
        plain = re.sub(r"<br\s*/?>", " ", plain)
        plain = EMPHASIS.sub("", plain) if "<" in plain else plain
        plain = plain.replace("&nbsp;", " ").replace("&amp;", "&")
        words.extend(UnplacedWord(number, word) for word in WORD.findall(plain))
    return words


def _words(text):
    return WORD.findall(text or "")


def _positions_by_line(source):
    lines = {}
    for position, word in enumerate(source):
        lines.setdefault(word.line, []).append(position)
    return lines


def _take(piece, start, end, source, lines, open_words):
    """Strike the words of ``piece`` out of its lines, in order."""
    wanted = _words(piece)
    positions = [p for line in range(start, end + 1) for p in lines.get(line, ()) if open_words[p]]
    taken = _contiguous(wanted, positions, source) or _scattered(wanted, positions, source)
    for position in taken:
        open_words[position] = False


def _contiguous(wanted, positions, source):
    texts = [source[position].word for position in positions]
    for offset in range(len(texts) - len(wanted) + 1):
        if texts[offset : offset + len(wanted)] == wanted:
            return positions[offset : offset + len(wanted)]
    return []


def _scattered(wanted, positions, source):
    taken, following = [], iter(wanted)
    word = next(following, None)
    for position in positions:
        if word is not None and source[position].word == word:
            taken.append(position)
            word = next(following, None)
    return taken


def _pieces_by_line(parsed):
    """Yield (first line, last line, words) of everything that is looked up on its own lines."""
    for item in parsed.left_out:
        yield item.line, item.end or item.line, item.text
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
    """Return the words of ``remaining`` that ``placed`` lacks or has elsewhere."""
    texts = [word.word for word in remaining]
    if texts == placed:
        return []
    missing = []
    for tag, start, end, _first, _last in SequenceMatcher(
        None, texts, placed, autojunk=False
    ).get_opcodes():
        if tag in ("delete", "replace"):
            missing.extend(remaining[start:end])
    return missing
