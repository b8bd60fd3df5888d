"""A regulation on paper: the decree's layout, readable aloud, in one family of letters."""

import re
import unicodedata
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

from django.test import SimpleTestCase
from pypdf import PdfReader

from portal.core.paper import lay_out, render_pdf
from portal.regulations.documents import document_of
from portal.regulations.documents.origin import Origin
from portal.regulations.structure import Footnote
from tests.regulations.paper_texts import ALONE, DUTY, HOSTILE, UNKNOWN, WHOLE, article

GOLDEN = Path(__file__).parent / "golden"
ORIGIN = Origin(
    slug="08-qd-ubnd",
    address="https://ioc.example.vn/quy-che/08-qd-ubnd/",
    edition_number=2,
    effective_on="2026-03-01",
    enacted_by="45/QĐ-UBND",
    sha256="ab" * 32,
)
MM = 72 / 25.4


def html_of(text, **options):
    """Return the HTML of the text on paper."""
    return document_of(text, "pdf", origin=ORIGIN, **options).source


@cache
def pdf_of(text, **options):
    """Return the PDF of the text, rendered once for all tests."""
    return PdfReader(BytesIO(render_pdf(html_of(text, **options))[0]))


def lines_of(page):
    """Return the lines of a page."""
    return [line.strip() for line in page.extract_text().split("\n") if line.strip()]


def page_numbers(pdf):
    """Return for each page the number in its top margin, None where there is none."""
    return [_number_on_top(page) for page in pdf.pages]


def _number_on_top(page):
    found, top = [], float(page.mediabox.height) - 20 * MM

    def visit(text, _matrix, text_matrix, _font, _size):
        height = _matrix[5] + _matrix[3] * text_matrix[5]
        if text.strip() and height > top:
            found.append(text.strip())

    page.extract_text(visitor_text=visit)
    return int(found[0]) if found else None


def headings(pdf):
    """Return the levels of the headings in the order of the structure."""
    levels = []

    def walk(element):
        element = element.get_object()
        if not hasattr(element, "get"):
            return
        if re.fullmatch(r"/H\d", str(element.get("/S"))):
            levels.append(int(element["/S"][2:]))
        below = element.get("/K")
        below = below.get_object() if below is not None else []
        for each in below if isinstance(below, list) else [below]:
            walk(each)

    walk(pdf.trailer["/Root"]["/StructTreeRoot"])
    return levels


def fonts_of(pdf):
    """Return the names of the fonts that the pages use."""
    return {
        font.get_object()["/BaseFont"].split("+")[1]
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }


class LayoutTests(SimpleTestCase):
    def test_the_html_is_as_agreed(self):
        html = re.sub(r"\n\s*", "\n", html_of(WHOLE))

        self.assertEqual(html, (GOLDEN / "whole.html").read_text(encoding="utf-8"))

    def test_the_first_page_is_the_decision_from_head_to_signature(self):
        lines = lines_of(pdf_of(WHOLE).pages[0])
        expected = [
            "ỦY BAN NHÂN DÂN", "XÃ KIM SƠN", "Số: 08/QĐ-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
            "Kim Sơn, ngày 05 tháng 02 năm 2026", "QUYẾT ĐỊNH",
        ]  # fmt: skip

        self.assertEqual(lines[:7], expected)
        self.assertIn("QUYẾT ĐỊNH:", lines)
        self.assertIn("Điều 2. Quyết định này có hiệu lực từ ngày ký.", lines)
        self.assertEqual(
            lines[-7:],
            ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, VP.", "TM. ỦY BAN NHÂN DÂN",
             "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn An"],
        )  # fmt: skip

    def test_the_text_begins_on_a_page_of_its_own(self):
        lines = lines_of(pdf_of(WHOLE).pages[1])

        self.assertEqual(lines[0], "QUY CHẾ")
        self.assertIn("Chương I", lines)
        self.assertIn("QUY ĐỊNH CHUNG", lines)
        self.assertIn("đ) Thống nhất.", lines)

    def test_pages_count_from_two_and_each_annex_from_its_own_second(self):
        numbers = page_numbers(pdf_of(WHOLE))

        self.assertEqual(numbers, [None, 2, 3, None, None, None])

    def test_the_paper_is_a4_and_lies_on_its_side_for_wide_tables(self):
        sizes = [
            (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM))
            for page in pdf_of(WHOLE).pages
        ]

        self.assertEqual(sizes, [(210, 297)] * 4 + [(297, 210)] + [(210, 297)])

    def test_margins_keep_to_the_decree(self):
        for page in lay_out(html_of(WHOLE)).pages:
            box = page._page_box
            is_upright = box.height > box.width
            sides = [
                round(pixels / 96 * 25.4)
                for pixels in (box.margin_top, box.margin_right, box.margin_bottom, box.margin_left)
            ]
            self.assertEqual(sides, [20, 18, 20, 30 if is_upright else 20])

    def test_contents_name_the_page_that_each_heading_stands_on(self):
        pdf = pdf_of(WHOLE)
        contents = " ".join(lines_of(pdf.pages[-1]))

        for title in ("Chương II. Trách nhiệm", "Điều 3. Trách nhiệm của Phòng Kinh tế"):
            printed = int(re.search(rf"{title}\s*\.+\s*(\d+)", contents)[1])
            heading = "TRÁCH NHIỆM" if title.startswith("Chương") else title
            self.assertIn(heading, lines_of(pdf.pages[printed - 1]))
        self.assertIn("Phụ lục II. Biểu tổng hợp", contents)

    def test_a_footnote_stands_on_the_page_of_its_mark(self):
        clauses = [(str(place), f"{DUTY} Lần {place}.") for place in range(1, 61)]
        clauses[9] = ("10", f"{DUTY} Có chú thích[1].")
        long = article("1", "Dài", *clauses, notes=(Footnote("1", "Sửa đổi năm 2026."),))
        pages = [page.extract_text() for page in pdf_of(replace(WHOLE, parts=(long,))).pages]
        [page] = [page for page in pages if "Có chú thích" in page]

        self.assertIn("Sửa đổi năm 2026.", page)
        self.assertNotIn("[1]", page)
        self.assertEqual([len(page) > 1000 for page in pages], [True] * len(pages[:-1]) + [False])

    def test_the_small_print_says_where_the_text_is_from_and_not_when_it_was_printed(self):
        last = " ".join(lines_of(pdf_of(WHOLE).pages[-1]))

        for words in (ORIGIN.address, "Phiên bản số 2", "ngày 01 tháng 3 năm 2026", "ab" * 32):
            self.assertIn(words, last)

    def test_an_instrument_without_a_cover_signs_at_its_end(self):
        lines = [line for page in pdf_of(ALONE).pages for line in lines_of(page)]

        self.assertLess(lines.index("NGHỊ QUYẾT"), lines.index("Chương I"))
        self.assertLess(lines.index("Điều 6. Trách nhiệm thi hành"), lines.index("Nơi nhận:"))

    def test_a_text_of_which_nothing_is_known_is_a_clean_page(self):
        [page] = pdf_of(UNKNOWN).pages

        self.assertIn("Chưa ban hành", lines_of(page))
        self.assertNotIn("…", page.extract_text())


