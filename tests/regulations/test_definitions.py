"""Which terms a text explains, and where it uses them."""

from django.test import SimpleTestCase

from portal.regulations.definitions import find_definitions
from portal.regulations.structure import Article, Clause, Point, RegulationText
from portal.regulations.terms import TermFinder, find_terms


def text_of(*clauses, heading="Giải thích từ ngữ", then=()):
    """Return a text whose Điều 3 has these clauses, and Điều 4 those of ``then``."""
    return RegulationText(
        "Quy chế thử nghiệm", parts=(made("3", heading, clauses), made("4", "Nguyên tắc", then))
    )


def made(number, heading, clauses):
    eid = f"qc__dieu_{number}"
    return Article(
        eid,
        number,
        heading,
        clauses=tuple(
            Clause(f"{eid}__khoan_{place}", str(place), words, id=f"{eid}-{place}")
            for place, words in enumerate(clauses, start=1)
        ),
        id=eid,
    )


class ListedTermTests(SimpleTestCase):
    def check(self, words, term, names=(), meaning=None):
        [definition] = find_definitions(text_of(words))
        self.assertEqual((definition.term, definition.names), (term, names))
        if meaning:
            self.assertEqual(definition.meaning, meaning)

    def test_a_name_ends_at_its_verb_or_colon(self):
        self.check("Dữ liệu mở là dữ liệu công khai.", "Dữ liệu mở", (), "Dữ liệu công khai.")
        self.check("Dữ liệu số: là dữ liệu dạng số.", "Dữ liệu số", (), "Dữ liệu dạng số.")
        self.check("Cơ quan chủ quản: Ủy ban nhân dân tỉnh.", "Cơ quan chủ quản")
        self.check("Phiên họp được hiểu là buổi họp.", "Phiên họp", (), "Buổi họp.")

    def test_quotes_hold_names_even_several(self):
        self.check("“Dữ liệu mở” là dữ liệu công khai.", "Dữ liệu mở")
        self.check("Thuật ngữ “Nền tảng” là hệ thống.", "Nền tảng")
        self.check('"Kho dữ liệu" hoặc "Kho" là nơi lưu.', "Kho dữ liệu", ("Kho",), "Nơi lưu.")

    def test_brackets_give_other_names(self):
        self.check(
            "Trung tâm Điều hành thông minh (sau đây gọi tắt là Trung tâm) là nơi điều hành.",
            "Trung tâm Điều hành thông minh",
            ("Trung tâm",),
        )
        self.check("Trung tâm dữ liệu (IDC): nơi đặt máy chủ.", "Trung tâm dữ liệu", ("IDC",))
        self.check("Giao diện (viết tắt là API; tiếng Anh) là lớp trao đổi.", "Giao diện", ("API",))

    def test_the_sentence_before_the_list_is_no_term(self):
        words = "Trong Quy chế này, các từ ngữ dưới đây được hiểu như sau:"
        self.assertEqual(find_definitions(text_of(words)), [])

    def test_other_articles_explain_no_list(self):
        self.assertEqual(
            find_definitions(text_of("Nguyên tắc: là kịp thời.", heading="Nguyên tắc")), []
        )

    def test_points_explain_too(self):
        article = Article(
            "qc__dieu_3",
            "3",
            "Giải thích từ ngữ",
            clauses=(
                Clause(
                    "qc__dieu_3__khoan_1",
                    "1",
                    "Trong đó:",
                    (Point("qc__dieu_3__khoan_1__diem_a", "a", "Tệp là dữ liệu.", id="p"),),
                ),
            ),
        )
        found = find_definitions(RegulationText("Quy chế", parts=(article,)))
        self.assertEqual([each.term for each in found], ["Tệp"])


