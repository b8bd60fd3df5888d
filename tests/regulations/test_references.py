"""What the words of a provision name: every shape of Vietnamese citation, and nothing else.

Longer than 300 lines because each shape is an example of its own, and all share one small text.
"""

import random
import unicodedata

from django.test import SimpleTestCase

from portal.regulations.references import find_references
from portal.regulations.structure import (
    Annex,
    Article,
    Clause,
    Division,
    Point,
    RegulationText,
)

LETTERS = "abcdđeghik"


def point(clause_eid, letter, text=""):
    eid = f"{clause_eid}__diem_{'dd' if letter == 'đ' else letter}"
    return Point(eid, letter, text, id=f"id-{eid}")


def clause(article_eid, number, text="", letters=LETTERS):
    eid = f"{article_eid}__khoan_{number}"
    return Clause(
        eid, str(number), text, tuple(point(eid, each) for each in letters), id=f"id-{eid}"
    )


def article(number, clauses=5, component="qc", heading="Nội dung"):
    eid = f"{component}__dieu_{number}"
    return Article(
        eid,
        str(number),
        heading,
        clauses=tuple(clause(eid, each) for each in range(1, clauses + 1)),
        component=component,
        id=f"id-{eid}",
    )


def text_with(sentence, *, title="Quy chế vận hành Trung tâm thử nghiệm", heading="Nội dung"):
    """Return a text whose khoản 1 Điều 10 says ``sentence``: 20 Điều, two chapters, two annexes."""
    eid = "qc__dieu_10"
    own = Article(
        eid,
        "10",
        heading,
        clauses=(clause(eid, 1, sentence, "abc"), clause(eid, 2)),
        id=f"id-{eid}",
    )
    return RegulationText(
        title,
        document_number="218/QĐ-UBND",
        parts=(
            *(article(number, 2, "qd") for number in (1, 2, 3)),
            Division("qc__chuong_1", "chapter", "I", "QUY ĐỊNH CHUNG", id="id-c1"),
            *(article(number) for number in range(1, 5)),
            Division("qc__chuong_2", "chapter", "II", "TỔ CHỨC", id="id-c2"),
            Division("qc__chuong_2__muc_1", "section", "1", "CHUNG", id="id-m1"),
            *(article(number) for number in range(5, 10)),
            own,
            article("12a"),
            *(article(number) for number in range(13, 20)),
            Annex("pl_i", "Phụ lục I", "I", "BIỂU MẪU", "Theo khoản 2 Điều 5", id="id-p1"),
            Annex("pl_ii", "Phụ lục II", "II", "DANH MỤC", id="id-p2"),
        ),
    )


def found(sentence, **more):
    """Return ``{words: first target}`` of the certain references from khoản 1 Điều 10."""
    references = find_references(text_with(sentence, **more))
    return [
        (each.words, each.targets[0].removeprefix("qc__"))
        for each in references
        if each.source_eid == "qc__dieu_10__khoan_1" and each.is_certain and each.targets
    ]


