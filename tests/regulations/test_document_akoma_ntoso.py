"""Akoma Ntoso of a text: well-formed, named by the standard's convention, nothing lost."""

import re
from pathlib import Path

from django.test import SimpleTestCase
from lxml import etree

from portal.regulations.documents import document_of
from portal.regulations.documents.akoma_ntoso import NAMESPACE
from portal.regulations.documents.legal_references import references_in
from portal.regulations.documents.origin import Origin
from tests.regulations.paper_texts import ALONE, HOSTILE, UNKNOWN, WHOLE

GOLDEN = Path(__file__).parent / "golden"
ORIGIN = Origin(
    slug="08-qd-ubnd", edition_number=2, effective_on="2026-03-01",
    enacted_by="45/QĐ-UBND", sha256="ab" * 32,
)  # fmt: skip
NAMES = {"a": NAMESPACE}


def xml_of(text, **options):
    """Return the root of the file."""
    return etree.fromstring(document_of(text, "xml", origin=ORIGIN, **options).content)


def words(element):
    """Return the words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


class StructureTests(SimpleTestCase):
    def test_the_file_is_as_agreed(self):
        file = document_of(WHOLE, "xml", origin=ORIGIN).content.decode()

        self.assertEqual(file, (GOLDEN / "whole.akn.xml").read_text(encoding="utf-8"))

    def test_the_instrument_is_the_act_and_what_it_issues_is_attached(self):
        root = xml_of(WHOLE)
        attached = root.xpath("a:act/a:attachments/a:attachment/*", namespaces=NAMES)

        self.assertEqual(root.find("a:act", NAMES).get("name"), "quyet-dinh")
        self.assertEqual([each.get("name") for each in attached], ["quy-che", "phu-luc", "phu-luc"])

    def test_names_follow_the_convention_and_keep_ours_beside_them(self):
        [point] = xml_of(WHOLE).xpath("//a:point[a:num='đ)']", namespaces=NAMES)

        self.assertEqual(point.get("eId"), "att_1__art_2__para_1__point_dd")
        self.assertEqual(point.get("wId"), "qc__dieu_2__khoan_1__diem_dd")
        chapter = xml_of(WHOLE).find(".//a:chapter", NAMES)
        self.assertEqual((chapter.get("eId"), words(chapter[0])), ("att_1__chp_i", "Chương I"))

    def test_no_two_elements_share_a_name(self):
        for text in (WHOLE, ALONE, HOSTILE):
            ids = xml_of(text).xpath("//@eId")
            self.assertEqual(len(ids), len(set(ids)))

    def test_divisions_nest_as_they_do_in_the_text(self):
        [article] = xml_of(WHOLE).xpath("//a:article[@eId='att_1__art_5a']", namespaces=NAMES)

        parents = [etree.QName(each).localname for each in article.iterancestors()]
        self.assertEqual(parents[:3], ["section", "chapter", "body"])

    def test_it_says_which_work_and_which_expression_of_it(self):
        root = xml_of(WHOLE)

        uris = [node.get("value") for node in root.iterfind(".//a:act/a:meta//a:FRBRuri", NAMES)]
        work = "/akn/vn/act/quyet-dinh/2026-02-05/08-qd-ubnd"
        self.assertEqual(uris[:2], [work, f"{work}/vie@2026-03-01"])
        events = [(e.get("type"), e.get("date")) for e in root.iterfind(".//a:eventRef", NAMES)]
        self.assertEqual(events, [("generation", "2026-02-05"), ("amendment", "2026-03-01")])
        self.assertIn("ab" * 32, words(root.find(".//a:proprietary", NAMES)))

    def test_citations_lead_to_the_instruments_that_they_name(self):
        links = [node.get("href") for node in xml_of(WHOLE).iterfind(".//a:citation//a:ref", NAMES)]

        self.assertEqual(links, ["/akn/vn/act/nghi-dinh/2025-10-22/278-2025-nd-cp"])

    def test_a_day_that_no_calendar_has_is_no_address(self):
        self.assertEqual(list(references_in("Nghị định số 1/2020/NĐ-CP ngày 31/02/2020")), [])

    def test_signature_and_recipients_conclude(self):
        conclusions = words(xml_of(WHOLE).find("a:act/a:conclusions", NAMES))

        self.assertIn("PHÓ CHỦ TỊCH Nguyễn Văn An", conclusions)
        self.assertIn("- Lưu: VT, VP.", conclusions)

    def test_tables_and_notes_are_what_they_are(self):
        root = xml_of(WHOLE)

        self.assertEqual([words(cell) for cell in root.iterfind(".//a:th", NAMES)][:3],
                         ["STT", "Tên bộ dữ liệu", "Đơn vị cung cấp"])  # fmt: skip
        [note] = root.iterfind(".//a:authorialNote", NAMES)
        self.assertEqual((note.get("marker"), words(note)), ("1", "Sửa đổi năm 2026."))

    def test_every_word_is_there(self):
        root = xml_of(WHOLE)
        for meta in list(root.iter(f"{{{NAMESPACE}}}meta")):
            meta.getparent().remove(meta)
        there = words(root)

        for article in WHOLE.articles():
            for clause in article.clauses:
                for text in (clause.text, *(point.text for point in clause.points)):
                    self.assertIn(re.split(r"\[\d\]", text)[0], there)

    def test_an_empty_text_is_a_file_that_says_so(self):
        body = xml_of(UNKNOWN).find("a:act/a:body", NAMES)

        self.assertEqual([child.get("name") for child in body], ["empty"])

    def test_hostile_words_are_words(self):
        self.assertIn("<p>thẻ</p> &lt; &amp; ]]> hết", words(xml_of(HOSTILE)))
