"""Find the sentences that code and templates hand to gettext, without GNU gettext.

Python is read by its syntax tree, templates through Django's own ``templatize``, so that the
result is what ``makemessages`` finds, on a machine that has no ``xgettext``.
"""

import ast
import re
from dataclasses import dataclass

from django.utils.translation.template import templatize
from prepare import ROOT

FOLDERS = ("portal", "search")
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
#: Which arguments of a function are context, sentence and plural.
ARGUMENTS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CALL = re.compile(r"\b(_|n?p?gettext)\(\s*")
STRING = re.compile(r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*(,\s*)?", re.S)


@dataclass(frozen=True)
class Sentence:
    """What identifies an entry of the catalogue, and where it stands."""

    context: str | None
    text: str
    plural: str | None
    place: str

    @property
    def key(self):
        return self.context, self.text


def collect():
    """Return ``{key: Sentence}`` of the whole project; a plural form wins over a plain one."""
    found = {}
    for sentence in (each for path in sources() for each in sentences_of(path)):
        if sentence.key not in found or (sentence.plural and not found[sentence.key].plural):
            found[sentence.key] = sentence
    return found


def sources():
    """Return the files that may hold sentences for people."""
    files = (path for top in FOLDERS for path in sorted((ROOT / top).rglob("*")))
    return [
        path
        for path in files
        if (path.suffix == ".py" and "migrations" not in path.parts)
        or (path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts)
    ]


def sentences_of(path):
    """Yield the sentences of one file."""
    place = path.relative_to(ROOT).as_posix()
    source = path.read_text(encoding="utf-8")
    calls = calls_in_python(source) if path.suffix == ".py" else calls_in_template(source)
    for name, arguments in calls:
        positions = ARGUMENTS["gettext" if name == "_" else name]
        context, text, plural = (
            None if position is None or position >= len(arguments) else arguments[position]
            for position in positions
        )
        if text:
            yield Sentence(context, text, plural, place)


def calls_in_python(source):
    """Yield the name and the leading texts of each call of a gettext function."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
        name = name.removesuffix("_lazy").removesuffix("_noop")
        if name == "_" or name in ARGUMENTS:
            yield name, leading_texts(node.args)


def leading_texts(arguments):
    """Return the arguments that are plain texts, up to the first that is not."""
    texts = []
    for argument in arguments:
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            break
        texts.append(argument.value)
    return texts


def calls_in_template(source):
    """Yield the name and the leading texts of each gettext call that the template amounts to."""
    code = templatize(source)
    for call in CALL.finditer(code):
        texts, position = [], call.end()
        while match := STRING.match(code, position):
            texts.append(ast.literal_eval(match[1]))
            position = match.end()
            if not match[2]:
                break
        yield call[1], texts
