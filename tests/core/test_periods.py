"""Reporting periods: each day lies in one of each kind, and every name leads back to it."""

from datetime import date, timedelta

from django.test import SimpleTestCase
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.core.formats import UnreadableValue
from portal.core.periods import (
    MONTHS,
    Period,
    PeriodKind,
    containing,
    parse_period,
    periods_between,
)

kinds = st.sampled_from(list(PeriodKind))
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
periods = st.builds(containing, days, kinds)


class TilingTests(SimpleTestCase):
    @given(days, kinds)
    def test_each_day_lies_in_exactly_one_period_of_a_kind(self, day, kind):
        own = containing(day, kind)
        year = periods_between(
            containing(date(day.year, 1, 1), kind), containing(date(day.year, 12, 31), kind)
        )

        self.assertEqual([each for each in year if day in each], [own])
        self.assertEqual(len(year), 12 // MONTHS[kind])

    @given(periods)
    def test_periods_follow_each_other_without_gap(self, period):
        self.assertEqual(period.shift(1).start, period.end + timedelta(days=1))
        self.assertLess(period, period.shift(1))
        self.assertLess(period.start, period.end)

    @given(periods, st.integers(-600, 600))
    def test_a_shift_is_undone_by_its_opposite(self, period, steps):
        self.assertEqual(period.shift(steps).shift(-steps), period)

    @given(periods)
    def test_a_period_is_made_of_its_months(self, period):
        first, last = period.month(1), period.month(-1)

        self.assertEqual((first.start, last.end), (period.start, period.end))
        self.assertEqual(len(periods_between(first, last)), MONTHS[period.kind])

    def test_periods_of_two_kinds_do_not_mix(self):
        with self.assertRaises(ValueError):
            periods_between(Period(2026, 1, PeriodKind.MONTH), Period(2026, 2, PeriodKind.QUARTER))

    def test_a_period_that_no_year_has_cannot_be_made(self):
        for index, kind in ((0, "month"), (13, "month"), (5, "quarter"), (3, "half"), (2, "year")):
            with self.subTest(index=index, kind=kind), self.assertRaises(ValueError):
                Period(2026, index, PeriodKind(kind))


class NameTests(SimpleTestCase):
    @given(periods)
    def test_the_code_leads_back(self, period):
        self.assertEqual(parse_period(period.code), period)
        self.assertEqual(parse_period(f" {period.code.lower()} "), period)

    @given(periods)
    def test_the_vietnamese_name_leads_back(self, period):
        with translation.override("vi"):
            label = period.label

        self.assertEqual(parse_period(label), period)
        self.assertEqual(parse_period(label.upper()), period)

    @given(periods, periods)
    def test_two_periods_have_two_codes(self, one, other):
        self.assertEqual(one.code == other.code, one == other)

    @given(st.text(max_size=16) | st.text("0123456789QqHh/- ", max_size=9))
    def test_any_text_is_a_period_or_refused(self, text):
        try:
            self.assertIsInstance(parse_period(text), Period)
        except UnreadableValue as refusal:
            self.assertEqual(refusal.code, "not_a_period")

    def test_names_as_people_write_them(self):
        for text, code in (
            ("tháng 3/2026", "2026-03"),
            ("Tháng 03 năm 2026", "2026-03"),
            ("tháng Ba năm 2026", "2026-03"),
            ("tháng tư năm 2026", "2026-04"),
            ("tháng mười hai năm 2026", "2026-12"),
            ("3/2026", "2026-03"),
            ("Quý I/2026", "2026-Q1"),
            ("quý IV năm 2026", "2026-Q4"),
            ("QUÝ 2-2026", "2026-Q2"),
            ("6 tháng đầu năm 2026", "2026-H1"),
            ("sáu tháng cuối năm 2026", "2026-H2"),
            ("năm 2026", "2026"),
        ):
            with self.subTest(text):
                self.assertEqual(parse_period(text).code, code)

    def test_what_names_no_period_is_refused(self):
        for text in ("", "2026-13", "2026-Q5", "2026-H3", "tháng 13/2026", "quý V/2026", "0000"):
            with self.subTest(text), self.assertRaises(UnreadableValue):
                parse_period(text)
