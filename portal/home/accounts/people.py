"""Accounts as people know them: by a name, found by what somebody types."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import Q

from portal.core.roles import Role


def account_named(text):
    """Return the one account whose user name or e-mail address ``text`` is, or None.

    An address that two accounts share names neither.
    """
    if not text:
        return None
    users = get_user_model().objects
    return _only(users.filter(username__iexact=text)) or account_with_address(text)


def account_with_address(address, *, verified_only=False):
    """Return the one account to which an e-mail address belongs, or None.

    With ``verified_only`` its owner must have shown that letters to it arrive.
    """
    known = EmailAddress.objects.filter(email__iexact=address)
    confirmed = set(known.filter(verified=True).values_list("user_id", flat=True))
    if verified_only or confirmed:
        return _only(get_user_model().objects.filter(pk__in=confirmed))
    wanted = Q(email__iexact=address) | Q(pk__in=known.values("user_id"))
    return _only(get_user_model().objects.filter(wanted))


def _only(users):
    found = list(users[:2])
    return found[0] if len(found) == 1 else None


def roles_in_words(user):
    """Return the names of the roles that ``user`` holds; reads groups that were prefetched."""
    groups = [group for group in user.groups.all() if hasattr(group, "role_group")]
    roles = [group.role_group.role for group in groups]
    return [str(role.label) for role in Role if role in roles]
