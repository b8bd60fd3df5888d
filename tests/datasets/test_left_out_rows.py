"""Totals below a table on the screen: asked about, left out, remembered and told."""

from django.urls import reverse

from portal.datasets.actions.stale_forms import mark_of
from portal.datasets.models import DatasetVersion
from tests.datasets.datasets_factory import DatasetTestCase, make_dataset

Status = DatasetVersion.Status


class LeftOutRowsTests(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        columns = (("ma", "Mã", "code", {"is_key": True}), ("so", "Số", "decimal", {}))
        cls.dataset = make_dataset(cls.unit, "co-tong", columns=columns)

    def test_rows_below_the_table_are_asked_about_and_remembered(self):
        text = "Mã;Số\na;1\nb;2\nTổng cộng;{}\n"
        version = self.receive(text.format(3), dataset=self.dataset)
        self.client.force_login(self.officer)
        page = self.client.get(reverse("datasets:version", args=[version.pk]))
        answer = {"not_records": "0", "seen": mark_of(version)}
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(reverse("datasets:choose_reading", args=[version.pk]), answer)
        version.refresh_from_db()
        next_version = self.receive(text.format(4), dataset=self.dataset)

        self.assertContains(page, "Tổng cộng")
        self.assertEqual((version.status, version.row_count), (Status.CHECKED, 2))
        self.assertEqual(version.reading["left_out"], [[4, 4]])
        self.assertEqual(next_version.reading["recalled"], version.receipt_number)
        told = {issue["code"] for issue in next_version.report["issues"]}
        self.assertEqual(told, {"row_left_out", "total_differs"})
