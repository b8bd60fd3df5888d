"""From a duty to its schedules, from the period to its figures, and back to how the duty stands."""

from datetime import date
from types import SimpleNamespace

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from portal.meetings.actions import reports
from portal.meetings.actions.report_schedules import establish_schedules
from portal.meetings.models import ReportSchedule, Task
from portal.meetings.report_figures import figures_of
from portal.meetings.report_periods import states_of_schedule
from portal.units.duty_means import DutyState, establish, standings_of
from portal.units.models import Obligation
from tests.factories import make_provision, make_unit
from tests.meetings.reports_case import ReportCase, at


class EstablishTests(ReportCase, TestCase):
    def duty(self, unit=None, counterparts=None, **fields):
        fields.setdefault("cadence", "monthly")
        if not hasattr(self, "provision"):
            self.provision = make_provision()
        duty = Obligation.objects.create(
            unit=unit or self.culture, provision=self.provision, kind="report", **fields
        )
        duty.counterparts.set(counterparts or [self.owner])
        return duty

    def establish(self, duty):
        return establish_schedules(duty, user=self.leader)

    def test_the_duty_says_day_recipients_and_frequency(self):
        rule = {"day": 25, "month_of_period": "last", "strictly_before": True}
        duty = self.duty(cadence="quarterly", due_rule=rule, text="Báo cáo quý")
        [schedule] = self.establish(duty)
        self.assertEqual(schedule.due_rule, duty.due)
        self.assertEqual(schedule.frequency, "quarter")
        self.assertEqual(list(schedule.recipients.all()), [self.owner])
        self.assertEqual(schedule.title, "Báo cáo quý")

    def test_it_is_safe_to_repeat(self):
        duty = self.duty()
        self.assertEqual(self.establish(duty), self.establish(duty))
        self.assertEqual(duty.report_schedules.count(), 1)

    def test_a_kind_of_unit_gives_each_member_its_own(self):
        kind = make_unit("Các phòng", is_group=True)
        for unit in (self.culture, self.health):
            unit.groups.add(kind)
            unit.save()
        schedules = self.establish(self.duty(unit=kind, counterparts=[self.centre]))
        self.assertEqual({each.from_unit for each in schedules}, {self.culture, self.health})

    def test_periodically_gives_a_schedule_without_calendar(self):
        [schedule] = self.establish(self.duty(cadence="periodic"))
        self.assertIsNone(schedule.kind)
        self.assertEqual(states_of_schedule(schedule), [])
        self.assertIsNone(self.establish(self.duty(cadence="standing")))

    def test_two_tiers_find_each_other_whichever_comes_first(self):
        upper = self.duty(unit=self.centre)
        lower = self.duty(unit=self.culture, counterparts=[self.centre])
        for first, second in ((upper, lower), (lower, upper)):
            ReportSchedule.objects.update(feeds=None)
            ReportSchedule.objects.all().delete()
            self.establish(first)
            self.establish(second)
            above, below = upper.report_schedules.get(), lower.report_schedules.get()
            self.assertEqual((below.feeds, above.feeds), (above, None))


class FiguresTests(ReportCase, TestCase):
    def test_what_was_counted_is_kept_with_the_report(self):
        for title, unit in (("Rà soát", self.health), ("Của đơn vị khác", self.culture)):
            Task.objects.create(
                title=title, lead_unit=unit, due_on=date(2026, 3, 5), status=Task.Status.ASSIGNED
            )
        with at(2026, 3, 20):
            report = self.drafted()
        self.assertEqual([row["title"] for row in report.figures["tasks"]], ["Rà soát"])
        self.assertIn("Quá hạn: Rà soát", report.body)
        self.assertIn("01/03/2026", report.body)
        report.unit = self.centre
        with at(2026, 3, 20):
            self.assertEqual(len(figures_of(report)["tasks"]), 2)

    def test_the_outline_names_the_duties_of_the_unit(self):
        provision = make_provision(label="khoản 3 Điều 12")
        Obligation.objects.create(
            unit=self.health, provision=provision, kind="train", cadence="annual", text="Tập huấn."
        )
        self.monthly.outline = "Nơi ghi thêm"
        self.monthly.save()
        with at(2026, 3, 20):
            body = self.drafted().body
        self.assertIn("1. Tập huấn (khoản 3 Điều 12", body)
        self.assertTrue(body.endswith("Nơi ghi thêm"))

    def test_counting_again_keeps_the_words_unless_asked(self):
        with at(2026, 3, 20):
            report = self.written()
            reports.take_figures(report, user=self.health_officer)
            self.assertEqual(report.body, "I. Kết quả\nĐã tiêm đủ.")
            reports.take_figures(report, user=self.health_officer, anew=True)
        self.assertIn("SỐ LIỆU TRONG KỲ", report.body)


class DutyTests(ReportCase, TestCase):
    def setUp(self):
        clock = at(2026, 3, 20)
        clock.start()
        self.addCleanup(clock.stop)
        self.duty = Obligation.objects.create(
            unit=self.health,
            provision=make_provision(),
            kind="report",
            cadence="monthly",
            due_rule={"day": 25, "strictly_before": True},
        )
        self.duty.counterparts.add(self.owner)

    def standing(self, user):
        return standings_of([self.duty], SimpleNamespace(user=user))[self.duty.pk]

    def test_a_duty_without_schedule_is_missing_for_those_who_can_make_one(self):
        [standing] = self.standing(self.leader)
        self.assertEqual(standing.state, DutyState.MISSING)
        self.assertIn(f"obligation={self.duty.pk}", standing.action_url)
        self.assertEqual(self.standing(self.health_head), [])

    def test_a_duty_stands_as_its_reports_do(self):
        [schedule] = establish(self.duty, user=self.leader)
        self.sent(schedule=schedule)
        [standing] = self.standing(self.health_head)
        self.assertEqual(standing.state, DutyState.MET)
        self.assertEqual(standing.summary, "1 trên 1 kỳ đúng hạn")
        with at(2026, 4, 20):
            [standing] = self.standing(self.health_head)
            self.assertEqual(standing.state, DutyState.DUE_SOON)
            self.assertIn("24/04/2026", standing.summary)
        with at(2026, 4, 26):
            [standing] = self.standing(self.health_head)
            self.assertEqual(standing.state, DutyState.LATE)
            self.assertIn("tháng 4/2026", standing.missing)
        self.assertEqual(self.standing(self.culture_head), [])

    def test_standings_ask_as_often_for_many_duties(self):
        establish_schedules(self.duty, user=self.leader)
        duties = [self.duty]
        for _number in range(6):
            duty = Obligation.objects.create(
                unit=make_unit(),
                provision=self.duty.provision,
                kind="report",
                cadence="monthly",
            )
            establish_schedules(duty, user=self.leader)
            duties.append(duty)
        with CaptureQueriesContext(connection) as few:
            standings_of(duties[:1], SimpleNamespace(user=self.leader))
        with CaptureQueriesContext(connection) as many:
            standings_of(duties, SimpleNamespace(user=self.leader))
        self.assertLessEqual(len(many), len(few))
