"""Rules between the columns of a row, as people write them: ``tong = nam + nu``.

The grammar is small: columns, numbers with a decimal point, ``+ - * / ( )``, ``sum(a, b)`` and
one comparison. A column is written by its name, or in quotation marks by its printed name. No
database, and nothing is ever evaluated as code.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.core.text import fold_words
from portal.datasets.imports.rule_parts import DATE, NUMBER, Calculation, Name, Number, Rule, Sum
from portal.datasets.imports.schema_error import SchemaError

LONGEST_RULE, DEEPEST, MOST_DIGITS = 500, 20, 18
_KINDS = {
    "integer": NUMBER, "decimal": NUMBER, "percent": NUMBER, "money": NUMBER, "date": DATE,
}  # fmt: skip
_SIGNS = {"==": "=", "!=": "<>", "≠": "<>", "≤": "<=", "≥": ">="}
_COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
_CALCULATIONS = {"×": "*", "÷": "/", "−": "-", "–": "-"}
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)(?![\w.])|(?P<name>[^\W\d]\w*)
    |"(?P<plain>[^"]+)"|“(?P<curly>[^”]+)”
    |(?P<sign><=|>=|<>|!=|==|[=<>≤≥≠+*/×÷−–(),-]))""",
    re.VERBOSE,
)


def parse_rule(text, columns, *, name="", title="", severity="error"):
    """Return the ``Rule`` that ``text`` writes about ``columns`` (with name, title and type).

    Raise ``SchemaError`` with one sentence when the rule cannot be understood.
    """
    text = str(text).strip()
    if len(text) > LONGEST_RULE:
        raise SchemaError(
            _("A rule is longer than %(length)s characters.") % {"length": LONGEST_RULE}
        )
    parser = _Parser(_tokens(text), _Columns(columns))
    left, sign, right = parser.comparison(text)
    _refuse_different_kinds(text, left, sign, right)
    used = tuple(dict.fromkeys(parser.columns.used))
    if not used:
        raise SchemaError(_("The rule “%(rule)s” names no column.") % {"rule": text})
    return Rule(text, left, sign, right, used, name, title, severity)


def rule_of(described, columns):
    """Return the rule that a table schema carries: a text, or name, expression, title, severity."""
    if isinstance(described, str):
        return parse_rule(described, columns)
    if not isinstance(described, Mapping) or not isinstance(described.get("expression"), str):
        raise SchemaError(_("Each rule of a table schema needs an “expression”."))
    severity = described.get("severity", "error")
    if severity not in ("error", "warning"):
        raise SchemaError(
            _("The rule “%(rule)s” has no valid severity.") % {"rule": described["expression"]}
        )
    return parse_rule(
        described["expression"],
        columns,
        name=str(described.get("name") or ""),
        title=str(described.get("title") or described.get("message") or ""),
        severity=severity,
    )


def _tokens(text):
    tokens, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            found = text[place:].strip()[:20]
            raise SchemaError(
                _("“%(part)s” in the rule “%(rule)s” is not understood.")
                % {"part": found, "rule": text}
            )
        kind = match.lastgroup
        tokens.append(("quoted" if kind in ("plain", "curly") else kind, match[kind]))
        place = match.end()
    return tokens


class _Columns:
    """The columns that a rule may name, and those that it did."""

    def __init__(self, columns):
        self._columns = list(columns)
        self.used = []

    def find(self, text):
        exact = [each for each in self._columns if each.name == text]
        wanted = fold_words(text)
        found = exact or [
            each
            for each in self._columns
            if each.name.casefold() == text.casefold()
            or wanted in {fold_words(name) for name in (each.title or "", *_aliases(each))}
        ]
        if len(found) != 1:
            sentence = (
                _("Several columns are called “%(name)s”; use the identifier.")
                if found
                else _("The definition knows no column “%(name)s”.")
            )
            raise SchemaError(sentence % {"name": text})
        self.used.append(found[0].name)
        return Name(found[0].name, _KINDS.get(str(found[0].type), str(found[0].type)))


def _aliases(column):
    """Return the other names of a column: a tuple in a schema, lines in the editor."""
    aliases = getattr(column, "aliases", ())
    return aliases.splitlines() if isinstance(aliases, str) else aliases


