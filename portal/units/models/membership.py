from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

#: Who leaves within so many days shall hand over now.
LEAVES_WITHIN_DAYS = 30


class MembershipQuerySet(models.QuerySet):
    def current(self, on=None):
        """Keep the memberships that hold on a day, today when none is given."""
        day = on or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def past(self, on=None):
        """Keep those that ended before a day."""
        return self.filter(valid_to__lt=on or timezone.localdate())

    def future(self, on=None):
        """Keep those that begin after a day."""
        return self.filter(valid_from__gt=on or timezone.localdate())

    def leaving_soon(self, on=None):
        """Keep the current ones that end within a month, without another that follows."""
        day = on or timezone.localdate()
        follows = Membership.objects.filter(
            user=OuterRef("user"),
            unit=OuterRef("unit"),
            role=OuterRef("role"),
            valid_from__gt=OuterRef("valid_to"),
        )
        last = day + timedelta(days=LEAVES_WITHIN_DAYS)
        return self.current(day).filter(valid_to__lte=last).exclude(Exists(follows))

    def of_several_units(self, on=None):
        """Keep the current memberships of people who act for more than one unit."""
        current = Membership.objects.current(on)
        several = current.values("user").annotate(units=Count("unit", distinct=True))
        people = several.filter(units__gt=1).values("user")
        return self.current(on).filter(user__in=people)

    def overlapping(self, other):
        """Keep what says the same as ``other`` for some of the same days."""
        same = self.filter(user=other.user_id, unit=other.unit_id, role=other.role)
        if other.valid_to:
            same = same.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=other.valid_to))
        if other.valid_from:
            same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=other.valid_from))
        return same.exclude(pk=other.pk)

    def for_listing(self):
        """Load what one line of a list shows."""
        return self.select_related("user", "unit")


class Membership(models.Model):
    """A person acts for a unit in a role, from a day to a day."""

    class Role(models.TextChoices):
        UNIT_HEAD = "unit_head", _("unit head")
        DATA_OFFICER = "data_officer", _("data officer")
        MEMBER = "member", _("member")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("unit"),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["unit", "role", "user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("A membership cannot end before it starts."),
            )
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self):
        return f"{self.user} – {self.unit} ({self.get_role_display()})"

    def clean(self):
        super().clean()
        if None in (self.user_id, self.unit_id) or not self.role:
            return
        if Membership.objects.overlapping(self).exists():
            words = _("This person has this role in this unit already for some of these days.")
            raise ValidationError(words, code="overlap")

    @property
    def is_current(self):
        """Return whether the membership holds today."""
        today = timezone.localdate()
        begun = self.valid_from is None or self.valid_from <= today
        return begun and (self.valid_to is None or self.valid_to >= today)
