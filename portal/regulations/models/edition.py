"""Editions: the text of a regulation as enacted, and what each of them changed."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.models.attachment import private_storage
from portal.core.models.generic import AppendOnly, AppendOnlyModel
from portal.regulations.snapshots import from_snapshot


class EditionQuerySet(models.QuerySet):
    """Editions are added and moved from status to status; nothing else is done to them."""

    def standing(self):
        """Leave out what was withdrawn before its day."""
        return self.exclude(status=Edition.Status.WITHDRAWN)

    def coming(self):
        """Keep what is enacted and not yet on the pages."""
        return self.filter(status=Edition.Status.ENACTED)

    def in_order(self):
        """Return them by the day from which they hold; of one day the later enacted last."""
        return self.order_by("effective_on", "number")

    def on(self, day):
        """Return the edition that holds on ``day``, None before the first."""
        return self.standing().filter(effective_on__lte=day).in_order().last()

    def without_text(self):
        """Leave the snapshot in the database: lists of editions do not show it."""
        return self.defer("snapshot")

    def update(self, **values):
        if set(values) & Edition.FROZEN:
            raise AppendOnly
        return super().update(**values)

    def delete(self):
        raise AppendOnly


class Edition(models.Model):
    """The text of a regulation as enacted, in force from a day: a snapshot that never changes.

    ``sha256`` is the hash of the snapshot; ``seal`` that of everything the edition says, together
    with the seal of the edition before it.
    """

    class Kind(models.TextChoices):
        FIRST = "first", pgettext_lazy("edition", "first text")
        AMENDMENT = "amendment", pgettext_lazy("edition", "amendment")
        CORRECTION = "correction", pgettext_lazy("edition", "correction")
        CONSOLIDATION = "consolidation", pgettext_lazy("edition", "consolidation")

    class Status(models.TextChoices):
        ENACTED = "enacted", pgettext_lazy("edition", "enacted, waits for its day")
        APPLIED = "applied", pgettext_lazy("edition", "applied")
        WITHDRAWN = "withdrawn", pgettext_lazy("edition", "withdrawn")

    TRANSITIONS = {Status.ENACTED: {Status.APPLIED, Status.WITHDRAWN}}
    #: What nobody may change once it is written.
    FROZEN = frozenset(
        {
            "regulation",
            "regulation_id",
            "number",
            "kind",
            "effective_on",
            "decision_number",
            "decision_date",
            "decision_title",
            "note",
            "snapshot",
            "sha256",
            "seal",
            "created_at",
            "created_by",
            "created_by_id",
        }
    )

    regulation = models.ForeignKey(
        "regulations.RegulationPage", on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.FIRST)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.APPLIED)
    effective_on = models.DateField(_("in force from"))
    decision_number = models.CharField(_("enacted by"), max_length=64, blank=True)
    decision_date = models.DateField(_("date of the decision"), null=True, blank=True)
    decision_title = models.TextField(_("title of the decision"), blank=True)
    note = models.TextField(_("note"), blank=True)
    snapshot = models.JSONField(_("snapshot"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    seal = models.CharField(_("seal"), max_length=64, default="", editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True, editable=False)
    paper = models.FileField(
        _("PDF"), storage=private_storage, upload_to="editions", blank=True, editable=False
    )
    paper_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["regulation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "number"], name="one_edition_per_number"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="editions_are_numbered_from_one"
            ),
        ]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self):
        return f"{self.regulation} ({self.number})"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            self._refuse_to_change(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def _refuse_to_change(self, update_fields):
        """Raise ``AppendOnly`` when a frozen field would be written with another value."""
        names = self.FROZEN & {field.attname for field in self._meta.concrete_fields}
        names -= self.get_deferred_fields()
        if update_fields is not None:
            written = {self._meta.get_field(name).attname for name in update_fields}
            names &= written
        if not names:
            return
        stored = type(self)._base_manager.values(*names).get(pk=self.pk)
        if any(stored[name] != getattr(self, name) for name in names):
            raise AppendOnly

    def delete(self, *args, **kwargs):
        raise AppendOnly

    @property
    def text(self):
        """Return the text as it was enacted."""
        return from_snapshot(self.snapshot)


class EditionChange(AppendOnlyModel):
    """What an edition did to one part of the text, why, and by which draft."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="changes")
    position = models.PositiveSmallIntegerField(_("position"))
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.PROTECT, related_name="+"
    )
    eid = models.CharField(_("identifier"), max_length=96, blank=True)
    label = models.CharField(_("citation"), max_length=255)
    title = models.TextField(_("title"), blank=True)
    kinds = models.JSONField(_("what happened"), default=list)
    reason = models.TextField(_("reason"), blank=True)
    old_sha256 = models.CharField(_("SHA-256 before"), max_length=64, blank=True)
    new_sha256 = models.CharField(_("SHA-256 after"), max_length=64, blank=True)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="one_change_per_place_in_edition"
            )
        ]
        verbose_name = pgettext_lazy("edition", "change")
        verbose_name_plural = pgettext_lazy("edition", "changes")

    def __str__(self):
        return f"{self.edition}: {self.label}"

    @property
    def is_left_behind(self):
        """Return whether only a page went, whose words go on in another: readers hear of that."""
        return not self.title and "repealed" in self.kinds
