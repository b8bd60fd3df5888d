"""The arrangement as a DOCX that an office can go on working with.

Numbers are words, not Word's own numbering: they must never shift when somebody cuts a paragraph
out. Headings have real styles, so that the contents and the navigation pane know them.
"""

import io

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from portal.regulations.documents.arrangement import loose_notes, pieces
from portal.regulations.documents.word_parts import (
    Footnotes,
    add_bookmark,
    add_link,
    begin_field,
    draw_line,
    end_field,
    keep_row_whole,
    repeat_row,
    restart_page_numbers,
    set_widths,
    wrap_contents,
)
from portal.regulations.documents.word_styles import (
    ARTICLE_HEADING,
    CENTRE,
    HEADINGS,
    LEFT,
    TEXT_WIDTH,
    WIDE_TEXT_WIDTH,
    describe,
    set_up,
    turn,
)


def word_file(arrangement, origin, *, contents=True):
    """Return the bytes of the DOCX."""
    writer = Writer(arrangement)
    writer.write(origin, contents=contents)
    file = io.BytesIO()
    writer.document.save(file)
    return file.getvalue()


class Writer:
    """Writes one document from its first line to its last."""

    def __init__(self, arrangement):
        self.arrangement = arrangement
        self.text = arrangement.text
        self.document = Document()
        self.footnotes = Footnotes(self.document)
        self.contents = []
        set_up(self.document)
        describe(self.document, arrangement)

    def write(self, origin, *, contents):
        """Write everything."""
        if not self.arrangement.excerpt:
            self._head()
        for number, section in enumerate(self.arrangement.sections):
            self._section(section, is_first=number == 0)
        for placed in self.arrangement.annexes:
            self._annex(placed)
        if contents and not self.arrangement.excerpt and self.contents:
            self._contents()
        self._provenance(origin)
        self.footnotes.close()

    def line(self, words="", *, style="Normal", bold=None, italic=None, size=None, **options):
        """Add a paragraph; ``options`` are ``notes`` and ``align``."""
        paragraph = self.document.add_paragraph(style=style)
        return self._fill(paragraph, words, bold=bold, italic=italic, size=size, **options)

    def _fill(self, paragraph, words, *, notes=(), align=None, **font):
        for piece in pieces(words, notes):
            if piece.note:
                self.footnotes.add(paragraph, piece.note.text)
                continue
            run = paragraph.add_run(piece.text)
            run.font.bold, run.font.italic = font.get("bold"), font.get("italic")
            run.font.size = Pt(font["size"]) if font.get("size") else None
        if align is not None:
            paragraph.alignment = align
            paragraph.paragraph_format.first_line_indent = 0
        return paragraph

    def _head(self):
        left, right = self._pair(Mm(66), Mm(96))
        for line in self.arrangement.agency:
            self._cell_line(left, line.upper(), bold=True, size=12.5)
        if self.arrangement.agency:
            draw_line(left.add_paragraph(), indent_cm=2.2)
        self._cell_line(left, self.arrangement.number_line, size=13, before=8)
        self._cell_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12.5)
        self._cell_line(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13.5)
        draw_line(right.add_paragraph(), indent_cm=1.75)
        self._cell_line(right, self.arrangement.place_and_date, italic=True, size=13.5, before=8)

    def _pair(self, *widths):
        """Add a table of one row without borders; return its cells."""
        table = self.document.add_table(rows=1, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_widths(table, widths)
        keep_row_whole(table.rows[0])
        return table.rows[0].cells

    def _cell_line(self, cell, words, *, align=CENTRE, before=0, **font):
        is_used = bool(cell.paragraphs[0].runs) or len(cell.paragraphs) > 1
        paragraph = cell.add_paragraph() if is_used else cell.paragraphs[0]
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.space_after = 0
        paragraph.paragraph_format.line_spacing = 1
        return self._fill(paragraph, words, align=align, **font)

    def _section(self, section, *, is_first):
        title = self.line((section.kind or section.subject).upper(), style="Title")
        title.paragraph_format.page_break_before = not is_first
        if section.kind and section.subject:
            self.line(section.subject, style="Subtitle")
        if section.attached_by:
            self.line(section.attached_by, italic=True, align=CENTRE)
        if self.arrangement.excerpt and is_first:
            self.line(f"({self.arrangement.excerpt})", italic=True, align=CENTRE)
        rule = self.document.add_paragraph()
        draw_line(rule, indent_cm=5.5)
        rule.paragraph_format.space_after = Pt(8)
        if is_first and not self.arrangement.excerpt:
            self._bases()
        self._parts(section.parts, in_contents=section is self.arrangement.sections[-1])
        is_last = section is self.arrangement.sections[-1]
        if is_last and self.text.closing_note and not self.arrangement.excerpt:
            self.line(self.text.closing_note, italic=True, align=CENTRE)
        if section in self.arrangement.closed_sections:
            self._closing()

    def _bases(self):
        if self.arrangement.authority and self.text.legal_bases:
            self.line(self.arrangement.authority.upper(), bold=True, align=CENTRE)
        for basis in self.text.legal_bases:
            self.line(basis, italic=True)
        if self.arrangement.enacting_word:
            enacting = self.line(self.arrangement.enacting_word, bold=True, align=CENTRE)
            enacting.paragraph_format.keep_with_next = True

    def _parts(self, parts, *, in_contents):
        for placed in parts:
            if placed.part.kind == "division":
                self._division(placed.part, in_contents)
            else:
                self._article(placed.part, in_contents)

    def _division(self, division, in_contents):
        style = f"Heading {HEADINGS[division.level]}"
        paragraph = self.line(division.label, style=style)
        if division.heading:
            paragraph.add_run().add_break()
            paragraph.add_run(division.heading).font.all_caps = True
        self._mark(paragraph, division.title, HEADINGS[division.level], in_contents)

    def _article(self, article, in_contents):
        if article.heading:
            style = f"Heading {ARTICLE_HEADING}"
            paragraph = self.line(article.title, style=style, notes=article.footnotes)
            self._mark(paragraph, article.title, ARTICLE_HEADING, in_contents)
            if article.intro:
                self.line(article.intro, notes=article.footnotes)
        elif article.number:
            paragraph = self.line(f"{article.title}.", bold=True)
            if article.intro:
                self._fill(paragraph, f" {article.intro}", notes=article.footnotes)
        elif article.intro:
            self.line(article.intro, notes=article.footnotes)
        for clause in article.clauses:
            number = f"{clause.number}. " if clause.number else ""
            if number or clause.text:
                self.line(f"{number}{clause.text}", notes=article.footnotes)
            for point in clause.points:
                label = f"{point.label}) " if point.label else "- "
                self.line(f"{label}{point.text}", notes=article.footnotes)
        for note in loose_notes(article):
            self.line(f"{note.mark} {note.text}", size=11)

    def _mark(self, paragraph, title, level, in_contents):
        if in_contents:
            name = f"_Toc{100000 + len(self.contents)}"
            add_bookmark(paragraph, name, len(self.contents) + 1)
            self.contents.append((title, level, name))

    def _closing(self):
        left, right = self._pair(Mm(81), Mm(81))
        if self.text.recipients:
            self._cell_line(
                left, "Nơi nhận:", bold=True, italic=True, size=12, align=LEFT, before=10
            )
            for line in self.arrangement.recipients:
                self._cell_line(left, line, size=11, align=LEFT)
        for number, line in enumerate(self.arrangement.signature):
            before = 0 if number else 10
            self._cell_line(right, line.upper(), bold=True, before=before)
        if self.text.signer_name:
            self._cell_line(right, self.text.signer_name, bold=True, before=72)

    def _annex(self, placed):
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        restart_page_numbers(section)
        turn(section, is_wide=placed.is_wide)
        title = self.line(placed.annex.label, style="Heading 1")
        if placed.annex.heading:
            if placed.annex.label:
                title.add_run().add_break()
            title.add_run(placed.annex.heading).font.all_caps = True
        self._mark(title, placed.annex.title, 1, in_contents=True)
        if placed.attached_by:
            self.line(placed.attached_by, italic=True, align=CENTRE)
        for block in placed.blocks:
            if block.rows:
                self._table(block, placed.is_wide)
            else:
                self.line(block.text)
        self._parts(placed.parts, in_contents=False)

    def _table(self, block, is_wide):
        table = self.document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        for number, (row, words) in enumerate(zip(table.rows, block.rows, strict=True)):
            is_header = number == 0 and block.has_header
            for cell, word in zip(row.cells, words, strict=True):
                align = CENTRE if is_header else LEFT
                self._cell_line(cell, word, bold=is_header or None, size=12, align=align)
            keep_row_whole(row)
            if is_header:
                repeat_row(row)
        set_widths(table, _widths(block.rows, WIDE_TEXT_WIDTH if is_wide else TEXT_WIDTH))
        self.line()

    def _contents(self):
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        turn(section, is_wide=False)
        lines = [self.line("MỤC LỤC", bold=True, align=CENTRE)]
        for number, (title, level, name) in enumerate(self.contents):
            lines.append(self.document.add_paragraph(style=f"toc {level}"))
            if number == 0:
                begin_field(lines[-1], r'TOC \o "1-3" \h \z \u')
            add_link(lines[-1], title, name)
        end_field(lines[-1])
        wrap_contents(lines)

    def _provenance(self, origin):
        """Write the small print into the footer of the last section: it is no part of the text."""
        section = self.document.sections[-1]
        for footer in (section.footer, section.first_page_footer):
            footer.is_linked_to_previous = False
            for number, words in enumerate(origin.sentences()):
                is_first = number == 0
                paragraph = footer.paragraphs[0] if is_first else footer.add_paragraph()
                paragraph.style = "Provenance"
                paragraph.add_run(words)


def _widths(rows, whole):
    """Share the width of a page among columns by the words in them."""
    lengths = [[len(cell) for cell in column] for column in zip(*rows, strict=True)]
    wanted = [min(max(max(each), 6), 60) ** 0.7 for each in lengths]
    return [int(whole * share / sum(wanted)) for share in wanted]
