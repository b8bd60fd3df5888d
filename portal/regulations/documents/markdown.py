"""The arrangement as Markdown: readable as it stands, and read back to the same structure."""

import re

from portal.regulations.documents.arrangement import loose_notes, pieces

#: What means something within a line of Markdown.
_WITHIN = re.compile(r"([\\`*_\[\]])|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
#: What means something where a line begins: headings, quotations, lists, rules, tables, numbers.
_AT_START = re.compile(r"^(\s*)(#|>|[-+](?=\s|$)|[-=]{3,}\s*$|~~~|\||(?:\d{1,9})(?=[.)](?:\s|$)))")


def markdown_text(arrangement, origin):
    """Return the text of the file."""
    return Writer(arrangement).write(origin)


def escaped(words):
    """Return words that Markdown shows as they are; line breaks stay."""
    lines = [_escaped_line(line.strip()) for line in words.strip().split("\n")]
    return "  \n".join(line for line in lines if line)


def _escaped_line(line):
    line = _WITHIN.sub(_escape_one, line)
    start = _AT_START.match(line)
    if not start:
        return line
    mark, rest = start[2], line[start.end() :]
    return f"{mark}\\{rest}" if mark[0].isdigit() else f"\\{mark}{rest}"


def _escape_one(found):
    return {"&": "&amp;", "<": "&lt;"}.get(found[0], f"\\{found[0]}")


class Writer:
    """Writes one document, block by block."""

    def __init__(self, arrangement):
        self.arrangement = arrangement
        self.text = arrangement.text
        self.blocks = []
        self.note_count = 0

    def write(self, origin):
        """Return everything."""
        if not self.arrangement.excerpt:
            self._head()
        for section in self.arrangement.sections:
            self._section(section)
        for placed in self.arrangement.annexes:
            self._annex(placed)
        self.blocks.append(_comments(origin.sentences()))
        return "\n\n".join(block for block in self.blocks if block) + "\n"

    def _head(self):
        agency = " ".join(self.arrangement.agency).upper()
        self._strong(agency)
        self._strong("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        self._strong("Độc lập - Tự do - Hạnh phúc")
        self.blocks.append(escaped(self.arrangement.number_line))
        self._emphasised(self.arrangement.place_and_date)

    def _strong(self, words):
        if words.strip():
            self.blocks.append(f"**{escaped(' '.join(words.split()))}**")

    def _emphasised(self, words):
        if words.strip():
            self.blocks.append(f"*{escaped(' '.join(words.split()))}*")

    def _heading(self, level, words):
        self.blocks.append(f"{'#' * level} {' '.join(escaped(words).split())}".rstrip())

    def _section(self, section):
        is_first = section is self.arrangement.sections[0]
        self._heading(1, (section.kind or section.subject).upper())
        if section.kind:
            self._strong(section.subject)
        self._emphasised(section.attached_by)
        if self.arrangement.excerpt and is_first:
            self._emphasised(f"({self.arrangement.excerpt})")
        if is_first and not self.arrangement.excerpt:
            self._bases()
        self._parts(section.parts)
        is_last = section is self.arrangement.sections[-1]
        if section in self.arrangement.closed_sections:
            self._closing()
        if is_last and not self.arrangement.excerpt:
            self._emphasised(self.text.closing_note)

    def _bases(self):
        if self.arrangement.authority and self.text.legal_bases:
            self._strong(self.arrangement.authority.upper())
        self.blocks += [escaped(basis) for basis in self.text.legal_bases]
        self._strong(self.arrangement.enacting_word)

    def _parts(self, parts):
        for placed in parts:
            if placed.part.kind == "division":
                self._heading(placed.heading_level, placed.part.title)
            else:
                self._article(placed.part, placed.heading_level)

    def _article(self, article, level):
        notes = []
        if article.heading:
            self._heading(level, self._words(article.title, article, notes))
            self.blocks.append(self._words(article.intro, article, notes))
        elif article.number:
            intro = self._words(article.intro, article, notes)
            self.blocks.append(f"**{escaped(article.title)}.** {intro}".rstrip())
        else:
            self.blocks.append(self._words(article.intro, article, notes))
        for clause in article.clauses:
            words = self._words(clause.text, article, notes)
            self.blocks.append(_numbered(clause.number, "\\.", words))
            for point in clause.points:
                words = self._words(point.text, article, notes)
                self.blocks.append(
                    _numbered(point.label, ")", words) if point.label else f"- {words}"
                )
        for note in loose_notes(article):
            notes.append(f"{escaped(note.mark)} {escaped(note.text)}")
        self.blocks += notes

    def _words(self, words, article, notes):
        """Return words with their footnotes as references; the notes go to ``notes``."""
        written = []
        found = pieces(words, article.footnotes)
        if len(found) <= 1 and not any(piece.note for piece in found):
            return escaped(words)
        for piece in found:
            if piece.note:
                self.note_count += 1
                written.append(f"[^{self.note_count}]")
                notes.append(f"[^{self.note_count}]: {' '.join(escaped(piece.note.text).split())}")
            else:
                written.append(escaped(piece.text) + (" " if piece.text.endswith(" ") else ""))
        return "".join(written)

    def _closing(self):
        if self.text.recipients:
            self._strong("Nơi nhận:")
            self.blocks.append("\n".join(escaped_item(r) for r in self.arrangement.recipients))
        if self.arrangement.signature:
            lines = [escaped(line.upper()) for line in self.arrangement.signature]
            self.blocks.append("**" + "  \n".join(lines) + "**")
        self._strong(self.text.signer_name)

    def _annex(self, placed):
        annex = placed.annex
        self._heading(1, annex.label or annex.heading)
        if annex.label:
            self._strong(annex.heading)
        self._emphasised(placed.attached_by)
        for block in placed.blocks:
            self.blocks.append(_table(block) if block.rows else escaped(block.text))
        self._parts(placed.parts)


def escaped_item(line):
    """Return a line that begins with a dash as an item of a list."""
    return f"- {escaped(line.removeprefix('- '))}"


def _numbered(number, mark, words):
    """Return words behind their printed number; the mark is escaped, lest lists be renumbered."""
    if not number:
        return words
    return f"{escaped(number)}{mark} {words}".rstrip()


def _table(block):
    header = block.rows[0] if block.has_header else [""] * len(block.rows[0])
    lines = [_row(header), _row(["---"] * len(header)), *map(_row, block.body_rows)]
    return "\n".join(lines)


def _row(cells):
    words = (" ".join(escaped(cell).split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(words)} |"


def _comments(sentences):
    """Return sentences that are kept with the text and not shown."""
    return "\n".join(f"<!-- {words.replace('--', '- -')} -->" for words in sentences)
