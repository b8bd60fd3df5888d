"""Seal the editions that were enacted before editions had seals."""

from django.db import migrations

from portal.regulations.sealing import seal_of


def seal(apps, schema_editor):
    """Give each edition its kind, the moment it was applied, and its place in the chain."""
    editions = apps.get_model("regulations", "Edition").objects.order_by("regulation", "number")
    regulation, previous_seal = None, ""
    for edition in editions.iterator():
        if edition.regulation_id != regulation:
            regulation, previous_seal = edition.regulation_id, ""
        edition.kind = "first" if edition.number == 1 else "correction"
        edition.applied_at = edition.created_at
        edition.seal = previous_seal = seal_of(edition, [], previous_seal)
        edition.save(update_fields=["kind", "applied_at", "seal"])


class Migration(migrations.Migration):
    dependencies = [("regulations", "0004_editions_enacted")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
