"""Any text in, structure out: nothing lost, nothing moved, nothing refused."""

import io
import json
import unicodedata
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import SkipTest

import jsonschema
from django.core.management import call_command
from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.regulations.parsing import as_json, parse_text, words_unplaced
from tests.regulations.texts import (
    ARTICLES_PER_CHAPTER,
    SMALL,
    contract,
    demo_text,
    real_text,
)

PIECES = st.sampled_from(
    [
        "Chương I",
        "Chương II. QUY ĐỊNH",
        "Mục 1",
        "Điều 1. Phạm vi",
        "**Điều 2.** Đối tượng",
        "Điều 2",
        "1. Khoản một",
        "3. Khoản ba",
        "a) điểm a;",
        "đ) điểm đ",
        "- gạch đầu dòng",
        "Căn cứ Luật Dữ liệu;",
        "Nơi nhận:",
        "- Lưu: VT.",
        "QUYẾT ĐỊNH:",
        "QUY CHẾ",
        "TM. ỦY BAN NHÂN DÂN",
        "",
        "chữ thường nối tiếp",
        "# Điều 7. Có dấu thăng",
        "| a | b |",
        "PHỤ LỤC I",
        "[1] chú thích",
    ]
)


CLAUSES = {
    "bac-kan-2021.txt": [2, 10, 5, 5, 5, 1, 1, 4, 4],
    "bac-giang-2023.txt": [2, 4, 5, 1, 6, 2, 1, 2, 1, 1, 1, 1, 2, 1, 3, 6],
    "loc-ninh-2024.txt": [1, 1, 10, 5, 1, 9, 3, 2, 1, 8, 7, 1, 2, 3],
}
POINTS = {"bac-kan-2021.txt": 2, "bac-giang-2023.txt": 3, "loc-ninh-2024.txt": 5}


def articles_per_chapter(structure):
    return [len(division["articles"]) for division in structure["regulation"]["divisions"]]


class RealTexts(SimpleTestCase):
    def test_chapters_articles_and_words(self):
        for name, expected in ARTICLES_PER_CHAPTER.items():
            text = real_text(name)
            if text is None:
                raise SkipTest("the official texts are not at hand")
            with self.subTest(name):
                parsed = parse_text(text)
                self.assertEqual(articles_per_chapter(as_json(parsed)), expected)
                self.assertEqual(words_unplaced(text, parsed), [])

    def test_every_clause_and_point_is_there(self):
        for name, expected in CLAUSES.items():
            text = real_text(name)
            if text is None:
                raise SkipTest("the official texts are not at hand")
            with self.subTest(name):
                articles = parse_text(text).articles()
                clauses = [clause for article in articles for clause in article.clauses]
                self.assertEqual([len(article.clauses) for article in articles], expected)
                self.assertEqual(sum(len(clause.points) for clause in clauses), POINTS[name])

    def test_the_contract_holds(self):
        schema = contract()
        if schema is None:
            raise SkipTest("the contract is not at hand")
        for text in (SMALL, demo_text(), *filter(None, map(real_text, ARTICLES_PER_CHAPTER))):
            jsonschema.validate(as_json(parse_text(text)), schema)


class OwnTexts(SimpleTestCase):
    def test_the_demo_regulation_has_its_articles(self):
        structure = as_json(parse_text(demo_text()))
        self.assertEqual(articles_per_chapter(structure), [4, 4, 11, 3, 1])
        self.assertEqual(structure["lints"], [])
        self.assertEqual(structure["decision"]["number"], "218/QĐ-UBND")

    def test_clauses_points_and_identifiers(self):
        chapter = as_json(parse_text(SMALL))["regulation"]["divisions"][0]
        clauses = chapter["articles"][1]["clauses"]
        self.assertEqual([clause["number"] for clause in clauses], ["1", "2"])
        self.assertEqual([point["label"] for point in clauses[1]["points"]], ["a", "b", "đ"])
        self.assertEqual(clauses[1]["points"][2]["eid"], "qc__dieu_2__khoan_2__diem_dd")

    def test_every_part_knows_its_lines(self):
        chapter = as_json(parse_text(SMALL))["regulation"]["divisions"][0]
        article = chapter["articles"][1]
        self.assertEqual(chapter["lines"], [4, 15])
        self.assertEqual(article["lines"], [10, 15])
        self.assertEqual(article["clauses"][1]["lines"], [12, 15])
        self.assertEqual(article["clauses"][1]["points"][2]["lines"], [15, 15])

    def test_decomposed_unicode_reads_the_same(self):
        decomposed = unicodedata.normalize("NFD", SMALL)
        self.assertEqual(as_json(parse_text(decomposed)), as_json(parse_text(SMALL)))

    def test_a_duplicate_number_is_pointed_out(self):
        text = SMALL.replace("2. Bảo đảm:", "1. Bảo đảm:")
        codes = {lint["code"] for lint in as_json(parse_text(text))["lints"]}
        self.assertTrue({code for code in codes if "duplicate" in code}, codes)

    @settings(max_examples=150, deadline=None)
    @given(st.lists(PIECES, max_size=25))
    def test_no_text_is_refused_and_no_word_is_lost(self, lines):
        text = "\n".join(lines)
        parsed = parse_text(text)
        lints = {lint.code for lint in parsed.lints}
        self.assertTrue(words_unplaced(text, parsed) == [] or "words_unplaced" in lints)


class Command(SimpleTestCase):
    def test_the_command_prints_json_without_a_database(self):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "quy-che.txt"
            path.write_text(SMALL, encoding="utf-8")
            printed = io.StringIO()
            with redirect_stdout(printed):
                call_command("parse_regulation", str(path), stdout=printed)
        self.assertEqual(json.loads(printed.getvalue())["regulation"]["title"][:7], "QUY CHẾ")
