"""What the head of a document says, from what is known of its text."""

from django.test import SimpleTestCase

from portal.regulations.documents.arrangement import arrange, pieces
from portal.regulations.documents.heads import (
    agency_of,
    instrument_kind,
    name_of,
    place_of,
    signature_lines,
    split_title,
)
from portal.regulations.structure import Footnote
from tests.regulations.paper_texts import ALONE, UNKNOWN, WHOLE


class HeadTests(SimpleTestCase):
    def test_the_agency_stands_in_the_lines_that_the_decree_gives_it(self):
        for issuer, lines in (
            ("ỦY BAN NHÂN DÂN XÃ KIM SƠN", ("ỦY BAN NHÂN DÂN", "XÃ KIM SƠN")),
            ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X", ("ỦY BAN NHÂN DÂN", "TỈNH X")),
            ("Bộ trưởng Bộ Tài chính", ("Bộ Tài chính",)),
            ("", ()),
        ):
            with self.subTest(issuer):
                self.assertEqual(agency_of(issuer), lines)

    def test_the_place_is_told_by_the_name_or_not_at_all(self):
        for issuer, place in (
            ("ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI", "Đồng Nai"),
            ("Chủ tịch Ủy ban nhân dân phường 12", "Phường 12"),
            ("CHÍNH PHỦ", "Hà Nội"),
            ("QUỐC HỘI", "Hà Nội"),
            ("Ủy ban nhân dân huyện", ""),
            ("Sở Y tế", ""),
        ):
            with self.subTest(issuer):
                self.assertEqual(place_of(issuer), place)

    def test_a_name_in_capitals_is_written_as_within_a_sentence(self):
        for printed, written in (
            ("ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI", "Ủy ban nhân dân tỉnh Đồng Nai"),
            ("BỘ TRƯỞNG BỘ TÀI CHÍNH", "Bộ trưởng Bộ Tài chính"),
            ("Ủy ban nhân dân xã Kim Sơn", "Ủy ban nhân dân xã Kim Sơn"),
        ):
            with self.subTest(printed):
                self.assertEqual(name_of(printed), written)

    def test_a_signature_has_a_line_for_each_capacity(self):
        for capacity, lines in (
            ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
            ("TL. CHỦ TỊCH CHÁNH VĂN PHÒNG", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
            ("KT. BỘ TRƯỞNG THỨ TRƯỞNG", ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
            ("CHỦ TỊCH", ("CHỦ TỊCH",)),
            ("TM. UBND\nCHỦ TỊCH", ("TM. UBND", "CHỦ TỊCH")),
            ("", ()),
        ):
            with self.subTest(capacity):
                self.assertEqual(signature_lines(capacity), lines)

    def test_number_and_title_tell_the_kind(self):
        kinds = [instrument_kind(n) for n in ("218/QĐ-UBND", "64/2007/NĐ-CP", "99/2025/QH15", "")]

        self.assertEqual(kinds, ["Quyết định", "Nghị định", "Luật", ""])
        self.assertEqual(split_title("QUY CHẾ Quản lý"), ("Quy chế", "Quản lý"))
        self.assertEqual(split_title("Luật dữ liệu"), ("Luật", "Dữ liệu"))
        self.assertEqual(split_title("Danh mục chung"), ("", "Danh mục chung"))


class ArrangementTests(SimpleTestCase):
    def test_the_cover_stands_before_the_text_that_it_issues(self):
        arranged = arrange(WHOLE)
        cover, text = arranged.sections

        self.assertEqual((cover.kind, text.kind), ("Quyết định", "Quy chế"))
        self.assertEqual([placed.part.number for placed in cover.parts], ["1", "2", "3"])
        self.assertEqual(
            text.attached_by,
            "(Ban hành kèm theo Quyết định số 08/QĐ-UBND ngày 05 tháng 02 năm 2026"
            " của Ủy ban nhân dân xã Kim Sơn)",
        )
        self.assertEqual(arranged.place_and_date, "Kim Sơn, ngày 05 tháng 02 năm 2026")
        self.assertEqual(arranged.closed_sections, (cover,))
        self.assertEqual(arranged.recipients, ["- Như Điều 3;", "- Lưu: VT, VP."])

    def test_an_instrument_that_needs_no_cover_is_closed_at_its_end(self):
        arranged = arrange(ALONE)
        [section] = arranged.sections

        self.assertEqual((section.kind, section.attached_by), ("Nghị quyết", ""))
        self.assertEqual(arranged.closed_sections, (section,))

    def test_what_nobody_knows_is_not_invented(self):
        arranged = arrange(UNKNOWN)

        self.assertEqual(
            (arranged.agency, arranged.number_line, arranged.place_and_date), ((), "", "")
        )
        self.assertEqual(arranged.closed_sections, ())

    def test_headings_count_what_stands_over_them(self):
        depths = {placed.part.title: placed.heading_level for placed in arrange(WHOLE).headings}

        self.assertEqual(depths["Chương II. Trách nhiệm"], 2)
        self.assertEqual(depths["Mục 1. Cung cấp dữ liệu"], 3)
        self.assertEqual(depths["Điều 3. Trách nhiệm của Phòng Kinh tế"], 4)
        self.assertEqual(depths["Điều 1. Phạm vi điều chỉnh"], 3)

    def test_a_table_of_many_columns_turns_the_page(self):
        self.assertEqual([annex.is_wide for annex in arrange(WHOLE).annexes], [False, True])

    def test_notes_stand_where_their_marks_are(self):
        note, star = Footnote("1", "x"), Footnote("(*)", "y")

        found = pieces("Một[^1] hai(*) ba 1", (note, star))

        self.assertEqual([piece.text or piece.note for piece in found],
                         ["Một", note, " hai", star, " ba 1"])  # fmt: skip
