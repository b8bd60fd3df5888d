"""What a Table Schema says beyond the editor's fields waits in the draft until it is published."""

from portal.datasets.imports.descriptors import field_of
from portal.datasets.models import DatasetPage, SchemaDetails


def details_in(schema, columns):
    """Return the details of ``schema`` for the draft of a page; ``columns`` are ``Defined``."""
    return {
        "missing_values": list(schema.missing_values),
        "unchecked": list(schema.unchecked),
        "columns": [
            {
                "column_id": each.defined.column_id,
                "name": each.defined.name,
                "title": each.defined.title,
                "field": field_of(each.column),
            }
            for each in columns
        ],
    }


def details_of(dataset, columns):
    """Return the details that count for ``dataset``: those of its draft, else those kept.

    As a dictionary like the fields of ``SchemaDetails``, or None. ``columns`` are the editor's.
    """
    drafted = dataset.drafted_details
    if drafted:
        found = {each.column_id: _field_for(drafted["columns"], each) for each in columns}
        return {**drafted, "columns": {key: field for key, field in found.items() if field}}
    kept = SchemaDetails.objects.filter(dataset=dataset.pk)
    return kept.values("missing_values", "unchecked", "columns").first()


def _field_for(drafted, column):
    """Return what was drafted for a column; one that is new has no lasting identity yet."""
    for name in ("column_id", "name", "title"):
        for each in drafted:
            if each[name] == getattr(column, name):
                return each["field"]
    return None


def take_over(page):
    """Let the details of a draft that was published be those of the dataset."""
    if not page.drafted_details:
        return
    told = details_of(page, page.columns.all())
    SchemaDetails.objects.update_or_create(dataset_id=page.pk, defaults=told)
    DatasetPage.objects.filter(pk=page.pk).update(drafted_details={})
    page.drafted_details = {}
