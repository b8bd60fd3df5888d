"""What an editor should look at: the code stays, the place is the line where it stands."""

from django.test import SimpleTestCase

from portal.regulations.parsing import parse_text

HEAD = "QUY CHẾ\nThử nghiệm\n"
COVER = (
    "QUYẾT ĐỊNH\nBan hành Quy chế\nCăn cứ Nghị định số 47/2020/NĐ-CP ngày 09/4/2020;\nQUYẾT ĐỊNH:\n"
    "Điều 1. Ban hành kèm theo Quyết định này Quy chế thử nghiệm.\n"
)
ATTACHED = "QUY CHẾ\nThử nghiệm\n(Kèm theo Quyết định số /QĐ-UBND ngày / /2026)\n"
BODY = "Điều 1. Phạm vi\nQuy chế này thử nghiệm.\n"
FOUND = {
    "blank_number": (COVER + ATTACHED + BODY, None, 8),
    "blank_date": (COVER + ATTACHED + BODY, None, 8),
    "superseded_legal_basis": (COVER + ATTACHED + BODY, None, 3),
    "attachment_absent": (COVER, None, 5),
    "duplicate_number": (HEAD + "Điều 1. Việc\n1. Một.\n1. Hai.\n", "qc__dieu_1__khoan_1_2", 5),
    "gap_in_numbers": (HEAD + "Điều 1. Việc\n1. Một.\n3. Ba.\n", "qc__dieu_1__khoan_3", 5),
    "number_out_of_order": (
        HEAD + "Điều 1. Việc\n1. Một.\n3. Ba.\n2. Hai.\n",
        "qc__dieu_1__khoan_2",
        6,
    ),
    "point_out_of_order": (
        HEAD + "Điều 1. Việc\n1. Gồm:\na) Một;\nc) Ba;\nb) Hai.\n",
        "qc__dieu_1__khoan_1__diem_b",
        7,
    ),
    "chapter_gap": (
        HEAD + "Chương I\nCHUNG NHẤT\n" + BODY + "Chương III\nRIÊNG RẼ\nĐiều 2. Việc\nLàm việc.\n",
        "qc__chuong_iii",
        7,
    ),
    "level_jump": (
        HEAD + "Mục 1\nMỞ ĐẦU CHUNG\n" + BODY + "Chương I\nRIÊNG RẼ\nĐiều 2. Việc\nLàm việc.\n",
        "qc__muc_1",
        3,
    ),
    "untitled_article": (
        HEAD + "Điều 1. Quy chế này quy định việc thử nghiệm tại xã.\n",
        "qc__dieu_1",
        3,
    ),
    "text_outside_article": (
        HEAD + "Chương I\nCHUNG NHẤT\nLời dẫn của chương này.\n" + BODY,
        "qc__dieu_nn_1",
        5,
    ),
    "empty_article": (
        HEAD + BODY + "Điều 2. Trách nhiệm\nĐiều 3. Hiệu lực\nCó.\n",
        "qc__dieu_2",
        5,
    ),
    "empty_clause": (
        HEAD + "Điều 1. Việc\n1. Một.\n2.\n3. Ba.\n",
        "qc__dieu_1__khoan_2",
        5,
    ),
    "annex_announced_but_absent": (
        HEAD + "Điều 1. Biểu mẫu\n1. Lập theo Phụ lục I kèm theo.\n",
        "qc__dieu_1__khoan_1",
        4,
    ),
    "heading_depth_jump": (
        HEAD + "## Điều 1. Phạm vi\nThử.\n#### Điều 2. Việc\nLàm.\n",
        None,
        5,
    ),
}


class Lints(SimpleTestCase):
    def test_each_code_stands_where_the_fault_is(self):
        for code, (text, eid, line) in FOUND.items():
            with self.subTest(code):
                places = [
                    (lint.eid, lint.line) for lint in parse_text(text).lints if lint.code == code
                ]
                self.assertEqual(places, [(eid, line)])

    def test_a_text_without_fault_has_no_remarks(self):
        text = HEAD + BODY + "Điều 2. Việc\n1. Gồm:\na) Một;\nb) Hai.\n2. Hết.\n"
        self.assertEqual(parse_text(text).lints, [])

    def test_remarks_come_in_reading_order(self):
        lines = [lint.line for lint in parse_text(COVER + ATTACHED + BODY).lints]
        self.assertEqual(lines, sorted(lines))
