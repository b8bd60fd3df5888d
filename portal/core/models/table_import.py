from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.models.attachment import private_storage


class TableImportQuerySet(models.QuerySet):
    def applied(self):
        """Keep those whose changes stand."""
        return self.filter(status=TableImport.Status.APPLIED)

    def for_listing(self):
        """Load what one line of the log shows, without the reports."""
        return self.select_related("uploaded_by", "undone_by").defer("report", "differences")


class TableImport(models.Model):
    """A file with rows of a catalogue: kept as it came, what it would change, what became of it.

    ``report`` is what the preview shows, ``fingerprint`` its hash: who confirms gets exactly what
    was seen. ``differences`` is the log of what was written, from which it is taken back.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("being checked")
        READY = "ready", _("ready to be confirmed")
        FAULTY = "faulty", _("with mistakes")
        STALE = "stale", _("overtaken by other changes")
        APPLYING = "applying", pgettext_lazy("import", "being written")
        APPLIED = "applied", _("taken in")
        UNDONE = "undone", _("undone")
        DROPPED = "dropped", _("dropped")

    TRANSITIONS = {
        Status.WAITING: {Status.READY, Status.FAULTY, Status.DROPPED},
        Status.READY: {
            Status.APPLYING,
            Status.APPLIED,
            Status.STALE,
            Status.WAITING,
            Status.DROPPED,
        },
        Status.FAULTY: {Status.WAITING, Status.DROPPED},
        Status.STALE: {Status.WAITING, Status.DROPPED},
        Status.APPLYING: {Status.APPLIED, Status.STALE, Status.READY, Status.WAITING},
        Status.APPLIED: {Status.UNDONE},
    }

    table = models.SlugField(_("catalogue"))
    file = models.FileField(_("file"), storage=private_storage, upload_to="tables/%Y/%m")
    name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.WAITING)
    reading = models.JSONField(_("how it was read"), default=dict, blank=True)
    ignored_columns = models.JSONField(_("columns left out"), default=list, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    differences = models.JSONField(_("differences"), default=list, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    applied_at = models.DateTimeField(_("taken in at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = TableImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["table", "status"])]
        verbose_name = _("import of a catalogue")
        verbose_name_plural = _("imports of catalogues")

    def __str__(self):
        return self.name

    @property
    def change_count(self):
        """Return how many rows would change or have changed something."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)
