"""How provisions are cited, addressed elsewhere, and what a căn cứ tells."""

from django.test import SimpleTestCase

from portal.regulations.citations import citation_tail, name_in_citations
from portal.regulations.going_to import place_of_anchor
from portal.regulations.lineage import facts_of_basis
from portal.regulations.models import RegulationPage


class CitationTests(SimpleTestCase):
    def test_anchors_of_other_sites(self):
        self.assertEqual(place_of_anchor("dieu_27"), "dieu-27/")
        self.assertEqual(place_of_anchor("khoan_2_5"), "dieu-5/khoan-2/")
        self.assertEqual(place_of_anchor("diem_a_khoan_2_5"), "dieu-5/khoan-2/diem-a/")
        for other in ("", "chuong_1", "dieu_27/../x", "khoan_2"):
            self.assertEqual(place_of_anchor(other), "")

    def test_citations_name_what_the_document_is(self):
        self.assertEqual(
            name_in_citations("Quy chế A", "12/QĐ-UBND"),
            "Quy chế A ban hành kèm theo Quyết định số 12/QĐ-UBND",
        )
        self.assertEqual(
            name_in_citations("Nghị định B", "30/2020/NĐ-CP"), "Nghị định số 30/2020/NĐ-CP"
        )
        self.assertEqual(
            name_in_citations("Luật Dữ liệu", "60/2024/QH15"), "Luật Dữ liệu số 60/2024/QH15"
        )
        self.assertEqual(name_in_citations("Quy chế A", ""), "Quy chế A")
        self.assertEqual(citation_tail("Quy chế A", "12/QĐ-UBND", "qd"), "số 12/QĐ-UBND")

    def test_a_basis_tells_its_number_and_what_replaced_it(self):
        facts = facts_of_basis("Căn cứ Nghị định số 47/2020/NĐ-CP ngày 09/4/2020 của Chính phủ;")
        self.assertEqual(facts["document_number"], "47/2020/NĐ-CP")
        self.assertIn("278/2025/NĐ-CP", facts["replaced_by"])
        self.assertEqual(facts["legal_status"], RegulationPage.Status.EXPIRED)
        self.assertEqual(
            facts_of_basis("Theo đề nghị của Chánh Văn phòng"), {"document_number": ""}
        )
