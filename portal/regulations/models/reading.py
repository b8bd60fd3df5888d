"""What the text says of itself, as editors see and correct it: its references and its terms."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.core.text import fold
from portal.regulations.models.provision import Provision
from portal.regulations.models.regulation import RegulationPage

REACH = 60  #: letters shown before and behind the words of a reference


class Finding(models.Model):
    """Something found in a published text; a person may confirm or reject it, or add one by hand.

    Found again at every publication. What a person decided stays, also while the words are not in
    the text (``is_present``).
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("finding", "proposed")
        CONFIRMED = "confirmed", pgettext_lazy("finding", "confirmed")
        REJECTED = "rejected", pgettext_lazy("finding", "rejected")

    class Origin(models.TextChoices):
        FOUND = "found", _("found in the text")
        HAND = "hand", _("added by hand")

    TRANSITIONS = {
        Status.PROPOSED: {Status.CONFIRMED, Status.REJECTED},
        Status.CONFIRMED: {Status.CONFIRMED, Status.REJECTED},
        Status.REJECTED: {Status.CONFIRMED, Status.REJECTED},
    }

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PROPOSED, editable=False
    )
    origin = models.CharField(
        _("origin"), max_length=8, choices=Origin, default=Origin.FOUND, editable=False
    )
    source_key = models.CharField(max_length=96, blank=True, editable=False)
    field = models.CharField(max_length=16, default="text", editable=False)
    is_present = models.BooleanField(_("in the text in force"), default=True, editable=False)

    class Meta:
        abstract = True


class CrossReferenceQuerySet(models.QuerySet):
    def leading(self):
        """Keep what readers see as a link."""
        sure = models.Q(status=Finding.Status.PROPOSED, is_certain=True)
        return self.filter(models.Q(status=Finding.Status.CONFIRMED) | sure, is_present=True)

    def to_article(self, article):
        """Keep what leads to a Điều, or to a khoản or điểm of it, from elsewhere."""
        provisions = Provision.objects.filter(article=article).values("pk")
        named = models.Q(target__in=provisions) | models.Q(covered__in=provisions)
        return self.filter(named).exclude(source__article=article).distinct()


class CrossReference(Finding):
    """Words of one provision that name another, or a provision of another document."""

    regulation = models.ForeignKey(
        RegulationPage, on_delete=models.CASCADE, related_name="cross_references"
    )
    source = models.ForeignKey(
        Provision,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="references_from",
        verbose_name=_("in"),
    )
    words = models.CharField(_("words"), max_length=255)
    occurrence = models.PositiveSmallIntegerField(default=0, editable=False)
    start = models.PositiveIntegerField(default=0, editable=False)
    target = models.ForeignKey(
        Provision,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="references_to",
        verbose_name=_("leads to"),
    )
    target_key = models.CharField(max_length=96, blank=True, editable=False)
    covered = models.ManyToManyField(
        Provision, blank=True, related_name="covering_references", editable=False
    )
    document = models.CharField(_("other document"), max_length=255, blank=True)
    is_certain = models.BooleanField(_("certain"), default=True, editable=False)
    is_dangling = models.BooleanField(
        _("the provision does not exist"), default=False, editable=False
    )

    objects = CrossReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["regulation", "source__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "source_key", "field", "words", "occurrence"],
                name="one_row_per_reference",
            )
        ]
        verbose_name = _("cross-reference")
        verbose_name_plural = _("cross-references")

    def __str__(self):
        return self.words

    @property
    def surroundings(self):
        """Return ``(before, words, after)``: the words as their sentence has them."""
        sentence = self.source.text if self.source_id else ""
        start = self.start if sentence[self.start :].startswith(self.words) else -1
        start = sentence.find(self.words) if start < 0 else start
        if start < 0:
            return "", self.words, ""
        end = start + len(self.words)
        before, after = sentence[:start][-REACH:], sentence[end:][:REACH]
        return (
            f"…{before}" if start > REACH else before,
            sentence[start:end],
            f"{after}…" if len(sentence) - end > REACH else after,
        )

    @property
    def in_its_sentence(self):
        """Return some words before and behind it."""
        return "".join(self.surroundings)

    @property
    def source_label(self):
        """Return where it stands, without the name of the regulation."""
        return self.source.label if self.source_id else gettext("annex")

    @property
    def target_label(self):
        """Return where it leads: a provision, else the other document."""
        return self.target.label if self.target_id else self.document

    @property
    def key(self):
        """Return what tells it from every other reference, as ``Reference.key`` does."""
        return self.source_key, self.field, fold(self.words), self.occurrence


class Definition(Finding):
    """A term of a regulation, with what it means."""

    regulation = models.ForeignKey(
        RegulationPage, on_delete=models.CASCADE, related_name="definitions"
    )
    term = models.CharField(_("term"), max_length=150)
    other_names = models.TextField(
        _("other names"), blank=True, help_text=_("One on each line, as the text writes them.")
    )
    meaning = models.TextField(_("meaning"))
    source = models.ForeignKey(
        Provision,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="definitions",
        verbose_name=_("defined in"),
    )
    folded = models.CharField(max_length=150, editable=False)
    until = models.PositiveIntegerField(default=0, editable=False)
    is_inline = models.BooleanField(_("from a bracket in the text"), default=False, editable=False)

    class Meta:
        ordering = ["regulation", "source__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "folded"], name="one_row_per_term")
        ]
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")

    def __str__(self):
        return self.term

    def save(self, *args, **kwargs):
        """Keep the term as it is compared, however it is written."""
        self.folded = self.folded_of(self.term)
        return super().save(*args, **kwargs)

    @staticmethod
    def folded_of(term):
        """Return a term as terms are compared."""
        return fold(term)[:150]

    @property
    def source_label(self):
        """Return where it is explained, without the name of the regulation."""
        return self.source.label if self.source_id else ""

    @property
    def names(self):
        """Return the other names as a tuple."""
        return tuple(line.strip() for line in self.other_names.splitlines() if line.strip())
