"""Texts made to hurt: none is refused, and the work grows in step with their length.

How the time grows, that of the patterns included, is measured by ``make bench ARGS=parsing``.
"""

from django.test import SimpleTestCase

from portal.regulations.parsing import as_json, parse_text
from tests.work_done import calls_of

SMALL, LARGE = 100, 700
LINES = (
    "Điều 1. A",
    "Điều 5",
    "1. A",
    "a) A",
    "- A",
    "Chương I",
    "QUY CHẾ HOẠT ĐỘNG",
    "PHỤ LỤC",
    "Căn cứ Luật số 1;",
    "“Điều 5. A",
    "*nghiêng",
    "**đậm",
    "[1] a",
    "chữ thường nối tiếp",
    "| a | b |",
)
PIECES = (
    "chữ ",
    "*",
    "** ",
    "[a](",
    "![a](",
    "<img ",
    "<!-- ",
    "&amp;",
    "> ",
    "“",
    "(",
    "**Điều 1. A** ",
    "1. Xin chào. ",
    "Phụ lục ",
    "....",
)
ODD = ("", "\x00", "\r", "\f\f", "\ufeff", "Điều", "Điều 1.", "1.", "-", "|", "#", "“", "(", "[1]")


def read(text):
    """Read ``text`` to the end."""
    as_json(parse_text(text))


class Hostile(SimpleTestCase):
    def assert_grows_in_step(self, small, large):
        times = LARGE / SMALL
        self.assertLess(calls_of(read, large), 1.5 * times * calls_of(read, small))

    def test_many_lines_alike_take_work_in_step(self):
        for line in LINES:
            with self.subTest(line):
                head = "Điều 1. A\n"
                text = f"{line}\n"
                self.assert_grows_in_step(head + text * SMALL, head + text * LARGE)

    def test_one_long_line_takes_work_in_step(self):
        for piece in PIECES:
            with self.subTest(piece):
                self.assert_grows_in_step(piece * SMALL, piece * LARGE)

    def test_the_smallest_texts_are_read(self):
        for text in ODD:
            with self.subTest(repr(text)):
                self.assertEqual(as_json(parse_text(text))["decision"], None)