class ShapeTests(SimpleTestCase):
    def check(self, sentence, *expected, **more):
        self.assertEqual(found(sentence, **more), list(expected), sentence)

    def test_one_provision_is_one_link(self):
        self.check("theo Điều 5.", ("Điều 5", "dieu_5"))
        self.check("tại khoản 2 Điều 5", ("khoản 2 Điều 5", "dieu_5__khoan_2"))
        self.check(
            "tại điểm đ khoản 2 Điều 12a", ("điểm đ khoản 2 Điều 12a", "dieu_12a__khoan_2__diem_dd")
        )

    def test_this_means_where_the_words_stand(self):
        self.check("tại khoản 2 Điều này", ("khoản 2 Điều này", "dieu_10__khoan_2"))
        self.check("tại điểm b khoản này", ("điểm b khoản này", "dieu_10__khoan_1__diem_b"))
        self.check(
            "theo Điều này và khoản này", ("Điều này", "dieu_10"), ("khoản này", "dieu_10__khoan_1")
        )

    def test_every_number_of_a_list_is_a_link(self):
        self.check(
            "các Điều 4, 5 và 7 được áp dụng",
            ("Điều 4", "dieu_4"),
            ("5", "dieu_5"),
            ("7", "dieu_7"),
        )
        self.check(
            "điểm a, b và c khoản 2 Điều 5",
            ("điểm a", "dieu_5__khoan_2__diem_a"),
            ("b", "dieu_5__khoan_2__diem_b"),
            ("c", "dieu_5__khoan_2__diem_c"),
            ("khoản 2 Điều 5", "dieu_5__khoan_2"),
        )

    def test_lists_of_several_levels_share_what_stands_behind_them(self):
        self.check(
            "điểm a, b khoản 2 và khoản 3 Điều 5 Quy chế này",
            ("điểm a", "dieu_5__khoan_2__diem_a"),
            ("b", "dieu_5__khoan_2__diem_b"),
            ("khoản 2", "dieu_5__khoan_2"),
            ("khoản 3 Điều 5", "dieu_5__khoan_3"),
        )
        self.check(
            "Điều 5, Điều 6 và khoản 1 Điều 7",
            ("Điều 5", "dieu_5"),
            ("Điều 6", "dieu_6"),
            ("khoản 1 Điều 7", "dieu_7__khoan_1"),
        )

    def test_commas_between_levels_and_the_order_turned_round(self):
        self.check(
            "Điểm đ, khoản 2, Điều 5 của Quy chế",
            ("Điểm đ, khoản 2, Điều 5", "dieu_5__khoan_2__diem_dd"),
        )
        self.check(
            "tại Điều 5 khoản 2 điểm a",
            ("Điều 5", "dieu_5"),
            ("khoản 2", "dieu_5__khoan_2"),
            ("điểm a", "dieu_5__khoan_2__diem_a"),
        )

    def test_ranges_know_what_stands_between(self):
        references = find_references(text_with("từ Điều 5 đến Điều 8"))
        last = [each for each in references if each.words == "Điều 8"][0]
        self.assertEqual([eid.rpartition("_")[2] for eid in last.targets], ["8", "6", "7"])

    def test_headings_and_annexes(self):
        self.check("tại Mục 1 Chương II", ("Mục 1 Chương II", "chuong_2__muc_1"))
        self.check("Chương 2 Quy chế này", ("Chương 2", "chuong_2"))
        self.check("Phụ lục I, II", ("Phụ lục I", "pl_i"), ("II", "pl_ii"))
        self.check("Phụ lục số 02", ("Phụ lục số 02", "pl_ii"))
        self.check("Phụ lục I kèm theo Quy chế này", ("Phụ lục I", "pl_i"))
        self.check("khoản 5 Mục II Phụ lục I", ("khoản 5 Mục II Phụ lục I", "pl_i"))

    def test_the_decision_and_the_text_it_issues_are_told_apart(self):
        self.check("Điều 1 Quyết định này", ("Điều 1", "qd__dieu_1"))
        self.check("Điều 2 Quyết định số 218/QĐ-UBND", ("Điều 2", "qd__dieu_2"))
        self.check("Điều 5 Quy chế ban hành kèm theo Quyết định này", ("Điều 5", "dieu_5"))
        self.check("Điều 5 của Quy chế vận hành Trung tâm thử nghiệm", ("Điều 5", "dieu_5"))

    def test_spelling_does_not_matter(self):
        self.check("KHOẢN 2 ĐIỀU 5 QUY CHẾ NÀY", ("KHOẢN 2 ĐIỀU 5", "dieu_5__khoan_2"))
        self.check("tại khỏan 2 Ðiều 5", ("khỏan 2 Ðiều 5", "dieu_5__khoan_2"))
        self.check(
            "khoản\u00a02\u00a0Điều\u00a05", ("khoản\u00a02\u00a0Điều\u00a05", "dieu_5__khoan_2")
        )
        decomposed = unicodedata.normalize("NFD", "khoản 2 Điều 5")
        self.check(f"tại {decomposed}.", (decomposed, "dieu_5__khoan_2"))

    def test_tables_of_annexes_refer_too(self):
        [reference] = find_references(text_with(""))
        self.assertEqual(
            (reference.source_eid, reference.field, reference.targets),
            ("pl_i", "body-0", ("qc__dieu_5__khoan_2",)),
        )


