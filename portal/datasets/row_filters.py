"""What readers ask of rows: “column:value”, in columns that they may see."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OPERATORS = {"gte": ">=", "lte": "<="}
MOST_FILTERS = 20


def filters_asked(texts, columns):
    """Return the filters that ``texts`` write, for ``columns`` only.

    ``column:value`` keeps equal values, ``column__gte:value`` and ``column__lte:value`` ranges.
    """
    names = {column.name for column in columns}
    filters = []
    for text in texts[:MOST_FILTERS]:
        key, separator, value = text.partition(":")
        name, operator = _split(key, names)
        if name not in names or not separator:
            raise ValidationError(_("There is no column “%(name)s”.") % {"name": key[:80]})
        filters.append((name, operator, value))
    return filters


def _split(key, names):
    column, _mark, lookup = key.rpartition("__")
    if key not in names and lookup in OPERATORS:
        return column, OPERATORS[lookup]
    return key, "="
