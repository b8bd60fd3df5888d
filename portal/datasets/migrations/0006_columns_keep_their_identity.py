import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import portal.datasets.models.column


def go_by_the_name(apps, schema_editor):
    """Tables published so far know their columns by name, so the name is their identity."""
    apps.get_model("datasets", "DatasetColumn").objects.update(column_id=models.F("name"))


class Migration(migrations.Migration):

    dependencies = [
        ("datasets", "0005_every_version_has_a_unit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="datasetcolumn",
            name="column_id",
            field=models.CharField(max_length=64, null=True, editable=False, verbose_name="lasting identity"),
        ),
        migrations.RunPython(go_by_the_name, migrations.RunPython.noop),
    ]
