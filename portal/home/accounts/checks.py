"""Settings of logging in that would quietly do nothing, or worse."""

from django.conf import settings
from django.core import checks

from portal.core.roles import Role


@checks.register
def roles_with_a_second_factor_exist(app_configs, **_options):
    """A role with a slip of the pen would leave everybody without a second factor."""
    unknown = set(settings.PORTAL_MFA_REQUIRED_ROLES) - set(Role.values)
    return [
        checks.Error(
            f"PORTAL_MFA_REQUIRED_ROLES names a role that the portal does not have: {name}.",
            hint=f"The roles are {', '.join(Role.values)}.",
            id="portal.E001",
        )
        for name in sorted(unknown)
    ]


@checks.register
def identity_provider_is_complete(app_configs, **_options):
    """A provider without its client could let nobody in."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return [
        checks.Error(
            "PORTAL_OIDC_SERVER_URL is set, and PORTAL_OIDC_CLIENT_ID or _SECRET is not.",
            id="portal.E002",
        )
        for app in apps
        if not (app["client_id"] and app["secret"])
    ]


@checks.register(checks.Tags.security, deploy=True)
def identity_provider_is_reached_safely(app_configs, **_options):
    """What the provider says is believed because of the way it came."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return [
        checks.Error("PORTAL_OIDC_SERVER_URL has to begin with https://.", id="portal.E003")
        for app in apps
        if not app["settings"]["server_url"].startswith("https://")
    ]
