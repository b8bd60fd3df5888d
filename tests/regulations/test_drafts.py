"""Pages hold what the parser read: every part, in order, and nothing else."""

from django.test import TestCase

from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.regulations.actions import create_draft_pages
from portal.regulations.models import RegulationIndexPage
from portal.regulations.outline import text_of
from portal.regulations.parsing import as_json, parse_text
from tests.factories import make_user
from tests.regulations.texts import ARTICLES_PER_CHAPTER, SMALL, demo_text, real_text

WITH_EVERYTHING = """ỦY BAN NHÂN DÂN
TỈNH AN THỊNH

Số: 12/QĐ-UBND
An Thịnh, ngày 05 tháng 01 năm 2026

QUYẾT ĐỊNH
Ban hành Quy chế thử nghiệm

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH

Căn cứ Luật Tổ chức chính quyền địa phương;
Theo đề nghị của Chánh Văn phòng.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Quy chế thử nghiệm.

Điều 2. Quyết định này có hiệu lực từ ngày ký./.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn An

QUY CHẾ
Thử nghiệm
(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2026)

Chương I
QUY ĐỊNH CHUNG

Mục 1
PHẠM VI

Điều 1. Phạm vi điều chỉnh
1. Khoản thứ nhất.[1]
2. Khoản thứ hai:
a) Điểm a;
đ) Điểm đ.

Mục 2
ĐỐI TƯỢNG

Điều 2. Đối tượng áp dụng
Các đơn vị của tỉnh.
Các đơn vị khác.

[1] Sửa đổi theo Quyết định số 5/QĐ-UBND.

Chương II
TỔ CHỨC THỰC HIỆN

Điều 3. Hiệu lực
1. Có hiệu lực ngay./.

PHỤ LỤC I
DANH MỤC CHỈ SỐ

| STT | Tên chỉ số |
| --- | --- |
| 1 | Tỷ lệ hồ sơ đúng hạn |

PHỤ LỤC II
QUY TRÌNH

Điều 1. Tiếp nhận
1. Ghi sổ.
"""


def parsed_articles(structure):
    """Yield what every article of the contract says, in reading order."""
    decision = (structure["decision"] or {}).get("articles", [])
    divisions = list(structure["regulation"]["divisions"])
    articles = decision + [a for division in divisions for a in division["articles"]]
    for annex in structure["regulation"]["annexes"]:
        articles += [a for division in annex["divisions"] for a in division["articles"]]
    for article in articles:
        clauses = [
            (c["eid"], c["number"] or "", c["text"])
            + tuple((p["eid"], p["label"] or "", p["text"]) for p in c["points"])
            for c in article["clauses"]
        ]
        notes = [(note["mark"], note["text"]) for note in article["footnotes"]]
        yield article["eid"], article["number"], article["title"], article["intro"], clauses, notes


def page_articles(text):
    """Yield the same of the pages' text."""
    for article in text.articles():
        clauses = [
            (c.eid, c.number, c.text, *((p.eid, p.label, p.text) for p in c.points))
            for c in article.clauses
        ]
        notes = [(note.mark, note.text) for note in article.footnotes]
        yield article.eid, article.number, article.heading, article.intro, clauses, notes


class Drafts(TestCase):
    def setUp(self):
        ensure_site()
        self.user = make_user(Role.ADMINISTRATOR)

    def draft(self, structure):
        page = create_draft_pages(
            structure, parent=RegulationIndexPage.objects.get(), user=self.user
        )
        return text_of(page, live_only=False)

    def texts(self):
        own = {"small": SMALL, "demo": demo_text(), "everything": WITH_EVERYTHING}
        real = {name: real_text(name) for name in ARTICLES_PER_CHAPTER}
        return {name: text for name, text in (own | real).items() if text}

    def test_articles_stand_as_they_were_read(self):
        for name, source in self.texts().items():
            with self.subTest(name):
                structure = as_json(parse_text(source))

                text = self.draft(structure)

                self.assertEqual(list(page_articles(text)), list(parsed_articles(structure)))

    def test_headings_stand_between_their_articles(self):
        structure = as_json(parse_text(WITH_EVERYTHING))

        text = self.draft(structure)

        outline = [part.label if part.kind == "division" else part.eid for part in text.parts]
        self.assertEqual(
            outline,
            ["qd__dieu_1", "qd__dieu_2", "Chương I", "Mục 1", "qc__dieu_1", "Mục 2", "qc__dieu_2"]
            + ["Chương II", "qc__dieu_3", "pl_i", "pl_ii", "pl_ii__dieu_1"],
        )

    def test_head_and_annexes_stand(self):
        text = self.draft(as_json(parse_text(WITH_EVERYTHING)))

        self.assertEqual((text.document_number, text.issued_on), ("12/QĐ-UBND", "2026-01-05"))
        self.assertEqual(len(text.legal_bases), 2)
        self.assertEqual(text.recipients, ("Như Điều 2", "Lưu: VT"))
        self.assertEqual(text.signer_name, "Lê Văn An")
        self.assertIn("| 1 | Tỷ lệ hồ sơ đúng hạn |", text.annexes()[0].body)

    def test_a_document_without_a_cover_keeps_its_head(self):
        cut = WITH_EVERYTHING.index("QUY CHẾ\nThử nghiệm")
        source = WITH_EVERYTHING[:cut].replace(
            "Ban hành kèm theo Quyết định này Quy chế thử nghiệm.", "Giao nhiệm vụ\n1. Cho Sở."
        )

        text = self.draft(as_json(parse_text(source)))

        self.assertEqual(text.document_number, "12/QĐ-UBND")
        self.assertEqual(text.signer_name, "Lê Văn An")
