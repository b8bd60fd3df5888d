"""Sessions end: by idleness, at the end of the day, by a new password, by deactivation."""

from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.roles import Role
from portal.home.accounts import sessions
from tests.factories import PASSWORD, make_home, make_user
from tests.home.accounts.support import AccountCase, code_now, give_factor

NEW = "mot-mat-khau-khac-han"


class IdleTests(AccountCase):
    def let_pass(self, minutes, *keys):
        """Let the session be older by ``minutes``."""
        session = self.client.session
        for key in keys or (sessions.SEEN, sessions.STARTED):
            session[key] -= minutes * 60
        session.save()

    def test_whoever_was_away_is_told_why_and_comes_back_to_the_same_place(self):
        self.log_in(make_user(Role.DATA_OFFICER).username)
        self.let_pass(121)

        answer = self.client.get("/quan-tri/du-lieu/?trang=2", follow=True)

        self.assertRedirects(answer, "/dang-nhap/?next=/quan-tri/du-lieu/%3Ftrang%3D2")
        self.assertContains(answer, "sau 120 phút không thao tác")
        self.assert_logged_out()

    def test_administrators_have_less_time(self):
        for role, stays in ((Role.ADMINISTRATOR, False), (Role.IOC_LEADER, True)):
            with self.subTest(role):
                self.client = Client()
                self.log_in(make_user(role).username)
                self.let_pass(61)
                self.client.get(reverse("account_overview"))
                self.assertIs("_auth_user_id" in self.client.session, stays)

    def test_whoever_works_stays(self):
        self.log_in(make_user(Role.DATA_OFFICER).username)
        for _click in range(3):
            self.let_pass(100, sessions.SEEN)
            self.client.get(reverse("account_overview"))
        self.assert_logged_in()

    def test_an_open_window_alone_is_no_work(self):
        self.log_in(make_user(Role.IOC_OFFICER).username)
        self.let_pass(100, sessions.SEEN)
        self.client.get("/quan-tri/jsi18n/")
        self.let_pass(30, sessions.SEEN)

        self.client.get("/quan-tri/")

        self.assert_logged_out()

    def test_the_longest_day_ends(self):
        self.log_in(make_user(Role.DATA_OFFICER).username)
        self.let_pass(12 * 60 + 1, sessions.STARTED)

        answer = self.client.get("/quan-tri/", follow=True)

        self.assertContains(answer, "tối đa 12 giờ")

    def test_a_form_sent_too_late_leads_back_to_its_page(self):
        self.log_in(make_user(Role.DATA_OFFICER).username)
        self.let_pass(121)

        answer = self.client.post(
            "/quan-tri/du-lieu/", {}, headers={"referer": "http://testserver/quan-tri/hop/"}
        )

        self.assertRedirects(answer, "/dang-nhap/?next=/quan-tri/hop/")

    def test_the_cookie_goes_with_the_browser(self):
        answer = self.log_in(make_user().username)

        self.assertEqual(answer.cookies["sessionid"]["max-age"], "")

    def test_working_costs_no_query_within_a_minute(self):
        make_home()
        self.log_in(make_user().username)
        with self.assertNumQueries(1):  # the session; nothing else asks who it is
            self.client.get("/api/v1/openapi.json")


class EndingTests(AccountCase):
    def test_a_new_password_ends_all_other_sessions(self):
        user = make_user(Role.READER, email="mai@example.vn")
        here, there = Client(), Client()
        for client in (here, there):
            self.log_in(user.username, client=client)
        here.post(reverse("account_reauthenticate"), {"password": PASSWORD})

        here.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
        )

        self.assertEqual(here.get(reverse("account_overview")).status_code, 200)
        self.assertEqual(there.get(reverse("account_overview")).status_code, 302)
        self.assertIn("Mật khẩu đã được đổi", mail.outbox[-1].body)

    def test_ending_the_others_leaves_this_one(self):
        user = make_user(Role.READER)
        here, there = Client(), Client()
        for client in (here, there):
            self.log_in(user.username, client=client)

        here.post(reverse("usersessions_list"))

        self.assertEqual(here.get(reverse("account_overview")).status_code, 200)
        self.assertEqual(there.get(reverse("account_overview")).status_code, 302)


