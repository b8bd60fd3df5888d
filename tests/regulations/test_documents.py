"""Readers take a text with them: who gets what, under which name, and what is refused."""

import json
from datetime import timedelta
from io import BytesIO

from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from django.utils import timezone
from docx import Document
from wagtail.models import PageViewRestriction

from portal.core.models import RenderedDocument
from portal.core.roles import Role
from portal.regulations.actions import enact_edition
from portal.regulations.documents import CONTENT_TYPES, document_of
from portal.regulations.documents.markdown import escaped
from portal.regulations.documents.origin import Origin
from portal.regulations.documents.selection import NoSuchArticle, UnreadableSelection, select
from portal.regulations.models import ArticlePage
from portal.regulations.snapshots import from_snapshot
from tests.factories import make_user
from tests.regulations.paper_texts import HOSTILE, WHOLE
from tests.regulations.test_thread import published


class SelectionTests(SimpleTestCase):
    def numbers(self, *choices):
        return [article.number for article in select(WHOLE, choices).text.articles("qc")]

    def test_numbers_and_runs_as_people_write_them(self):
        for choices, numbers in (
            (("5",), ["5"]),
            (("3-5a", "1"), ["1", "3", "4", "5", "5a"]),
            (("Điều 1, Điều 3 – 4",), ["1", "3", "4"]),
            (("5A",), ["5a"]),
        ):
            with self.subTest(choices):
                self.assertEqual(self.numbers(*choices), numbers)

    def test_headings_over_what_is_kept_stay_and_annexes_go(self):
        chosen = select(WHOLE, ["3"])

        self.assertEqual([part.eid for part in chosen.text.parts],
                         ["qc__chuong_ii", "qc__chuong_ii__muc_1", "qc__dieu_3"])  # fmt: skip
        self.assertEqual(chosen.excerpt, "Trích Điều 3")

    def test_points_stay(self):
        [article] = select(WHOLE, ["2"]).text.articles()

        self.assertEqual([point.label for point in article.clauses[0].points], ["a", "đ"])

    def test_the_decisions_own_articles_are_chosen_by_their_prefix(self):
        chosen = select(WHOLE, ["qd-2"])

        self.assertEqual([part.eid for part in chosen.text.parts], ["qd__dieu_2"])
        self.assertEqual(chosen.excerpt, "Trích Điều 2 Quyết định")

    def test_what_the_text_does_not_have_is_refused(self):
        for choices, refusal in (
            (["99"], NoSuchArticle),
            (["1-99"], NoSuchArticle),
            (["năm"], UnreadableSelection),
            (["5-3"], UnreadableSelection),
            ([","], UnreadableSelection),
            (["1"] * 41, UnreadableSelection),
        ):
            with self.subTest(choices), self.assertRaises(refusal):
                select(WHOLE, choices)


class DocumentTests(SimpleTestCase):
    def test_names_of_files_are_read_without_accents(self):
        origin = Origin(slug="218-qd-ubnd")
        edition = Origin(slug="218-qd-ubnd", edition_number=2, is_asked_for=True)
        for options, name in (
            ({"origin": origin}, "quy-che-218-qd-ubnd.pdf"),
            ({"origin": origin, "only": ["5"]}, "quy-che-218-qd-ubnd-dieu-5.pdf"),
            ({"origin": edition, "only": ["3-5"]}, "quy-che-218-qd-ubnd-phien-ban-2-dieu-3-5.pdf"),
            ({}, "quy-che-08-qd-ubnd.pdf"),
        ):
            with self.subTest(name):
                self.assertEqual(document_of(WHOLE, "pdf", **options).filename, name)

    def test_json_is_the_text_with_its_hash(self):
        data = json.loads(document_of(WHOLE, "json", origin=Origin(edition_number=2)).content)

        self.assertEqual(from_snapshot(data["text"]).articles()[0].intro, WHOLE.parts[0].intro)
        self.assertEqual((len(data["sha256"]), data["source"]["edition_number"]), (64, 2))

    def test_an_excerpt_says_so_in_every_format(self):
        for extension in ("md", "xml", "json"):
            content = document_of(WHOLE, extension, only=["5"]).content.decode()
            self.assertIn("Trích Điều 5", content)
            self.assertNotIn("Nơi nhận", content)

    def test_markdown_shows_marks_as_words(self):
        for words, written in (
            ("# a", "\\# a"),
            ("1. a", "1\\. a"),
            ("- a", "\\- a"),
            ("*a* [b](c) `d`", "\\*a\\* \\[b\\](c) \\`d\\`"),
            ("<b> &lt;", "&lt;b> &amp;lt;"),
            ("a < b & c", "a < b & c"),
            ("a\nb", "a  \nb"),
        ):
            with self.subTest(words):
                self.assertEqual(escaped(words), written)

    def test_hostile_words_are_made_into_every_format(self):
        for extension in CONTENT_TYPES:
            document = document_of(HOSTILE, extension)
            made = document.source or document.content.decode()
            self.assertNotIn("\x07", made)
            self.assertNotIn("<script>alert(1)", made if extension in ("pdf", "md", "xml") else "")


class AnswerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(Role.ADMINISTRATOR)
        cls.regulation = published(user=cls.user)

    def ask(self, extension="pdf", *, edition=None, query="", **headers):
        """Return the answer once the worker has done its work."""
        args = [self.regulation.slug, *([edition] if edition else []), extension]
        name = "edition_document" if edition else "regulation_document"
        with self.captureOnCommitCallbacks(execute=True):
            first = self.client.get(reverse(name, args=args) + query, headers=headers)
        if first.status_code != 202:
            return first
        return self.client.get(reverse(name, args=args) + query, headers=headers)

    def close(self, number):
        """Close an article to everybody who is not logged in."""
        PageViewRestriction.objects.create(
            page=ArticlePage.objects.get(number=number), restriction_type="login"
        )

    def enact(self):
        return enact_edition(
            self.regulation,
            effective_on=timezone.localdate() - timedelta(days=1),
            decision_number="45/QĐ-UBND",
            user=self.user,
        )

    def test_every_format_is_answered_with_its_type(self):
        for extension, content_type in CONTENT_TYPES.items():
            with self.subTest(extension):
                answer = self.ask(extension)
                self.assertEqual((answer.status_code, answer["Content-Type"]), (200, content_type))
                self.assertIn(f".{extension}", answer["Content-Disposition"])
                self.assertEqual(answer["Cache-Control"], "private, no-cache")

    def test_another_format_is_not_found(self):
        self.assertEqual(self.ask("exe").status_code, 404)

    def test_word_is_made_once_by_the_worker(self):
        self.ask("docx")
        answer = self.ask("docx")

        [made] = RenderedDocument.objects.all()
        self.assertEqual(made.format, "regulation-docx")
        texts = [p.text for p in Document(_file(answer)).paragraphs]
        self.assertIn("Điều 1. Phạm vi", texts)

    def test_a_reader_has_it_already(self):
        for extension in ("pdf", "md"):
            etag = self.ask(extension)["ETag"]
            self.assertEqual(self.ask(extension, if_none_match=etag).status_code, 304)

    def test_heads_are_answered(self):
        self.ask("pdf")
        for extension in ("pdf", "json"):
            url = reverse("regulation_document", args=[self.regulation.slug, extension])
            answer = self.client.head(url)
            self.assertEqual((answer.status_code, answer.getvalue()), (200, b""))

    def test_chosen_articles(self):
        text = self.ask("md", query="?dieu=2").content.decode()

        self.assertIn("### Điều 2. Nguyên tắc", text)
        self.assertNotIn("Điều 1. Phạm vi", text)

    def test_an_empty_choice_is_the_whole_text(self):
        self.assertIn("Điều 1. Phạm vi", self.ask("md", query="?dieu=").content.decode())

    def test_an_unknown_article_is_answered_with_a_sentence(self):
        self.assertContains(self.ask(query="?dieu=99"), "Điều 99", status_code=404)
        self.assertContains(self.ask(query="?dieu=abc"), "abc", status_code=400)

    def test_what_is_closed_to_the_visitor_is_in_no_format(self):
        self.enact()
        self.close("2")

        for extension in ("md", "json", "xml"):
            self.assertNotIn("Nguyên tắc", self.ask(extension).content.decode())
            self.assertNotIn("Nguyên tắc", self.ask(extension, edition=1).content.decode())
        self.assertEqual(self.ask("md", query="?dieu=2").status_code, 404)
        self.client.force_login(self.user)
        self.assertIn("Nguyên tắc", self.ask("md", edition=1).content.decode())

    def test_two_readers_share_no_document_that_one_may_not_see(self):
        self.client.force_login(self.user)
        self.ask("docx")
        self.client.logout()
        self.close("2")

        texts = "".join(p.text for p in Document(_file(self.ask("docx"))).paragraphs)

        self.assertNotIn("Nguyên tắc", texts)

    def test_an_edition_stays_what_it_was(self):
        self.enact()
        article = ArticlePage.objects.get(number="1")
        article.heading = "Phạm vi mới"
        article.save_revision().publish()

        self.assertIn("Phạm vi mới", self.ask("md").content.decode())
        edition = self.ask("md", edition=1)
        self.assertIn("### Điều 1. Phạm vi\n", edition.content.decode())
        self.assertIn("phien-ban-1", edition["Content-Disposition"])
        self.assertEqual(self.ask("md", edition=7).status_code, 404)

    def test_the_text_in_force_names_its_edition_as_long_as_it_is_one(self):
        edition = self.enact()
        self.assertIn(edition.sha256, self.ask("md").content.decode())

        article = ArticlePage.objects.get(number="1")
        article.heading = "Phạm vi mới"
        article.save_revision().publish()

        self.assertNotIn(edition.sha256, self.ask("md").content.decode())

    def test_machines_find_the_documents(self):
        url = reverse("api:list_documents", args=[self.regulation.slug])
        listed = self.client.get(url).json()

        self.assertEqual([each["extension"] for each in listed], list(CONTENT_TYPES))
        self.assertEqual(self.client.get(listed[3]["url"]).status_code, 200)
        xml = self.client.get(reverse("api:get_akoma_ntoso", args=[self.regulation.slug]))
        self.assertEqual(xml["Content-Type"], CONTENT_TYPES["xml"])
        self.assertEqual(self.client.get(f"{url}?edition=7").status_code, 404)


def _file(answer):
    """Return the file of a streamed answer."""
    return BytesIO(b"".join(answer.streaming_content))
