"""What a regulation proposed for the portal, and what the administrator decided on it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SetupRun(models.Model):
    """One reading of a regulation for its proposals; nothing stands before it is applied.

    ``text_sha256`` is the hash of the text that was read: a run over a text that has changed
    since is not applied. ``matches`` gives, for keys of units, the page that stood already.
    """

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("set-up", "being looked through")
        APPLIED = "applied", pgettext_lazy("set-up", "applied")
        ABANDONED = "abandoned", pgettext_lazy("set-up", "put aside")

    TRANSITIONS = {Status.OPEN: {Status.APPLIED, Status.ABANDONED}}

    regulation = models.ForeignKey(
        "regulations.RegulationPage",
        on_delete=models.PROTECT,
        related_name="setup_runs",
        verbose_name=_("regulation"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    matches = models.JSONField(default=dict, blank=True, editable=False)
    result = models.JSONField(_("result"), default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("created by"),
    )
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("set-up from a regulation")
        verbose_name_plural = _("set-ups from a regulation")

    def __str__(self):
        return str(_("Set-up from %(regulation)s")) % {"regulation": self.regulation.title}

    @property
    def is_open(self):
        """Return whether it may still be decided on."""
        return self.status == self.Status.OPEN


class SetupProposalQuerySet(models.QuerySet):
    def of_kind(self, kind):
        """Keep the proposals of one kind, in the order of the text."""
        return self.filter(kind=kind)

    def accepted(self):
        """Keep what is to be done."""
        return self.filter(decision=SetupProposal.Decision.ACCEPTED)


class SetupProposal(models.Model):
    """One thing that the text proposes: the words it was read from, how sure, what was decided.

    ``key`` tells the same proposal in two readings. ``proposed`` is what was read, ``values``
    what the administrator made of it; ``target`` what came of it, by kind of object.
    """

    class Kind(models.TextChoices):
        CENTRE = "centre", _("the centre")
        UNIT = "unit", _("unit")
        RESPONSIBILITY = "responsibility", _("responsibility")
        OBLIGATION = "obligation", _("obligation")
        DEFINITION = "definition", _("definition")

    class Change(models.TextChoices):
        NEW = "new", pgettext_lazy("proposal of a set-up", "new")
        CHANGED = "changed", pgettext_lazy("proposal of a set-up", "changed")
        GONE = "gone", pgettext_lazy("proposal of a set-up", "no longer in the text")

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("proposal of a set-up", "accepted")
        DROPPED = "dropped", pgettext_lazy("proposal of a set-up", "dropped")

    class Confidence(models.TextChoices):
        CERTAIN = "certain", _("certain")
        LIKELY = "likely", _("likely")
        UNSURE = "unsure", _("unsure")

    run = models.ForeignKey(SetupRun, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    change = models.CharField(_("change"), max_length=8, choices=Change, default=Change.NEW)
    key = models.CharField(max_length=255)
    position = models.PositiveIntegerField(default=0)
    proposed = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    sources = models.JSONField(default=list)
    confidence = models.CharField(_("how sure"), max_length=8, choices=Confidence)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    target = models.JSONField(default=dict, blank=True)

    objects = SetupProposalQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind", "key", "change"], name="one_proposal_per_key"
            )
        ]
        verbose_name = _("proposal of a set-up")
        verbose_name_plural = _("proposals of a set-up")

    def __str__(self):
        return f"{self.get_kind_display()} {self.key}"

    @property
    def is_accepted(self):
        """Return whether it is to be done."""
        return self.decision == self.Decision.ACCEPTED
