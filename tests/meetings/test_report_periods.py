"""What is owed when: the last instant, weekends, windows, two tiers."""

from datetime import date

from django.core.exceptions import ValidationError
from django.test import TestCase

from portal.core.models import DeadlineExtension
from portal.core.periods import parse_period
from portal.core.roles import Role
from portal.meetings.actions import reports
from portal.meetings.actions.report_schedules import save_schedule
from portal.meetings.evidence import reports_on_time
from portal.meetings.models import ReportSchedule
from portal.meetings.report_periods import (
    expected_periods,
    lower_tier,
    states_of_schedule,
    states_of_schedules,
    window_of,
    with_standing,
)
from portal.units.models import Obligation
from tests.factories import make_unit, make_user
from tests.meetings.reports_case import ReportCase, at, moment


class TimelinessTests(ReportCase, TestCase):
    def standing_of(self, schedule, now, period):
        states = {state.period.code: state for state in states_of_schedule(schedule, now)}
        return str(states[period].standing)

    def test_before_the_25th_ends_with_the_24th(self):
        cases = {
            moment(2026, 3, 10): "not_due",
            moment(2026, 3, 20): "due_soon",
            moment(2026, 3, 24, 23, 59, 59): "due_soon",
            moment(2026, 3, 25, 0, 0, 0): "missing",
        }
        for now, standing in cases.items():
            with self.subTest(now):
                self.assertEqual(self.standing_of(self.monthly, now, "2026-03"), standing)

    def test_the_last_second_is_in_time_and_the_next_is_late(self):
        for instant, standing in (
            ((2026, 3, 24, 23, 59, 59), "on_time"),
            ((2026, 3, 25, 0, 0, 0), "late"),
        ):
            with self.subTest(standing), at(*instant):
                schedule = self.schedule(unit=make_unit(), title=standing)
                officer = self.people_of(schedule.from_unit)
                report = reports.draft_report(schedule, user=officer, period="2026-03")
                reports.write_report(report, user=officer, title="x", body="Xong")
                reports.approve_report(report, user=officer)
                reports.submit_report(report, user=officer)
                self.assertEqual(
                    self.standing_of(schedule, moment(2026, 6, 1), "2026-03"), standing
                )

    def people_of(self, unit):
        return make_user(Role.UNIT_HEAD, unit=unit)

    def test_a_report_sent_back_and_sent_again_late_stays_in_time(self):
        with at(2026, 3, 20):
            report = self.sent_back()
        with at(2026, 4, 20):
            reports.approve_report(report, user=self.health_head)
            reports.submit_report(report, user=self.health_head)
        self.assertEqual(self.standing_of(self.monthly, moment(2026, 4, 21), "2026-03"), "on_time")

    def test_a_due_day_on_a_weekend_follows_the_rule(self):
        # 25 January 2026 is a Sunday; the day before it is a Saturday.
        for weekend, strictly, expected in (
            ("keep", False, date(2026, 1, 25)),
            ("earlier", False, date(2026, 1, 23)),
            ("later", False, date(2026, 1, 26)),
            ("keep", True, date(2026, 1, 24)),
            ("earlier", True, date(2026, 1, 23)),
            ("later", True, date(2026, 1, 26)),
        ):
            with self.subTest(weekend=weekend, strictly=strictly), at(2026, 1, 5):
                schedule = self.schedule(
                    unit=make_unit(),
                    weekend=weekend,
                    due_strictly_before=strictly,
                    first_period="2026-01",
                )
                [state] = states_of_schedule(schedule)
                self.assertEqual(state.due_day, expected)

    def test_the_quarters_report_is_due_in_its_last_month(self):
        with at(2026, 3, 2):
            schedule = self.schedule(frequency="quarter", title="Quý")
        [state] = states_of_schedule(schedule, moment(2026, 3, 2))
        self.assertEqual((state.period.code, state.due_day), ("2026-Q1", date(2026, 3, 24)))

    def test_without_a_due_day_nobody_is_late(self):
        with at(2026, 3, 2):
            schedule = self.schedule(due_day=None, title="Không rõ ngày")
        self.assertEqual(self.standing_of(schedule, moment(2026, 3, 31), "2026-03"), "not_due")
        self.assertEqual(self.standing_of(schedule, moment(2026, 4, 1), "2026-03"), "awaited")
        with at(2026, 9, 1):
            self.sent(schedule=schedule)
        self.assertEqual(self.standing_of(schedule, moment(2026, 9, 2), "2026-03"), "sent")

    def test_an_extension_moves_the_day_and_keeps_the_first(self):
        with at(2026, 3, 23):
            report = self.written()
            reports.extend_report(
                report, user=self.authority, new_due_on=date(2026, 3, 30), reason="Bão"
            )
        self.assertEqual(self.standing_of(self.monthly, moment(2026, 3, 28), "2026-03"), "due_soon")
        [state] = states_of_schedule(self.monthly, moment(2026, 3, 28))
        self.assertEqual(state.due_day, date(2026, 3, 30))
        self.assertEqual(DeadlineExtension.objects.get().old_due.date(), date(2026, 3, 24))
        [report] = with_standing([report], moment(2026, 3, 31))
        self.assertEqual(report.standing, "missing")

    def test_the_window_may_run_from_the_15th_to_the_14th(self):
        self.monthly.window_start_day = 15
        window = window_of(self.monthly, parse_period("2026-01"))
        self.assertEqual(window, (date(2025, 12, 15), date(2026, 1, 14)))
        window = window_of(self.monthly, parse_period("2026-Q4"))
        self.assertEqual(window, (date(2026, 9, 15), date(2026, 12, 14)))

    def test_periods_run_from_the_first_to_today_or_to_the_end_of_the_duty(self):
        def codes(now):
            return [period.code for period in expected_periods(self.monthly, now)]

        self.assertEqual(codes(moment(2026, 2, 28)), [])
        self.assertEqual(codes(moment(2026, 5, 1)), ["2026-03", "2026-04", "2026-05"])
        self.monthly.last_period = "2026-04"
        self.assertEqual(codes(moment(2026, 9, 1)), ["2026-03", "2026-04"])
        self.monthly.obligation = Obligation(valid_to=date(2026, 3, 9))
        self.assertEqual(codes(moment(2026, 9, 1)), ["2026-03"])
        self.monthly.is_active = False
        self.assertEqual(codes(moment(2026, 9, 1)), [])

    def test_a_schedule_made_after_its_due_day_begins_with_the_next_period(self):
        for day, first in ((24, "2026-03"), (25, "2026-04")):
            with at(2026, 3, day, 12):
                schedule = self.schedule(unit=make_unit(), first_period="")
                self.assertEqual(schedule.first_period, first)

    def test_a_schedule_is_refused_with_a_sentence(self):
        for fields in (
            {"due_day": 32},
            {"window_start_day": 29},
            {"first_period": "2026-Q1"},
            {"first_period": "bậy"},
            {"first_period": "2026-05", "last_period": "2026-04"},
        ):
            with self.subTest(fields), self.assertRaises(ValidationError):
                self.schedule(unit=make_unit(), **fields)

    def test_queries_do_not_grow_with_schedules(self):
        many = [self.schedule(unit=make_unit()) for _number in range(12)]
        schedules = list(
            ReportSchedule.objects.filter(pk__in=[each.pk for each in many]).for_listing()
        )
        with self.assertNumQueries(1):
            states_of_schedules(schedules, moment(2027, 3, 1))
        with at(2026, 3, 20):
            self.drafted()
        with self.assertNumQueries(2):
            states_of_schedules([*schedules, self.monthly], moment(2027, 3, 1))

    def test_evidence_counts_what_fell_due_in_the_year(self):
        with at(2026, 3, 20):
            self.sent()
        found = reports_on_time(self.health, 2026, moment(2026, 5, 26))
        self.assertEqual((found.numerator, found.denominator), (1, 3))
        self.assertEqual(
            [row["timeliness"] for row in found.details], ["on_time", "missing", "missing"]
        )


