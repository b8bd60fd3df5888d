"""Which account an identity of the OpenID Connect provider opens.

An identity opens the account it was linked to. One that is not linked yet is linked by its
e-mail address, if the provider has verified the address **and** the account's owner has shown
here that letters to it arrive. Otherwise whoever can write an address into one of the two systems
would take over an account of the other. Nobody gets an account this way without an invitation to
that very address.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.home.accounts import invitations, journal
from portal.home.accounts.people import account_with_address

WORD = "portal_invitation"


def find_account(request, sociallogin):
    """Link the identity to the account it belongs to; turn it away where there is none."""
    addresses = verified_addresses(sociallogin)
    word = request.session.pop(WORD, None)
    account = _accept_invitation(word, addresses) if word else _owner_of(addresses)
    if account is None:
        journal.note("accounts.link_refused", request)
        messages.error(
            request,
            _(
                "No account here has the e-mail address that the identity provider confirms. "
                "Ask an administrator for an invitation, or confirm your address on your "
                "account page first."
            ),
        )
        raise ImmediateHttpResponse(redirect("account_login"))
    sociallogin.connect(request, account)
    if word:
        journal.note("accounts.joined", request, account, user=account)


def verified_addresses(sociallogin):
    """Return the addresses that the provider says it has verified.

    Some providers write their yes as a text, and the text “false” counts as true in Python.
    """
    return {
        each.email.lower()
        for each in sociallogin.email_addresses
        if str(each.verified).lower() == "true"
    }


def _owner_of(addresses):
    owners = {account_with_address(each, verified_only=True) for each in addresses} - {None}
    owner = owners.pop() if len(owners) == 1 else None
    return owner if owner and owner.is_active else None


def _accept_invitation(word, addresses):
    try:
        invitation = invitations.invitation_of(word)
        if invitation.email not in addresses:
            return None
        return invitations.accept(
            word,
            username=invitations.free_username(invitation.email),
            email_is_proven=True,
        )
    except invitations.InvitationGone:
        return None
