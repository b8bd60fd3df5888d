"""One column of a table, and what it promises. No database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.datasets.imports.schema_error import SchemaError
from portal.datasets.imports.workspace import accepts_pattern

ROW_COLUMN = "_row"  #: the source row in a written table

NUMBERS = frozenset({"integer", "decimal", "percent", "money"})
LISTED = frozenset({"choice", "unit", "area"})
TYPES = NUMBERS | LISTED | {"text", "code", "date", "datetime", "period", "boolean", "link"}
SEVERITIES = ("error", "warning")
#: What becomes of personal data for readers: nothing, a part is shown, nothing is.
PERSONAL = ("", "masked", "withheld")


@dataclass(frozen=True)
class Column:
    """One column. ``codes`` maps each allowed code to its label, or to None.

    ``point_is`` settles what a point in a number is, ``"group"`` or ``"decimal"``; None lets
    the evidence in the file decide. ``true_values`` and ``false_values`` are the only texts of a
    yes or no where they are given, ``period_kind`` the only kind of period. Around a number
    that is not ``is_bare``, signs and words do not count. Limits of periods and instants are
    their texts. ``id`` stays when the column is renamed; a stranger's column goes by its name.
    """

    name: str
    title: str = ""
    aliases: tuple[str, ...] = ()
    type: str = "text"
    required: bool = False
    is_key: bool = False
    unique: bool = False
    minimum: Decimal | date | str | None = None
    maximum: Decimal | date | str | None = None
    scale: int | None = None
    max_length: int | None = None
    pattern: str = ""
    codes: Mapping[str, str | None] | None = field(default=None, hash=False)
    severity: str = "error"
    is_public: bool = True
    personal: str = ""
    unit_of_measure: str = ""
    description: str = ""
    min_length: int | None = None
    point_is: str | None = None
    true_values: tuple[str, ...] = ()
    false_values: tuple[str, ...] = ()
    period_kind: str = ""
    is_bare: bool = True
    id: str = ""

    def __post_init__(self):
        object.__setattr__(self, "id", self.id or self.name)
        for listed in ("aliases", "true_values", "false_values"):
            object.__setattr__(self, listed, tuple(getattr(self, listed)))
        for limit in ("minimum", "maximum") if self.is_number else ():
            value = getattr(self, limit)
            object.__setattr__(self, limit, None if value is None else Decimal(str(value)))
        if not self.name or self.name.casefold() == ROW_COLUMN:
            raise SchemaError(_("A column may not be named “%(name)s”.") % {"name": self.name})
        if self.type not in TYPES:
            raise SchemaError(
                _("Column “%(name)s” has the unknown type “%(type)s”.")
                % {"name": self.name, "type": self.type}
            )
        if self.severity not in SEVERITIES:
            raise SchemaError(_("Column “%(name)s” has no valid severity.") % {"name": self.name})
        if self.personal not in PERSONAL:
            raise SchemaError(
                _("Column “%(name)s” says “%(personal)s” of personal data; known are: %(known)s.")
                % {
                    "name": self.name,
                    "personal": self.personal,
                    "known": ", ".join(filter(None, PERSONAL)),
                }
            )
        if self.pattern and not accepts_pattern(self.pattern):
            raise SchemaError(
                _("The pattern of column “%(name)s” cannot be used: %(pattern)s")
                % {"name": self.name, "pattern": self.pattern}
            )

    @property
    def is_number(self):
        """Tell whether the column holds numbers."""
        return self.type in NUMBERS

    @property
    def must_be_filled(self):
        """Tell whether an empty cell breaks the definition."""
        return self.required or self.is_key

    @property
    def header_names(self):
        """Return all texts by which a header may name the column."""
        return (self.name, self.title, *self.aliases)
