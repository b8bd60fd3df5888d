"""Dates and numbers: what the portal writes it reads again, and it never guesses."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.test import SimpleTestCase
from hypothesis import assume, example, given
from hypothesis import strategies as st

from portal.core.formats import (
    UnreadableValue,
    format_date,
    format_date_long,
    format_datetime,
    format_number,
    parse_date,
    parse_number,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
numbers = st.decimals(-(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False)


class NumberTests(SimpleTestCase):
    def assertRefused(self, code, text, **options):
        with self.assertRaises(UnreadableValue) as refusal:
            parse_number(text, **options)
        self.assertEqual(refusal.exception.code, code)

    @given(numbers)
    def test_a_number_that_was_written_is_read_again(self, number):
        self.assertEqual(parse_number(format_number(number), point_is="group"), number)

    @given(numbers)
    @example(Decimal(1205))
    def test_without_being_told_it_is_read_right_or_refused(self, number):
        try:
            self.assertEqual(parse_number(format_number(number)), number)
        except UnreadableValue as refusal:
            self.assertEqual(refusal.code, "ambiguous_number")

    @given(st.integers(-(10**15), 10**15), st.sampled_from([" ", "\u00a0", "\u202f"]))
    def test_spaces_group_as_well(self, number, space):
        self.assertEqual(parse_number(format_number(number).replace(".", space)), number)

    @given(numbers)
    def test_the_way_of_a_program_is_read_or_refused(self, number):
        text = f"{number:f}"
        try:
            self.assertEqual(parse_number(text, point_is="decimal"), number)
        except UnreadableValue as refusal:
            self.fail(refusal)

    @given(st.text(max_size=12) | st.text("0123456789.,+- ", max_size=12))
    def test_any_text_is_a_number_or_refused_with_a_sentence(self, text):
        try:
            self.assertIsInstance(parse_number(text), Decimal)
        except UnreadableValue as refusal:
            self.assertIn(refusal.code, {"ambiguous_number", "not_a_number"})
            self.assertTrue(str(refusal))

    def test_a_point_before_three_digits_may_mean_two_things(self):
        self.assertRefused("ambiguous_number", "1.205")
        self.assertEqual(parse_number("1.205", point_is="group"), 1205)
        self.assertEqual(parse_number("1.205", point_is="decimal"), Decimal("1.205"))

    def test_a_point_that_cannot_group_is_a_decimal_point(self):
        self.assertEqual(parse_number("12.5"), Decimal("12.5"))
        self.assertEqual(parse_number("0.125"), Decimal("0.125"))
        self.assertEqual(parse_number("1234.567"), Decimal("1234.567"))
        self.assertRefused("not_a_number", "12.5", point_is="group")
        self.assertRefused("not_a_number", "0.125", point_is="group")

    def test_numbers_as_people_type_them(self):
        for text, number in (
            ("1.234.567,89", "1234567.89"),
            ("1 234 567,89", "1234567.89"),
            ("1,205", "1.205"),
            (" -5 ", "-5"),
            ("03", "3"),
            ("1.000.000", "1000000"),
        ):
            with self.subTest(text):
                self.assertEqual(parse_number(text), Decimal(number))

    def test_what_is_no_number_is_refused(self):
        for text in ("", "abc", "1,234,567", "1.23.456", "1e5", "12 %", "NaN", "1..5", "--1", "²"):
            with self.subTest(text):
                self.assertRefused("not_a_number", text)

    def test_numbers_are_written_in_the_vietnamese_way(self):
        for value, decimals, text in (
            (1234567, None, "1.234.567"),
            (Decimal("1234.50"), None, "1.234,5"),
            (Decimal("1234.5"), 2, "1.234,50"),
            (Decimal("1E+3"), None, "1.000"),
            (0.1, None, "0,1"),
            (-1205, None, "-1.205"),
            (Decimal("0.125"), 2, "0,13"),
            (Decimal("-2.5"), 0, "-3"),
            (None, None, ""),
            ("", None, ""),
        ):
            with self.subTest(value=value, decimals=decimals):
                self.assertEqual(format_number(value, decimals), text)


class DateTests(SimpleTestCase):
    def assertRefused(self, code, text):
        with self.assertRaises(UnreadableValue) as refusal:
            parse_date(text)
        self.assertEqual(refusal.exception.code, code)

    @given(days)
    def test_a_date_that_was_written_is_read_again(self, day):
        for written in (format_date(day), format_date_long(day), day.isoformat()):
            self.assertEqual(parse_date(written), day)

    @given(days, st.sampled_from("/.-"))
    def test_the_day_comes_before_the_month(self, day, mark):
        written = f"{day.day}{mark}{day.month}{mark}{day.year}"

        self.assertEqual(parse_date(written), day)

    @given(days)
    def test_the_month_is_never_read_first(self, day):
        assume(day.day > 12)

        self.assertRefused("no_such_day", f"{day:%m/%d/%Y}")

    @given(st.text(max_size=12) | st.text("0123456789/.- ", max_size=12))
    def test_any_text_is_a_date_or_refused_with_a_sentence(self, text):
        try:
            self.assertIsInstance(parse_date(text), date)
        except UnreadableValue as refusal:
            self.assertIn(refusal.code, {"not_a_date", "no_such_day"})
            self.assertTrue(str(refusal))

    def test_dates_as_regulations_write_them(self):
        for text, day in (
            ("3/4/2026", date(2026, 4, 3)),
            ("01/8/2018", date(2018, 8, 1)),
            ("ngày 22 tháng 6 năm 2022", date(2022, 6, 22)),
            ("Ngày 05 tháng 01\nnăm 2026", date(2026, 1, 5)),
        ):
            with self.subTest(text):
                self.assertEqual(parse_date(text), day)

    def test_days_that_no_calendar_has_are_refused(self):
        for text in ("29/2/2026", "31/4/2026", "0/1/2026", "2026-13-01"):
            with self.subTest(text):
                self.assertRefused("no_such_day", text)

    def test_what_is_no_date_is_refused(self):
        for text in ("", "1/1/26", "tháng 3", "2026/01/02", "45000"):
            with self.subTest(text):
                self.assertRefused("not_a_date", text)

    def test_the_long_form_pads_as_the_decree_says(self):
        self.assertEqual(format_date_long(date(2026, 1, 5)), "ngày 05 tháng 01 năm 2026")
        self.assertEqual(format_date_long(date(2026, 11, 15)), "ngày 15 tháng 11 năm 2026")
        self.assertEqual(format_date_long(date(2026, 3, 9)), "ngày 09 tháng 3 năm 2026")

    def test_an_instant_is_shown_on_the_centre_s_clock(self):
        moment = datetime(2026, 1, 4, 18, 30, tzinfo=UTC)

        self.assertEqual(format_datetime(moment), "01:30 05/01/2026")
        self.assertEqual(format_date(moment), "05/01/2026")
        self.assertEqual(format_date_long(moment), "ngày 05 tháng 01 năm 2026")
        self.assertEqual(format_datetime(None) + format_date(None) + format_date_long(None), "")