class _Parser:
    """Reads tokens by descent; each method returns the part that it read."""

    def __init__(self, tokens, columns):
        self.tokens, self.columns = tokens, columns
        self.place = self.depth = 0

    def comparison(self, text):
        left = self.addition()
        sign = self._take(*_COMPARISONS, *_SIGNS)
        if not sign:
            raise SchemaError(
                _("The rule “%(rule)s” compares nothing; it needs =, <, ≤, > or ≥.")
                % {"rule": text}
            )
        right = self.addition()
        if self.place < len(self.tokens):
            raise SchemaError(
                _("“%(part)s” in the rule “%(rule)s” is not understood.")
                % {"part": self.tokens[self.place][1], "rule": text}
            )
        return left, _SIGNS.get(sign, sign), right

    def addition(self):
        node = self.product()
        while sign := self._take("+", "-", "−", "–"):
            node = _calculated(_CALCULATIONS.get(sign, sign), node, self.product())
        return node

    def product(self):
        node = self.atom()
        while sign := self._take("*", "/", "×", "÷"):
            node = _calculated(_CALCULATIONS.get(sign, sign), node, self.atom())
        return node

    def atom(self):
        kind, text = self._next()
        if kind == "number":
            return _number(text)
        if kind == "name" and text.lower() == "sum" and self._take("("):
            return self._sum()
        if kind in ("name", "quoted"):
            return self.columns.find(text)
        self.depth += 1
        if self.depth > DEEPEST:
            raise SchemaError(_("A rule has too many parts inside each other."))
        if text in ("-", "−", "–"):
            node = _calculated("-", Number(Decimal(0)), self.atom())
        elif text == "(":
            node = self.addition()
            self._close()
        else:
            raise SchemaError(
                _("A column or a number is expected before “%(part)s”.") % {"part": text}
            )
        self.depth -= 1
        return node

    def _sum(self):
        names = []
        while True:
            kind, text = self._next()
            if kind not in ("name", "quoted"):
                raise SchemaError(_("Between the brackets of sum() stand columns only."))
            names.append(self.columns.find(text))
            if names[-1].kind != NUMBER:
                raise SchemaError(
                    _("“%(name)s” holds no numbers, so it cannot be calculated with.")
                    % {"name": text}
                )
            if not self._take(","):
                break
        self._close()
        return Sum(tuple(names))

    def _close(self):
        if not self._take(")"):
            raise SchemaError(_("A bracket in the rule is not closed."))

    def _next(self):
        if self.place >= len(self.tokens):
            raise SchemaError(_("The rule ends too early: a column or a number is missing."))
        self.place += 1
        return self.tokens[self.place - 1]

    def _take(self, *signs):
        if self.place < len(self.tokens) and self.tokens[self.place] in {
            ("sign", sign) for sign in signs
        }:
            self.place += 1
            return self.tokens[self.place - 1][1]
        return ""


def _number(text):
    if len(text.replace(".", "")) > MOST_DIGITS:
        raise SchemaError(_("The number %(number)s in the rule is too long.") % {"number": text})
    return Number(Decimal(text))


def _calculated(sign, left, right):
    """Return the calculation; days may be added to a date, and dates subtracted."""
    kinds = (left.kind, sign, right.kind)
    node = Calculation(sign, left, right)
    if kinds in ((DATE, "-", DATE), (NUMBER, sign, NUMBER)):
        return node
    if kinds in ((DATE, "+", NUMBER), (DATE, "-", NUMBER), (NUMBER, "+", DATE)):
        return replace(node, kind=DATE)
    culprit = next(
        (each for each in (left, right) if isinstance(each, Name) and each.kind != NUMBER), None
    )
    if culprit is None:
        raise SchemaError(_("Dates can be compared and subtracted, but not multiplied or added."))
    raise SchemaError(
        _("“%(name)s” holds no numbers, so it cannot be calculated with.")
        % {"name": culprit.column}
    )


def _refuse_different_kinds(text, left, sign, right):
    if left.kind != right.kind and {left.kind, right.kind} & {NUMBER, DATE}:
        raise SchemaError(
            _("The rule “%(rule)s” compares things of different kinds.") % {"rule": text}
        )
    if left.kind not in (NUMBER, DATE) and sign not in ("=", "<>"):
        raise SchemaError(
            _("In the rule “%(rule)s” only numbers and dates can be smaller or greater.")
            % {"rule": text}
        )
