"""Logging in, wrong passwords, lock-out, and the doors of Wagtail."""

from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import override_settings
from django.urls import reverse

from portal.core.models import AuditEntry
from portal.core.roles import Role
from tests.factories import PASSWORD, make_home, make_user
from tests.home.accounts.support import AccountCase, link_in

COUNTER = f"{__name__}.CountingHasher"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was hashed."""

    count = 0

    def encode(self, password, salt):
        CountingHasher.count += 1
        return super().encode(password, salt)


class LogInTests(AccountCase):
    def test_the_user_name_or_the_address_opens(self):
        user = make_user(Role.READER, email="mai@example.vn")
        for login in (user.username, user.username.upper(), "mai@example.vn", "Mai@Example.VN"):
            with self.subTest(login):
                self.client.logout()
                self.log_in(login)
                self.assert_logged_in()

    def test_an_address_that_two_accounts_share_names_neither(self):
        for _number in range(2):
            make_user(email="chung@example.vn")

        answer = self.log_in("chung@example.vn")

        self.assertEqual(answer.status_code, 200)
        self.assert_logged_out()

    def test_everybody_lands_where_the_work_is(self):
        officer, reader = make_user(Role.DATA_OFFICER), make_user(Role.READER)

        self.assertRedirects(self.log_in(officer.username), "/quan-tri/")
        self.client.logout()
        answer = self.log_in(reader.username)
        self.assertRedirects(answer, "/", fetch_redirect_response=False)

    def test_the_way_goes_on_to_where_one_wanted_to_be_but_never_elsewhere(self):
        user = make_user(Role.READER)
        for wanted, reached in (("/tim-kiem/", "/tim-kiem/"), ("https://evil.example/", "/")):
            with self.subTest(wanted):
                self.client.logout()
                answer = self.client.post(
                    reverse("account_login"),
                    {"login": user.username, "password": PASSWORD, "next": wanted},
                )
                self.assertRedirects(answer, reached, fetch_redirect_response=False)

    def test_a_deactivated_account_stays_shut(self):
        user = make_user(is_active=False)

        answer = self.log_in(user.username)

        self.assertRedirects(answer, reverse("account_inactive"))
        self.assert_logged_out()

    def test_nobody_signs_up(self):
        answer = self.client.post(
            reverse("account_signup"),
            {"username": "toi", "password1": PASSWORD, "password2": PASSWORD, "email": "a@b.vn"},
        )

        self.assertTemplateUsed(answer, "account/signup_closed.html")

    def test_an_anonymous_page_asks_nothing_about_accounts(self):
        make_home()
        with self.assertNumQueries(0):
            self.client.get("/api/v1/openapi.json")


class WrongPasswordTests(AccountCase):
    def test_the_sentence_is_the_same_whether_or_not_there_is_an_account(self):
        make_user(username="co-that", email="that@example.vn")

        said = {
            str(self.log_in(login, "sai").context["form"].non_field_errors())
            for login in ("co-that", "khong-co", "that@example.vn", "khong@example.vn")
        }

        self.assertEqual(len(said), 1)

    @override_settings(PASSWORD_HASHERS=[COUNTER])
    def test_as_much_is_hashed_whether_or_not_there_is_an_account(self):
        make_user(username="co-that", email="that@example.vn")
        counts = {}
        for login in ("co-that", "khong-co", "that@example.vn", "khong@example.vn"):
            CountingHasher.count = 0
            self.log_in(login, "sai")
            counts[login] = CountingHasher.count

        self.assertEqual(set(counts.values()), {1}, counts)

    def test_after_five_the_account_is_locked_by_whatever_name(self):
        user = make_user(email="mai@example.vn")
        for login in (user.username, "mai@example.vn") * 2:
            self.log_in(login, "sai")
        self.log_in(user.username, "sai")

        answer = self.log_in("mai@example.vn")

        self.assertContains(answer, "Vui lòng chờ 15 phút")
        self.assert_logged_out()
        self.assertEqual(self.actions(), ["accounts.log_in_failed"] * 5 + ["accounts.locked"])

    def test_a_lock_keeps_nobody_else_out(self):
        user, other = make_user(), make_user()
        for _number in range(6):
            self.log_in(user.username, "sai")

        self.log_in(other.username)

        self.assert_logged_in()

    def test_one_network_address_cannot_try_for_ever(self):
        for number in range(50):
            self.log_in(f"khong-co-{number}", "sai")

        answer = self.log_in(make_user().username)

        self.assertTrue(answer.context["form"].has_error("__all__", "too_many_login_attempts"))

    def test_a_good_password_does_not_give_the_wrong_ones_back(self):
        user = make_user()
        for password in ["sai"] * 4 + [PASSWORD] + ["sai"]:
            self.log_in(user.username, password)
            self.client.logout()

        answer = self.log_in(user.username)

        self.assertEqual(answer.status_code, 200)
        self.assert_logged_out()

    def test_the_journal_keeps_neither_what_was_typed_nor_the_whole_address(self):
        self.log_in("mat-khau-go-nham-o", "sai", REMOTE_ADDR="203.0.113.77")

        entry = AuditEntry.objects.get()
        self.assertEqual((entry.label, entry.actor), ("", None))
        self.assertEqual(entry.data, {"network": "203.0.113.0/24"})

    def test_logging_in_and_out_is_written_down(self):
        user = make_user()
        self.log_in(user.username)
        self.client.post(reverse("account_logout"))

        self.assertEqual(self.actions(), ["accounts.logged_in", "accounts.logged_out"])
        self.assertEqual(AuditEntry.objects.first().actor, user)

    def test_a_new_password_by_e_mail_lifts_the_lock(self):
        user = make_user(email="mai@example.vn")
        for _number in range(5):
            self.log_in(user.username, "sai")
        new = "mot-mat-khau-khac-han"
        self.client.post(reverse("account_reset_password"), {"email": "mai@example.vn"})
        link = link_in(mail.outbox[-1].body)
        form = self.client.get(link, follow=True)
        self.client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

        self.log_in(user.username, new)

        self.assert_logged_in()


class ResetTests(AccountCase):
    def test_the_answer_is_the_same_and_a_letter_goes_either_way(self):
        make_user(email="mai@example.vn")
        for address in ("mai@example.vn", "khong-co@example.vn"):
            with self.subTest(address):
                answer = self.client.post(reverse("account_reset_password"), {"email": address})
                self.assertRedirects(answer, reverse("account_reset_password_done"))
        self.assertEqual(
            [letter.to for letter in mail.outbox], [["mai@example.vn"], ["khong-co@example.vn"]]
        )
        self.assertIn("đặt mật khẩu mới", mail.outbox[0].body)
        self.assertIn("Không có tài khoản", mail.outbox[1].body)
        self.assertNotIn("Traceback", mail.outbox[1].body)

    def test_a_link_works_once(self):
        user = make_user(email="mai@example.vn")
        self.client.post(reverse("account_reset_password"), {"email": "mai@example.vn"})
        link, new = link_in(mail.outbox[0].body), "mot-mat-khau-khac-han"
        page = self.client.get(link, follow=True)

        self.client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

        user.refresh_from_db()
        self.assertTrue(user.check_password(new))
        self.assert_logged_out()
        again = self.client.get(link)
        self.assertContains(again, "Liên kết này đã được dùng")

    def test_a_short_or_common_password_is_refused_in_vietnamese(self):
        make_user(email="mai@example.vn")
        self.client.post(reverse("account_reset_password"), {"email": "mai@example.vn"})
        page = self.client.get(link_in(mail.outbox[0].body), follow=True)

        answer = self.client.post(
            page.request["PATH_INFO"], {"password1": "12345678", "password2": "12345678"}
        )

        self.assertContains(answer, "ít nhất 12 ký tự")

    @override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=1)
    def test_a_mail_server_that_is_away_is_said_and_no_fault(self):
        make_user(email="mai@example.vn")
        for address in ("mai@example.vn", "khong-co@example.vn"):
            answer = self.client.post(
                reverse("account_reset_password"), {"email": address}, follow=True
            )
            self.assertContains(answer, "Chưa gửi được thư điện tử")


class DoorTests(AccountCase):
    """Wagtail's own ways in lead to ours, so that lock-out and codes hold everywhere."""

    def test_the_log_in_pages_lead_to_ours(self):
        for address in ("/quan-tri/login/", "/_util/login/"):
            with self.subTest(address):
                answer = self.client.get(f"{address}?next=/quan-tri/pages/")
                self.assertRedirects(answer, "/dang-nhap/?next=/quan-tri/pages/")

    def test_their_forms_open_nothing(self):
        user = make_user(is_superuser=True)
        for address in ("/quan-tri/login/", "/_util/login/"):
            with self.subTest(address):
                self.client.post(address, {"username": user.username, "password": PASSWORD})
                self.assert_logged_out()

    def test_the_reset_of_the_staff_area_leads_to_ours(self):
        for rest in ("", "done/", "confirm/MQ/abc-def/", "complete/"):
            with self.subTest(rest):
                answer = self.client.get(f"/quan-tri/password_reset/{rest}")
                self.assertRedirects(answer, reverse("account_reset_password"))

    def test_the_staff_area_changes_neither_password_nor_address(self):
        user = make_user(is_superuser=True, email="mai@example.vn")
        self.client.force_login(user)
        page = self.client.get("/quan-tri/account/")
        self.assertNotContains(page, "password-new_password1")

        self.client.post(
            "/quan-tri/account/",
            {
                "name_email-first_name": "Mai",
                "name_email-last_name": "Lê",
                "name_email-email": "khac@example.vn",
                "password-old_password": PASSWORD,
                "password-new_password1": "mot-mat-khau-khac-han",
                "password-new_password2": "mot-mat-khau-khac-han",
            },
        )

        user.refresh_from_db()
        self.assertTrue(user.check_password(PASSWORD))
        self.assertEqual(user.email, "mai@example.vn")

    def test_a_superuser_sets_nobody_s_password_in_the_staff_area(self):
        self.client.force_login(make_user(is_superuser=True))
        other = make_user()

        page = self.client.get(f"/quan-tri/users/edit/{other.pk}/")

        self.assertEqual(page.status_code, 200)
        self.assertNotContains(page, 'name="password1"')