class KeepingTests(AccountCase):
    def setUp(self):
        super().setUp()
        self.administrator, self.user = make_user(Role.ADMINISTRATOR), make_user(Role.READER)
        self.staff = Client()
        self.staff.force_login(self.administrator)

    def do(self, deed, account=None):
        return self.staff.post(
            reverse("accounts:account_deed", args=[(account or self.user).pk, deed])
        )

    def test_deactivating_ends_the_sessions(self):
        self.log_in(self.user.username)

        self.do("ngung")

        self.assertEqual(self.client.get(reverse("account_overview")).status_code, 302)
        self.assertRedirects(self.log_in(self.user.username), reverse("account_inactive"))
        self.do("mo-lai")
        self.log_in(self.user.username)
        self.assert_logged_in()

    def test_unlocking_lets_in_at_once(self):
        for _number in range(6):
            self.log_in(self.user.username, "sai")
        page = self.staff.get(reverse("accounts:account", args=[self.user.pk]))
        self.assertContains(page, "Đang bị khóa")

        self.do("mo-khoa")

        self.log_in(self.user.username)
        self.assert_logged_in()

    def test_resetting_the_second_factor_ends_sessions_and_tells_the_owner(self):
        self.user.email = "mai@example.vn"
        self.user.save()
        give_factor(self.user)
        self.log_in(self.user.username)
        self.client.post(reverse("mfa_authenticate"), {"code": code_now()})

        self.do("dat-lai-hai-lop")

        self.assertFalse(Authenticator.objects.exists())
        self.assertEqual(self.client.get(reverse("account_overview")).status_code, 302)
        self.assertIn("đặt lại xác thực hai bước", mail.outbox[-1].body)
        self.assertIn("accounts.factor_reset", self.actions())

    def test_nobody_deactivates_themselves_or_touches_a_superuser(self):
        root = make_user(is_superuser=True)
        give_factor(root)
        for deed, account in (
            ("ngung", self.administrator), ("ngung", root), ("dat-lai-hai-lop", root),
        ):  # fmt: skip
            with self.subTest(deed, account=account):
                self.do(deed, account)
                account.refresh_from_db()
                self.assertTrue(account.is_active)
        self.assertTrue(Authenticator.objects.filter(user=root).exists())

    def test_an_unknown_deed_is_not_found(self):
        self.assertEqual(self.do("xoa").status_code, 404)

    def test_the_lists_do_not_ask_more_with_more_people(self):
        for name in ("accounts", "journal", "invitations"):
            url = reverse(f"accounts:{name}")
            self.staff.get(url)
            with self.subTest(name), self.capture() as before:
                self.staff.get(url)
            for _number in range(5):
                self.log_in(make_user(Role.READER).username)
            with self.capture() as after:
                self.staff.get(url)
            self.assertLessEqual(len(after), len(before) + 1, name)

    def capture(self):
        return CaptureQueriesContext(connection)

    def test_the_list_finds_by_name(self):
        make_user(first_name="Nguyễn Văn Tìm", username="tim-thay")

        page = self.staff.get(reverse("accounts:accounts"), {"q": "văn tìm"})

        self.assertContains(page, "tim-thay")
        self.assertNotContains(page, self.user.username)


@override_settings(PORTAL_MFA_REQUIRED_ROLES=["administrator", "ioc_leader"])
class RequiredFactorTests(AccountCase):
    def test_such_a_person_sets_it_up_before_anything_else(self):
        self.log_in(make_user(Role.IOC_LEADER).username)
        for address in (
            "/quan-tri/",
            "/",
            "/tai-khoan/",
            "/tai-khoan/phien/",
            "/api/v1/don-vi/",
        ):
            with self.subTest(address):
                answer = self.client.get(address)
                self.assertRedirects(
                    answer, reverse("mfa_activate_totp"), fetch_redirect_response=False
                )

        self.confirm_password()
        page = self.client.get(reverse("mfa_activate_totp"))
        self.assertContains(page, "bắt buộc xác thực hai bước")
        secret = page.context["form"].secret
        self.client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

        self.assertEqual(self.client.get("/quan-tri/").status_code, 200)

    def test_a_superuser_counts_as_administrator(self):
        self.client.force_login(make_user(is_superuser=True))

        self.assertRedirects(
            self.client.get("/quan-tri/"), reverse("mfa_activate_totp"),
            fetch_redirect_response=False,
        )  # fmt: skip

    def test_others_are_left_alone(self):
        make_home()
        self.log_in(make_user(Role.DATA_OFFICER).username)

        self.assertEqual(self.client.get("/quan-tri/").status_code, 200)

    def test_it_cannot_be_switched_off(self):
        user = make_user(Role.IOC_LEADER)
        give_factor(user)
        self.log_in(user.username)
        self.client.post(reverse("mfa_authenticate"), {"code": code_now()})
        self.confirm_password()

        answer = self.client.post(reverse("mfa_deactivate_totp"))

        self.assertContains(answer, "bắt buộc xác thực hai bước")
        self.assertTrue(Authenticator.objects.filter(user=user, type="totp").exists())


class OwnPageTests(AccountCase):
    def test_it_shows_roles_and_units_and_changes_the_name_only(self):
        user = make_user(Role.READER, first_name="Lê", last_name="Mai")
        self.log_in(user.username)

        self.client.post(
            reverse("account_overview"), {"first_name": "Lê Thị Mai", "is_superuser": "on"}
        )

        user.refresh_from_db()
        self.assertEqual((user.get_full_name(), user.is_superuser), ("Lê Thị Mai", False))
        self.assertContains(self.client.get(reverse("account_overview")), "người đọc nội bộ")

    def test_an_empty_name_is_refused_in_place(self):
        self.log_in(make_user(Role.READER, first_name="Lê Mai").username)

        answer = self.client.post(reverse("account_overview"), {"first_name": " "})

        self.assertTrue(answer.context["form"].has_error("first_name"))
