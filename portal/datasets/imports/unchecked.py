"""What a Table Schema asks for and the check does not do, so that a report can say so."""

from collections.abc import Mapping

#: Members of a schema and of a field that promise something about values.
_OF_TABLE = ("foreignKeys", "uniqueKeys")
_OF_FIELD = ("missingValues", "categoriesOrdered")
_DONE = frozenset(
    ["required", "unique", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum"]
)
_TEXTS = frozenset(["string", "any"])
_ORDERED = frozenset(["integer", "number", "date", "datetime", "year", "yearmonth"])
_FORMATS = frozenset(["default", "any", "uri", "email", "uuid"])


def unchecked_in(descriptor):
    """Yield the promises of ``descriptor`` that the check passes over."""
    own = descriptor.get("portal")
    if isinstance(own, Mapping) and isinstance(own.get("unchecked"), list):
        yield from map(str, own["unchecked"])
        return
    for member in _OF_TABLE:
        if descriptor.get(member):
            yield member
    for described in descriptor["fields"]:
        for member in _of_field(described):
            yield f"{described['name']}: {member}"


def _of_field(described):
    constraints = described.get("constraints")
    constraints = constraints if isinstance(constraints, Mapping) else {}
    kind = described.get("type") or "string"
    yield from (member for member in _OF_FIELD if described.get(member))
    yield from sorted(set(constraints) - _DONE)
    if kind not in _TEXTS:
        yield from sorted({"minLength", "maxLength", "pattern"} & set(constraints))
    if kind not in _ORDERED:
        yield from sorted({"minimum", "maximum"} & set(constraints))
    shape = str(described.get("format") or "default")
    if kind == "string" and shape not in _FORMATS:
        yield f"format {shape}"
    if constraints.get("pattern") and kind == "string" and shape in ("email", "uuid"):
        yield f"format {shape}"
