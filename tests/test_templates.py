"""What every template keeps to, so that a strict content security policy holds."""

import re

from django.test import SimpleTestCase

from tests.source_tree import relative, template_files

INLINE = {
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "script text": re.compile(
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type\s*=\s*[\"']application/(?:ld\+)?json)", re.I
    ),
    "event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"\bhref\s*=\s*[\"']\s*javascript:", re.I),
}
#: What a browser fetches by itself. A link that a person clicks may lead anywhere.
FOREIGN = re.compile(
    r"<(?!a\b)[a-z][^>]*\b(?:src|srcset|href|poster|data|action)\s*=\s*[\"']\s*(?:https?:)?//"
    r"|@import|url\(\s*[\"']?\s*(?:https?:)?//",
    re.I,
)
COMMENT = re.compile(r"\{% comment.*?endcomment %\}|\{#.*?#\}", re.S)
BLOCK_TAG = re.compile(r"\{%-?\s*(block|endblock)\b\s*([^%]*?)\s*-?%\}")


def lines_with(pattern, path):
    """Return where ``pattern`` is found in a template, its comments left out."""
    text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), path.read_text(encoding="utf-8"))
    return [
        f"{relative(path)}:{text.count(chr(10), 0, match.start()) + 1}"
        for match in pattern.finditer(text)
    ]


def unnamed_endblocks(path):
    """Return the ends of blocks that span lines and do not say which block they end."""
    text, open_lines, found = path.read_text(encoding="utf-8"), [], []
    for match in BLOCK_TAG.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match[1] == "block":
            open_lines.append(line)
        elif open_lines.pop() != line and not match[2]:
            found.append(f"{relative(path)}:{line}")
    return found


class TemplateTests(SimpleTestCase):
    def test_nothing_is_inline(self):
        for name, pattern in INLINE.items():
            found = [place for path in template_files() for place in lines_with(pattern, path)]
            with self.subTest(name):
                self.assertEqual(found, [])

    def test_nothing_is_fetched_from_elsewhere(self):
        found = [place for path in template_files() for place in lines_with(FOREIGN, path)]

        self.assertEqual(found, [])

    def test_the_end_of_a_long_block_carries_its_name(self):
        found = [place for path in template_files() for place in unnamed_endblocks(path)]

        self.assertEqual(found, [])


class PatternTests(SimpleTestCase):
    def test_inline_patterns_find_what_they_are_for(self):
        examples = {
            "style attribute": '<p class="a" style="color: red">',
            "style element": "<style>",
            "script text": "<script>alert(1)</script>",
            "event handler": '<button type="button" onclick="go()">',
            "script address": '<a href="javascript:go()">',
        }
        for name, example in examples.items():
            with self.subTest(name):
                self.assertRegex(example, INLINE[name])

    def test_inline_patterns_let_files_and_data_pass(self):
        for example in (
            '<script src="{% static "portal/js/menu.js" %}" defer></script>',
            '<script id="chart" type="application/json">{}</script>',
            '<p data-online="1" class="style">',
        ):
            for name, pattern in INLINE.items():
                with self.subTest(name, example=example):
                    self.assertNotRegex(example, pattern)

    def test_a_resource_is_told_from_a_link(self):
        self.assertRegex('<link rel="stylesheet" href="https://cdn.example/a.css">', FOREIGN)
        self.assertRegex('<img src="//cdn.example/a.png">', FOREIGN)
        self.assertNotRegex('<a href="https://vbpl.vn/">', FOREIGN)
        self.assertNotRegex('<svg xmlns="http://www.w3.org/2000/svg">', FOREIGN)
