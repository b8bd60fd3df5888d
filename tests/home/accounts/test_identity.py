"""Logging in by an OpenID Connect server, which really runs."""

from urllib.parse import urlsplit

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import override_settings
from django.urls import reverse

from portal.core.roles import Role, roles_of
from portal.home.accounts import invitations
from portal.home.accounts.models import Invitation
from tests.factories import make_user
from tests.home.accounts.identity_server import IdentityServer
from tests.home.accounts.support import AccountCase, give_factor


class IdentityTests(AccountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = IdentityServer()
        cls.addClassCleanup(cls.server.stop)
        cls.enterClassContext(override_settings(SOCIALACCOUNT_PROVIDERS=cls.server.settings()))

    def come_from_there(self, start=None, **claims):
        """Walk from the button over the server and back, as a browser does."""
        self.server.claims = {
            "sub": "nguoi-1", "email": "mai@example.vn", "email_verified": True, **claims,
        }  # fmt: skip
        start = start or self.client.post(reverse("openid_connect_login", args=["sso"]))
        self.assertEqual(start.status_code, 302, start.content[:500])
        there = requests.get(start["Location"], allow_redirects=False, timeout=5)
        back = urlsplit(there.headers["Location"])
        return self.client.get(f"{back.path}?{back.query}", follow=True)

    def account(self, verified=True, **fields):
        user = make_user(Role.READER, email="mai@example.vn", **fields)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
        return user

    def test_the_button_is_there_only_where_a_server_is_set(self):
        self.assertContains(self.client.get("/dang-nhap/"), "Đăng nhập bằng SSO tỉnh")
        with self.settings(SOCIALACCOUNT_PROVIDERS={}):
            self.assertNotContains(self.client.get("/dang-nhap/"), "SSO tỉnh")

    def test_the_confirmed_address_of_both_sides_links_and_opens(self):
        user = self.account()

        self.come_from_there()

        self.assert_logged_in()
        self.assertEqual(SocialAccount.objects.get().user, user)
        self.assertEqual(self.actions(), ["accounts.linked", "accounts.logged_in"])

    def test_once_linked_the_identity_counts_and_not_its_address(self):
        user = self.account()
        self.come_from_there()
        self.client.logout()

        self.come_from_there(email="doi-roi@example.vn", email_verified=False)

        self.assertEqual(int(self.client.session["_auth_user_id"]), user.pk)

    def test_whoever_is_not_known_is_turned_away_and_gets_no_account(self):
        before = get_user_model().objects.count()

        answer = self.come_from_there()

        self.assertContains(answer, "Không có tài khoản nào ở đây")
        self.assert_logged_out()
        self.assertEqual(get_user_model().objects.count(), before)
        self.assertEqual(self.actions(), ["accounts.link_refused"])

    def test_an_address_that_the_server_did_not_verify_opens_nothing(self):
        self.account()
        for word in (False, "false", None, "", 0):
            with self.subTest(word=word):
                self.come_from_there(email_verified=word)
                self.assert_logged_out()

    def test_an_address_that_was_not_confirmed_here_opens_nothing(self):
        self.account(verified=False)

        self.come_from_there()

        self.assert_logged_out()

    def test_a_deactivated_account_stays_shut(self):
        self.account(is_active=False)

        self.come_from_there()

        self.assert_logged_out()

    def test_the_second_step_is_asked_here_too(self):
        give_factor(self.account())

        answer = self.come_from_there()

        self.assertRedirects(answer, reverse("mfa_authenticate"))
        self.assert_logged_out()

    def test_the_invited_come_in_by_the_very_address_that_was_invited(self):
        _invitation, word = invitations.invite(
            user=make_user(Role.ADMINISTRATOR), name="Lê Mai", email="mai@example.vn",
            roles=["ioc_officer"],
        )  # fmt: skip
        page = reverse("accept_invitation", args=[word])
        self.assertContains(self.client.get(page), "Nhận lời mời bằng SSO tỉnh")
        for email, comes_in in (("khac@example.vn", False), ("Mai@example.vn", True)):
            with self.subTest(email):
                start = self.client.post(page, {"identity": "1"})
                self.come_from_there(start, email=email)
                self.assertIs("_auth_user_id" in self.client.session, comes_in)
        account = Invitation.objects.get().account
        self.assertEqual(roles_of(account), {Role.IOC_OFFICER})
        self.assertFalse(account.has_usable_password())

    def test_nobody_links_an_identity_to_their_account_by_hand(self):
        self.client.force_login(self.account())
        url = reverse("openid_connect_login", args=["sso"]) + "?process=connect"

        self.come_from_there(self.client.post(url), email="khac@example.vn")

        self.assertFalse(SocialAccount.objects.exists())

    def test_an_answer_that_nobody_asked_for_opens_nothing(self):
        self.account()
        url = reverse("openid_connect_callback", args=["sso"])
        for query in ("?code=x&state=y", "?error=access_denied", "", "?code=x"):
            with self.subTest(query):
                answer = self.client.get(url + query, follow=True)
                self.assertLess(answer.status_code, 500)
                self.assert_logged_out()

    def test_a_code_of_somebody_else_s_session_opens_nothing(self):
        self.account()
        start = self.client.post(reverse("openid_connect_login", args=["sso"]))
        self.client.cookies.clear()

        self.come_from_there(start)

        self.assert_logged_out()

    def test_a_server_that_is_away_is_said(self):
        away = {"openid_connect": {"APPS": [{
            **self.server.settings()["openid_connect"]["APPS"][0],
            "settings": {"server_url": "http://127.0.0.1:1"},
        }]}}  # fmt: skip
        with self.settings(SOCIALACCOUNT_PROVIDERS=away):
            answer = self.client.post(reverse("openid_connect_login", args=["sso"]))

        self.assertContains(answer, "chưa cho phép vào", status_code=401)
