"""Whether a file was checked by the rules that hold today."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.datasets.imports.schema_error import SchemaError
from portal.datasets.schemas import schema_of

#: What of a column explains it to people and decides nothing.
_WORDS = ("title", "description")


def schema_now(dataset):
    """Return today's definition as it is kept with a version, or refuse one that cannot be used."""
    try:
        return schema_of(dataset).to_frictionless()
    except SchemaError as fault:
        raise ValidationError(str(fault)) from fault


def rules_changed(version):
    """Return whether the dataset's rules are others than those by which the file was checked.

    A restored version keeps the rules of the one that it restores.
    """
    if version.restores_id:
        return False
    return _rules_of(version.schema) != _rules_of(schema_now(version.dataset))


def refuse_changed_rules(version):
    """Refuse to decide on a file that was checked by rules which hold no longer."""
    if rules_changed(version):
        raise ValidationError(
            _(
                "The definition of the dataset was changed after this file was checked. "
                "Have it checked again before deciding."
            )
        )


def _rules_of(schema):
    fields = [
        {key: value for key, value in field.items() if key not in _WORDS}
        for field in schema.get("fields", ())
    ]
    return {**schema, "fields": fields}
