"""The definition of a table: its columns, and what each of them promises. No database."""

import re
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
TYPES = NUMBERS | LISTED | {"text", "code", "date", "period", "boolean", "link"}
MODES = ("replace", "upsert", "append")
SEVERITIES = ("error", "warning")


@dataclass(frozen=True)
class Column:
    """One column. ``codes`` maps each allowed code to its label, or to None.

    ``point_is`` settles what a point in a number is, ``"group"`` or ``"decimal"``; None lets
    the evidence in the file decide.
    """

    name: str
    title: str = ""
    aliases: tuple[str, ...] = ()
    type: str = "text"
    required: bool = False
    is_key: bool = False
    unique: bool = False
    minimum: Decimal | date | None = None
    maximum: Decimal | date | None = None
    scale: int | None = None
    max_length: int | None = None
    pattern: str = ""
    codes: Mapping[str, str | None] | None = field(default=None, hash=False)
    severity: str = "error"
    is_public: bool = True
    unit_of_measure: str = ""
    description: str = ""
    min_length: int | None = None
    point_is: str | None = None

    def __post_init__(self):
        object.__setattr__(self, "aliases", tuple(self.aliases))
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


@dataclass(frozen=True)
class TableSchema:
    """The columns of a table, and what a file means: replace, upsert or append."""

    columns: tuple[Column, ...]
    mode: str = "replace"
    ignore_unknown: bool = False
    missing_values: tuple[str, ...] = ("",)

    def __post_init__(self):
        object.__setattr__(self, "columns", tuple(self.columns))
        if not self.columns:
            raise SchemaError(_("The definition has no columns."))
        if self.mode not in MODES:
            raise SchemaError(_("The definition has no valid mode."))
        seen = set()
        for column in self.columns:
            if column.name.casefold() in seen:
                raise SchemaError(_("Two columns are named “%(name)s”.") % {"name": column.name})
            seen.add(column.name.casefold())

    @property
    def keys(self):
        """Return the columns that together name a row."""
        return tuple(column for column in self.columns if column.is_key)

    def column(self, name):
        """Return the column called ``name``; raise KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def to_frictionless(self):
        """Return the definition as a Frictionless Table Schema; own things below “portal”."""
        return {
            "fields": [field_of(column) for column in self.columns],
            "primaryKey": [column.name for column in self.keys],
            "missingValues": list(self.missing_values),
            "portal": {"mode": self.mode, "ignore_unknown": self.ignore_unknown},
        }

    @classmethod
    def from_frictionless(cls, descriptor):
        """Return the definition that a Table Schema describes, ours or a stranger's."""
        fields = descriptor.get("fields") if isinstance(descriptor, Mapping) else None
        if not isinstance(fields, list):
            raise SchemaError(_("A table schema needs a list of “fields”."))
        keys = _names(descriptor.get("primaryKey"))
        columns = tuple(column_of(each, keys) for each in fields)
        for name in keys - {column.name for column in columns}:
            raise SchemaError(_("The key names “%(name)s”, which is no column.") % {"name": name})
        own = _mapping(descriptor.get("portal"))
        return cls(
            columns,
            mode=own.get("mode", "replace"),
            ignore_unknown=bool(own.get("ignore_unknown", False)),
            missing_values=_missing_values(descriptor.get("missingValues")),
        )


_FRICTIONLESS_TYPES = {
    "integer": "integer", "decimal": "number", "percent": "number", "money": "number",
    "date": "date", "boolean": "boolean",
}  # fmt: skip
_OWN_TYPES = {
    "string": "text", "any": "text", "integer": "integer", "number": "decimal", "date": "date",
    "boolean": "boolean", "year": "integer", "yearmonth": "period",
}  # fmt: skip
_POINTS = {"group": ",", "decimal": "."}
_DAY_FIRST_OR_ISO = re.compile(r"^(default|any|%-?d\W%-?m\W%Y|%Y-%m-%d|%Y/%m/%d)$")


