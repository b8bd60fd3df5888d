"""The look of a DOCX by the decree on clerical work: styles, page, page numbers, properties."""

from datetime import datetime

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from portal.regulations.documents.heads import name_of
from portal.regulations.documents.word_parts import add_field, set_font, set_language

#: The style of headings by the level of a division, and that of an article.
HEADINGS = {"part": 1, "chapter": 1, "section": 2, "subsection": 2}
ARTICLE_HEADING = 3
INDENT = Cm(1.27)
TEXT_WIDTH, WIDE_TEXT_WIDTH = Mm(162), Mm(259)
CENTRE, JUSTIFY, LEFT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.LEFT,
)


def describe(document, arrangement):
    """Write the properties that file managers and libraries show."""
    text, properties = arrangement.text, document.core_properties
    properties.title, properties.author = text.title[:255], name_of(text.issuer)[:255]
    properties.subject, properties.language = text.document_number, "vi-VN"
    properties.comments = properties.keywords = ""
    properties.last_modified_by = ""
    if text.issued_on:
        properties.created = properties.modified = datetime.fromisoformat(text.issued_on)


def set_up(document):
    """Make the styles, and lay out the first section."""
    set_language(document, "vi-VN")
    normal = document.styles["Normal"]
    set_font(normal, size=Pt(14))
    normal.paragraph_format.first_line_indent = INDENT
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.alignment = JUSTIFY
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", f"Heading {ARTICLE_HEADING}"):
        _set_heading(document.styles[name], is_centred=name != f"Heading {ARTICLE_HEADING}")
    for level in (1, 2, 3):
        toc = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        toc.base_style = normal
        set_font(toc, size=Pt(13), bold=level < ARTICLE_HEADING)
        toc.paragraph_format.first_line_indent = 0
        toc.paragraph_format.left_indent = Cm(1) if level == ARTICLE_HEADING else 0
        toc.paragraph_format.space_after = Pt(3)
        toc.paragraph_format.alignment = LEFT
        toc.paragraph_format.tab_stops.add_tab_stop(
            TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
    for name, size in (("footnote text", 11), ("Provenance", 9.5)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        set_font(style, size=Pt(size))
        style.paragraph_format.first_line_indent = 0
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = 1
        style.paragraph_format.alignment = LEFT
    document.styles["footnote text"].element.set(qn("w:styleId"), "FootnoteText")
    turn(document.sections[0], is_wide=False)
    _number_pages(document.sections[0])


def _set_heading(style, *, is_centred):
    set_font(style, size=Pt(14), bold=True, italic=False)
    layout = style.paragraph_format
    layout.alignment = CENTRE if is_centred else JUSTIFY
    layout.first_line_indent = 0 if is_centred else INDENT
    layout.space_before, layout.space_after = Pt(10 if is_centred else 8), Pt(4)
    layout.line_spacing, layout.keep_with_next = 1.15, True
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def turn(section, *, is_wide):
    """Lay out a section: A4 upright, or on its side for wide tables."""
    width, height = (Mm(297), Mm(210)) if is_wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(20 if is_wide else 30), Mm(18)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _number_pages(section):
    """Put the page number into the top margin, centred, from the second page on."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.first_line_indent = 0
    paragraph.paragraph_format.space_after = 0
    add_field(paragraph, "PAGE", result="2")
