"""Legal text as HTML: links where they belong, everything else escaped."""

import random
import re
from html import unescape
from html.parser import HTMLParser

from django.core.cache import cache
from django.test import SimpleTestCase

from portal.regulations.annotations import AnnotatedText, Decisions
from portal.regulations.definitions import DefinedTerm
from portal.regulations.structure import Annex, Article, Clause, Footnote, RegulationText
from tests.work_done import calls_of

BASE = "/quy-che/thu/"
HOSTILE = (
    "<script>alert(1)</script>",
    '"onmouseover="x',
    "&lt;b&gt;",
    "'><img src=x>",
    "</a>",
    "\n",
)
WORDS = ("Dữ liệu mở", "dữ liệu", "khoản 2 Điều 1", "Điều 2", "của", "Quy chế này", "và", "[1]")


def text_of(sentence, *, term="Dữ liệu", meaning="ghi nhận"):
    """Return a text of three Điều; khoản 1 Điều 3 says ``sentence``."""
    return RegulationText(
        "Quy chế thử",
        parts=(
            article("1", "Giải thích từ ngữ", f"{term} là {meaning}.", "Dữ liệu mở là công khai."),
            article("2", "Nguyên tắc", "Kịp thời."),
            article("3", "Thực hiện", sentence, notes=(Footnote("1", "Chú <b>thích</b>."),)),
            Annex(
                "pl_i",
                "Phụ lục I",
                "I",
                "BIỂU",
                "| Mục | Căn cứ |\n|---|---|\n| <i>1</i> | Điều 2 |",
                id="p",
            ),
        ),
    )


def article(number, heading, *clauses, notes=()):
    eid = f"qc__dieu_{number}"
    made = tuple(
        Clause(f"{eid}__khoan_{n}", str(n), words, id=f"c{number}-{n}")
        for n, words in enumerate(clauses, start=1)
    )
    return Article(eid, number, heading, clauses=made, footnotes=notes, id=f"a{number}")


def drawn(sentence, *, eid="qc__dieu_3__khoan_1", field="text", **more):
    text = text_of(sentence)
    reading = AnnotatedText(text, base=BASE, **more)
    parts = text.by_eid() | {part.eid: part for part in text.parts}
    return reading.html_of(parts[eid], field)