class InlineTermTests(SimpleTestCase):
    def check(self, words, term, meaning):
        [definition] = find_definitions(text_of(words, heading="Phạm vi"))
        self.assertEqual((definition.term, definition.meaning), (term, meaning))

    def test_every_way_to_say_hereafter(self):
        for called in (
            "sau đây gọi tắt là",
            "sau đây gọi là",
            "sau đây gọi chung là",
            "gọi tắt là",
            "viết tắt là",
            "sau đây viết tắt là",
            "sau đây được gọi tắt là:",
        ):
            with self.subTest(called):
                self.check(
                    f"Quản lý Trung tâm Điều hành tỉnh ({called} Trung tâm) theo quy định.",
                    "Trung tâm",
                    "Trung tâm Điều hành tỉnh",
                )

    def test_the_letters_of_an_acronym_say_where_its_words_begin(self):
        self.check("Do Ủy ban nhân dân (viết tắt là UBND) quyết định.", "UBND", "Ủy ban nhân dân")

    def test_a_body_keeps_its_whole_name(self):
        self.check(
            "Do Ủy ban nhân dân các huyện, thành phố (sau đây gọi là cấp huyện) làm.",
            "cấp huyện",
            "Ủy ban nhân dân các huyện, thành phố",
        )

    def test_the_list_says_better_what_a_bracket_says_too(self):
        text = RegulationText(
            "Quy chế",
            parts=(
                made("1", "Phạm vi", ["Trung tâm Điều hành (gọi tắt là Trung tâm) hoạt động."]),
                made("2", "Giải thích từ ngữ", ["Trung tâm: là nơi điều hành."]),
            ),
        )
        self.assertEqual([each.meaning for each in find_definitions(text)], ["Nơi điều hành."])


class UseTests(SimpleTestCase):
    def uses(self, definitions, sentence):
        text = text_of(*definitions, then=[sentence])
        return [
            sentence[use.start : use.end]
            for part, _field, use in find_terms(text, find_definitions(text))
            if part.eid == "qc__dieu_4__khoan_1"
        ]

    def test_the_longest_term_wins(self):
        terms = ["Dữ liệu là ghi nhận.", "Dữ liệu mở là dữ liệu công khai."]
        self.assertEqual(
            self.uses(terms, "Công bố dữ liệu mở và dữ liệu khác."), ["dữ liệu mở", "dữ liệu"]
        )

    def test_only_whole_words(self):
        self.assertEqual(self.uses(["Kho là nơi lưu."], "Khoản chi, khó, kho."), ["kho"])

    def test_acronyms_and_short_names_keep_their_case(self):
        terms = ["Giao diện (API) là lớp trao đổi.", "Cơ quan X (gọi tắt là Cơ quan) là nơi làm."]
        self.assertEqual(self.uses(terms, "Dùng API, không dùng api; cơ quan khác."), ["API"])

    def test_a_short_name_is_not_the_beginning_of_another_name(self):
        terms = ["Trung tâm Điều hành (gọi tắt là Trung tâm) là nơi điều hành."]
        self.assertEqual(
            self.uses(terms, "Trung tâm Y tế gửi Trung tâm; Trung tâm trả lời."),
            ["Trung tâm", "Trung tâm"],
        )

    def test_not_inside_its_own_definition(self):
        text = text_of("Dữ liệu là dữ liệu được ghi.", "Dữ liệu mở là dữ liệu công khai.")
        places = [part.eid for part, _field, _use in find_terms(text, find_definitions(text))]
        self.assertEqual(places, ["qc__dieu_3__khoan_2"])

    def test_not_where_something_else_stands(self):
        text = text_of("Điều khoản là một phần.")
        finder = TermFinder(find_definitions(text))
        sentence = "theo điều khoản này"
        self.assertEqual(
            finder.find(sentence, source_eid="x", field="text", taken=[(5, len(sentence))]), []
        )

    def test_without_terms_nothing_is_found(self):
        self.assertEqual(TermFinder([]).find("dữ liệu", source_eid="x", field="text"), [])
