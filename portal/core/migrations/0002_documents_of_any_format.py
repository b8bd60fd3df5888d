import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        # allow-destructive: documents are a cache, made again from their content when asked for
        migrations.RenameField("rendereddocument", "html", "source"),
        migrations.AlterField(
            "rendereddocument", "source", models.TextField(blank=True, verbose_name="source")
        ),
        migrations.AddField(
            "rendereddocument",
            "format",
            models.CharField(default="pdf", max_length=32, verbose_name="format"),
        ),
        migrations.AddField(
            "rendereddocument",
            "last_asked_on",
            models.DateField(
                default=django.utils.timezone.localdate, verbose_name="last asked for on"
            ),
        ),
    ]
