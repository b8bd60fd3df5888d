"""A text file as the engine needs it: UTF-8, one kind of line end, no signs of its own."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from portal.core.table_files.encodings import BLOCK, codec_of
from portal.core.table_files.reading import UnreadableFile

NOWHERE = "\x1c"  #: in no plain text, so that the engine takes a line as one cell
CELL = "\x1f"  #: between the cells of a generated file
LINE = "\x1e"  #: a line end inside a cell of a generated file
_VIETNAMESE = (b"\xba", b"\xbb")  #: what follows 0xE1 in the letters of Vietnamese
_FOREIGN = re.compile(rb"\xe1[^\xba\xbb]")
MAX_LINE = 16_000_000  #: bytes, more than any table needs
MOST_LINES = 10_000_000
STRETCH = 1 << 20

_OWN_SIGNS = re.compile("[\x00\x1c-\x1f]")
#: Bytes of ASCII text and of Vietnamese letters; anything else asks for a closer look.
USUAL = bytes([*b"\n\r\t", *range(0x20, 0x7F), *range(0x80, 0xC0), 0xC3, 0xC4, 0xC5, 0xC6, 0xE1])


@dataclass
class PlainText:
    """A readable file and what it holds.

    ``is_unusual`` asks for a closer look at characters, ``longest_line`` is an upper bound.
    """

    path: Path
    quotes: bool = False
    is_unusual: bool = False
    has_tabs: bool = False
    longest_line: int = 0
    lines: int = 0


@dataclass
class Counts:
    """What stands in a file, counted while it is read once."""

    is_utf8: bool = True
    quote: bool = False
    line_ends: int = 0
    carriage: int = 0
    carriage_line: int = 0
    own_signs: bool = False
    is_unusual: bool = False
    has_tabs: bool = False
    longest: int = 0
    lines: int = 0

    @property
    def has_one_line_end(self):
        """Tell whether all lines end alike."""
        return not self.carriage or self.carriage == self.carriage_line == self.line_ends


def prepare(path, encoding, folder, quote='"', counts=None):
    """Return ``path`` as plain text; a copy is written into ``folder`` only where needed.

    ``counts`` are those of the file, where they are known.
    """
    if encoding == "utf-8":
        counts = counts or count_text(path, quote)
        if counts.has_one_line_end and not counts.own_signs:
            return _plain(path, counts)
    copy = folder / "plain.txt"
    _copy(path, encoding, copy)
    return _plain(copy, count_text(copy, quote))


def _plain(path, counts):
    if counts.longest > MAX_LINE:
        raise _line_too_long(_first_long_line(path))
    return PlainText(
        path, counts.quote, counts.is_unusual, counts.has_tabs, counts.longest, counts.lines
    )


def count_text(path, quote='"'):
    """Return the counts of a file; those of one that is not UTF-8 are of no use but for that."""
    counts, tail, running = Counts(), b"", 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    sign = (quote or '"').encode()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return Counts(is_utf8=False)
            if not tail:
                block = block.removeprefix(codecs.BOM_UTF8)
            counts.line_ends += block.count(b"\n")
            counts.quote = counts.quote or sign in block
            if b"\r" in block or tail == b"\r":
                counts.carriage += block.count(b"\r")
                counts.carriage_line += block.count(b"\r\n")
                counts.carriage_line += tail == b"\r" and block[:1] == b"\n"
            counts.has_tabs = counts.has_tabs or b"\t" in block
            left = set(block.translate(None, USUAL))
            counts.own_signs |= bool(left & {0, 0x1C, 0x1D, 0x1E, 0x1F})
            counts.is_unusual = counts.is_unusual or bool(left) or _is_foreign(tail, block)
            running = _measure_lines(block, running, counts)
            if counts.line_ends > MOST_LINES:
                raise UnreadableFile("too_many_rows", expected=f"{MOST_LINES:,}".replace(",", "."))
            tail = block[-1:]
    counts.is_utf8 = not decoder.getstate()[0]
    counts.lines = counts.line_ends + (tail not in (b"", b"\n"))
    counts.longest = max(counts.longest, running)
    return counts


def is_unusual(content, usual=USUAL):
    """Tell whether a text in UTF-8 asks for a closer look at its characters."""
    return bool(content.translate(None, usual)) or _is_foreign(b"", content)


def _is_foreign(tail, block):
    """Tell whether a letter is none of Vietnamese; ``tail`` is the byte before the block."""
    return bool(_FOREIGN.search(block)) or (tail == b"\xe1" and block[:1] not in _VIETNAMESE)


def _measure_lines(block, running, counts):
    """Note the longest line; return the length of the one that the block leaves open.

    Where each stretch has a line end, nothing needs to be measured.
    """
    stretches = range(0, len(block), STRETCH)
    if all(block.find(b"\n", start, start + STRETCH) >= 0 for start in stretches):
        counts.longest = max(counts.longest, running + STRETCH, 2 * STRETCH)
        return len(block) - block.rfind(b"\n") - 1
    lengths = list(map(len, block.split(b"\n")))
    counts.longest = max(counts.longest, running + lengths[0], *lengths[1:-1], 0)
    return lengths[-1] + (running if len(lengths) == 1 else 0)


def _copy(path, encoding, target):
    """Write ``path`` as UTF-8 with plain line ends; signs that the engine uses are replaced."""
    codec, read = codec_of(encoding)
    with (
        path.open(encoding=codec, newline="") as source,
        target.open("w", encoding="utf-8", newline="\n") as copy,
    ):
        try:
            for chunk in _chunks(source):
                copy.write(_OWN_SIGNS.sub("\ufffd", read(chunk) if read else chunk))
        except UnicodeError as fault:
            raise UnreadableFile("undecodable", expected=encoding) from fault


def _chunks(source):
    """Yield the text in pieces that cut neither a line end nor a letter of two signs."""
    waiting, is_first = "", True
    while chunk := source.read(BLOCK):
        if is_first:
            chunk, is_first = chunk.removeprefix("\ufeff"), False
        waiting += chunk
        cut = max(map(waiting.rfind, "\n,;\t|")) + 1
        if not cut:
            if len(waiting) > MAX_LINE:
                raise _line_too_long(None)
            continue
        yield _plain_ends(waiting[:cut])
        waiting = waiting[cut:]
    yield _plain_ends(waiting)


def _plain_ends(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_long_line(path):
    """Return the number of the first line that is too long."""
    row, length = 1, 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            for place, piece in enumerate(block.split(b"\n")):
                if place:
                    row, length = row + 1, 0
                length += len(piece)
                if length > MAX_LINE:
                    return row
    return None


def _line_too_long(row):
    return UnreadableFile("line_too_long", expected=f"{MAX_LINE:,}".replace(",", "."), row=row)