class ReadingAloudTests(SimpleTestCase):
    def test_the_file_is_tagged_and_says_what_it_is(self):
        pdf = pdf_of(WHOLE)
        catalogue = pdf.trailer["/Root"]

        self.assertIs(catalogue["/MarkInfo"]["/Marked"].value, True)
        self.assertEqual(catalogue["/Lang"], "vi")
        self.assertIn(b"pdfuaid", catalogue["/Metadata"].get_data())
        self.assertEqual({page["/Tabs"] for page in pdf.pages}, {"/S"})
        self.assertEqual(pdf.metadata.title, WHOLE.title)
        self.assertEqual(pdf.metadata.author, "Ủy ban nhân dân xã Kim Sơn")
        self.assertEqual(pdf.metadata.subject, "08/QĐ-UBND")

    def test_headings_go_down_by_one_level_at_a_time(self):
        levels = headings(pdf_of(WHOLE))

        self.assertEqual(levels[0], 1)
        for above, below in zip(levels, levels[1:], strict=False):
            self.assertLessEqual(below, above + 1, levels)

    def test_bookmarks_are_nested_as_the_text_is(self):
        def titles(outline):
            return [titles(each) if isinstance(each, list) else each.title for each in outline]

        found = titles(pdf_of(WHOLE).outline)

        self.assertIn("Phụ lục I. Danh mục dữ liệu", found)
        chapters = found[found.index(f"Quy chế {WHOLE.title[8:9].upper()}{WHOLE.title[9:]}") + 1]
        self.assertEqual(chapters[:2], ["Chương I. Quy định chung", [
            "Điều 1. Phạm vi điều chỉnh", "Điều 2. Giải thích từ ngữ"]])  # fmt: skip
        self.assertEqual(chapters[3][0], "Mục 1. Cung cấp dữ liệu")

    def test_words_come_out_composed(self):
        for page in pdf_of(WHOLE).pages:
            text = page.extract_text()
            self.assertEqual(text, unicodedata.normalize("NFC", text))

    def test_one_family_with_every_vietnamese_letter(self):
        letters = "".join(map(chr, range(0x1EA0, 0x1EFA))) + "ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóõùúý"
        text = replace(WHOLE, closing_note=f"{letters} – “…” ≥ ½ ₫")

        self.assertEqual(
            {name.rpartition("Tinos")[0] for name in fonts_of(pdf_of(text))}, {"Portal-"}
        )
        self.assertIn(letters, "".join("".join(lines_of(page)) for page in pdf_of(text).pages))


class HostileTextTests(SimpleTestCase):
    def test_what_looks_like_markup_is_printed(self):
        text = " ".join(" ".join(lines_of(page)) for page in pdf_of(HOSTILE).pages)

        for words in ("<script>alert(1)</script>", "]]>", "<p>thẻ</p>", "&lt;", "# không phải"):
            self.assertIn(words, text)

    def test_nothing_runs_over_the_edge_of_the_text(self):
        for page in lay_out(html_of(HOSTILE)).pages:
            box = page._page_box
            edge = box.content_box_x() + box.width
            for each in box.descendants():
                if each.element_tag in ("th", "td") or type(each).__name__ == "TextBox":
                    self.assertLessEqual(round(each.position_x + each.width), round(edge) + 1)

    def test_a_clause_of_ten_thousand_characters_flows_over_pages(self):
        self.assertGreater(len(pdf_of(HOSTILE).pages), 4)
