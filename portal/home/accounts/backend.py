"""How a password is checked."""

from allauth.account.auth_backends import AuthenticationBackend

from portal.home.accounts.people import account_named


class OneCheckBackend(AuthenticationBackend):
    """Finds the account by user name or address and computes one hash, whoever it is.

    allauth checks an account that it knows by its address twice, and one that it does not know
    once: the time of the answer would tell which addresses have an account.
    """

    def _authenticate(self, request, **credentials):
        text = credentials.get("username") or credentials.get("email") or ""
        return self._check_password(account_named(text), credentials["password"])
