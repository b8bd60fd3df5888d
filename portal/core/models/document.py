from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.attachment import private_storage


class RenderedDocument(models.Model):
    """A file made from one source text in one format; the same content is rendered once.

    The row is found by content hash only: whoever may see the source may have the file, so a
    view builds the source for its reader first and asks for the document second.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    keeps_text_as_received = True  #: the key is the hash of the very text

    content_hash = models.CharField(_("content hash"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=255)
    format = models.CharField(_("format"), max_length=32, default="pdf")
    source = models.TextField(_("source"), blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.WAITING)
    file = models.FileField(_("file"), storage=private_storage, upload_to="documents", blank=True)
    page_count = models.PositiveIntegerField(_("pages"), default=0)
    error = models.TextField(_("error"), blank=True)
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    last_asked_on = models.DateField(_("last asked for on"), default=timezone.localdate)

    class Meta:
        ordering = ["-requested_at"]
        verbose_name = _("rendered document")
        verbose_name_plural = _("rendered documents")

    def __str__(self):
        return self.title
