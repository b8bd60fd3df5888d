import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.generic import GenericRecord, GenericRecordQuerySet


class PrivateStorage(FileSystemStorage):
    """Files below ``PORTAL_DATA_ROOT``, which no URL serves."""

    @property
    def base_location(self):
        return settings.PORTAL_DATA_ROOT

    @property
    def location(self):
        return os.path.abspath(self.base_location)

    def url(self, name):
        raise ValueError("Private files have no address; a view answers with them.")


def private_storage():
    """Return the storage that no URL serves."""
    return PrivateStorage()


class Attachment(GenericRecord):
    """A file kept with an object, as it was received; served only through views that ask who."""

    file = models.FileField(_("file"), storage=private_storage, upload_to="attachments/%Y/%m")
    name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    mime_type = models.CharField(_("MIME type"), max_length=127, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    acting_unit = models.CharField(_("acting unit"), max_length=64, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)

    objects = GenericRecordQuerySet.as_manager()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.name
