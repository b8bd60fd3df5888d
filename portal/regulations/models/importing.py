from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.attachment import private_storage


class RegulationImportQuerySet(models.QuerySet):
    def for_listing(self):
        """Leave the long texts where they are, and bring along who and which page."""
        return self.select_related("regulation", "created_by", "amends").defer(
            "source_text", "parsed", "working", "corrections"
        )

    def of_the_same_source(self, brought_in):
        """Keep the other imports of the same file or the same text."""
        same = models.Q(sha256=brought_in.sha256)
        if brought_in.file_sha256:
            same |= models.Q(file_sha256=brought_in.file_sha256)
        return self.filter(same).exclude(pk=brought_in.pk)


class RegulationImport(models.Model):
    """A text that was brought in: as received, as read, as corrected, and the page made from it.

    ``working`` is the corrected structure (``portal.regulations.importing``), ``revision`` counts
    its states, ``corrections`` tells who changed what, ``seen_lints`` who looked at which remark.
    ``amends`` is the regulation whose next edition it shall become; ``enacting`` then holds the
    decision (``portal.regulations.importing.enacting``) and the numbers of the editions made.
    """

    keeps_text_as_received = True  #: the hash is that of the text as it came

    file = models.FileField(_("file"), storage=private_storage, upload_to="regulations", blank=True)
    filename = models.CharField(_("file name"), max_length=255, blank=True)
    file_sha256 = models.CharField(
        _("SHA-256 of the file"), max_length=64, blank=True, db_index=True
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    source_text = models.TextField(_("source text"))
    title = models.CharField(_("title"), max_length=500, blank=True)
    parsed = models.JSONField(_("structure"))
    working = models.JSONField(_("corrected structure"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    corrections = models.JSONField(_("corrections"), default=list, blank=True)
    seen_lints = models.JSONField(_("remarks looked at"), default=dict, blank=True)
    regulation = models.ForeignKey(
        "regulations.RegulationPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="imports",
    )
    amends = models.ForeignKey(
        "regulations.RegulationPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="new_texts",
        verbose_name=_("becomes the next edition of"),
    )
    enacting = models.JSONField(_("how it is enacted"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    discarded_at = models.DateTimeField(_("discarded at"), null=True, blank=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    discard_reason = models.TextField(_("reason for discarding"), blank=True)

    objects = RegulationImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("imported text")
        verbose_name_plural = _("imported texts")

    def __str__(self):
        return self.title or self.filename or str(_("pasted text"))

    @property
    def is_open(self):
        """Say whether the structure may still be corrected: no pages yet, not discarded."""
        return self.regulation_id is None and self.discarded_at is None

    @property
    def brought_in_by(self):
        """Return who brought the text in, by name; “–” when nobody did."""
        return _name_of(self.created_by)

    @property
    def put_aside_by(self):
        """Return who discarded the import, by name."""
        return _name_of(self.discarded_by)

    @property
    def source_lines(self):
        """Return the lines of the source as its numbers count them."""
        return self.source_text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _name_of(person):
    return (person.get_full_name() or person.get_username()) if person else "–"
