from django.db import models
from django.utils.translation import gettext_lazy as _


class SchemaDetails(models.Model):
    """What a Table Schema says of a dataset beyond what its editor shows.

    ``columns`` holds fields of the schema by the lasting identity of their column; what the editor
    says of the same column goes first.
    """

    dataset = models.OneToOneField(
        "datasets.DatasetPage",
        on_delete=models.CASCADE,
        related_name="schema_details",
        verbose_name=_("dataset"),
    )
    missing_values = models.JSONField(_("texts for a missing value"), default=list)
    unchecked = models.JSONField(_("what is not checked"), default=list)
    columns = models.JSONField(_("fields of the table schema"), default=dict)

    class Meta:
        verbose_name = _("details of a table schema")
        verbose_name_plural = _("details of table schemas")

    def __str__(self):
        return str(self.dataset)
