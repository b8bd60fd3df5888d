"""Invitations: how a person gets an account."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.core.roles import UNIT_ROLES, Role
from portal.units.models import Membership

#: Roles that an invitation gives for the whole centre; those of a unit come with the unit.
CENTRE_WIDE = [(role.value, role.label) for role in Role if role not in UNIT_ROLES]


class InvitationQuerySet(models.QuerySet):
    def waiting(self):
        """Keep those that can still be accepted."""
        return self.filter(status=Invitation.Status.SENT, expires_at__gt=timezone.now())

    def for_listing(self):
        """Load everything that a line of the list shows."""
        return self.select_related("unit", "invited_by", "account")


class Invitation(models.Model):
    """An administrator asks a person in: with which roles, for which unit, until when."""

    class Status(models.TextChoices):
        SENT = "sent", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        REVOKED = "revoked", _("revoked")

    TRANSITIONS = {Status.SENT: {Status.ACCEPTED, Status.REVOKED}}

    name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    roles = models.JSONField(_("roles in the centre"), default=list, blank=True)
    unit = models.ForeignKey(
        "units.UnitPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("unit"),
    )
    unit_role = models.CharField(
        _("role in the unit"), max_length=16, choices=Membership.Role, blank=True
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.SENT)
    #: SHA-256 of the word in the link; the word itself is nowhere.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    #: Whether the link went by e-mail only, so that whoever has it reads that mailbox.
    was_mailed = models.BooleanField(_("sent by e-mail"), default=False, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("invited by"),
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitations",
        verbose_name=_("account"),
    )
    created_at = models.DateTimeField(_("invited on"), default=timezone.now, editable=False)

    objects = InvitationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token_hash"])

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(status="sent"),
                name="invitation_one_open_for_an_address",
                violation_error_message=_("This address has an open invitation already."),
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True, unit_role="")
                | (Q(unit__isnull=False) & ~Q(unit_role="")),
                name="invitation_unit_with_role",
                violation_error_message=_("Choose both the unit and the role in it, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="invitation_ends_after_it_starts",
                violation_error_message=_("A membership cannot end before it starts."),
            ),
        ]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return f"{self.name} <{self.email}>"

    @property
    def is_expired(self):
        """Whether nobody answered in time."""
        return self.status == self.Status.SENT and self.expires_at <= timezone.now()

    @property
    def standing(self):
        """Return the status, or ``expired``, which is nowhere stored."""
        return "expired" if self.is_expired else self.status

    @property
    def standing_label(self):
        return _("expired") if self.is_expired else self.get_status_display()

    @property
    def roles_in_words(self):
        """Return what the person will be, as one line."""
        words = [str(label) for value, label in CENTRE_WIDE if value in self.roles]
        if self.unit_id:
            words.append(f"{self.get_unit_role_display()} – {self.unit}")
        return "; ".join(words)
