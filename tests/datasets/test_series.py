"""What readers see of an indicator's values: latest, change, tone, target, areas."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from django.test import SimpleTestCase

from portal.core.periods import parse_period
from portal.datasets.charts import series_chart
from portal.datasets.series import Series


def indicator(**fields):
    defaults = {
        "direction": "up",
        "target": None,
        "decimals": 0,
        "unit_of_measure": "hồ sơ",
    }
    return SimpleNamespace(**{**defaults, **fields})


def point(code, value, area=""):
    return SimpleNamespace(
        period=code, period_start=parse_period(code).start, value=Decimal(value), area=area
    )


class Changes(SimpleTestCase):
    def test_the_change_is_against_the_period_before_not_the_point_before(self):
        series = Series(indicator(), [point("2026-01", 10), point("2026-03", 30)])
        self.assertIsNone(series.change)

    def test_up_is_good_where_higher_is_better_and_bad_where_lower_is(self):
        points = [point("2026-01", 10), point("2026-02", 12)]
        self.assertEqual(Series(indicator(), points).change.tone, "good")
        self.assertEqual(Series(indicator(direction="down"), points).change.tone, "bad")
        self.assertEqual(Series(indicator(direction="neutral"), points).change.tone, "neutral")

    def test_a_change_from_nothing_has_no_per_cent(self):
        series = Series(indicator(), [point("2026-01", 0), point("2026-02", 5)])
        self.assertEqual(series.change.amount, 5)
        self.assertIsNone(series.change.percent)

    def test_the_same_period_of_the_year_before(self):
        series = Series(indicator(), [point("2025-Q2", 8), point("2026-Q2", 10)])
        self.assertEqual(series.change_in_a_year.percent, 25)

    def test_areas_are_those_of_the_latest_period(self):
        series = Series(
            indicator(),
            [],
            [point("2026-01", 1, "A"), point("2026-02", 2, "A"), point("2026-02", 3, "B")],
        )
        self.assertEqual([each.value for each in series.areas], [2, 3])
        self.assertEqual(series.areas[0].period_start, date(2026, 2, 1))


class Charts(SimpleTestCase):
    def test_a_chart_is_drawn_with_escaped_words(self):
        hostile = indicator(unit_of_measure="<script>alert(1)</script>", target=Decimal(20))
        points = [point(f"2026-{month:02}", month) for month in range(1, 8)]
        svg = series_chart(Series(hostile, points), "Hồ sơ")
        self.assertTrue(svg.startswith("<svg"))
        self.assertNotIn("<script", svg)
        self.assertIn("07/2026", svg)
