from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NumberSequence(models.Model):
    """The next number of one kind of paper in one office and year; drawn only on issue."""

    kind = models.CharField(_("kind"), max_length=32)
    office = models.CharField(pgettext_lazy("number sequence", "office"), max_length=64, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    next = models.PositiveIntegerField(_("next number"), default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "office", "year"], name="one_sequence_per_year")
        ]
        verbose_name = _("number sequence")
        verbose_name_plural = _("number sequences")

    def __str__(self):
        return f"{self.kind} {self.office} {self.year}: {self.next}"

    @classmethod
    def draw(cls, kind, *, year, office=""):
        """Return the next number and move on; numbers have no gaps once the transaction holds."""
        with transaction.atomic():
            sequence, _created = cls.objects.select_for_update().get_or_create(
                kind=kind, office=office, year=year
            )
            number = sequence.next
            sequence.next = number + 1
            sequence.save(update_fields=["next"])
        return number
