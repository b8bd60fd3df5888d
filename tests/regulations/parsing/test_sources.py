"""Files of every kind: read as they are, or refused with one sentence."""

import io
import struct
import unicodedata
import zipfile

from django.test import SimpleTestCase
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings

from portal.regulations.parsing import UnreadableSource, as_json, parse_text, read_source
from tests.regulations.parsing.outline import outline
from tests.regulations.parsing.printing import blocks_of
from tests.regulations.parsing.structures import regulations
from tests.regulations.parsing.test_round_trip import expected, found

TEXT = "QUY CHẾ\nĐặt tên tệp\n\nĐiều 1. Nguyên tắc\n1. Tên tệp không dấu.\n"


def docx_of(build):
    """Return the bytes of a Word file that ``build`` fills."""
    document, stream = Document(), io.BytesIO()
    build(document)
    document.save(stream)
    return stream.getvalue()


def add(document, xml):
    """Append a paragraph written as WordprocessingML."""
    document.element.body.insert(-1, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))


class Encodings(SimpleTestCase):
    def test_unicode_in_every_form_is_read_and_composed(self):
        decomposed = unicodedata.normalize("NFD", TEXT)
        for data in (
            TEXT.encode(),
            TEXT.encode("utf-8-sig"),
            TEXT.encode("utf-16"),
            TEXT.encode("utf-16-le"),
            TEXT.encode("utf-16-be"),
            decomposed.encode(),
        ):
            self.assertEqual(read_source(data, "a.txt"), TEXT)

    def test_windows_1258_is_read(self):
        # This code page writes the tone as a mark behind the vowel.
        tones = "\u0300\u0301\u0303\u0309\u0323"
        typed = "".join(
            letter if letter.encode("cp1258", "ignore") else _split_tone(letter, tones)
            for letter in TEXT
        )

        self.assertEqual(read_source(typed.encode("cp1258"), "a.txt"), TEXT)

    def test_a_broken_byte_does_not_turn_a_text_into_another_code_page(self):
        data = TEXT.encode() + b"\xff\n"

        self.assertIn("Tên tệp không dấu", read_source(data, "a.txt"))

    def test_a_stray_control_character_is_no_reason_to_refuse(self):
        self.assertEqual(read_source(TEXT.encode() + b"\x1a", "a.txt"), TEXT)

    def test_old_font_encodings_are_named_not_mangled(self):
        for data in ("Céng hßa x· héi".encode(), "Ñieàu 1. Quy ñònh chung".encode()):
            with self.assertRaises(UnreadableSource):
                read_source(data, "a.txt")


def _split_tone(letter, tones):
    parts = unicodedata.normalize("NFD", letter)
    tone = next(mark for mark in parts if mark in tones)
    return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone


class Unreadable(SimpleTestCase):
    def test_what_holds_no_text_gets_a_sentence(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(4):
                archive.writestr(f"word/{number}.xml", b"0" * 100_000_000)
        other = io.BytesIO()
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr("a.txt", "chữ")
        for name, data in (
            ("empty.txt", b""),
            ("blank.md", b" \n\t\n"),
            ("noise.txt", struct.pack("200B", *range(200)) * 20),
            ("noise.docx", bytes(range(256)) * 20),
            ("encrypted.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
            ("cut.docx", docx_of(lambda document: None)[:900]),
            ("bomb.docx", bomb.getvalue()),
            ("other.docx", other.getvalue()),
            ("scan.pdf", b"%PDF-1.7"),
            ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
            ("photo.png", b"\x89PNG"),
        ):
            with self.subTest(name), self.assertRaises(UnreadableSource) as caught:
                read_source(data, name)
            self.assertRegex(str(caught.exception), r"^[^\n]{10,}\.$")


class WordFiles(SimpleTestCase):
    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(regulations())
    def test_a_regulation_comes_back_from_word(self, regulation):
        def build(document):
            for block in blocks_of(regulation):
                paragraph = document.add_paragraph()
                is_heading = block.kind in ("title", "division", "article")
                paragraph.add_run(block.whole()).bold = is_heading

        text = read_source(docx_of(build), "a.docx")

        self.assertEqual(found(as_json(parse_text(text))), expected(regulation))

    def test_what_word_draws_hides_and_tracks(self):
        def build(document):
            document.add_paragraph("QUY CHẾ")
            document.add_paragraph("Dùng chung máy in")
            document.add_heading("Điều 1. Nguyên tắc", 3)
            document.add_paragraph("In hai mặt.", style="List Number")
            document.add_paragraph("Không in ảnh.", style="List Number")
            document.add_heading("Điều 2. Theo dõi", 3)
            add(document, "<w:del><w:r><w:delText>Bỏ đi. </w:delText></w:r></w:del>")
            add(
                document,
                "<w:r><w:t>Sổ in do </w:t></w:r><w:ins><w:r><w:t>văn thư giữ.</w:t></w:r></w:ins>",
            )
            add(
                document,
                "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Mỗi tháng một sổ.</w:t></w:r></w:p>"
                "</w:txbxContent></w:pict></w:r>",
            )
            table = document.add_table(1, 2)
            table.cell(0, 0).text = "Máy"
            table.cell(0, 1).text = "Trang"

        text = read_source(docx_of(build), "a.docx")

        self.assertEqual(
            outline(text),
            "TITLE QUY CHẾ Dùng chung máy in\n"
            "  Đ1 | Nguyên tắc | \n"
            "    (1) In hai mặt.\n"
            "    (2) Không in ảnh.\n"
            "  Đ2 | Theo dõi | \n"
            "    () Sổ in do văn thư giữ.\n"
            "    () Mỗi tháng một sổ. ⏎ | Máy | Trang |\n",
        )
