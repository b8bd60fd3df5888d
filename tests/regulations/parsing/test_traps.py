"""One file for each trap, beside it what a person reads there.

``NAME.outline`` is written by hand or checked line by line; see ``outline.py`` for its form.
"""

from pathlib import Path

from django.test import SimpleTestCase

from portal.regulations.parsing import parse_text, words_unplaced
from tests.regulations.parsing.outline import outline

TRAPS = Path(__file__).parent / "traps"


def traps():
    """Return the texts, each with the path of what is expected."""
    return [path for path in sorted(TRAPS.iterdir()) if path.suffix != ".outline"]


def text_of(path):
    """Return the text with its line ends as they are in the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


class Traps(SimpleTestCase):
    maxDiff = None

    def test_each_trap_reads_as_a_person_reads_it(self):
        for path in traps():
            with self.subTest(path.name):
                expected = path.with_suffix(".outline").read_text(encoding="utf-8")
                self.assertEqual(outline(text_of(path)), expected)

    def test_no_word_of_a_trap_is_lost(self):
        for path in traps():
            with self.subTest(path.name):
                text = text_of(path)
                self.assertEqual(words_unplaced(text, parse_text(text)), [])
