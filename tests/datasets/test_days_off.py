"""A due day on a day off: stays, or moves as its rule says, the same day everywhere."""

from datetime import date

import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import TestCase

from portal.core.deadlines import DaysOff
from portal.core.models import DayOff
from portal.core.roles import Role
from portal.datasets.models import DatasetPage, DueTerm
from portal.datasets.reminders import remind_of_due_data
from portal.datasets.timeliness import timeliness_of_dataset
from tests.datasets.datasets_factory import make_dataset
from tests.datasets.test_timeliness import moment
from tests.factories import make_unit, make_user

NOW = "2026-04-20T09:00:00+07:00"


def day_off(day, kind="holiday"):
    return DayOff.objects.create(day=day, kind=kind, name="Nghỉ", source="Thông báo 1/TB")


@time_machine.travel(NOW, tick=False)
class DaysOffTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit("Sở Y tế")
        cls.sender = make_user(Role.DATA_OFFICER, unit=cls.unit, email="so-lieu@an-thinh.example")
        cls.officer = make_user(Role.IOC_OFFICER)
        # 30/4 is a Thursday; 2/5 the Saturday after it.
        cls.dataset = make_dataset(
            cls.unit, frequency="month", first_period="2026-04", due_day=30, due_in="same",
            weekend="later", weekend_source="khoản 5 Điều 148 Bộ luật Dân sự",
        )  # fmt: skip

    def due_day(self):
        [state] = timeliness_of_dataset(self.dataset)
        return state.due_day

    def test_it_moves_over_holidays_and_weekends_in_the_direction_of_the_rule(self):
        self.assertEqual(self.due_day(), date(2026, 4, 30))
        day_off(date(2026, 4, 30))
        day_off(date(2026, 5, 1))

        for weekend, day in (
            ("later", date(2026, 5, 4)),
            ("earlier", date(2026, 4, 29)),
            ("keep", date(2026, 4, 30)),
        ):
            with self.subTest(weekend):
                self.dataset.weekend = weekend
                self.assertEqual(self.due_day(), day)

    def test_a_saturday_worked_in_exchange_is_a_working_day(self):
        day_off(date(2026, 4, 30))
        day_off(date(2026, 5, 1))
        day_off(date(2026, 5, 2), "worked")

        self.assertEqual(self.due_day(), date(2026, 5, 2))

    def test_board_file_screen_and_letter_tell_the_same_day(self):
        day_off(date(2026, 4, 30))
        day_off(date(2026, 5, 1))
        self.client.force_login(self.officer)

        text = self.client.get("/quan-tri/du-lieu/theo-doi.csv?nam=2026").content.decode()
        board = self.client.get("/quan-tri/du-lieu/theo-doi/?nam=2026").context["board"]
        unit = self.client.get(f"/quan-tri/du-lieu/theo-doi/{self.unit.pk}/?nam=2026&thang=5")
        remind_of_due_data(moment("2026-05-04T10:00"))

        self.assertIn("tháng 4/2026;04/05/2026;", text)
        self.assertEqual([cell.total for cell in board.rows[0].cells][3:5], [0, 1])
        self.assertContains(unit, "04/05/2026")
        self.assertIn("Đến hạn hôm nay", mail.outbox[-1].body)

    def test_a_former_rule_keeps_its_way_of_moving(self):
        day_off(date(2026, 4, 30))
        with time_machine.travel("2026-05-20T09:00:00+07:00", tick=False):
            page = DatasetPage.objects.get(pk=self.dataset.pk)
            page.weekend = "keep"
            page.save()

            self.assertEqual(DueTerm.objects.get().weekend, "later")
            april, may = timeliness_of_dataset(page)
        self.assertEqual((april.due_day, may.due_day), (date(2026, 5, 1), date(2026, 5, 30)))

    def test_a_day_that_has_passed_is_neither_added_nor_changed_nor_deleted(self):
        passed = day_off(date(2026, 4, 10))
        with self.assertRaises(ValidationError):
            DayOff(day=date(2026, 4, 19), name="Nghỉ", source="x").full_clean()
        passed.day = date(2026, 5, 10)
        with self.assertRaises(ValidationError):
            passed.full_clean()
        DayOff(day=date(2026, 4, 20), name="Nghỉ", source="x").full_clean()
        self.client.force_login(self.officer)

        answer = self.client.post(f"/quan-tri/ngay-nghi/delete/{passed.pk}/")

        self.assertRedirects(answer, "/quan-tri/", fetch_redirect_response=False)
        self.assertIs(DayOff.objects.filter(pk=passed.pk).exists(), True)

    def test_only_a_weekend_is_worked_in_exchange(self):
        with self.assertRaises(ValidationError):
            DayOff(day=date(2026, 5, 4), kind="worked", name="Bù", source="x").full_clean()

    def test_the_set_of_days_off(self):
        off = DaysOff(frozenset({date(2026, 4, 30)}), frozenset({date(2026, 5, 2)}))

        found = [day for day in range(1, 11) if date(2026, 5, day) in off]

        self.assertEqual(found, [3, 9, 10])
        self.assertIn(date(2026, 4, 30), off)