class OtherDocumentTests(SimpleTestCase):
    def assert_leads_nowhere(self, sentence, **more):
        self.assertEqual(found(sentence, **more), [], sentence)

    def test_provisions_of_other_documents_are_not_ours(self):
        for document in (
            "Luật Công nghệ thông tin",
            "của Luật Giao dịch điện tử năm 2023",
            "Bộ luật Dân sự",
            "Nghị định số 47/2020/NĐ-CP",
            "Nghị định 47/2020/NĐ-CP ngày 09/4/2020 của Chính phủ",
            "Thông tư số 01/2020/TT-BTTTT",
            "Quyết định số 45/2020/QĐ-UBND",
            "Quy chế ban hành kèm theo Quyết định số 45/2020/QĐ-UBND",
            "Quy chế làm việc của Ủy ban nhân dân tỉnh",
            "Nghị quyết số 14/2021/NQ-HĐND",
            "Hiến pháp",
            "Quy định số 12-QĐ/TW",
            "Nghị định 47",
            "Quyết định số ... của Ủy ban nhân dân",
            "ban hành kèm theo Nghị định số 30/2020/NĐ-CP",
            "luật này",
            "Nghị định này",
            "(Luật Đất đai)",
            ", Nghị định số 30/2020/NĐ-CP",
        ):
            for words in (
                "Điều 5",
                "khoản 2 Điều 5",
                "các Điều 4, 5 và 7",
                "Điều 5 và khoản 1 Điều 6",
            ):
                joint = "" if document[0] in ",(" else " "
                self.assert_leads_nowhere(f"theo {words}{joint}{document}.")

    def test_annexes_of_other_documents_are_not_ours(self):
        self.assert_leads_nowhere("theo Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP")
        self.assert_leads_nowhere("mẫu tại Phụ lục II Thông tư số 1/2024/TT-BNV")

    def test_they_are_found_with_the_name_of_their_document(self):
        [reference] = [
            each
            for each in find_references(
                text_with("theo khoản 3 Điều 24 Nghị định số 47/2020/NĐ-CP")
            )
            if each.document
        ]
        self.assertEqual(reference.document, "Nghị định số 47/2020/NĐ-CP")
        self.assertEqual(reference.targets, ())

    def test_a_document_named_before_makes_doubtful(self):
        self.assert_leads_nowhere("Luật Dữ liệu quy định tại Điều 5 và khoản 1 Điều 6")
        self.assert_leads_nowhere("Nghị định số 30/2020/NĐ-CP (Điều 5)")

    def test_what_says_this_is_ours_even_beside_another_document(self):
        self.assertEqual(
            found("theo khoản 2 Điều này và Điều 5 Luật Dữ liệu"),
            [("khoản 2 Điều này", "dieu_10__khoan_2")],
        )

    def test_our_own_name_or_a_new_sentence_ends_the_doubt(self):
        self.assertEqual(found("Theo Luật Dữ liệu và Điều 5 Quy chế này"), [("Điều 5", "dieu_5")])
        self.assertEqual(found("Theo Luật Dữ liệu. Thực hiện Điều 5."), [("Điều 5", "dieu_5")])
        self.assertEqual(
            found("Điều 4 Luật Dữ liệu; khoản 2 Điều này"),
            [("khoản 2 Điều này", "dieu_10__khoan_2")],
        )

    def test_what_is_amended_may_be_another_text(self):
        self.assert_leads_nowhere("Sửa đổi, bổ sung khoản 2 Điều 5 như sau:")
        self.assert_leads_nowhere("Thay cụm từ tại Điều 5", heading="Sửa đổi, bổ sung một số điều")
        self.assert_leads_nowhere("Theo Điều 5", title="Sửa đổi Quy chế vận hành")

    def test_quoted_words_are_somebody_elses(self):
        self.assert_leads_nowhere("“Việc này theo khoản 2 Điều 5 Quy chế này”")

    def test_doubtful_ones_are_kept_for_editors(self):
        references = find_references(text_with("Luật Dữ liệu quy định tại Điều 5"))
        doubtful = [each for each in references if not each.is_certain]
        self.assertEqual([each.targets for each in doubtful], [("qc__dieu_5",)])


class NoReferenceTests(SimpleTestCase):
    def test_ordinary_words_are_left_alone(self):
        for sentence in (
            "tài khoản 1 và tài khoản 2",
            "danh mục 2, hạng mục 1",
            "thời điểm a, địa điểm B",
            "các điểm y tế và điểm e dè",
            "chi khoản 2 tỷ đồng và khoản 1,5 triệu đồng",
            "từ điểm A đến điểm B",
            "điều 2 cán bộ đến hiện trường",
            "Điều này cho thấy việc cần làm",
            "đạt 5 điểm, 2 khoản thu",
            "chương trình 5 năm, phần mềm 2",
            "các khoản này được hoàn trả",
            "khoản 9 chưa thu",
        ):
            with self.subTest(sentence):
                self.assertEqual(found(sentence), [])

    def test_numbers_that_count_end_a_list(self):
        self.assertEqual(found("theo Điều 5, 10 ngày làm việc"), [("Điều 5", "dieu_5")])
        self.assertEqual(found("theo Điều 5 và 6 đơn vị"), [("Điều 5", "dieu_5")])


