"""What a definition says, as plain data that can be kept and compared."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

#: What is kept of a column, in the order in which changes are told.
COLUMN_FIELDS = (
    "name", "title", "type", "is_key", "required", "unique", "minimum", "maximum", "earliest",
    "latest", "scale", "min_length", "max_length", "pattern", "code_list", "severity",
    "is_public", "personal", "unit_of_measure", "aliases", "description",
)  # fmt: skip
RULE_FIELDS = ("expression", "title", "severity")
SETTINGS = ("mode", "ignore_unknown")


def content_of(dataset):
    """Return the stored definition of ``dataset``."""
    columns = dataset.columns.select_related("code_list").order_by("sort_order", "pk")
    return content_of_parts(dataset, columns, dataset.rules.order_by("sort_order", "pk"))


def content_of_parts(page, columns, rules):
    """Return the definition that ``columns`` and ``rules`` make with the settings of ``page``."""
    return {
        "columns": [_column(each) for each in columns],
        "rules": [{name: getattr(each, name) for name in RULE_FIELDS} for each in rules],
        **{name: getattr(page, name) for name in SETTINGS},
    }


def _column(defined):
    listed = defined.code_list.code if defined.code_list_id else ""
    values = {
        name: listed if name == "code_list" else getattr(defined, name) for name in COLUMN_FIELDS
    }
    if not values["personal"]:  # as definitions said it before there was the mark
        values.pop("personal")
    return {"id": defined.column_id, **{name: _plain(value) for name, value in values.items()}}


def _plain(value):
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str):
        return str(value)  # a choice is a subclass of text
    return value.isoformat() if isinstance(value, date) else value


def label_of(model, field):
    """Return how people call a field of a column."""
    return str(model._meta.get_field(field).verbose_name)


#: Names of changes that a person has to confirm once something is published.
CONFIRMED = {"type": _("type"), "is_key": _("part of the key")}
