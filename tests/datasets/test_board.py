"""The board of what is due: by unit and month, extended with a decision, reminded of once."""

from datetime import date

import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import TestCase

from portal.core.deadlines import Timeliness
from portal.core.models.generic import AppendOnly
from portal.core.roles import Role
from portal.datasets.actions.extending import extend_due
from portal.datasets.board import board_of
from portal.datasets.models import DatasetPage, DatasetVersion, DueExtension
from portal.datasets.reminders import remind_of_due_data
from portal.datasets.timeliness import timeliness_of_dataset
from tests.datasets.datasets_factory import make_dataset
from tests.datasets.test_timeliness import moment
from tests.factories import make_unit, make_user

NOW = "2026-04-10T09:00:00+07:00"


class BoardTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit("Sở Y tế")
        cls.officer = make_user(Role.DATA_OFFICER, unit=cls.unit, email="so-lieu@an-thinh.example")
        cls.leader = make_user(Role.IOC_OFFICER)
        cls.dataset = make_dataset(
            cls.unit, frequency="month", first_period="2026-01", due_day=5, due_in="next"
        )

    def submitted(self, period, at, dataset=None):
        dataset = dataset or self.dataset
        return DatasetVersion.objects.create(
            dataset=dataset, unit=dataset.owner_unit, receipt_number=f"{dataset.pk}-{period}",
            period=period, status="submitted", filename="a.csv", size=1, sha256="0",
            uploaded_by=self.officer, submitted_by=self.officer, submitted_at=moment(at),
        )  # fmt: skip


@time_machine.travel(NOW, tick=False)
class TheBoard(BoardTestCase):
    def test_periods_stand_in_the_month_of_their_due_day(self):
        self.submitted("2026-01", "2026-02-04T08:00")
        self.submitted("2026-02", "2026-03-06T08:00")

        (row,) = board_of(DatasetPage.objects.live(), 2026).rows

        cells = {cell.month: cell for cell in row.cells}
        self.assertEqual(
            [cells[month].worst for month in (1, 2, 3, 4, 5)],
            ["", Timeliness.ON_TIME, Timeliness.LATE, Timeliness.MISSING, Timeliness.NOT_DUE],
        )
        self.assertEqual((cells[3].done, cells[3].total, cells[4].done), (1, 1, 0))
        self.assertEqual(row.percent_on_time, 33)

    def test_the_number_of_queries_grows_neither_with_units_nor_datasets_nor_periods(self):
        def queries():
            with self.assertNumQueries(8):
                return board_of(DatasetPage.objects.live(), 2026)

        queries()
        for number in range(5):
            unit = make_unit(f"Đơn vị {number}")
            for each in range(3):
                more = make_dataset(
                    unit, f"bo-{number}-{each}", frequency="month", first_period="2025-01"
                )
                self.submitted("2026-01", "2026-02-01T08:00", more)

        self.assertEqual(len(queries().rows), 6)

    def test_a_unit_sees_its_own_row_and_leads_to_its_periods(self):
        make_dataset(make_unit("Sở khác"), "khac", frequency="month", first_period="2026-01")
        self.client.force_login(self.officer)

        page = self.client.get("/quan-tri/du-lieu/theo-doi/?nam=2026")
        self.assertContains(page, "Sở Y tế")
        self.assertNotContains(page, "Sở khác")
        self.assertContains(
            page, f"/quan-tri/du-lieu/theo-doi/{self.unit.pk}/?nam=2026&amp;thang=4"
        )
        month = self.client.get(f"/quan-tri/du-lieu/theo-doi/{self.unit.pk}/?nam=2026&thang=4")

        self.assertContains(month, "Tháng 3/2026")
        self.assertNotContains(month, "Tháng 2/2026")

    def test_the_files_say_the_same(self):
        self.submitted("2026-01", "2026-02-04T08:00")
        self.client.force_login(self.leader)

        text = self.client.get("/quan-tri/du-lieu/theo-doi.csv?nam=2026").content.decode(
            "utf-8-sig"
        )
        lines = text.splitlines()

        self.assertEqual(lines[0], "Đơn vị;Bộ dữ liệu;Kỳ;Hạn;Trình;Tình trạng")
        self.assertIn("Sở Y tế;Dân số;tháng 1/2026;05/02/2026;08:00 04/02/2026;đúng hạn", lines)
        self.assertEqual(
            self.client.get("/quan-tri/du-lieu/theo-doi.xlsx?nam=2026").content[:2], b"PK"
        )
        self.assertIn(
            self.client.get("/quan-tri/du-lieu/theo-doi.pdf?nam=2026").status_code, (200, 202)
        )
        self.assertEqual(self.client.get("/quan-tri/du-lieu/theo-doi.exe").status_code, 404)

    def test_a_year_that_makes_no_sense_is_this_year(self):
        self.client.force_login(self.leader)
        for text in ("", "abc", "-1", "99999", "²"):
            with self.subTest(text=text):
                page = self.client.get("/quan-tri/du-lieu/theo-doi/", {"nam": text})
                self.assertEqual(page.context["board"].year, 2026)