def field_of(column):
    """Return the Frictionless field that describes ``column``."""
    limits = {"minimum": column.minimum, "maximum": column.maximum}
    constraints = {
        "required": column.must_be_filled or None,
        "unique": column.unique or None,
        "minLength": column.min_length,
        "maxLength": column.max_length,
        "pattern": column.pattern or None,
        "enum": list(column.codes) if column.codes is not None else None,
        **{key: str(value) for key, value in limits.items() if value is not None},
    }
    described = {
        "name": column.name,
        "title": column.title,
        "type": _FRICTIONLESS_TYPES.get(column.type, "string"),
        "description": column.description,
        "constraints": {key: value for key, value in constraints.items() if value is not None},
        "portal": {
            "type": column.type,
            "aliases": list(column.aliases),
            "required": column.required,
            "scale": column.scale,
            "codes": dict(column.codes) if column.codes is not None else None,
            "severity": column.severity,
            "is_public": column.is_public,
            "unit_of_measure": column.unit_of_measure,
        },
    }
    if column.type == "link":
        described["format"] = "uri"
    if column.point_is:
        described["decimalChar"] = _POINTS[column.point_is]
    return described


def column_of(described, keys=frozenset()):
    """Return the column that a Frictionless field describes."""
    if not isinstance(described, Mapping) or not isinstance(described.get("name"), str):
        raise SchemaError(_("Each field of a table schema needs a “name”."))
    name, own = described["name"], _mapping(described.get("portal"))
    constraints = _mapping(described.get("constraints"))
    kind = own.get("type") or _type_of(described)
    years = described.get("type") == "year"
    return Column(
        name=name,
        title=str(described.get("title") or ""),
        aliases=tuple(map(str, own.get("aliases") or ())),
        type=kind,
        required=bool(own.get("required", constraints.get("required", False))),
        is_key=name in keys,
        unique=bool(constraints.get("unique", False)),
        minimum=_limit(name, kind, constraints.get("minimum", 1 if years else None)),
        maximum=_limit(name, kind, constraints.get("maximum", 9999 if years else None)),
        scale=_whole(name, own.get("scale")),
        max_length=_whole(name, constraints.get("maxLength")),
        min_length=_whole(name, constraints.get("minLength")),
        pattern=str(constraints.get("pattern") or ""),
        codes=_codes(own.get("codes"), constraints.get("enum")),
        severity=own.get("severity", "error"),
        is_public=bool(own.get("is_public", True)),
        unit_of_measure=str(own.get("unit_of_measure") or ""),
        description=str(described.get("description") or ""),
        point_is={",": "group", ".": "decimal"}.get(described.get("decimalChar")),
    )


def _type_of(described):
    kind, shape = described.get("type") or "string", str(described.get("format") or "default")
    if kind == "string" and shape == "uri":
        return "link"
    if kind == "date" and not _DAY_FIRST_OR_ISO.match(shape):
        raise SchemaError(
            _("Column “%(name)s” writes dates as %(format)s; only day/month/year and ISO are read.")
            % {"name": described["name"], "format": shape}
        )
    if kind not in _OWN_TYPES:
        raise SchemaError(
            _("Column “%(name)s” has the unknown type “%(type)s”.")
            % {"name": described["name"], "type": kind}
        )
    return _OWN_TYPES[kind]


def _limit(name, kind, value):
    if value is None or kind not in NUMBERS | {"date"}:
        return None
    try:
        return date.fromisoformat(str(value)) if kind == "date" else Decimal(str(value))
    except (ValueError, ArithmeticError) as fault:
        raise SchemaError(
            _("Column “%(name)s” has an unreadable limit.") % {"name": name}
        ) from fault


def _whole(name, value):
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SchemaError(_("Column “%(name)s” has an unreadable length.") % {"name": name})
    return value


def _codes(codes, enum):
    if isinstance(codes, Mapping):
        return {str(code): label for code, label in codes.items()}
    return {str(code): None for code in enum} if isinstance(enum, list) else None


def _names(value):
    return {value} if isinstance(value, str) else set(map(str, value or ()))


def _missing_values(value):
    listed = value if isinstance(value, list) else [""]
    return tuple(
        str(each.get("value", "") if isinstance(each, Mapping) else each) for each in listed
    )


def _mapping(value):
    return value if isinstance(value, Mapping) else {}