class DanglingTests(SimpleTestCase):
    def test_the_nearest_part_above_is_meant(self):
        references = find_references(text_with("khoản 9 Điều 5; điểm x khoản 2 Điều 5; Điều 99"))
        mine = [each for each in references if each.source_eid == "qc__dieu_10__khoan_1"]
        self.assertEqual([each.is_dangling for each in mine], [True, True, True])
        self.assertEqual(
            [each.targets for each in mine], [("qc__dieu_5",), ("qc__dieu_5__khoan_2",), ()]
        )


class GeneratedTests(SimpleTestCase):
    """References made from real provisions in every shape, among words that are none."""

    FILLERS = (
        "thực hiện nhiệm vụ theo quy định tại ",
        "trừ trường hợp nêu tại ",
        "Các đơn vị báo cáo theo ",
        "bảo đảm yêu cầu tại ",
    )
    TAILS = (".", "; báo cáo kịp thời.", " được áp dụng.", ", trừ trường hợp khác.", "")

    def test_what_was_written_is_what_is_found(self):
        chance = random.Random(20260101)
        for _round in range(250):
            words, expected = self.reference(chance)
            own = chance.choice(("", "", " Quy chế này", " của Quy chế này"))
            sentence = f"{chance.choice(self.FILLERS)}{words}{own}{chance.choice(self.TAILS)}"
            for variant in (sentence, unicodedata.normalize("NFD", sentence)):
                targets = [target for _words, target in found(variant)]
                self.assertEqual(targets, expected, variant)

    def test_behind_another_document_nothing_is_ours(self):
        chance = random.Random(20260102)
        for _round in range(100):
            words, _expected = self.reference(chance, this=False)
            document = chance.choice(
                (" Luật Dữ liệu", " Nghị định số 47/2020/NĐ-CP", " của Thông tư số 5/2024/TT-BNV")
            )
            sentence = f"{chance.choice(self.FILLERS)}{words}{document}."
            self.assertEqual(found(sentence), [], sentence)

    def reference(self, chance, this=True):
        """Return the words of some provisions, and their eids in the order of the links."""
        shape = chance.randrange(7)
        number = chance.choice([1, 2, 3, 5, 6, 8, 13, 17, "12a"])
        k, m = sorted(chance.sample(range(1, 6), 2))
        a, b = sorted(chance.sample(range(len(LETTERS)), 2))
        a, b = LETTERS[a], LETTERS[b]
        at = f"dieu_{number}"
        pt = {each: f"diem_{'dd' if each == 'đ' else each}" for each in LETTERS}
        join = chance.choice((" và ", ", ", " hoặc "))
        if shape == 0:
            return f"Điều {number}", [at]
        if shape == 1:
            return f"khoản {k} Điều {number}", [f"{at}__khoan_{k}"]
        if shape == 2:
            return f"khoản {k}{join}khoản {m} Điều {number}", [
                f"{at}__khoan_{k}",
                f"{at}__khoan_{m}",
            ]
        if shape == 3:
            return f"các khoản {k}{join}{m} Điều {number}", [
                f"{at}__khoan_{k}",
                f"{at}__khoan_{m}",
                at,
            ]
        if shape == 4:
            return f"điểm {a}{join}điểm {b} khoản {k} Điều {number}", [
                f"{at}__khoan_{k}__{pt[a]}",
                f"{at}__khoan_{k}__{pt[b]}",
            ]
        if shape == 5:
            return f"điểm {a}, {b} khoản {k} và khoản {m} Điều {number}", [
                f"{at}__khoan_{k}__{pt[a]}",
                f"{at}__khoan_{k}__{pt[b]}",
                f"{at}__khoan_{k}",
                f"{at}__khoan_{m}",
            ]
        other = chance.choice([4, 7, 9])
        return f"điểm {a} khoản {k} Điều {number}, Điều {other}", [
            f"{at}__khoan_{k}__{pt[a]}",
            f"dieu_{other}",
        ]
