"""Totals below a table on the screen: asked about, left out, remembered and told."""

from django.urls import reverse

from portal.datasets.actions.stale_forms import mark_of
from portal.datasets.actions.uploads import choose_reading
from portal.datasets.imports.apart import LEAVE_OUT
from portal.datasets.models import DatasetVersion
from portal.datasets.steps import possible_steps
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

    def test_the_question_comes_before_a_corrected_file_where_rows_are_wrong_too(self):
        version = self.receive("Mã;Số\na;một\nb;2\nTổng cộng;3\n", dataset=self.dataset)

        before = possible_steps(self.officer, version, None)
        version.reading["candidates"] = []
        after = possible_steps(self.officer, version, None)

        self.assertEqual(version.status, Status.REFUSED)
        self.assertIsNone(before.main)
        self.assertIn("cách đọc tệp", before.waiting)
        self.assertIn("tai-len", [step.key for step in before.others])
        self.assertEqual(after.main.key, "tai-len")

    def test_who_verifies_sees_how_many_rows_were_left_out_and_is_not_told_to_correct(self):
        version = self.receive("Mã;Số\na;1\nb;2\nTổng cộng;3\n", dataset=self.dataset)
        with self.captureOnCommitCallbacks(execute=True):
            choose_reading(version, {"not_records": LEAVE_OUT}, user=self.officer)
        version.refresh_from_db()
        self.client.force_login(self.verifier)

        page = self.client.get(reverse("datasets:version", args=[version.pk]))

        self.assertContains(page, "<dt>Dòng không phải số liệu</dt><dd>1</dd>", html=False)
        self.assertNotContains(page, "rồi gửi lại")
