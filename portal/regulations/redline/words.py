"""What changed between two texts, word by word.

The engine is diff-match-patch over words instead of letters: every word becomes one character, as
its own line mode does, so that its clean-up for readers works on words as well.
"""

import re
from dataclasses import dataclass
from itertools import chain

from diff_match_patch import diff_match_patch

SAME, INSERTED, DELETED = "same", "inserted", "deleted"
KINDS = {0: SAME, 1: INSERTED, -1: DELETED}
OPPOSITE = {SAME: SAME, INSERTED: DELETED, DELETED: INSERTED}
#: A Vietnamese syllable, white space, or one sign; together they are the whole text.
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
#: Such a word alone between two changes is no anchor for the eye: it joins the change.
SHORT_WORD = 3
#: Two texts of more words than this are not compared word by word; pages never hold such a block.
MOST_WORDS = 20_000
#: Seconds after which the engine settles for a coarser, still exact, answer.
TIME_LIMIT = 0.5

# Letters for words: the engine asks whether a character is a letter when it looks for good places
# to cut, so words get letters, and white space and signs stay what they are.
LETTERS = (range(0x4E00, 0xA000), range(0x3400, 0x4DC0), range(0x20000, 0x2A6E0))


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, came or went."""

    kind: str
    text: str


def tokens(text):
    """Split ``text`` into words, signs and white space; joined they are the text again."""
    return TOKEN.findall(text)


def compare_words(old, new):
    """Return the pieces that lead from ``old`` to ``new``.

    Without the insertions they are ``old``, without the deletions ``new``; ``compare_words(new,
    old)`` gives the same pieces the other way round.
    """
    if old == new:
        return (Piece(SAME, old),) if old else ()
    if new < old:
        return tuple(mirrored(compare_words(new, old)))
    if not old or not new:
        return _replaced(old, new)
    alphabet = _Alphabet()
    short_old, short_new = alphabet.shorten(old), alphabet.shorten(new)
    if short_old is None or short_new is None:
        return _replaced(old, new)
    engine = diff_match_patch()
    engine.Diff_Timeout = TIME_LIMIT
    found = engine.diff_main(short_old, short_new, False)
    engine.diff_cleanupSemantic(found)
    return _tidy([(KINDS[sign], alphabet.spell(run)) for sign, run in found])


def mirrored(pieces):
    """Yield the pieces as they are when old and new change places, deletions first."""
    run = []
    for piece in (Piece(OPPOSITE[each.kind], each.text) for each in pieces):
        if piece.kind == SAME:
            yield from sorted(run, key=lambda each: each.kind)
            run = []
            yield piece
        else:
            run.append(piece)
    yield from sorted(run, key=lambda each: each.kind)


class _Alphabet:
    """Writes each word as one character, the same for the same word."""

    def __init__(self):
        self._words, self._letters = {}, {}
        self._free = chain.from_iterable(LETTERS)

    def shorten(self, text):
        """Return ``text`` with one character for each word, None when it is too long for that."""
        words = tokens(text)
        if len(words) > MOST_WORDS:
            return None
        return "".join(map(self._letter, words))

    def _letter(self, word):
        if len(word) == 1 and not word.isalnum() and word != "_":
            return word
        letter = self._letters.get(word)
        if letter is None:
            letter = self._letters[word] = chr(next(self._free))
            self._words[letter] = word
        return letter

    def spell(self, letters):
        """Return the words again."""
        return "".join(self._words.get(letter, letter) for letter in letters)


def _replaced(old, new):
    went = (Piece(DELETED, old),) if old else ()
    return (*went, *((Piece(INSERTED, new),) if new else ()))


def _tidy(parts):
    """Return the pieces with small islands sunk, one deletion before one insertion at a place."""
    pieces, went, came = [], "", ""
    for place, (kind, text) in enumerate(parts):
        is_inside = 0 < place < len(parts) - 1
        if kind == SAME and not (is_inside and (went or came) and _is_island(text)):
            pieces += [*_replaced(went, came), Piece(SAME, text)]
            went = came = ""
            continue
        went += text if kind != INSERTED else ""
        came += text if kind != DELETED else ""
    return (*pieces, *_replaced(went, came))


def _is_island(text):
    """Tell whether ``text`` between two changes is at most one short word and no new line."""
    words = [word for word in tokens(text) if not word.isspace()]
    return "\n" not in text and (not words or (len(words) == 1 and len(words[0]) <= SHORT_WORD))
