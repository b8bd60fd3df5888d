"""When duties are due: the arithmetic of “before the 25th”, and what has no day."""

from datetime import date, datetime
from types import SimpleNamespace

from django.test import SimpleTestCase
from django.utils import timezone, translation

from portal.units.due_dates import last_due, next_due
from portal.units.due_rules import due_rule_from_text
from portal.units.duty_words import due_words


def duty(cadence, rule=None, **fields):
    """Return what the functions need of a duty."""
    values = {"valid_from": None, "valid_to": None, **fields}
    due = due_rule_from_text(rule or {}, cadence)
    return SimpleNamespace(cadence=cadence, due_rule=rule or {}, due=due, **values)


def at(*parts):
    return datetime(*parts, tzinfo=timezone.get_default_timezone())


BEFORE_25TH = {"day": 25, "month_of_period": "last", "strictly_before": True}


class NextDueTests(SimpleTestCase):
    def test_before_the_25th_of_the_quarters_last_month_ends_with_the_24th(self):
        found = next_due(duty("quarterly", BEFORE_25TH), at(2026, 11, 26))

        self.assertEqual((found.period.code, found.day), ("2026-Q4", date(2026, 12, 24)))
        self.assertEqual(timezone.localtime(found.moment).strftime("%d/%m %H:%M:%S"),
                         "24/12 23:59:59")  # fmt: skip

    def test_the_last_instant_still_counts_and_the_next_does_not(self):
        monthly = duty("monthly", BEFORE_25TH)

        self.assertEqual(next_due(monthly, at(2026, 11, 24, 23, 59, 59)).period.code, "2026-11")
        self.assertEqual(next_due(monthly, at(2026, 11, 25, 0, 0, 0)).period.code, "2026-12")

    def test_a_day_of_the_month_after_belongs_to_the_period_before(self):
        monthly = duty("monthly", {"day": 10, "month_of_period": "next", "strictly_before": True})

        found = next_due(monthly, at(2026, 11, 5))

        self.assertEqual((found.period.code, found.day), ("2026-10", date(2026, 11, 9)))

    def test_a_day_that_the_month_lacks_is_its_last(self):
        monthly = duty("monthly", {"day": 31})

        self.assertEqual(next_due(monthly, at(2027, 2, 1)).day, date(2027, 2, 28))

    def test_the_first_of_a_month_strictly_before_is_the_last_of_the_month_before(self):
        yearly = duty("annual", {"day": 1, "month_of_period": "first", "strictly_before": True})

        self.assertEqual(next_due(yearly, at(2026, 11, 26)).day, date(2026, 12, 31))
        self.assertEqual(next_due(yearly, at(2026, 11, 26)).period.code, "2027")

    def test_half_years_are_due_in_their_last_month(self):
        half = duty("semiannual", {"day": 15})

        self.assertEqual(next_due(half, at(2026, 11, 26)).day, date(2026, 12, 15))
        self.assertEqual(next_due(half, at(2026, 12, 16)).day, date(2027, 6, 15))

    def test_nothing_without_a_day_or_without_a_calendar_has_a_legal_deadline(self):
        now = at(2026, 11, 26)
        for cadence in ("monthly", "quarterly", "semiannual", "annual"):
            self.assertIsNone(next_due(duty(cadence), now), cadence)
        for cadence in ("on_change", "on_request", "standing", "once", "periodic"):
            self.assertIsNone(next_due(duty(cadence, {"day": 5}), now), cadence)

    def test_a_duty_that_has_ended_is_due_no_more(self):
        ended = duty("monthly", BEFORE_25TH, valid_to=date(2026, 10, 31))

        self.assertIsNone(next_due(ended, at(2026, 11, 1)))
        self.assertEqual(last_due(ended, at(2026, 11, 1)).period.code, "2026-10")

    def test_a_duty_that_is_to_come_is_due_in_its_first_period(self):
        coming = duty("monthly", BEFORE_25TH, valid_from=date(2027, 3, 1))

        self.assertEqual(next_due(coming, at(2026, 11, 26)).period.code, "2027-03")


class WordsTests(SimpleTestCase):
    def test_every_shape_is_said_as_offices_say_it(self):
        cases = [
            ("monthly", BEFORE_25TH, "trước ngày 25 của tháng"),
            ("quarterly", BEFORE_25TH, "trước ngày 25 tháng cuối quý"),
            ("monthly", {"day": 10, "month_of_period": "next", "strictly_before": True},
             "trước ngày 10 tháng sau"),
            ("quarterly", {"day": 5, "month_of_period": "first"},
             "chậm nhất ngày 05 tháng đầu quý"),
            ("annual", {"day": 15}, "chậm nhất ngày 15 tháng 12"),
            ("annual", {}, ""),
            ("on_change", {"day": 5}, ""),
        ]  # fmt: skip
        with translation.override("vi"):
            for cadence, rule, words in cases:
                with self.subTest(cadence=cadence, rule=rule):
                    self.assertEqual(due_words(rule, cadence), words)
