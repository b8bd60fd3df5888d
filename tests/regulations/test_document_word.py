"""A DOCX that an office can go on with: real styles, printed numbers, fields, footnotes."""

from io import BytesIO
from zipfile import ZipFile

from django.test import SimpleTestCase
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml import etree

from portal.regulations.documents import document_of, render_word
from portal.regulations.documents.origin import Origin
from tests.regulations.paper_texts import HOSTILE, UNKNOWN, WHOLE

ORIGIN = Origin(slug="08-qd-ubnd", address="https://ioc.example.vn/x/")


def file_of(text, **options):
    """Return the bytes of the DOCX of ``text``."""
    return render_word(document_of(text, "docx", origin=ORIGIN, **options).source)[0]


def read(text, **options):
    """Return the DOCX of ``text`` as python-docx reads it."""
    return Document(BytesIO(file_of(text, **options)))


def part_of(file, name):
    """Return a part of the package as XML."""
    with ZipFile(BytesIO(file)) as package:
        return etree.fromstring(package.read(name))


def fields(element):
    """Return the instructions of the fields in an element."""
    return [node.text.strip() for node in element.iter(qn("w:instrText"))]


class StyleTests(SimpleTestCase):
    def test_headings_have_the_styles_that_contents_are_made_from(self):
        found = [
            (paragraph.style.name, paragraph.text)
            for paragraph in read(WHOLE).paragraphs
            if paragraph.style.name.startswith(("Heading", "Title"))
        ]

        for heading in (
            ("Title", "QUYẾT ĐỊNH"),
            ("Title", "QUY CHẾ"),
            ("Heading 1", "Chương I\nQuy định chung"),
            ("Heading 2", "Mục 1\nCung cấp dữ liệu"),
            ("Heading 3", "Điều 1. Phạm vi điều chỉnh"),
            ("Heading 1", "Phụ lục I\nDanh mục dữ liệu"),
        ):
            self.assertIn(heading, found)

    def test_numbers_are_words_that_never_shift(self):
        document = read(WHOLE)
        texts = [paragraph.text for paragraph in document.paragraphs]

        self.assertIn("đ) Thống nhất.", texts)
        self.assertIn("- Gạch thứ nhất;", texts)
        self.assertEqual(list(document.element.iter(qn("w:numPr"))), [])

    def test_letters_paper_and_language_are_the_decrees(self):
        document = read(WHOLE)
        normal, section = document.styles["Normal"], document.sections[0]

        self.assertEqual((normal.font.name, normal.font.size.pt), ("Times New Roman", 14))
        self.assertEqual(
            [round(length / Mm(1)) for length in (
                section.page_width, section.page_height, section.top_margin,
                section.bottom_margin, section.left_margin, section.right_margin)],
            [210, 297, 20, 20, 30, 18],
        )  # fmt: skip
        language = next(document.styles.element.iter(qn("w:lang")))
        self.assertEqual(language.get(qn("w:val")), "vi-VN")

    def test_the_file_says_what_it_is(self):
        properties = read(WHOLE).core_properties

        self.assertEqual(properties.title, WHOLE.title)
        self.assertEqual(properties.author, "Ủy ban nhân dân xã Kim Sơn")
        self.assertEqual((properties.subject, properties.language), ("08/QĐ-UBND", "vi-VN"))


class PageTests(SimpleTestCase):
    def test_pages_are_numbered_on_top_from_the_second_on(self):
        section = read(WHOLE).sections[0]

        self.assertIs(section.different_first_page_header_footer, True)
        self.assertEqual(fields(section.header._element), ["PAGE"])
        self.assertEqual(fields(section.first_page_header._element), [])

    def test_annexes_count_their_own_pages_and_turn_for_wide_tables(self):
        first, second = read(WHOLE).sections[1:3]

        for section in (first, second):
            [numbers] = section._sectPr.findall(qn("w:pgNumType"))
            start = numbers.get(qn("w:start"))
            self.assertEqual((start, section.different_first_page_header_footer), ("1", True))
        self.assertGreater(first.page_height, first.page_width)
        self.assertGreater(second.page_width, second.page_height)

    def test_contents_are_a_field_with_its_list_drawn_already(self):
        document = read(WHOLE)
        [instruction] = [each for each in fields(document.element) if each.startswith("TOC")]
        [gallery] = document.element.iter(qn("w:docPartGallery"))
        block = next(document.element.iter(qn("w:sdtContent")))
        entries = [Paragraph(node, document) for node in block.iter(qn("w:p"))][1:]
        marks = {node.get(qn("w:name")) for node in document.element.iter(qn("w:bookmarkStart"))}
        links = [node.get(qn("w:anchor")) for node in document.element.iter(qn("w:hyperlink"))]

        self.assertIn('"1-3"', instruction)
        self.assertEqual(gallery.get(qn("w:val")), "Table of Contents")
        self.assertEqual(entries[0].text, "Chương I. Quy định chung")
        self.assertEqual(len(entries), len(links))
        self.assertLessEqual(set(links), marks)

    def test_tables_repeat_their_heading_row(self):
        table = read(WHOLE).tables[2]

        self.assertEqual([cell.text for cell in table.rows[0].cells][1], "Tên bộ dữ liệu")
        self.assertIsNotNone(table.rows[0]._tr.trPr.find(qn("w:tblHeader")))
        self.assertIsNone(table.rows[1]._tr.trPr.find(qn("w:tblHeader")))

    def test_the_small_print_is_no_part_of_the_text(self):
        document = read(WHOLE)

        self.assertIn(ORIGIN.address, document.sections[-1].footer.paragraphs[0].text)
        self.assertNotIn(ORIGIN.address, "".join(p.text for p in document.paragraphs))


class FootnoteTests(SimpleTestCase):
    def test_a_footnote_is_one_that_word_knows(self):
        file = file_of(WHOLE)
        notes = part_of(file, "word/footnotes.xml").findall(qn("w:footnote"))
        body = part_of(file, "word/document.xml")
        [reference] = body.iter(qn("w:footnoteReference"))
        texts = {note.get(qn("w:id")): "".join(note.itertext()).strip() for note in notes}

        self.assertEqual(texts[reference.get(qn("w:id"))], "Sửa đổi năm 2026.")
        self.assertNotIn("[1]", "".join(body.itertext()))

    def test_a_text_without_notes_has_no_part_for_them(self):
        with ZipFile(BytesIO(file_of(UNKNOWN))) as package:
            self.assertNotIn("word/footnotes.xml", package.namelist())


class HostileTextTests(SimpleTestCase):
    def test_characters_that_xml_forbids_are_left_out_and_markup_is_words(self):
        texts = [paragraph.text for paragraph in read(HOSTILE).paragraphs]

        self.assertIn("1. <p>thẻ</p> &lt; &amp; ]]>  hết", texts)
        self.assertIn("3. chữ 😀 مرحبا שלום", texts)
