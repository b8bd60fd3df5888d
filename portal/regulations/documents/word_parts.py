"""What python-docx has no words for: fields, footnotes, bookmarks, page numbers, borders."""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from lxml import etree

FONT = "Times New Roman"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"'
    f' w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{element}/></w:r></w:p></w:footnote>'
    for kind, number, element in (
        ("separator", -1, "separator"),
        ("continuationSeparator", 0, "continuationSeparator"),
    )
)


def element(tag, **attributes):
    """Return a new element such as ``w:br``; attributes are those of the same namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def add_field(paragraph, instruction, *, result):
    """Add a field such as ``PAGE``, which the word processor works out itself."""
    _add_to_run(paragraph, element("w:fldChar", fldCharType="begin"))
    _add_instruction(paragraph, instruction)
    _add_to_run(paragraph, element("w:fldChar", fldCharType="separate"))
    paragraph.add_run(result)
    end_field(paragraph)


def begin_field(paragraph, instruction):
    """Open a field whose result is what follows until ``end_field``, worked out when opened."""
    _add_to_run(paragraph, element("w:fldChar", fldCharType="begin", dirty="true"))
    _add_instruction(paragraph, instruction)
    _add_to_run(paragraph, element("w:fldChar", fldCharType="separate"))


def _add_instruction(paragraph, instruction):
    words = element("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {instruction} "
    _add_to_run(paragraph, words)


def end_field(paragraph):
    """Close the field that was opened last."""
    _add_to_run(paragraph, element("w:fldChar", fldCharType="end"))


def _add_to_run(paragraph, child):
    paragraph.add_run()._r.append(child)


def wrap_contents(paragraphs):
    """Mark paragraphs as a table of contents: Word offers to update it, readers know what it is."""
    block, properties = element("w:sdt"), element("w:sdtPr")
    gallery = element("w:docPartObj")
    gallery.append(element("w:docPartGallery", val="Table of Contents"))
    gallery.append(element("w:docPartUnique"))
    properties.append(gallery)
    content = element("w:sdtContent")
    block.extend([properties, content])
    paragraphs[0]._p.addprevious(block)
    content.extend([paragraph._p for paragraph in paragraphs])


def add_bookmark(paragraph, name, number):
    """Let links and page references find the paragraph."""
    start = element("w:bookmarkStart", id=number, name=name)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def add_link(paragraph, words, bookmark):
    """Add words that lead to a bookmark."""
    link = element("w:hyperlink", anchor=bookmark, history=1)
    run = paragraph.add_run(words)
    link.append(run._r)
    paragraph._p.append(link)


def draw_line(paragraph, *, indent_cm):
    """Make an empty paragraph the short line that the decree puts under titles and names."""
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1"'
        ' w:color="000000"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Cm(indent_cm)
    layout.first_line_indent = layout.space_after = 0
    layout.space_before = Pt(3)
    layout.line_spacing = Pt(4)


def repeat_row(row):
    """Let a row of a table stand on top of every page that the table reaches."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_row_whole(row):
    """Keep a row of a table on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def restart_page_numbers(section):
    """Let the pages of a section count from 1."""
    properties = section._sectPr
    if properties.find(qn("w:pgNumType")) is None:  # a new section copies the one before
        # Word refuses a file whose elements stand in another order than its schema's.
        properties.find(qn("w:cols")).addprevious(element("w:pgNumType", start=1))


def set_font(style, *, size=None, bold=None, italic=None):
    """Give a style the font of paper in every script, black."""
    properties = style.element.get_or_add_rPr()
    properties.clear()
    fonts = element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    properties.insert(0, fonts)
    style.font.size, style.font.bold, style.font.italic = size, bold, italic


def set_widths(table, widths):
    """Give the columns of a table fixed widths; some programs read them here, some there."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def set_language(document, language):
    """Say in which language the words are, for spelling and for reading aloud."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    properties = defaults.find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("w:lang", val=language, eastAsia=language, bidi="ar-SA"))


class Footnotes:
    """The footnotes of a document: a part of the package of their own."""

    def __init__(self, document):
        self._document = document
        self._root = parse_xml(f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}</w:footnotes>")
        self._count = 0

    def add(self, paragraph, words):
        """Put a reference at the end of ``paragraph``, and the words at the foot of its page."""
        self._count += 1
        reference = element("w:footnoteReference", id=self._count)
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(reference)
        self._root.append(self._note(words))

    def _note(self, words):
        note = element("w:footnote", id=self._count)
        paragraph = element("w:p")
        properties = element("w:pPr")
        properties.append(element("w:pStyle", val="FootnoteText"))
        paragraph.append(properties)
        mark = element("w:r")
        mark_properties = element("w:rPr")
        mark_properties.append(element("w:vertAlign", val="superscript"))
        mark.append(mark_properties)
        mark.append(element("w:footnoteRef"))
        run = element("w:r")
        text = element("w:t")
        text.set(qn("xml:space"), "preserve")
        text.text = f" {' '.join(words.split())}"
        run.append(text)
        paragraph.extend([mark, run])
        note.append(paragraph)
        return note

    def close(self):
        """Write the part, when there is a footnote."""
        if not self._count:
            return
        blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = self._document.part.package
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, blob, package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
