"""When a file is due, and whether it came in time."""

from datetime import datetime

from django.test import TestCase
from django.utils import timezone

from portal.core.deadlines import Timeliness
from portal.core.periods import parse_period
from portal.datasets.models import DatasetVersion
from portal.datasets.timeliness import (
    next_open,
    timeliness_of_dataset,
    timeliness_of_datasets,
    timeliness_of_unit,
)
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_unit, make_user


def moment(text):
    return timezone.make_aware(datetime.fromisoformat(text))


class TimelinessTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit, cls.user = make_unit(), make_user()
        cls.dataset = make_dataset(
            cls.unit, frequency="month", first_period="2026-01", due_day=5, due_in="next"
        )

    def submitted(self, period, at, status="submitted", dataset=None):
        return DatasetVersion.objects.create(
            dataset=dataset or self.dataset,
            unit=(dataset or self.dataset).owner_unit,
            receipt_number=f"{period}-{at}-{status}",
            period=period,
            status=status,
            filename="a.csv",
            size=1,
            sha256="0",
            uploaded_by=self.user,
            submitted_by=self.user,
            submitted_at=moment(at),
        )

    def states(self, now, dataset=None):
        states = timeliness_of_dataset(dataset or self.dataset, moment(now))
        return {state.period.code: state.timeliness for state in states}

    def test_a_period_is_due_on_the_day_after_it_and_missing_later(self):
        self.assertEqual(self.states("2026-02-05T23:00")["2026-01"], Timeliness.DUE_SOON)
        self.assertEqual(self.states("2026-02-06T00:01")["2026-01"], Timeliness.MISSING)

    def test_what_came_on_the_due_day_is_in_time_and_a_minute_later_is_late(self):
        self.submitted("2026-01", "2026-02-05T23:59")
        self.submitted("2026-02", "2026-03-06T00:01")

        states = self.states("2026-03-10T08:00")

        self.assertEqual(states["2026-01"], Timeliness.ON_TIME)
        self.assertEqual(states["2026-02"], Timeliness.LATE)

    def test_the_first_submission_counts_and_a_correction_does_not_make_it_late(self):
        self.submitted("2026-01", "2026-02-04T08:00", status="superseded")
        self.submitted("2026-01", "2026-03-01T08:00", status="published")

        self.assertEqual(self.states("2026-03-02T08:00")["2026-01"], Timeliness.ON_TIME)

    def test_a_returned_file_does_not_count(self):
        self.submitted("2026-01", "2026-02-04T08:00", status="returned")

        self.assertEqual(self.states("2026-03-02T08:00")["2026-01"], Timeliness.MISSING)

    def test_grace_and_strictly_before(self):
        strict = make_dataset(
            self.unit, "nghiem", frequency="quarter", first_period="2026-Q1", due_day=25,
            due_in="same", due_strictly_before=True, grace_days=2,
        )  # fmt: skip

        [state] = timeliness_of_dataset(strict, moment("2026-03-01T08:00"))

        self.assertEqual(state.due_day.isoformat(), "2026-03-24")
        self.assertEqual(timezone.localtime(state.due).date().isoformat(), "2026-03-26")

    def test_an_irregular_dataset_owes_no_period(self):
        irregular = make_dataset(self.unit, "thay-doi", frequency="irregular", first_period="")

        self.assertEqual(timeliness_of_dataset(irregular), [])

    def test_the_next_open_period_is_the_oldest_missing(self):
        self.submitted("2026-01", "2026-02-04T08:00")

        states = timeliness_of_dataset(self.dataset, moment("2026-04-10T08:00"))

        self.assertEqual(next_open(states).period, parse_period("2026-02"))

    def test_a_unit_is_counted_over_what_fell_due_in_the_year(self):
        self.submitted("2026-01", "2026-02-04T08:00")
        self.submitted("2026-02", "2026-03-09T08:00")

        found = timeliness_of_unit(self.unit, 2026, moment("2026-04-10T08:00"))

        self.assertEqual((found.on_time_count, found.expected_count), (1, 3))
        self.assertEqual([state.period.code for state in found.counted][-1], "2026-03")

    def test_many_datasets_take_five_queries(self):
        other = make_dataset(self.unit, "khac", frequency="month", first_period="2026-01")

        with self.assertNumQueries(5):
            timeliness_of_datasets([self.dataset, other])
