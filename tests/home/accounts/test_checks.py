"""Settings of logging in that are refused when the portal starts."""

from django.core.checks import run_checks
from django.test import SimpleTestCase, override_settings


def provider(**fields):
    """Return the setting of an identity provider."""
    app = {
        "provider_id": "sso", "name": "SSO", "client_id": "portal", "secret": "s",
        "settings": {"server_url": "https://sso.example.vn"}, **fields,
    }  # fmt: skip
    return {"openid_connect": {"APPS": [app]}}


def found(*, deploy=False):
    """Return the ids of our own complaints."""
    return [
        each.id for each in run_checks(include_deployment_checks=deploy) if "portal." in each.id
    ]


class CheckTests(SimpleTestCase):
    @override_settings(PORTAL_MFA_REQUIRED_ROLES=["administrator", "administator"])
    def test_a_role_that_does_not_exist(self):
        self.assertEqual(found(), ["portal.E001"])

    @override_settings(SOCIALACCOUNT_PROVIDERS=provider(client_id=""))
    def test_a_provider_without_its_client(self):
        self.assertEqual(found(), ["portal.E002"])

    @override_settings(
        SOCIALACCOUNT_PROVIDERS=provider(settings={"server_url": "http://sso.example.vn"})
    )
    def test_a_provider_that_is_not_reached_safely(self):
        self.assertEqual(found(deploy=True), ["portal.E003"])

    @override_settings(
        SOCIALACCOUNT_PROVIDERS=provider(), PORTAL_MFA_REQUIRED_ROLES=["administrator"]
    )
    def test_what_is_right_is_let_pass(self):
        self.assertEqual(found(deploy=True), [])
