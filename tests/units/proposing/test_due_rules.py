"""Which month of its period a due day lies in."""

from django.test import SimpleTestCase

from portal.units.proposing.due_rules import dues_in


class PlaceTests(SimpleTestCase):
    def test_the_month_that_the_words_name(self):
        for words, place, after_period in (
            ("trước ngày 25 hằng tháng", None, False),
            ("trước ngày 25 của tháng cuối quý", "last", False),
            ("trước ngày 10 của tháng kế tiếp", None, True),
            ("chậm nhất ngày 05 tháng sau", None, True),
            ("trước ngày 10 tháng đầu quý sau", "first", True),
            ("trước ngày 10 tháng đầu quý", "first", False),
        ):
            with self.subTest(words):
                [due] = dues_in(words)
                rule = due.as_rule("quarterly")
                self.assertEqual(
                    (rule["month_of_period"], rule["after_period"]), (place, after_period)
                )
