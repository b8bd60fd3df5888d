"""What the centre asks for beside the calendar: expected, reminded of, answered, withdrawn."""

from datetime import date, time

import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import TestCase

from portal.core.deadlines import Timeliness
from portal.core.models import StatusEvent
from portal.core.roles import Role
from portal.core.statuses import move
from portal.datasets.actions.extending import extend_due
from portal.datasets.actions.special_requests import ask_for_data, withdraw_requested
from portal.datasets.board import board_of
from portal.datasets.models import DatasetPage, DatasetVersion, RequestedDataset, SpecialRequest
from portal.datasets.reminders import remind_of_due_data
from portal.datasets.timeliness import timeliness_of_dataset, timeliness_of_unit
from portal.home.start import cards_for
from tests.datasets.datasets_factory import make_dataset
from tests.datasets.test_timeliness import moment
from tests.factories import make_unit, make_user

NOW = "2026-04-10T09:00:00+07:00"
DUE = "2026-04-14T16:30"


class RequestTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit("Sở Y tế")
        cls.sender = make_user(Role.DATA_OFFICER, unit=cls.unit, email="so-lieu@an-thinh.example")
        cls.officer = make_user(Role.IOC_OFFICER)
        cls.dataset = make_dataset(
            cls.unit, frequency="month", first_period="2026-03", due_day=5, due_in="next"
        )

    def ask(self, *datasets, **changes):
        words = {
            "user": self.officer,
            "due_at": moment(DUE),
            "instrument": "15/CV-IOC",
            "reason": "Phục vụ họp đột xuất",
            **changes,
        }
        return ask_for_data(datasets or [self.dataset], **words)

    def sent(self, at, asked=None, status="submitted", **fields):
        return DatasetVersion.objects.create(
            dataset=self.dataset, unit=self.unit, receipt_number=f"{at}-{status}",
            period="2026-03", status=status, filename="a.csv", size=1, sha256="0",
            uploaded_by=self.sender, submitted_by=self.sender, submitted_at=moment(at),
            answers=asked, **{"counts_for_period": asked is None, **fields},
        )  # fmt: skip

    def state(self, now="2026-04-20T09:00", code=None):
        states = timeliness_of_dataset(self.dataset, moment(now))
        if code:
            return next(each for each in states if each.period.code == code)
        return next((each for each in states if each.request), None)


