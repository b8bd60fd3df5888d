from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.generic import AppendOnlyModel


class LedgerSeal(AppendOnlyModel):
    """The hash of what was added to the ledgers since the seal before it, chained to that one.

    A ledger is a table whose rows are only ever added. ``document`` names for each the stretch of
    rows and its hash; ``horizon`` is how far each ledger went when the seal was made, which is
    where the next seal ends.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    document = models.JSONField(_("what is sealed"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    horizon = models.JSONField(_("where the next seal ends"), default=dict)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["number"]
        verbose_name = _("seal of the ledgers")
        verbose_name_plural = _("seals of the ledgers")

    def __str__(self):
        return str(self.number)