@time_machine.travel(NOW, tick=False)
class Extending(BoardTestCase):
    def extend(self, period="2026-03", **changes):
        arguments = {
            "user": self.leader,
            "new_due_on": date(2026, 4, 15),
            "reason": "Phần mềm của Sở gặp sự cố.",
            "decision": "Công văn 12/IOC",
            **changes,
        }
        return extend_due(self.dataset, period, **arguments)

    def state(self, period="2026-03"):
        states = timeliness_of_dataset(self.dataset)
        return next(each for each in states if each.period.code == period)

    def test_an_extended_period_is_in_time_to_the_last_second_of_the_new_day(self):
        self.assertIs(self.state().timeliness, Timeliness.MISSING)

        extension = self.extend()

        self.assertEqual(self.state().extension, extension)
        self.assertIs(self.state().timeliness, Timeliness.DUE_SOON)
        self.submitted("2026-03", "2026-04-15T23:59:59")
        self.assertIs(self.state().timeliness, Timeliness.ON_TIME)
        self.assertEqual(self.state().due_day, date(2026, 4, 5))

    def test_a_second_later_is_late(self):
        self.extend()
        self.submitted("2026-03", "2026-04-16T00:00:00")

        self.assertIs(self.state().timeliness, Timeliness.LATE)

    def test_only_what_is_owed_and_open_is_extended_and_only_to_a_later_day(self):
        self.submitted("2026-01", "2026-02-04T08:00")
        for period, changes in [
            ("2026-01", {}),
            ("2020-01", {}),
            ("2026-03", {"new_due_on": date(2026, 4, 5)}),
            ("2026-03", {"new_due_on": date(2026, 4, 9)}),
            ("2026-03", {"reason": " "}),
            ("2026-03", {"user": self.officer}),
        ]:
            with self.subTest(period=period, **changes), self.assertRaises(ValidationError):
                self.extend(period, **changes)
        self.assertFalse(DueExtension.objects.exists())

    def test_nobody_extends_for_the_own_unit(self):
        both = make_user(Role.IOC_OFFICER)
        both.memberships.create(unit=self.unit, role="data_officer")

        with self.assertRaises(ValidationError):
            self.extend(user=both)

    def test_an_extension_is_never_changed(self):
        extension = self.extend()
        extension.reason = "khác"
        with self.assertRaises(AppendOnly):
            extension.save()
        with self.assertRaises(AppendOnly):
            extension.delete()

    def test_it_is_granted_on_the_screen_and_shown_with_its_decision(self):
        self.client.force_login(self.leader)
        address = f"/quan-tri/du-lieu/{self.dataset.pk}/gia-han/2026-03/"
        self.assertContains(self.client.get(address), "phải nộp chậm nhất hết ngày 05/04/2026")
        refused = self.client.post(address, {"new_due_on": "01/04/2026", "reason": "x"})
        self.assertContains(refused, "Ngày này đã qua.")

        done = self.client.post(
            address,
            {"new_due_on": "15/04/2026", "reason": "Sự cố.", "decision": "Công văn 12/IOC"},
            follow=True,
        )

        self.assertContains(done, "gia hạn đến 15/04/2026")
        self.assertContains(done, "Công văn 12/IOC")


class Reminding(BoardTestCase):
    def remind(self, at):
        mail.outbox.clear()
        count = remind_of_due_data(moment(at))
        self.assertEqual(count, len(mail.outbox))
        return mail.outbox

    def test_three_days_before_on_the_day_and_weekly_afterwards_once_each(self):
        self.submitted("2026-01", "2026-02-01T08:00")
        self.assertEqual(self.remind("2026-03-01T08:00"), [])

        (letter,) = self.remind("2026-03-02T08:00")
        self.assertEqual(letter.to, ["so-lieu@an-thinh.example"])
        self.assertIn("Sắp đến hạn:", letter.body)
        self.assertIn("Dân số, tháng 2/2026 (hạn 05/03/2026)", letter.body)
        self.assertEqual(self.remind("2026-03-02T09:00"), [])
        self.assertEqual(self.remind("2026-03-04T08:00"), [])
        (letter,) = self.remind("2026-03-05T08:00")
        self.assertIn("Đến hạn hôm nay:", letter.body)
        (letter,) = self.remind("2026-03-06T08:00")
        self.assertIn("Đã quá hạn:", letter.body)
        self.assertEqual(self.remind("2026-03-08T08:00"), [])
        self.assertEqual(len(self.remind("2026-03-09T08:00")), 1)

    def test_not_at_night_not_after_submission_and_not_to_who_left(self):
        self.submitted("2026-01", "2026-02-01T08:00")
        self.assertEqual(self.remind("2026-03-05T03:00"), [])
        self.submitted("2026-02", "2026-03-04T08:00")
        self.assertEqual(self.remind("2026-03-05T08:00"), [])
        self.officer.is_active = False
        self.officer.save()
        self.assertEqual(self.remind("2026-04-10T08:00"), [])

    def test_one_letter_tells_of_all_datasets(self):
        make_dataset(
            self.unit, "thu-hai", title="Khám chữa bệnh", frequency="month",
            first_period="2026-03", due_day=5, due_in="next",
        )  # fmt: skip
        (letter,) = self.remind("2026-04-10T08:00")

        self.assertIn("Khám chữa bệnh, tháng 3/2026", letter.body)
        self.assertIn("Dân số, tháng 3/2026", letter.body)

    def test_an_extension_moves_the_reminder(self):
        for period in ("2026-01", "2026-02"):
            self.submitted(period, "2026-03-01T08:00")
        with time_machine.travel(NOW, tick=False):
            extend_due(
                self.dataset, "2026-03", user=self.leader, new_due_on=date(2026, 4, 15), reason="x"
            )

        self.assertEqual(self.remind("2026-04-11T08:00"), [])
        (letter,) = self.remind("2026-04-15T08:00")
        self.assertIn("Đến hạn hôm nay:", letter.body)

    def test_a_letter_that_could_not_go_out_is_tried_again(self):
        with self.settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
                           EMAIL_HOST="127.0.0.1", EMAIL_PORT=1):  # fmt: skip
            self.assertEqual(remind_of_due_data(moment("2026-04-10T08:00")), 0)

        self.assertEqual(len(self.remind("2026-04-10T09:00")), 1)