class TierTests(ReportCase, TestCase):
    """Health reports monthly to the office, the office quarterly and monthly to the committee."""

    def setUp(self):
        with at(2026, 3, 2):
            self.above = self.schedule(unit=self.centre, title="Tổng hợp")
            self.monthly.recipients.set([self.centre])
            self.monthly.feeds = self.above
            save_schedule(self.monthly, user=self.leader)

    def test_the_office_sees_what_units_sent_for_the_same_period(self):
        with at(2026, 3, 20):
            report = self.sent()
        with at(2026, 3, 21):
            own = reports.draft_report(self.above, user=self.officer, period="2026-03")
            [state] = lower_tier(self.above, parse_period("2026-03"))
        self.assertEqual((state.report, str(state.standing)), (report, "on_time"))
        self.assertIn("Đã tiêm đủ.", own.body)
        self.assertIn("01/BC-YT", own.body)

    def test_months_go_into_their_quarter(self):
        with at(2026, 3, 2):
            quarter = self.schedule(unit=self.centre, frequency="quarter", title="Quý")
            self.monthly.feeds = quarter
            save_schedule(self.monthly, user=self.leader)
        states = lower_tier(quarter, parse_period("2026-Q2"), moment(2026, 6, 2))
        self.assertEqual([state.period.code for state in states], ["2026-04", "2026-05", "2026-06"])

    def test_texts_not_addressed_to_the_office_are_not_taken_over(self):
        self.monthly.recipients.set([self.owner])
        with at(2026, 3, 20):
            self.sent()
            own = reports.draft_report(self.above, user=self.officer, period="2026-03")
        self.assertNotIn("Đã tiêm đủ.", own.body)

    def test_reports_do_not_go_round_in_a_circle(self):
        self.above.feeds = self.monthly
        with self.assertRaises(ValidationError):
            save_schedule(self.above, user=self.leader)
