"""Settings of logging in: django-allauth, lock-out, second factor, sessions, OpenID Connect.

docs/decisions/0022-allauth.md says why these values.
"""

from portal.settings import environment

AUTHENTICATION_BACKENDS = ["portal.home.accounts.backend.OneCheckBackend"]

ACCOUNT_ADAPTER = "portal.home.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Who is logged in and sent here by a room closed to them would be sent back to it without end.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_SIGNUP_FIELDS = ["email", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  #: nobody signs up; a changed address is always confirmed
ACCOUNT_CHANGE_EMAIL = True  #: one address, replaced when the new one is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  #: a letter either way: the answer takes equally long
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = environment.SITE_URL.partition(":")[0]
ACCOUNT_USER_DISPLAY = "portal.units.people.name_of"
ACCOUNT_FORMS = {
    "login": "portal.home.accounts.forms.LogInForm",
}
#: Of one account, and of one network address: a whole office may share that.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": (
        f"{environment.LOGIN_ATTEMPTS * 10}/{environment.LOCK_MINUTES}m/ip,"
        f"{environment.LOGIN_ATTEMPTS}/{environment.LOCK_MINUTES}m/key"
    ),
}

MFA_ADAPTER = "portal.home.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  #: accounts come by invitation, nobody squats an address
MFA_TOTP_TOLERANCE = 1  #: phones whose clock is half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True

SOCIALACCOUNT_ADAPTER = "portal.home.accounts.adapter.IdentityProviderAdapter"
SOCIALACCOUNT_PROVIDERS = environment.identity_providers()
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  #: the adapter matches, by stricter rules
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

#: The last proxy's word on who asks is taken only where it is said to be there.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.SECURE_PROXY else 0

# Wagtail's own doors stay shut: passwords and addresses change on one's account pages only.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

PORTAL_LOCK_MINUTES = environment.LOCK_MINUTES
PORTAL_SESSION_IDLE_MINUTES = environment.SESSION_IDLE_MINUTES
PORTAL_SESSION_IDLE_MINUTES_ADMINISTRATOR = environment.SESSION_IDLE_MINUTES_ADMINISTRATOR
PORTAL_SESSION_HOURS = environment.SESSION_HOURS
PORTAL_INVITATION_DAYS = environment.INVITATION_DAYS
PORTAL_MFA_REQUIRED_ROLES = environment.MFA_REQUIRED_ROLES
