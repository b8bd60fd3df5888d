"""Asking an owner for data: who may, what it needs, within which term, how it is answered."""

from datetime import date, timedelta
from unittest.mock import patch

from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.deadlines import DaysOff, days_after
from portal.core.statuses import TransitionRefused, history_of
from portal.datasets.models import AccessGrant, AccessRequest, SharingTerm
from portal.datasets.sharing.requests import ask_access, refuse_access, withdraw_request
from tests.datasets.sharing.sharing_case import SharingTestCase
from tests.factories import make_user


class AskingTests(SharingTestCase):
    def test_a_request_has_a_number_and_calls_the_owners_head(self):
        self.head.email = "thu-truong@example.vn"
        self.head.save()

        asked = self.ask(columns=self.ids("xa", "so_tien"))

        self.assertRegex(asked.number, r"^CS-\d{4}-0001$")
        self.assertEqual(asked.columns, self.ids("xa", "so_tien"))
        [letter] = mail.outbox
        self.assertEqual(letter.to, ["thu-truong@example.vn"])
        self.assertIn("Hồ sơ trợ cấp", letter.subject)
        self.assertIn(asked.number, letter.body)
        self.assertEqual([event.to_status for event in history_of(asked)], ["sent"])

    def test_columns_of_which_outsiders_do_not_know_are_not_asked_for(self):
        asked = self.ask(columns=self.ids("xa", "ghi_chu", "so_cccd"))

        self.assertEqual(asked.columns, self.ids("xa"))

    def test_purpose_and_legal_ground_are_needed(self):
        with self.assertRaises(ValidationError) as caught:
            self.ask(purpose=" ", legal_ground="")

        self.assertEqual(set(caught.exception.error_dict), {"purpose", "legal_ground"})

    def test_a_unit_asks_once_at_a_time(self):
        first = self.ask()
        with self.assertRaises(ValidationError):
            self.ask()

        withdraw_request(first, user=self.asker)

        self.assertNotEqual(self.ask().number, first.number)

    def test_only_who_sends_for_the_unit_asks_in_its_name(self):
        for user in (self.officer, self.reader, self.verifier):
            with self.subTest(user), self.assertRaises(ValidationError):
                ask_access(self.closed, self.asker_unit, user=user, purpose="x", legal_ground="y")

    def test_the_owner_does_not_ask_itself(self):
        with self.assertRaises(ValidationError):
            ask_access(self.closed, self.unit, user=self.officer, purpose="x", legal_ground="y")

    def test_what_one_may_not_know_of_cannot_be_asked_for(self):
        self.closed.sharing = "named"
        self.closed.save()

        with self.assertRaises(ValidationError):
            self.ask()


class TermTests(SharingTestCase):
    def test_the_term_counts_working_days_and_the_last_of_them_whole(self):
        term = SharingTerm.load()
        term.answer_days = 3
        term.save()
        thursday = date(2026, 11, 26)
        with patch("portal.datasets.sharing.requests.timezone.localdate", return_value=thursday):
            asked = self.ask()

        due = timezone.localtime(asked.answer_due)
        self.assertEqual((due.date(), due.hour, due.minute), (date(2026, 12, 1), 23, 59))

    def test_days_are_counted_from_the_day_after(self):
        friday, monday = date(2026, 11, 27), date(2026, 11, 30)

        self.assertEqual(days_after(friday, 1, DaysOff()), monday)
        self.assertEqual(days_after(friday, 1), date(2026, 11, 28))
        off = DaysOff(frozenset({monday}), frozenset({date(2026, 11, 28)}))
        self.assertEqual(days_after(friday, 2, off), date(2026, 12, 1))

    def test_without_a_term_nothing_is_overdue(self):
        asked = self.ask()
        later = timezone.now() + timedelta(days=400)

        self.assertIsNone(asked.answer_due)
        self.assertIs(AccessRequest.objects.overdue(later).exists(), False)

    def test_after_the_last_moment_it_is_overdue(self):
        asked = self.ask()
        asked.answer_due = timezone.now()
        asked.save()

        self.assertIs(asked.is_overdue, True)
        before = asked.answer_due - timedelta(microseconds=1)
        self.assertIs(AccessRequest.objects.overdue(asked.answer_due).exists(), False)
        self.assertIs(AccessRequest.objects.overdue(before).exists(), False)


class AnswerTests(SharingTestCase):
    def test_a_refusal_needs_a_reason_and_a_law(self):
        asked = self.ask()
        for words in (
            {"reason": "", "legal_ground": "Luật"},
            {"reason": "Vì", "legal_ground": " "},
        ):
            with self.subTest(words), self.assertRaises(ValidationError):
                refuse_access(asked, user=self.head, **words)

        refuse_access(asked, user=self.head, reason="Ngoài phạm vi.", legal_ground="Điều 7.")

        asked.refresh_from_db()
        self.assertEqual((asked.status, asked.answered_by), ("refused", self.head))

    def test_who_asks_hears_why(self):
        self.asker.email = "dau-moi@example.vn"
        self.asker.save()
        asked = self.ask()
        with self.captureOnCommitCallbacks(execute=True):
            refuse_access(asked, user=self.head, reason="Ngoài phạm vi.", legal_ground="Điều 7.")

        [letter] = mail.outbox
        self.assertIn("Ngoài phạm vi.", letter.body)
        self.assertIn("Điều 7.", letter.body)

    def test_only_the_owner_answers_and_nobody_their_own_units_request(self):
        asked = self.ask()
        both = make_user("unit_head", unit=self.unit)
        both.memberships.create(unit=self.asker_unit, role="member")
        for user in (self.officer, self.verifier, self.asker_head, both, self.stranger):
            with self.subTest(user), self.assertRaises(ValidationError):
                refuse_access(asked, user=user, reason="Vì", legal_ground="Luật")

    def test_a_grant_is_the_answer_to_its_request(self):
        asked = self.ask()

        grant = self.grant("ma", "xa", request=asked, answer="Dùng đúng mục đích.")

        asked.refresh_from_db()
        self.assertEqual((asked.status, asked.answer), ("granted", "Dùng đúng mục đích."))
        self.assertEqual(asked.grant, grant)
        with self.assertRaises(TransitionRefused):
            refuse_access(asked, user=self.head, reason="Vì", legal_ground="Luật")

    def test_of_two_answers_one_counts(self):
        asked = self.ask()
        same = AccessRequest.objects.get(pk=asked.pk)
        refuse_access(same, user=self.head, reason="Vì", legal_ground="Luật")

        with self.assertRaises(TransitionRefused):
            self.grant("ma", request=asked)

        self.assertIs(AccessGrant.objects.exists(), False)
