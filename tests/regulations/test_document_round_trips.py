"""What is written as DOCX or Markdown reads back, by our own parser, to the text it came from."""

from django.test import TestCase

from portal.regulations.documents import document_of, render_word
from portal.regulations.outline import text_of
from portal.regulations.parsing import as_json, parse_text
from portal.regulations.parsing.sources import read_source
from tests.regulations.test_drafts import WITH_EVERYTHING
from tests.regulations.test_thread import published
from tests.regulations.texts import ARTICLES_PER_CHAPTER, SMALL, demo_text, real_text

HEAD = ("number", "issued_on", "issuer", "title", "legal_bases", "signer")


def words(value):
    """Return the text on one line, whatever its case and however it marks a note.

    Headings are printed in capitals; the mark [1] is [^1] in Markdown and in what Word keeps.
    """
    return " ".join((value or "").split()).casefold().replace("[^", "[")


def article_of(article):
    """Return what an article says, without addresses."""
    clauses = [
        (clause["number"], words(clause["text"]),
         [(point["label"], words(point["text"])) for point in clause["points"]])
        for clause in article["clauses"]
    ]  # fmt: skip
    notes = [words(note["text"]) for note in article["footnotes"]]
    return article["number"], words(article["title"]), words(article["intro"]), clauses, notes


def shape(parsed):
    """Return what a parsed text says, level by level."""
    regulation, decision = parsed["regulation"], parsed["decision"] or {}
    return {
        "title": words(regulation["title"]),
        "decision": [article_of(article) for article in decision.get("articles", [])],
        "divisions": [
            (each["level"], each["number"], words(each["title"]),
             [article_of(article) for article in each["articles"]])
            for each in regulation["divisions"]
        ],
        "annexes": [
            (words(each["label"]), words(each["title"]), words(each["text"]))
            for each in regulation["annexes"]
        ],
        "head": {key: words(str(decision.get(key))) for key in HEAD},
    }  # fmt: skip


class RoundTripTests(TestCase):
    maxDiff = 4000

    def texts(self):
        """Yield (name, parsed, text): what was read, and the text that the pages hold of it."""
        sources = {"small": SMALL, "demo": demo_text(), "everything": WITH_EVERYTHING}
        sources.update({name: real_text(name) for name in ARTICLES_PER_CHAPTER})
        for name, source in sources.items():
            if source is not None:
                parsed = as_json(parse_text(source))
                yield name, parsed, text_of(published(source))

    def test_markdown_reads_back(self):
        for name, parsed, text in self.texts():
            with self.subTest(name):
                file = document_of(text, "md").content

                again = as_json(parse_text(read_source(file, "van-ban.md")))

                self.assertEqual(shape(again), shape(parsed))

    def test_docx_reads_back(self):
        for name, parsed, text in self.texts():
            with self.subTest(name):
                source = document_of(text, "docx").source

                again = as_json(parse_text(read_source(render_word(source)[0], "van-ban.docx")))

                self.assertEqual(shape(again), shape(parsed))
