from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.attachment import private_storage


class RegulationImport(models.Model):
    """A text that was brought in: as received, as read, and the page made from it."""

    keeps_text_as_received = True  #: the hash is that of the text as it came

    file = models.FileField(_("file"), storage=private_storage, upload_to="regulations", blank=True)
    filename = models.CharField(_("file name"), max_length=255, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    source_text = models.TextField(_("source text"))
    parsed = models.JSONField(_("structure"))
    regulation = models.ForeignKey(
        "regulations.RegulationPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="imports",
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("imported text")
        verbose_name_plural = _("imported texts")

    def __str__(self):
        return self.filename or str(_("pasted text"))