class _Words(HTMLParser):
    """Collects the words and the tags of a piece of HTML."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words, self.tags = "", []

    def handle_data(self, data):
        self.words += data

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.words += "\n" if tag == "br" else ""


class DrawingTests(SimpleTestCase):
    def setUp(self):
        cache.clear()

    def test_references_lead_to_the_version_being_read(self):
        self.assertIn(f'href="{BASE}dieu-1/khoan-2/"', drawn("theo khoản 2 Điều 1"))
        self.assertIn('href="#dieu-1-khoan-2"', drawn("theo khoản 2 Điều 1", in_page=True))
        dated = AnnotatedText(text_of("theo Điều 2"), base="/quy-che/thu/2025-01-01/")
        html = dated.html_of(dated.text.articles()[2].clauses[0], "text")
        self.assertIn('href="/quy-che/thu/2025-01-01/dieu-2/"', html)

    def test_terms_are_marked_once_in_each_article_and_lead_to_their_definition(self):
        html = drawn("Dữ liệu và dữ liệu")
        self.assertEqual(html.count('class="term"'), 1)
        self.assertIn(f'href="{BASE}dieu-1/khoan-1/"', html)

    def test_no_term_inside_a_reference_and_no_link_inside_a_link(self):
        html = drawn("Dữ liệu theo khoản 2 Điều 1 về dữ liệu mở")
        depth = 0
        for tag in re.findall(r"</?a\b", html):
            depth += 1 if tag == "<a" else -1
            self.assertIn(depth, (0, 1))

    def test_cells_of_annexes_are_drawn_one_by_one(self):
        self.assertEqual(drawn("", eid="pl_i", field="body-2"), "&lt;i&gt;1&lt;/i&gt;")
        self.assertIn(f'href="{BASE}dieu-2/"', drawn("", eid="pl_i", field="body-3"))

    def test_footnotes_lead_there_and_back(self):
        text = text_of("Theo mẫu[1] mới.")
        reading = AnnotatedText(text, base=BASE)
        html = reading.html_of(text.articles()[2].clauses[0], "text")
        [(note, anchor, called)] = reading.footnotes_of(text.articles()[2])
        self.assertIn(f'id="{called}" href="#{anchor}"', html)
        self.assertEqual(note.mark, "1")

    def test_what_editors_decided_counts(self):
        text = text_of("theo khoản 2 Điều 1 về dữ liệu")
        [key] = [
            each.key for each in AnnotatedText(text, base=BASE).references if each.field == "text"
        ]
        rejected = Decisions(targets={key: None}, rejected_terms=frozenset({"du lieu"}))
        corrected = Decisions(targets={key: "a2"})
        added = Decisions(definitions=(DefinedTerm("khoản", "phần của Điều", "", "", "text", 0),))

        self.assertNotIn("<a", drawn("theo khoản 2 Điều 1 về dữ liệu", decisions=rejected))
        self.assertIn(
            f'href="{BASE}dieu-2/"', drawn("theo khoản 2 Điều 1 về dữ liệu", decisions=corrected)
        )
        self.assertIn("thuat-ngu/#khoan", drawn("mỗi khoản", decisions=added))

    def test_another_documents_address_is_used_where_known(self):
        known = Decisions(documents={"47/2020/nđ-cp": "https://example.org/47"})
        html = drawn("theo Điều 2 Nghị định số 47/2020/NĐ-CP", decisions=known)
        self.assertIn('class="ref ref--other" href="https://example.org/47"', html)
        self.assertNotIn("dieu-2", html)


class EscapingTests(SimpleTestCase):
    def test_whatever_a_text_says_its_words_come_out_and_nothing_runs(self):
        chance = random.Random(3)
        for _round in range(150):
            pieces = [chance.choice((*HOSTILE, *WORDS)) for _piece in range(chance.randrange(1, 9))]
            sentence = " ".join(pieces)
            text = text_of(
                sentence, term=chance.choice(("Dữ liệu", '<b>"Xấu"', "A&B")), meaning=sentence
            )
            reading = AnnotatedText(text, base=BASE, in_page=chance.random() < 0.5)
            for part in (text.articles()[0].clauses[0], text.articles()[2].clauses[0]):
                html = reading.html_of(part, "text")
                parsed = _Words()
                parsed.feed(html)
                self.assertEqual(parsed.words, part.text)
                self.assertLessEqual({tag for tag, _attributes in parsed.tags}, {"a", "br"})
                for _tag, attributes in parsed.tags:
                    allowed = {"class", "href", "title", "data-term", "id"}
                    self.assertLessEqual(set(attributes), allowed)
                    self.assertRegex(attributes.get("href", "#"), r"^(#|/quy-che/)")


class WorkTests(SimpleTestCase):
    def test_forty_five_articles_are_read_once(self):
        words = "Đơn vị cung cấp dữ liệu mở theo quy định tại điểm a khoản 2 Điều 5 Quy chế này; "
        text = RegulationText(
            "Quy chế dài",
            parts=(
                article("1", "Giải thích từ ngữ", "Dữ liệu mở là dữ liệu công khai."),
                *(article(str(n), "Nội dung", *[words * 2] * 6) for n in range(2, 47)),
            ),
        )
        cache.clear()
        reading, drawing_again = calls_of(self.draw, text), calls_of(self.draw, text)

        self.assertLess(drawing_again, reading / 5)

    def draw(self, text):
        reading = AnnotatedText(text, base=BASE)
        for part in text.by_eid().values():
            reading.html_of(part, "text" if part.kind == "clause" else "intro")


class PlainTests(SimpleTestCase):
    def test_a_part_of_another_text_is_only_escaped(self):
        reading = AnnotatedText(text_of("x"), base=BASE)
        for eid in ("qc__dieu_99__khoan_1", "qc__dieu_3__khoan_1"):
            stranger = Clause(eid, "1", "a < b\ntheo Điều 2")
            self.assertEqual(unescape(reading.html_of(stranger, "text")), "a < b<br>theo Điều 2")
