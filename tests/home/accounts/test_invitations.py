"""Inviting people, and coming in by an invitation."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from portal.core.models import StatusEvent
from portal.core.roles import Role, roles_of
from portal.home.accounts import invitations
from portal.home.accounts.invitations import InvitationGone
from portal.home.accounts.models import Invitation
from portal.units.models import Membership
from tests.factories import make_unit, make_user
from tests.home.accounts.support import AccountCase

NEW = "mot-mat-khau-khac-han"
CONSOLE = "django.core.mail.backends.dummy.EmailBackend"


class InvitingTests(AccountCase):
    @classmethod
    def setUpTestData(cls):
        cls.administrator = make_user(Role.ADMINISTRATOR)
        cls.unit = make_unit("Sở Y tế")

    def invite(self, **fields):
        fields = {"name": "Lê Mai", "email": "mai@example.vn", "roles": ["ioc_officer"], **fields}
        return invitations.invite(user=self.administrator, **fields)

    def accept(self, word, **answers):
        answers = {"username": "le-mai", "password1": NEW, "password2": NEW, **answers}
        return self.client.post(reverse("accept_invitation", args=[word]), answers)


class ActionTests(InvitingTests):
    def test_only_administrators_invite(self):
        for role in set(Role) - {Role.ADMINISTRATOR}:
            with self.subTest(role), self.assertRaises(PermissionDenied):
                invitations.invite(
                    user=make_user(role), name="x", email="x@example.vn", roles=["reader"]
                )

    def test_the_word_of_the_link_is_stored_nowhere(self):
        invitation, word = self.invite()

        row = Invitation.objects.filter(pk=invitation.pk).values().get()
        self.assertNotIn(word, str(row))
        self.assertNotIn(word, str(list(invitation.history.values())))

    def test_an_account_with_the_address_is_not_invited_again(self):
        make_user(email="Mai@example.vn", username="mai-cu")

        with self.assertRaisesMessage(ValidationError, "mai-cu"):
            self.invite()

    def test_an_address_has_one_open_invitation(self):
        self.invite()

        with self.assertRaises(ValidationError):
            self.invite(email="MAI@example.vn")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Invitation.objects.create(
                name="x", email="MAI@example.vn", token_hash="x",
                expires_at=timezone.now(), invited_by=self.administrator,
            )  # fmt: skip

    def test_whom_nobody_answered_in_time_can_be_asked_anew(self):
        old, _word = self.invite()
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

        self.invite()

        old.refresh_from_db()
        self.assertEqual(old.status, "revoked")

    def test_accepting_gives_account_roles_and_membership(self):
        _invitation, word = self.invite(unit=self.unit, unit_role="data_officer")

        account = invitations.accept(word, username="le-mai", password=NEW)

        self.assertEqual(roles_of(account), {Role.IOC_OFFICER, Role.DATA_OFFICER})
        self.assertEqual(Membership.objects.get(user=account).unit, self.unit)
        self.assertFalse(account.is_superuser or account.is_staff)
        self.assertEqual(
            list(StatusEvent.objects.order_by("pk").values_list("to_status", flat=True)),
            ["sent", "accepted"],
        )

    def test_a_membership_that_starts_later_gives_its_role_later(self):
        start = timezone.localdate() + timedelta(days=30)
        _invitation, word = self.invite(
            roles=[], unit=self.unit, unit_role="unit_head", valid_from=start
        )

        account = invitations.accept(word, username="le-mai", password=NEW)

        self.assertEqual(roles_of(account), set())
        self.assertEqual(account.memberships.get().valid_from, start)

    def test_an_address_counts_as_confirmed_only_when_the_link_went_there(self):
        for mailed in (True, False):
            with self.subTest(mailed=mailed), transaction.atomic():
                invitation, word = self.invite()
                if mailed:
                    invitations.note_mailed(invitation)
                account = invitations.accept(word, username="le-mai", password=NEW)
                self.assertIs(EmailAddress.objects.get(user=account).verified, mailed)
                transaction.set_rollback(True)

    def test_what_is_used_replaced_taken_back_or_old_opens_nothing(self):
        def use(invitation, word):
            invitations.accept(word, username="le-mai", password=NEW)

        def replace(invitation, word):
            invitations.invite_again(invitation, user=self.administrator)

        def take_back(invitation, word):
            invitations.revoke(invitation, user=self.administrator)

        def grow_old(invitation, word):
            Invitation.objects.update(expires_at=timezone.now())

        for spoil in (use, replace, take_back, grow_old):
            with self.subTest(spoil.__name__), transaction.atomic():
                invitation, word = self.invite()
                spoil(invitation, word)
                with self.assertRaises(InvitationGone):
                    invitations.accept(word, username="le-mai-2", password=NEW)
                transaction.set_rollback(True)

    def test_a_used_or_revoked_invitation_is_not_sent_again(self):
        invitation, word = self.invite()
        invitations.accept(word, username="le-mai", password=NEW)

        with self.assertRaises(InvitationGone):
            invitations.invite_again(invitation, user=self.administrator)


class PageTests(InvitingTests):
    def test_the_invited_choose_name_and_password_and_are_in(self):
        _invitation, word = self.invite()

        answer = self.accept(word)

        self.assertRedirects(answer, "/quan-tri/")
        self.assert_logged_in()
        self.assertEqual(self.actions(), ["accounts.joined", "accounts.logged_in"])

    def test_a_mistake_is_said_in_place_and_nothing_is_lost(self):
        make_user(username="trung-ten")
        _invitation, word = self.invite()
        for answers, sentence in (
            ({"username": "trung-ten"}, "đã có người dùng"),
            ({"username": "mai@example.vn"}, "không được có dấu @"),
            ({"password2": "khac"}, "không giống nhau"),
            ({"password1": "le-mai", "password2": "le-mai"}, "ít nhất 12 ký tự"),
            ({"username": "\x00"}, "chữ"),
            ({"username": ""}, "Không được để trống"),
        ):
            with self.subTest(answers):
                answer = self.accept(word, **answers)
                self.assertEqual(answer.status_code, 200)
                self.assertTrue(answer.context["form"].errors)
                if "\x00" not in answers.get("username", ""):
                    self.assertContains(answer, sentence)
        self.assert_logged_out()

    def test_a_link_that_is_over_says_so(self):
        invitation, word = self.invite()
        invitations.revoke(invitation, user=self.administrator)
        for each in (word, "khong-bao-gio-co", "á" * 300):
            with self.subTest(each):
                answer = self.client.get(reverse("accept_invitation", args=[each]))
                self.assertContains(answer, "không còn hiệu lực", status_code=410)

    def test_somebody_else_who_is_logged_in_does_not_take_it(self):
        _invitation, word = self.invite()
        self.client.force_login(self.administrator)

        answer = self.accept(word)

        self.assertContains(answer, "Bạn đang đăng nhập")
        self.assertEqual(Invitation.objects.get().status, "sent")


class StaffScreenTests(InvitingTests):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.administrator)
        self.fields = {"name": "Lê Mai", "email": "mai@example.vn", "roles": ["ioc_officer"]}

    def test_the_letter_holds_the_link_and_the_screen_does_not(self):
        answer = self.client.post(reverse("accounts:invite"), self.fields, follow=True)

        [letter] = mail.outbox
        self.assertEqual(letter.to, ["mai@example.vn"])
        self.assertIn("/loi-moi/", letter.body)
        self.assertIn("chuyên viên IOC", letter.body)
        self.assertNotContains(answer, "testserver/loi-moi/")
        self.assertTrue(Invitation.objects.get().was_mailed)

    @override_settings(EMAIL_BACKEND=CONSOLE)
    def test_where_nothing_is_sent_the_link_is_shown_once(self):
        answer = self.client.post(reverse("accounts:invite"), self.fields, follow=True)
        self.assertContains(answer, "testserver/loi-moi/")

        again = self.client.get(answer.request["PATH_INFO"])
        self.assertNotContains(again, "testserver/loi-moi/")
        self.assertFalse(Invitation.objects.get().was_mailed)

    @override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=1)
    def test_a_mail_server_that_is_away_leaves_the_link(self):
        answer = self.client.post(reverse("accounts:invite"), self.fields, follow=True)

        self.assertContains(answer, "testserver/loi-moi/")

    def test_mistakes_are_said_in_place(self):
        make_user(email="co-roi@example.vn")
        for fields, sentence in (
            ({"roles": []}, "Chọn ít nhất một vai trò"),
            ({"unit": self.unit.pk}, "Chọn cả đơn vị lẫn vai trò"),
            ({"email": "khong-phai-thu"}, "thư điện tử"),
            ({"email": "co-roi@example.vn"}, "đã dùng địa chỉ này"),
            ({"roles": ["superuser"]}, "superuser"),
            ({"valid_from": "31/02/2026"}, "ngày"),
        ):
            with self.subTest(fields):
                answer = self.client.post(reverse("accounts:invite"), {**self.fields, **fields})
                self.assertContains(answer, sentence)
        self.assertFalse(Invitation.objects.exists())

    def test_sending_again_makes_the_old_link_void(self):
        invitation, word = self.invite()

        self.client.post(reverse("accounts:resend", args=[invitation.pk]))

        with self.assertRaises(InvitationGone):
            invitations.invitation_of(word)
        self.assertEqual(len(mail.outbox), 1)

    def test_taking_back_shows_in_the_list(self):
        invitation, _word = self.invite()

        self.client.post(reverse("accounts:revoke", args=[invitation.pk]))
        twice = self.client.post(reverse("accounts:revoke", args=[invitation.pk]), follow=True)

        self.assertEqual(twice.status_code, 200)
        self.assertContains(self.client.get(reverse("accounts:invitations")), "đã thu hồi")

    def test_nobody_but_administrators_sees_any_of_it(self):
        invitation, _word = self.invite()
        for role in set(Role) - {Role.ADMINISTRATOR}:
            self.client.force_login(make_user(role))
            for name, args in (
                ("accounts", []), ("account", [self.administrator.pk]), ("journal", []),
                ("invitations", []), ("invite", []), ("invitation", [invitation.pk]),
            ):  # fmt: skip
                with self.subTest(name, role=role):
                    answer = self.client.get(reverse(f"accounts:{name}", args=args))
                    self.assertEqual(answer.status_code, 302)
            self.client.post(reverse("accounts:revoke", args=[invitation.pk]))
        invitation.refresh_from_db()
        self.assertEqual(invitation.status, "sent")
