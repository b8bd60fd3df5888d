"""Sentences for people go through gettext in a form that a translator can turn around."""

import ast
import re

from django.test import SimpleTestCase

from tests.source_tree import python_files, relative, syntax_tree, template_files

#: Function names and how many of their first arguments are sentences (after a context).
SENTENCES = {
    "_": slice(0, 1),
    "gettext": slice(0, 1),
    "gettext_lazy": slice(0, 1),
    "gettext_noop": slice(0, 1),
    "ngettext": slice(0, 2),
    "ngettext_lazy": slice(0, 2),
    "pgettext": slice(1, 2),
    "pgettext_lazy": slice(1, 2),
    "npgettext": slice(1, 3),
    "npgettext_lazy": slice(1, 3),
}
ANONYMOUS = re.compile(r"(?<!%)%[-#0+]*\d*(?:\.\d+)?[sdrifgx]\b")
TRANSLATE_TAG = re.compile(r"\{%\s*(?:translate|trans)\s+(\"[^\"]*\"|'[^']*')")


def called_name(call):
    """Return the last name of what is called, such as ``gettext`` of ``translation.gettext``."""
    function = call.func
    return getattr(function, "attr", None) or getattr(function, "id", None)


def complaints(tree):
    """Return line and reason of each sentence in ``tree`` that cannot be translated well."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called_name(node) in SENTENCES:
            for argument in node.args[SENTENCES[called_name(node)]]:
                if reason := complaint(argument):
                    found.append((node.lineno, reason))
    return found


def complaint(argument):
    """Return what is wrong with one sentence; None when it is right or a mere name."""
    if isinstance(argument, ast.JoinedStr):
        return "f-string"
    if isinstance(argument, ast.BinOp):
        return "built before it is translated"
    if isinstance(argument, ast.Call) and called_name(argument) == "format":
        return "built before it is translated"
    if isinstance(argument, ast.Constant) and ANONYMOUS.search(str(argument.value)):
        return "anonymous placeholder"
    return None


class GettextTests(SimpleTestCase):
    def test_sentences_in_code_have_named_placeholders(self):
        found = [
            f"{relative(path)}:{line}: {reason}"
            for path in python_files("portal", "search")
            for line, reason in complaints(syntax_tree(path))
        ]

        self.assertEqual(found, [])

    def test_sentences_in_templates_have_no_anonymous_placeholders(self):
        found = [
            f"{relative(path)}: {match[1]}"
            for path in template_files()
            for match in TRANSLATE_TAG.finditer(path.read_text(encoding="utf-8"))
            if ANONYMOUS.search(match[1])
        ]

        self.assertEqual(found, [])

    def test_the_rule_finds_each_mistake(self):
        for source, reason in {
            '_("%s rows")': "anonymous placeholder",
            '_("%d rows")': "anonymous placeholder",
            '_(f"{n} rows")': "f-string",
            '_("a" + b)': "built before it is translated",
            '_("a {}".format(b))': "built before it is translated",
            'ngettext("one row", "%d rows", n)': "anonymous placeholder",
            'pgettext("%s is a context", "%s rows")': "anonymous placeholder",
        }.items():
            with self.subTest(source):
                self.assertEqual(complaints(ast.parse(source)), [(1, reason)])

    def test_the_rule_lets_right_sentences_pass(self):
        for source in ('_("%(count)d rows")', '_("100% done")', '_("100%% done")', "_(label)"):
            with self.subTest(source):
                self.assertEqual(complaints(ast.parse(source)), [])
