"""Inviting people: asking, asking again, taking back, and coming in."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.roles import UNIT_ROLES, Role, has_role
from portal.core.statuses import born, move
from portal.core.text import slugify_vi
from portal.home.accounts.models import Invitation
from portal.home.accounts.people import account_with_address
from portal.home.role_groups import group_of
from portal.units.models import Membership


class InvitationGone(Exception):
    """The link opens nothing any more: used, taken back, replaced or too old."""


def may_invite(user):
    """Return whether ``user`` may let people in: only administrators do.

    They hold what they give. Nobody becomes a superuser by invitation.
    """
    return has_role(user, Role.ADMINISTRATOR)


def invite(*, user, **fields):
    """Write an invitation down; return it and the word for its link.

    Raise ``ValidationError`` for an address that has an account or an open invitation.
    """
    if not may_invite(user):
        raise PermissionDenied
    invitation = Invitation(invited_by=user, **fields)
    invitation.email = invitation.email.lower()
    known = account_with_address(invitation.email)
    if known:
        raise ValidationError(
            {
                "email": _(
                    "The account “%(account)s” has this address already. "
                    "Add the person to a unit instead of inviting them again."
                )
                % {"account": known.get_username()}
            }
        )
    _close_expired(invitation.email, user)
    word = _renew(invitation)
    invitation.full_clean()
    with transaction.atomic():
        invitation.save()
        born(invitation, user=user)
    return invitation, word


def _close_expired(email, user):
    """Take back what nobody answered in time, so that the person can be asked anew."""
    old = Invitation.objects.filter(
        email=email, status=Invitation.Status.SENT, expires_at__lte=timezone.now()
    )
    for invitation in old:
        move(invitation, Invitation.Status.REVOKED, user=user)


def invite_again(invitation, *, user):
    """Make a new link, which the old one gives way to; return the word for it."""
    if not may_invite(user):
        raise PermissionDenied
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if invitation.status != Invitation.Status.SENT:
            raise InvitationGone
        word = _renew(invitation)
        invitation._history_user = user
        invitation.save()
    return word


def _renew(invitation):
    word = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(word)
    invitation.was_mailed = False
    invitation.expires_at = timezone.now() + timedelta(days=settings.PORTAL_INVITATION_DAYS)
    return word


def note_mailed(invitation):
    """Write down that the present link went by e-mail and was shown to nobody."""
    Invitation.objects.filter(pk=invitation.pk).update(was_mailed=True)


def revoke(invitation, *, user):
    """Take an invitation back: its link opens nothing any more."""
    if not may_invite(user):
        raise PermissionDenied
    return move(invitation, Invitation.Status.REVOKED, user=user)


def invitation_of(word):
    """Return the open invitation to which ``word`` belongs, whatever became of it.

    Raise ``InvitationGone`` when it cannot be accepted, also for a word that never was one.
    """
    found = Invitation.objects.select_related("unit").filter(token_hash=_hash(word)).first()
    if found is None or found.standing != Invitation.Status.SENT:
        raise InvitationGone
    return found


def _hash(word):
    return hashlib.sha256(word.encode()).hexdigest()


def free_username(email):
    """Return a user name made of the address, with a number when it is taken."""
    stem = slugify_vi(email.partition("@")[0].replace(".", "-"))[:100] or "nguoi-dung"
    users, name, number = get_user_model().objects, stem, 2
    while users.filter(username__iexact=name).exists():
        name, number = f"{stem}-{number}", number + 1
    return name


@transaction.atomic
def accept(word, *, username, password=None, email_is_proven=False):
    """Let the invited person in: account, roles, membership; return the account.

    Without a password the account opens by the identity provider only. ``email_is_proven`` says
    that the provider vouches for the address.
    """
    found = invitation_of(word)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    if invitation.standing != Invitation.Status.SENT or invitation.token_hash != _hash(word):
        raise InvitationGone
    account = get_user_model()(
        username=username, first_name=invitation.name, email=invitation.email
    )
    account.set_password(password)
    account.full_clean(exclude=["password"])
    account.save()
    EmailAddress.objects.create(
        user=account,
        email=invitation.email,
        primary=True,
        verified=invitation.was_mailed or email_is_proven,
    )
    _give_roles(account, invitation)
    move(invitation, Invitation.Status.ACCEPTED, user=account, account=account)
    return account


def _give_roles(account, invitation):
    groups = [group_of(role) for role in invitation.roles]
    if invitation.unit_id:
        membership = Membership.objects.create(
            user=account,
            unit=invitation.unit,
            role=invitation.unit_role,
            valid_from=invitation.valid_from,
            valid_to=invitation.valid_to,
        )
        holds_today = Membership.objects.current().filter(pk=membership.pk).exists()
        if invitation.unit_role in UNIT_ROLES and holds_today:
            groups.append(group_of(invitation.unit_role))
    account.groups.add(*groups)
