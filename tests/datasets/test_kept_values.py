"""Values of indicators are written before a publication, unseen, and made current by it."""

from decimal import Decimal
from unittest.mock import patch

from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.datasets import kept_values
from portal.datasets.actions.publication import prepare, put_in_place
from portal.datasets.actions.review import verify_and_publish, verify_version, withdraw_version
from portal.datasets.models import IndicatorCataloguePage, IndicatorPage
from tests.datasets.datasets_factory import V1, V2, DatasetTestCase
from tests.factories import make_index


class KeptValueTests(DatasetTestCase):
    def setUp(self):
        self.indicator = make_index(IndicatorCataloguePage, "Chỉ tiêu").add_child(
            instance=IndicatorPage(
                title="Tổng dân số", code="DS01", frequency="year", dataset=self.dataset,
                value_column="so_luong", area_column="ma",
            )
        )  # fmt: skip

    def current(self):
        values = self.indicator.values.current().values_list("period", "area", "value")
        return {(period, area): int(value) for period, area, value in values}

    def test_what_is_written_ahead_is_not_seen_and_is_written_once(self):
        version = self.submit()
        with patch.object(kept_values, "AHEAD_AT_ONCE", 2):
            prepare(version)
            with CaptureQueriesContext(connection) as queries:
                prepare(version)

        self.assertEqual(self.indicator.values.filter(version=version).count(), 3)
        self.assertEqual(self.current(), {})
        written = [each for each in queries if not each["sql"].startswith("SELECT")]
        self.assertEqual(written, [])

    def test_the_transaction_writes_no_value_anew(self):
        version = self.submit()
        prepared = prepare(version)
        verify_version(version, user=self.verifier)
        with CaptureQueriesContext(connection) as queries:
            put_in_place(version, prepared, user=self.verifier)

        table = self.indicator.values.model._meta.db_table
        inserted = [each for each in queries if f'INSERT INTO "{table}"' in each["sql"]]
        self.assertEqual(inserted, [])
        self.assertEqual(self.current(), {("2025", "01"): 10, ("2025", "02"): 20, ("2025", ""): 30})

    def test_a_refused_publication_changes_nothing_that_is_seen(self):
        self.publish(V1)
        seen = self.current()
        waiting = self.submit(V2, period="2024")
        self.publish(V2, period="2026")
        seen_then = self.current()
        with self.assertRaises(ValidationError):
            verify_and_publish(waiting, user=self.verifier)

        self.assertEqual(self.current(), seen_then)
        self.assertEqual({key: seen_then[key] for key in seen}, seen)

    def test_a_binding_that_changed_after_the_preparation_is_read_again(self):
        version = self.submit()
        prepared = prepare(version)
        IndicatorPage.objects.filter(pk=self.indicator.pk).update(aggregate="max")
        verify_version(version, user=self.verifier)

        put_in_place(version, prepared, user=self.verifier)

        self.assertEqual(self.current()["2025", ""], 20)

    def test_values_that_stand_are_not_written_again_when_another_period_comes(self):
        first = self.publish(V1)
        second = self.publish(V2, period="2026")
        self.assertEqual(self.current()["2025", ""], 30)
        self.assertEqual(self.current()["2026", ""], 20)

        withdraw_version(second, user=self.verifier, note="Sai.")

        self.assertEqual({period for period, _area in self.current()}, {"2025"})
        whole = self.indicator.values.current().get(area="")
        self.assertEqual((whole.version, whole.value), (first, Decimal(30)))