@time_machine.travel(NOW, tick=False)
class AskingTests(RequestTestCase):
    def test_one_paper_asks_several_units_at_once(self):
        other = make_dataset(make_unit("Sở khác"), "khac")

        request = self.ask(self.dataset, other)

        asked = request.datasets.all()
        self.assertEqual({each.dataset_id for each in asked}, {self.dataset.pk, other.pk})
        self.assertEqual({each.unit.title for each in asked}, {"Sở Y tế", "Sở khác"})
        self.assertEqual(StatusEvent.objects.about(asked[0]).get().to_status, "asked")

    def test_only_those_who_run_the_centre_ask_and_not_of_their_own_unit(self):
        own = make_user(Role.IOC_OFFICER, unit=self.unit)
        for user in (self.sender, own):
            with self.subTest(user), self.assertRaises(ValidationError):
                self.ask(user=user)
        self.assertIs(SpecialRequest.objects.exists(), False)

    def test_it_is_refused_for_a_moment_that_has_passed_or_without_words(self):
        for changes in (
            {"due_at": moment("2026-04-10T09:00")},
            {"instrument": " "},
            {"reason": ""},
        ):
            with self.subTest(changes), self.assertRaises(ValidationError):
                self.ask(**changes)

    def test_the_screen_asks_and_shows_what_is_wrong_in_place(self):
        self.client.force_login(self.officer)
        address = "/quan-tri/du-lieu/dot-xuat/moi/"
        filled = {
            "instrument": "15/CV-IOC", "reason": "Họp", "datasets": [self.dataset.pk],
            "due_on": "2026-04-14", "due_time": "16:30", "provision": "",
        }  # fmt: skip

        refused = self.client.post(address, {**filled, "due_on": "2026-04-01"})
        self.assertContains(refused, "15/CV-IOC")
        self.assertIn("due_on", refused.context["form"].errors)
        made = self.client.post(address, filled)

        request = SpecialRequest.objects.get()
        self.assertRedirects(made, f"/quan-tri/du-lieu/dot-xuat/{request.pk}/")
        self.assertEqual(request.due_at, moment(DUE))
        self.assertContains(self.client.get(made.url), "16:30 14/04/2026")

    def test_a_unit_sees_what_is_asked_of_it_and_no_other_unit(self):
        other = make_dataset(make_unit("Sở khác"), "khac", title="Kín của Sở khác")
        both = self.ask(self.dataset, other)
        foreign = self.ask(other, instrument="16/CV-IOC")
        self.client.force_login(self.sender)

        listed = self.client.get("/quan-tri/du-lieu/dot-xuat/")
        shown = self.client.get(f"/quan-tri/du-lieu/dot-xuat/{both.pk}/")

        self.assertContains(listed, "15/CV-IOC")
        self.assertNotContains(listed, "16/CV-IOC")
        self.assertContains(shown, "Dân số")
        self.assertNotContains(shown, "Kín của Sở khác")
        self.assertEqual(
            self.client.get(f"/quan-tri/du-lieu/dot-xuat/{foreign.pk}/").status_code, 404
        )
        self.assertIn("yeu-cau", self.client.get(f"/quan-tri/du-lieu/{self.dataset.pk}/").text)
        self.assertContains(shown, both.datasets.get(dataset=self.dataset).code)
        [card] = [each for each in cards_for(self.sender) if "đột xuất" in str(each.title)]
        self.assertEqual(card.count, 1)

    def test_the_centre_reads_titles_and_no_code(self):
        request = self.ask()
        self.client.force_login(self.officer)
        [asked] = request.datasets.all()

        shown = self.client.get(f"/quan-tri/du-lieu/dot-xuat/{request.pk}/")

        self.assertNotIn(f">{asked.code}<", shown.text)
        self.assertIn(f"/gia-han/{asked.code}/", shown.text)

    def test_the_screen_withdraws_what_is_chosen_and_says_how_much(self):
        other = make_dataset(make_unit("Sở khác"), "khac", title="Bộ khác")
        request = self.ask(self.dataset, other)
        chosen = request.datasets.get(dataset=other)
        self.client.force_login(self.officer)
        address = f"/quan-tri/du-lieu/dot-xuat/{request.pk}/thu-hoi/"

        none = self.client.post(address, {"reason": "Đã có số liệu"})
        words = {"reason": "Đã có số liệu", "asked": [chosen.pk]}
        with self.captureOnCommitCallbacks(execute=True):
            done = self.client.post(address, words, follow=True)

        self.assertEqual(none.context["form"].errors["asked"], ["Chọn ít nhất một bộ dữ liệu."])
        self.assertContains(done, "đối với 1 bộ dữ liệu")
        self.assertEqual(
            set(request.datasets.values_list("dataset__code", "status")),
            {(self.dataset.code, "asked"), ("khac", "withdrawn")},
        )


