"""Deadlines: where the due day lies, and when something came in time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from portal.core.deadlines import (
    CADENCE_KINDS,
    Anchor,
    DueRule,
    Timeliness,
    Weekend,
    due_after_extension,
    due_day,
    due_moment,
    end_of_day,
    timeliness,
)
from portal.core.periods import PeriodKind, containing, parse_period

periods = st.builds(
    containing, st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.sampled_from(list(PeriodKind))
)
rules = st.builds(
    DueRule,
    anchor=st.sampled_from([Anchor.PERIOD_END, Anchor.CALENDAR_DAY]),
    offset_days=st.integers(-40, 40),
    day=st.integers(1, 31),
    month=st.integers(-12, 24),
    strictly_before=st.booleans(),
    weekend=st.sampled_from(list(Weekend)),
    grace_days=st.integers(0, 10),
)


def calendar_day(day, **fields):
    return DueRule(anchor=Anchor.CALENDAR_DAY, day=day, **fields)


class DueDayTests(SimpleTestCase):
    def assertDue(self, expected, rule, period, **options):
        self.assertEqual(due_day(rule, parse_period(period), **options), expected)

    def test_before_the_25th_ends_with_the_24th(self):
        rule = calendar_day(25, strictly_before=True)

        self.assertDue(date(2026, 3, 24), rule, "2026-03")
        self.assertEqual(due_moment(rule, parse_period("2026-03")), end_of_day(date(2026, 3, 24)))

    def test_before_the_first_ends_with_the_month_before(self):
        self.assertDue(date(2026, 2, 28), calendar_day(1, strictly_before=True), "2026-03")

    def test_the_25th_of_the_quarter_s_last_month(self):
        self.assertDue(date(2026, 3, 25), calendar_day(25), "2026-Q1")
        self.assertDue(date(2026, 6, 25), calendar_day(25, month=-1), "2026-H1")

    def test_months_are_counted_from_the_start_and_beyond_the_end(self):
        self.assertDue(date(2026, 1, 10), calendar_day(10, month=1), "2026-Q1")
        self.assertDue(date(2026, 4, 10), calendar_day(10, month=4), "2026-Q1")
        self.assertDue(date(2027, 1, 10), calendar_day(10, month=2), "2026-12")
        self.assertDue(date(2025, 12, 10), calendar_day(10, month=0), "2026-Q1")

    def test_a_day_that_a_short_month_lacks_is_its_last(self):
        self.assertDue(date(2026, 2, 28), calendar_day(31), "2026-02")
        self.assertDue(date(2028, 2, 29), calendar_day(31), "2028-02")
        self.assertDue(date(2026, 4, 30), calendar_day(31), "2026-04")
        self.assertDue(date(2026, 4, 29), calendar_day(31, strictly_before=True), "2026-04")

    def test_days_after_the_period(self):
        self.assertDue(date(2026, 4, 10), DueRule(offset_days=10), "2026-Q1")
        self.assertDue(date(2026, 3, 26), DueRule(offset_days=-5), "2026-03")

    def test_a_weekend_is_kept_or_left_in_the_direction_of_the_rule(self):
        saturday = date(2026, 4, 25)
        for weekend, expected in (
            (Weekend.KEEP, saturday),
            (Weekend.EARLIER, date(2026, 4, 24)),
            (Weekend.LATER, date(2026, 4, 27)),
        ):
            with self.subTest(weekend):
                self.assertDue(expected, calendar_day(25, weekend=weekend), "2026-04")

    def test_the_strict_before_is_applied_before_the_weekend_rule(self):
        rule = calendar_day(27, strictly_before=True, weekend=Weekend.LATER)

        self.assertDue(date(2026, 4, 27), rule, "2026-04")

    def test_a_holiday_counts_as_a_weekend(self):
        self.assertDue(
            date(2026, 5, 4),
            calendar_day(30, weekend=Weekend.LATER),
            "2026-04",
            holidays={date(2026, 4, 30), date(2026, 5, 1)},
        )

    def test_grace_moves_the_moment_and_not_the_day(self):
        rule = calendar_day(25, grace_days=3)

        self.assertDue(date(2026, 3, 25), rule, "2026-03")
        self.assertEqual(due_moment(rule, parse_period("2026-03")), end_of_day(date(2026, 3, 28)))

    def test_without_a_calendar_nothing_is_due(self):
        rule = DueRule(anchor=Anchor.NO_CALENDAR)

        self.assertIsNone(due_day(rule, parse_period("2026")))
        self.assertIsNone(due_moment(rule, parse_period("2026")))

    def test_the_day_ends_on_the_centre_s_clock(self):
        self.assertEqual(
            end_of_day(date(2026, 3, 24)),
            datetime(2026, 3, 24, 16, 59, 59, 999999, tzinfo=UTC),
        )

    def test_every_cadence_with_a_calendar_names_a_kind_of_period(self):
        self.assertEqual(set(CADENCE_KINDS.values()), set(PeriodKind))


class RuleTests(SimpleTestCase):
    @given(rules)
    def test_a_rule_survives_its_storage(self, rule):
        self.assertEqual(DueRule.from_dict(rule.as_dict()), rule)

    def test_nothing_stored_is_the_default_rule(self):
        self.assertEqual(DueRule.from_dict({}), DueRule())

    @given(rules, periods)
    def test_before_is_one_day_earlier_or_a_weekend_farther(self, rule, period):
        rule = replace(rule, weekend=Weekend.KEEP)
        before = due_day(replace(rule, strictly_before=True), period)

        self.assertEqual(
            due_day(replace(rule, strictly_before=False), period) - before, timedelta(days=1)
        )

    @given(rules, periods)
    def test_a_moved_day_is_a_working_day(self, rule, period):
        day = due_day(rule, period)

        if rule.weekend is not Weekend.KEEP:
            self.assertLess(day.weekday(), 5)
        self.assertLessEqual(
            abs(day - due_day(replace(rule, weekend=Weekend.KEEP), period)).days, 2
        )

    @given(rules, periods)
    def test_the_same_rule_falls_later_in_a_later_period(self, rule, period):
        self.assertLessEqual(due_day(rule, period), due_day(rule, period.shift(1)))


class TimelinessTests(SimpleTestCase):
    DUE = end_of_day(date(2026, 3, 24))

    def test_what_was_done(self):
        moment = timedelta(microseconds=1)

        self.assertEqual(timeliness(self.DUE, self.DUE, self.DUE), Timeliness.ON_TIME)
        self.assertEqual(timeliness(self.DUE, self.DUE + moment, self.DUE), Timeliness.LATE)
        self.assertEqual(timeliness(None, self.DUE, self.DUE), Timeliness.ON_TIME)

    def test_what_is_still_to_come(self):
        day = timedelta(days=1)
        for now, expected in (
            (self.DUE - 8 * day, Timeliness.NOT_DUE),
            (self.DUE - 6 * day, Timeliness.DUE_SOON),
            (self.DUE, Timeliness.DUE_SOON),
            (self.DUE + timedelta(microseconds=1), Timeliness.MISSING),
        ):
            with self.subTest(now):
                self.assertEqual(timeliness(self.DUE, None, now), expected)
        self.assertEqual(timeliness(None, None, self.DUE), Timeliness.NOT_DUE)

    def test_an_extension_counts_and_the_original_stays(self):
        later, latest = self.DUE + timedelta(days=3), self.DUE + timedelta(days=5)
        extensions = [
            SimpleNamespace(old_due=later, new_due=latest),
            SimpleNamespace(old_due=self.DUE, new_due=later),
        ]

        self.assertEqual(due_after_extension(self.DUE, extensions), latest)
        self.assertEqual(due_after_extension(self.DUE, []), self.DUE)
        self.assertIsNone(due_after_extension(None, extensions))
        self.assertEqual(extensions[-1].old_due, self.DUE)
