from django.db import models
from django.utils.translation import gettext_lazy as _


class RememberedReading(models.Model):
    """What a unit last said about how a dataset's files are to be read.

    It answers only a doubt of the same kind, and only with one of the ways that fit the new file.
    """

    dataset = models.ForeignKey(
        "datasets.DatasetPage", on_delete=models.CASCADE, related_name="remembered_readings"
    )
    unit = models.ForeignKey("units.UnitPage", on_delete=models.CASCADE, related_name="+")
    chosen = models.JSONField(_("what was chosen"), default=dict)
    version = models.ForeignKey(
        "datasets.DatasetVersion",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("file for which it was chosen"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "unit"], name="one_remembered_reading_per_unit"
            )
        ]
        verbose_name = _("remembered reading")
        verbose_name_plural = _("remembered readings")

    def __str__(self):
        return f"{self.dataset} – {self.unit}"