@time_machine.travel(NOW, tick=False)
class AnsweringTests(RequestTestCase):
    def setUp(self):
        self.asked = self.ask().datasets.get()

    def test_it_is_in_time_to_the_last_second_and_late_a_second_later(self):
        self.sent("2026-04-14T16:30:00", self.asked)
        self.assertIs(self.state().timeliness, Timeliness.ON_TIME)

        DatasetVersion.objects.all().delete()
        self.sent("2026-04-14T16:30:01", self.asked)
        self.assertIs(self.state().timeliness, Timeliness.LATE)

    def test_it_is_overdue_from_the_second_after_its_hour(self):
        self.assertIs(self.state("2026-04-14T16:30:00").timeliness, Timeliness.DUE_SOON)
        self.assertIs(self.state("2026-04-14T16:30:01").timeliness, Timeliness.MISSING)

    def test_a_file_of_the_calendar_answers_no_request_and_an_answer_no_period(self):
        self.sent("2026-04-05T08:00")
        self.assertIs(self.state().is_open, True)
        self.assertIs(self.state(code="2026-03").is_open, False)

        DatasetVersion.objects.all().delete()
        self.sent("2026-04-12T08:00", self.asked)
        self.assertIs(self.state().is_open, False)
        self.assertIs(self.state(code="2026-03").is_open, True)

    def test_a_file_may_be_both(self):
        self.sent("2026-04-12T08:00", self.asked, counts_for_period=True)

        self.assertIs(self.state().timeliness, Timeliness.ON_TIME)
        self.assertIs(self.state(code="2026-03").timeliness, Timeliness.LATE)

    def test_a_returned_answer_does_not_count(self):
        self.sent("2026-04-12T08:00", self.asked, status="returned")

        self.assertIs(self.state().timeliness, Timeliness.MISSING)

    def test_what_is_withdrawn_counts_neither_on_the_board_nor_in_the_year(self):
        before = timeliness_of_unit(self.unit, 2026, moment("2026-04-20T09:00"))

        withdraw_requested([self.asked], user=self.officer, reason="Đã có số liệu từ Cục.")

        after = timeliness_of_unit(self.unit, 2026, moment("2026-04-20T09:00"))
        self.assertEqual((before.expected_count, after.expected_count), (2, 1))
        self.assertIs(self.state(), None)
        event = StatusEvent.objects.about(self.asked).order_by("pk").last()
        self.assertEqual((event.to_status, event.note), ("withdrawn", "Đã có số liệu từ Cục."))

    def test_at_a_moment_before_its_withdrawal_it_was_owed(self):
        with time_machine.travel("2026-04-16T09:00:00+07:00", tick=False):
            withdraw_requested([self.asked], user=self.officer, reason="Thôi.")

        self.assertIs(self.state("2026-04-15T09:00").timeliness, Timeliness.MISSING)
        self.assertIs(self.state("2026-04-17T09:00"), None)

    def test_what_was_answered_or_withdrawn_is_not_withdrawn(self):
        self.sent("2026-04-10T08:59", self.asked)
        with self.assertRaises(ValidationError):
            withdraw_requested([self.asked], user=self.officer, reason="Thôi.")
        DatasetVersion.objects.all().delete()
        with self.assertRaises(ValidationError):
            withdraw_requested([self.asked], user=self.officer, reason=" ")
        with self.assertRaises(ValidationError):
            withdraw_requested([self.asked], user=self.sender, reason="Thôi.")
        withdraw_requested([self.asked], user=self.officer, reason="Thôi.")
        with self.assertRaises(ValidationError):
            withdraw_requested([self.asked], user=self.officer, reason="Thôi.")

    def test_every_pair_of_statuses_is_as_the_table_says(self):
        with self.assertRaises(Exception):  # noqa: B017 - a refusal, or a constraint
            move(self.asked, RequestedDataset.Status.ASKED, user=self.officer)

    def test_a_decision_extends_it_to_an_hour(self):
        extend_due(
            self.dataset, self.asked.code, user=self.officer, new_due_on=date(2026, 4, 15),
            new_due_time=time(11, 0), reason="Mất điện.", decision="17/CV-IOC",
        )  # fmt: skip
        self.sent("2026-04-15T11:00:00", self.asked)

        self.assertIs(self.state().timeliness, Timeliness.ON_TIME)
        self.assertEqual(self.state().printed_due, "16:30 14/04/2026")
        self.assertEqual(self.state().due_in_force, "11:00 15/04/2026")

    def test_the_board_its_file_and_the_evidence_tell_it(self):
        (row,) = board_of(DatasetPage.objects.live(), 2026, moment("2026-04-20T09:00")).rows
        self.assertEqual({cell.month: cell.total for cell in row.cells}[4], 2)
        self.client.force_login(self.officer)

        text = self.client.get("/quan-tri/du-lieu/theo-doi.csv?nam=2026").content.decode()
        screen = self.client.get(f"/quan-tri/du-lieu/theo-doi/{self.unit.pk}/?nam=2026&thang=4")

        self.assertIn("yêu cầu đột xuất 15/CV-IOC;16:30 14/04/2026;", text)
        self.assertContains(screen, "16:30 14/04/2026")
        told = self.state().as_dict()
        self.assertEqual(told["period"], self.asked.code)
        self.assertEqual(told["due"], "2026-04-14T16:30:00+07:00")

    def test_a_letter_tells_the_unit_what_is_withdrawn_and_why(self):
        other = make_dataset(make_unit("Sở khác"), "khac", title="Kín của Sở khác")
        both = list(self.ask(self.dataset, other).datasets.all())

        with self.captureOnCommitCallbacks(execute=True):
            withdraw_requested(both, user=self.officer, reason="Đã có số liệu từ Cục.")

        [letter] = mail.outbox
        self.assertEqual(letter.to, [self.sender.email])
        self.assertIn("15/CV-IOC", letter.subject)
        self.assertIn("- Dân số\n", letter.body)
        self.assertIn("Đã có số liệu từ Cục.", letter.body)
        self.assertNotIn("Kín của Sở khác", letter.body)

    def test_letters_go_out_when_asked_before_on_the_day_and_weekly_each_once(self):
        make_dataset(make_unit("Sở khác"), "khac", frequency="irregular")
        DatasetPage.objects.filter(pk=self.dataset.pk).update(frequency="irregular")
        for day, words in (
            ("10", "Yêu cầu đột xuất"),
            ("11", "Sắp đến hạn"),
            ("14", "Đến hạn hôm nay"),
            ("15", "Đã quá hạn"),
        ):
            now = moment(f"2026-04-{day}T10:00")
            self.assertEqual((remind_of_due_data(now), remind_of_due_data(now)), (1, 0), day)
            self.assertIn(words, mail.outbox[-1].body)
            self.assertIn("15/CV-IOC", mail.outbox[-1].body)
