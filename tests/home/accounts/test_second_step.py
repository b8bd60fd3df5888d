"""The code after the password, and changing one's address."""

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import override_settings
from django.urls import reverse

from portal.core.roles import Role
from tests.factories import make_user
from tests.home.accounts.support import AccountCase, code_now, give_factor, link_in


class SecondStepTests(AccountCase):
    def setUp(self):
        super().setUp()
        self.user = make_user(Role.READER)
        self.codes = give_factor(self.user)

    def test_the_password_alone_opens_nothing(self):
        answer = self.log_in(self.user.username)

        self.assertRedirects(answer, reverse("mfa_authenticate"))
        self.assert_logged_out()

    def test_the_code_of_the_app_opens(self):
        self.log_in(self.user.username)
        self.client.post(reverse("mfa_authenticate"), {"code": code_now()})

        self.assert_logged_in()

    def test_a_recovery_code_opens_once(self):
        for expected in (True, False):
            self.log_in(self.user.username)
            self.client.post(reverse("mfa_authenticate"), {"code": self.codes[0]})
            self.assertIs("_auth_user_id" in self.client.session, expected)
            self.client.logout()

    def test_wrong_codes_lock_and_are_written_down(self):
        self.log_in(self.user.username)
        for _number in range(5):
            self.client.post(reverse("mfa_authenticate"), {"code": "000000"})
        answer = self.client.post(reverse("mfa_authenticate"), {"code": code_now()})

        self.assertContains(answer, "Đã thử sai quá nhiều lần")
        self.assert_logged_out()
        self.assertEqual(self.actions(), ["accounts.wrong_code"] * 5)

    def test_the_secret_does_not_stand_in_the_database(self):
        stored = self.user.authenticator_set.get(type="totp").data["secret"]

        self.assertNotIn("JBSWY3DP", stored)

    def test_a_secret_of_another_key_fits_no_code_and_is_no_fault(self):
        with override_settings(SECRET_KEY="another-key-than-before"):
            self.log_in(self.user.username)
            for code in (code_now(), code_now(""), self.codes[0]):
                answer = self.client.post(reverse("mfa_authenticate"), {"code": code})
                self.assertEqual(answer.status_code, 200)

        self.assert_logged_out()


class AddressTests(AccountCase):
    def test_a_changed_address_counts_once_it_is_confirmed(self):
        user = make_user(email="cu@example.vn")
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        self.log_in(user.username)
        self.confirm_password()

        self.client.post(reverse("account_email"), {"email": "moi@example.vn", "action_add": ""})
        user.refresh_from_db()
        self.assertEqual(user.email, "cu@example.vn")

        link = link_in(next(each for each in mail.outbox if each.to == ["moi@example.vn"]).body)
        self.client.get(link)
        self.client.post(link)
        user.refresh_from_db()
        self.assertEqual(user.email, "moi@example.vn")
        self.assertIn(["cu@example.vn"], [letter.to for letter in mail.outbox])
