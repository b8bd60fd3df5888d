"""A rule between columns once it is understood: its parts, as a tree."""

from dataclasses import dataclass, field
from decimal import Decimal

NUMBER, DATE = "number", "date"


@dataclass(frozen=True)
class Number:
    """A number in a rule."""

    value: Decimal
    kind = NUMBER


@dataclass(frozen=True)
class Name:
    """A column in a rule; ``kind`` is number, date, or the column's own type."""

    column: str
    kind: str


@dataclass(frozen=True)
class Calculation:
    """Two parts with one of ``+ - * /`` between them."""

    sign: str
    left: object
    right: object
    kind: str = NUMBER


@dataclass(frozen=True)
class Sum:
    """``sum(a, b)``: empty cells count as nothing, unless all of them are empty."""

    columns: tuple[Name, ...]
    kind = NUMBER


@dataclass(frozen=True)
class Rule:
    """One rule: what stands left and right of the comparison ``sign``.

    ``title`` is the sentence that people read instead of ``expression`` when it is broken.
    """

    expression: str
    left: object = field(compare=False)
    sign: str = field(compare=False)
    right: object = field(compare=False)
    columns: tuple[str, ...] = ()
    name: str = ""
    title: str = ""
    severity: str = "error"

    @property
    def shown(self):
        """Return how the rule is named to people."""
        return self.title or self.expression

    def as_dict(self):
        """Return the rule as a table schema carries it below “portal”."""
        return {
            "name": self.name,
            "expression": self.expression,
            "title": self.title,
            "severity": self.severity,
        }


def has_division(node):
    """Tell whether a part of a rule divides."""
    if isinstance(node, Calculation):
        return node.sign == "/" or has_division(node.left) or has_division(node.right)
    return False


def undivided_names(node):
    """Yield the columns of a part that stand outside every division."""
    if isinstance(node, Name):
        yield node.column
    elif isinstance(node, Sum):
        yield from (each.column for each in node.columns)
    elif isinstance(node, Calculation) and not has_division(node):
        yield from undivided_names(node.left)
        yield from undivided_names(node.right)
