"""A question about rows as readers write it in an address, read against what they may see.

Every name is looked up among the visible columns; one that is hidden is answered exactly like
one that does not exist.
"""

import hashlib
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.text import nfc
from portal.datasets.rows import limits
from portal.datasets.rows.operators import MOMENT, NUMBER, filter_of, kind_of

AGGREGATES = ("count", "sum", "avg", "min", "max")


@dataclass(frozen=True)
class Question:
    """Which rows and columns, in which order.

    ``sort`` is ((name, is_descending), …); ``searched`` are the columns in which ``search`` is
    looked for: those that the reader may see, whether or not they are among ``columns``.
    ``limits`` are filters that the reader's right sets, ``masked`` the columns whose values leave
    masked only.
    """

    columns: tuple[str, ...]
    filters: tuple = ()
    search: str = ""
    searched: tuple[str, ...] = ()
    sort: tuple = ()
    limits: tuple = ()
    masked: tuple = ()

    @property
    def narrows(self):
        """Tell whether rows are left out."""
        return bool(self.filters or self.search or self.limits)

    @property
    def kept_by(self):
        """Return all filters that a row has to keep: the reader's own and those set for them."""
        return (*self.limits, *self.filters)

    def digest(self):
        """Return a short text that is the same for the same rows in the same order."""
        told = repr(replace(self, columns=()))
        return hashlib.sha256(told.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Grouping:
    """What is added up: ``aggregates`` are (function, column), the column empty for “count”."""

    columns: tuple[str, ...]
    aggregates: tuple

    @property
    def names(self):
        """Return the names under which the aggregates come, other than those of the columns."""
        count = "count:*" if "count" in self.columns else "count"
        return tuple(f"{kind}:{name}" if name else count for kind, name in self.aggregates)


class Asker:
    """Reads the parameters of an address; ``types`` are the SQL types of the visible columns.

    Those in ``masked`` may be shown and nothing else: a filter or an order would tell what stands
    there. Every question keeps ``limits``. ``moments`` names columns that hold a day with a time of
    day, whichever way it lies in the table.
    """

    def __init__(self, types, masked=frozenset(), limits=(), moments=frozenset()):
        self.types, self.masked, self.limits = types, masked, tuple(limits)
        self.moments = moments

    def kind(self, name):
        """Return what kind of values a column holds."""
        return MOMENT if name in self.moments else kind_of(self.types[name])

    def question(self, *, columns="", filters=(), search="", sort="", further=()):
        """Return the question; raise ``ValidationError`` with a sentence for each parameter."""
        return Question(
            columns=self.listed(columns) or tuple(self.types),
            filters=self.filters(filters),
            search=self.search(search),
            searched=self.searched if search.strip() else (),
            sort=self.sort(sort, further),
            limits=self.limits,
            masked=tuple(sorted(self.masked)),
        )

    @property
    def searched(self):
        """Return the columns in which a search looks."""
        return tuple(name for name in self.types if name not in self.masked)

    def filters(self, texts):
        """Read ``column:value`` and ``column__operator:value``, each in its own parameter."""
        if len(texts) > limits.MOST_FILTERS:
            raise _too_many(_("filters"), limits.MOST_FILTERS)
        return tuple(self.filter(text) for text in texts)

    def filter(self, text):
        """Read one filter."""
        key, separator, value = text.partition(":")
        column, mark, operator = key.rpartition("__")
        if key in self.types or not mark:
            column, operator = key, "exact"
        if not separator:
            raise ValidationError(
                _("Write a filter as column:value or column__operator:value, not “%(text)s”.")
                % {"text": text[:80]},
                code="no_filter",
            )
        kind = self.kind(self.known(column))
        return filter_of(column, operator, value, self.types[column], kind)

    def search(self, text):
        """Read what is searched for in all texts."""
        if len(text) > limits.LONGEST_TEXT:
            raise ValidationError(
                _("What is searched for has at most %(most)s characters.")
                % {"most": limits.LONGEST_TEXT},
                code="too_long",
            )
        return nfc(text).strip()

    def sort(self, text, further=()):
        """Read ``name,-name``; ``further`` names what else can be sorted by."""
        names = [each for each in text.split(",") if each]
        if len(names) > limits.MOST_SORTS:
            raise _too_many(_("columns to sort by"), limits.MOST_SORTS)
        read = {}
        for each in names:
            name = each.removeprefix("-")
            read.setdefault(name if name in further else self.known(name), each.startswith("-"))
        return tuple(read.items())

    def listed(self, text):
        """Read a list of columns to be shown, each once; masked ones may be."""
        return tuple(dict.fromkeys(self.visible(each) for each in text.split(",") if each))

    def named(self, text, most=None):
        """Read a list of columns by which rows are told apart, each once."""
        names = tuple(dict.fromkeys(self.known(each) for each in text.split(",") if each))
        if most is not None and len(names) > most:
            raise _too_many(_("columns"), most)
        return names

    def grouping(self, columns, aggregates):
        """Read ``nhom`` and ``tinh``: columns, and ``sum:column`` or ``count``."""
        asked = [each for each in aggregates.split(",") if each] or ["count"]
        if len(asked) > limits.MOST_AGGREGATES:
            raise _too_many(_("aggregates"), limits.MOST_AGGREGATES)
        return Grouping(
            self.named(columns, limits.MOST_GROUP_COLUMNS),
            tuple(dict.fromkeys(self._aggregate(each) for each in asked)),
        )

    def _aggregate(self, text):
        kind, _separator, name = text.partition(":")
        if kind not in AGGREGATES or (kind != "count" and not name):
            raise ValidationError(
                _("Write count, or sum:column, avg:column, min:column, max:column; not “%(text)s”.")
                % {"text": text[:80]},
                code="unknown_aggregate",
            )
        if name and kind in ("sum", "avg") and self.kind(self.known(name)) != NUMBER:
            raise ValidationError(
                _("Column “%(name)s” holds no numbers, so it has no %(kind)s.")
                % {"name": name, "kind": kind},
                code="no_numbers",
            )
        return kind, self.known(name) if name else ""

    def known(self, name):
        """Return ``name`` when it is a column by whose values the reader may ask."""
        if self.visible(name) in self.masked:
            raise ValidationError(
                _(
                    "Column “%(name)s” holds personal data and is masked: "
                    "rows are not searched, sorted or counted by it."
                )
                % {"name": name},
                code="masked_column",
            )
        return name

    def visible(self, name):
        """Return ``name`` when it is a column that the reader may see."""
        if name not in self.types:
            raise ValidationError(
                _("There is no column “%(name)s”.") % {"name": name[:80]}, code="no_column"
            )
        return name


def _too_many(what, most):
    return ValidationError(
        _("Too many %(what)s: at most %(most)s.") % {"what": what, "most": most}, code="too_many"
    )
