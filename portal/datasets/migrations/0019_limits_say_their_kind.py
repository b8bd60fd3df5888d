"""Conditions of grants on rows say which kind of values they were made for.

That is the type which the column had in the definition of the day; later ones may differ.
"""

from django.db import migrations
from django.utils import timezone

NUMBERS = ("integer", "decimal", "percent", "money")
KINDS = {
    **dict.fromkeys(NUMBERS, "number"),
    **{"date": "day", "datetime": "moment", "boolean": "truth"},
}


def say_kinds(apps, schema_editor):
    grants = apps.get_model("datasets", "AccessGrant").objects.exclude(limits=[])
    for grant in grants.iterator():
        types = _types(apps, grant)
        limits = [[*each[:3], KINDS.get(types.get(each[0]), "text")] for each in grant.limits]
        if limits != grant.limits:
            grant.limits = limits
            grant.save(update_fields=["limits"])
            _note(apps, grant)


def _note(apps, grant):
    """Let the history tell of the change: the audit compares each grant with it."""
    kept = {field.attname: getattr(grant, field.attname) for field in grant._meta.concrete_fields}
    apps.get_model("datasets", "HistoricalAccessGrant").objects.create(
        **kept, history_date=timezone.now(), history_type="~"
    )


def _types(apps, grant):
    """Return ``{identity of column: type}`` as the dataset was defined when the grant was made."""
    versions = apps.get_model("datasets", "DefinitionVersion").objects
    then = versions.filter(dataset=grant.dataset_id, made_at__lte=grant.granted_at)
    if found := then.order_by("-number").first():
        return {each["id"]: each["type"] for each in found.definition.get("columns", [])}
    columns = apps.get_model("datasets", "DatasetColumn").objects.filter(dataset=grant.dataset_id)
    return dict(columns.values_list("column_id", "type"))


def forget_kinds(apps, schema_editor):
    for grant in apps.get_model("datasets", "AccessGrant").objects.exclude(limits=[]).iterator():
        grant.limits = [each[:3] for each in grant.limits]
        grant.save(update_fields=["limits"])


class Migration(migrations.Migration):
    dependencies = [("datasets", "0018_sources")]

    operations = [migrations.RunPython(say_kinds, forget_kinds)]
