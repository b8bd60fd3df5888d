"""A column to and from the field of a Frictionless Table Schema; own things below “portal”."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue
from portal.core.periods import parse_period
from portal.datasets.imports.column import NUMBERS, Column
from portal.datasets.imports.instants import read_instant
from portal.datasets.imports.schema_error import SchemaError

_FRICTIONLESS_TYPES = {
    "integer": "integer", "decimal": "number", "percent": "number", "money": "number",
    "date": "date", "datetime": "datetime", "boolean": "boolean",
}  # fmt: skip
_OWN_TYPES = {
    "string": "text", "any": "text", "integer": "integer", "number": "decimal", "date": "date",
    "datetime": "datetime", "boolean": "boolean", "year": "integer", "yearmonth": "period",
}  # fmt: skip
_POINTS = {"group": ",", "decimal": "."}
_DAY_FIRST_OR_ISO = re.compile(r"^(default|any|%-?d\W%-?m\W%Y|%Y-%m-%d|%Y/%m/%d)$")
_INSTANTS = re.compile(
    r"^(default|any|(?:%-?d\W%-?m\W%Y|%Y-%m-%d)[T ]%H:%M(?::%S)?(?:[.]%f)?(?:Z|%z)?)$"
)
_PATTERNS = {
    "email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "uuid": r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
}


def schema_in(descriptor):
    """Return the table schema that ``descriptor`` is or, as a resource or package, holds."""
    found = mapping(descriptor)
    resources = found.get("resources")
    if isinstance(resources, list) and len(resources) == 1:
        found = mapping(resources[0])
    if "fields" not in found and isinstance(found.get("schema"), Mapping):
        found = found["schema"]
    if not isinstance(found.get("fields"), list):
        raise SchemaError(_("A table schema needs a list of “fields”."))
    return found


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
    return {
        "name": column.name,
        "title": column.title,
        "type": "yearmonth"
        if column.period_kind == "month"
        else _FRICTIONLESS_TYPES.get(column.type, "string"),
        "description": column.description,
        "constraints": {key: value for key, value in constraints.items() if value is not None},
        **_ways_of_writing(column),
        "portal": {
            "id": column.id,
            "type": column.type,
            "aliases": list(column.aliases),
            "required": column.required,
            "scale": column.scale,
            "codes": dict(column.codes) if column.codes is not None else None,
            "severity": column.severity,
            "is_public": column.is_public,
            "unit_of_measure": column.unit_of_measure,
            **({"personal": column.personal} if column.personal else {}),
        },
    }


def _ways_of_writing(column):
    ways = {
        "format": "uri" if column.type == "link" else None,
        "decimalChar": _POINTS.get(column.point_is),
        "trueValues": list(column.true_values) or None,
        "falseValues": list(column.false_values) or None,
        "bareNumber": None if column.is_bare else False,
    }
    return {key: value for key, value in ways.items() if value is not None}


def column_of(described, keys=frozenset()):
    """Return the column that a Frictionless field describes."""
    if not isinstance(described, Mapping) or not isinstance(described.get("name"), str):
        raise SchemaError(_("Each field of a table schema needs a “name”."))
    name, own = described["name"], mapping(described.get("portal"))
    constraints = mapping(described.get("constraints"))
    kind = own.get("type") or _type_of(described)
    years = described.get("type") == "year"
    enum = constraints.get("enum", _categories(described))
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
        pattern=str(constraints.get("pattern") or _PATTERNS.get(described.get("format")) or ""),
        codes=_codes(name, kind, own.get("codes"), enum),
        severity=own.get("severity", "error"),
        is_public=bool(own.get("is_public", True)),
        personal=str(own.get("personal") or ""),
        unit_of_measure=str(own.get("unit_of_measure") or ""),
        description=str(described.get("description") or ""),
        point_is=_point_is(name, described),
        true_values=tuple(map(str, listed(described.get("trueValues")))),
        false_values=tuple(map(str, listed(described.get("falseValues")))),
        period_kind="month" if described.get("type") == "yearmonth" else "",
        is_bare=described.get("bareNumber") is not False,
        id=str(own.get("id") or ""),
    )


def _type_of(described):
    kind = str(described.get("type") or "string")
    shape = str(described.get("format") or "default")
    if kind == "string" and shape == "uri":
        return "link"
    allowed = {"date": _DAY_FIRST_OR_ISO, "datetime": _INSTANTS}.get(kind)
    if allowed and not allowed.match(shape):
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


def _point_is(name, described):
    """Return what the schema says of points; of a grouping sign it follows as well."""
    decimal, group = described.get("decimalChar"), described.get("groupChar")
    if decimal not in (None, "", ".", ",") or group not in (None, "", ".", ",", " ", "\u00a0"):
        raise SchemaError(
            _("Column “%(name)s” writes numbers with other signs than points, commas and spaces.")
            % {"name": name}
        )
    if decimal:
        return "group" if decimal == "," else "decimal"
    return {".": "group", ",": "decimal"}.get(group)


def _limit(name, kind, value):
    if value is None or kind not in NUMBERS | {"date", "datetime", "period"}:
        return None
    try:
        return _read(kind, str(value))
    except (ValueError, ArithmeticError) as fault:
        raise SchemaError(
            _("Column “%(name)s” has an unreadable limit.") % {"name": name}
        ) from fault


def _read(kind, text):
    """Return the value that a schema writes as ``text`` for a column of ``kind``."""
    if kind in NUMBERS:
        return Decimal(text)
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "datetime":
        return read_instant(text)
    return parse_period(text).code if kind == "period" else text


def _whole(name, value):
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SchemaError(_("Column “%(name)s” has an unreadable length.") % {"name": name})
    return value


def _categories(described):
    """Return the values that a schema of the second edition lists as categories."""
    found = described.get("categories")
    if not isinstance(found, list):
        return None
    return [each.get("value") if isinstance(each, Mapping) else each for each in found]


def _codes(name, kind, codes, enum):
    if isinstance(codes, Mapping):
        return {str(code): label for code, label in codes.items()}
    if not isinstance(enum, list):
        return None
    try:
        return {_code(kind, value): None for value in enum}
    except (UnreadableValue, ValueError, ArithmeticError) as fault:
        raise SchemaError(
            _("Column “%(name)s” lists a value that is not of its type.") % {"name": name}
        ) from fault


def _code(kind, value):
    if isinstance(value, bool):
        return str(value).lower()
    return str(_read(kind, str(value)))


def names(value):
    """Return the set of names in a member that may be one text or a list."""
    return {value} if isinstance(value, str) else set(map(str, value or ()))


def missing_values(value):
    """Return the texts that stand for a missing value."""
    found = value if isinstance(value, list) else [""]
    return tuple(
        str(each.get("value", "") if isinstance(each, Mapping) else each) for each in found
    )


def listed(value):
    """Return ``value`` when it is a list, and nothing otherwise."""
    return value if isinstance(value, list) else []


def mapping(value):
    """Return ``value`` when it is a mapping, and an empty one otherwise."""
    return value if isinstance(value, Mapping) else {}
