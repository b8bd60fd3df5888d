"""A version comes back, is corrected with a reason, and is decided on by today's rules only."""

from django.core.exceptions import ValidationError

from portal.core.models import Job
from portal.core.roles import Role
from portal.core.statuses import history_of
from portal.datasets.access import current_version
from portal.datasets.actions.publication import prepare, put_in_place
from portal.datasets.actions.restoring import restore_version
from portal.datasets.actions.review import (
    compare_again,
    submit_version,
    verify_and_publish,
    verify_version,
    withdraw_version,
)
from portal.datasets.auditing.chain import first_break
from portal.datasets.manifests import table_file
from portal.datasets.models import DatasetColumn, DatasetVersion
from portal.datasets.steps import possible_steps
from portal.datasets.store import read_rows
from tests.datasets.datasets_factory import (
    V2,
    DatasetTestCase,
    make_dataset,
    make_indicator,
)
from tests.datasets.test_review import values
from tests.factories import make_user

Status = DatasetVersion.Status


class Restoring(DatasetTestCase):
    def restore(self, version, **kwargs):
        arguments = {"user": self.verifier, "note": "Bản 2 nhập nhầm đơn vị tính.", **kwargs}
        with self.captureOnCommitCallbacks(execute=True):
            restored = restore_version(version, **arguments)
        restored.refresh_from_db()
        return restored

    def test_an_old_version_comes_back_under_a_new_number_verified_by_somebody_else(self):
        first, _second = self.publish(), self.publish(V2)
        first.refresh_from_db()

        restored = self.restore(first)
        with self.assertRaises(ValidationError):
            verify_and_publish(restored, user=self.verifier)
        other = make_user(Role.IOC_OFFICER)
        verify_and_publish(restored, user=other)

        self.assertEqual(current_version(self.dataset), restored)
        self.assertEqual((restored.number, restored.table_sha256), (3, first.table_sha256))
        self.assertEqual(restored.manifest["restores"], 1)
        self.assertIsNone(first_break(self.dataset))
        self.assertEqual(restored.difference["changed"], 1)

    def test_the_values_of_indicators_come_back_as_well(self):
        indicator = make_indicator(self.dataset)
        first, _second = self.publish(), self.publish(V2)
        self.assertEqual(values(indicator), {("2025", ""): 20})
        first.refresh_from_db()

        verify_and_publish(self.restore(first), user=make_user(Role.IOC_OFFICER))

        self.assertEqual(values(indicator), {("2025", ""): 30})

    def test_it_is_not_asked_for_twice_nor_without_a_reason_nor_by_a_unit(self):
        first, _second = self.publish(), self.publish(V2)
        first.refresh_from_db()
        with self.assertRaises(ValidationError):
            self.restore(first, note=" ")
        with self.assertRaises(ValidationError):
            self.restore(first, user=self.head)
        self.restore(first)

        with self.assertRaises(ValidationError):
            self.restore(first)

    def test_neither_what_readers_see_nor_what_was_withdrawn_is_restored(self):
        first, second = self.publish(), self.publish(V2)
        with self.assertRaises(ValidationError):
            self.restore(second)
        withdraw_version(second, user=self.verifier, note="Sai.")
        second.refresh_from_db()
        with self.assertRaises(ValidationError):
            self.restore(second)
        first.refresh_from_db()
        self.assertEqual(first.status, Status.PUBLISHED)

    def test_a_changed_file_is_not_restored(self):
        first, _second = self.publish(), self.publish(V2)
        first.refresh_from_db()
        table_file(first).write_bytes(b"changed")

        with self.assertRaises(ValidationError):
            self.restore(first)

    def test_where_files_are_appended_the_rows_of_the_period_come_back(self):
        dataset = make_dataset(self.unit, code="theo-ky", mode="append")
        header = "Mã,Tên,Số lượng,Ghi chú nội bộ\n"
        first = self.publish(header + "01,A,1,\n", dataset=dataset, period="2024")
        self.publish(header + "02,B,2,\n", dataset=dataset, period="2025")
        self.publish(header + "01,A,100,\n", dataset=dataset, period="2024")
        first.refresh_from_db()

        restored = self.restore(first)
        verify_and_publish(restored, user=make_user(Role.IOC_OFFICER))

        rows = read_rows(table_file(restored), ["ma", "so_luong"])
        self.assertEqual({row["ma"]: row["so_luong"] for row in rows}, {"01": 1, "02": 2})
        self.publish(header + "03,C,3,\n", dataset=dataset, period="2026")
        rows = read_rows(table_file(current_version(dataset)), ["ma", "so_luong"])
        self.assertEqual({row["ma"]: row["so_luong"] for row in rows}, {"01": 1, "02": 2, "03": 3})

    def test_it_is_done_on_the_screen_of_the_version(self):
        first, _second = self.publish(), self.publish(V2)
        self.client.force_login(self.verifier)

        page = self.client.get(f"/quan-tri/du-lieu/phien-ban/{first.pk}/")
        self.assertContains(page, "Khôi phục phiên bản này")
        self.assertContains(page, "người khác thẩm định trước khi công bố")
        address = f"/quan-tri/du-lieu/phien-ban/{first.pk}/khoi-phuc/"
        refused = self.client.post(address, {"note": ""})
        self.assertContains(refused, "Hãy nêu lý do khôi phục phiên bản.", status_code=409)
        done = self.client.post(address, {"note": "Bản sau sai."}, follow=True)

        self.assertContains(done, "Phiên bản này khôi phục phiên bản 1.")
        self.assertContains(done, "Bản sau sai.")

    def test_readers_are_told_who_restored_and_whose_figures_they_are(self):
        first, _second = self.publish(), self.publish(V2)
        first.refresh_from_db()
        restored = self.restore(first)
        verify_and_publish(restored, user=make_user(Role.IOC_OFFICER))

        page = self.client.get(self.dataset.url)

        self.assertContains(page, "Khôi phục bởi")
        self.assertNotContains(page, "Trình bởi")
        self.assertNotContains(page, f"do {self.unit.title} trình")

    def test_who_withdraws_rows_that_later_versions_keep_is_told_so(self):
        dataset = make_dataset(self.unit, code="theo-ky", mode="append")
        header = "Mã,Tên,Số lượng,Ghi chú nội bộ\n"
        first = self.publish(header + "01,A,1,\n", dataset=dataset, period="2024")
        second = self.publish(header + "02,B,2,\n", dataset=dataset, period="2025")
        for version, told in ((first, True), (second, False)):
            version.refresh_from_db()
            steps = possible_steps(self.verifier, version, None).others
            effect = next(step.effect for step in steps if step.key == "thu-hoi")
            self.assertIs("Các phiên bản sau vẫn giữ" in effect, told)


class Correcting(DatasetTestCase):
    def test_a_published_period_is_not_sent_again_without_saying_why(self):
        self.publish()
        again = self.receive(V2)
        with self.assertRaises(ValidationError) as refusal:
            submit_version(again, user=self.officer)
        self.assertIn("note", refusal.exception.message_dict)

        submit_version(again, user=self.officer, note="Bình Minh báo lại.")
        verify_and_publish(again, user=self.verifier)

        self.assertEqual(again.corrects.number, 1)
        self.assertEqual(again.manifest["corrects"], {"version": 1, "reason": "Bình Minh báo lại."})

    def test_what_was_written_when_the_file_was_sent_is_reason_enough(self):
        self.publish()
        again = self.receive(V2, note="Đính chính theo văn bản của phường.")

        submit_version(again, user=self.officer)

        self.assertEqual(again.correction_reason, "Đính chính theo văn bản của phường.")

    def test_another_period_corrects_nothing(self):
        self.publish(period="2024")
        later = submit_version(self.receive(V2, period="2025"), user=self.officer)

        self.assertIsNone(later.corrects)

    def test_readers_see_the_reason_beside_the_versions(self):
        self.publish()
        again = submit_version(self.receive(V2), user=self.officer, note="Bình Minh báo lại.")
        verify_and_publish(again, user=self.verifier)

        page = self.client.get(self.dataset.get_url())

        self.assertContains(page, "Đính chính phiên bản 1: Bình Minh báo lại.", 2)

    def test_the_unit_sees_that_its_file_corrects_and_what_readers_will_be_told(self):
        self.publish()
        again = self.receive(V2, note="Bình Minh báo lại.")

        possible = possible_steps(self.officer, again, None)

        self.assertEqual(possible.main.typed, "Bình Minh báo lại.")
        self.assertIn("đã công bố (phiên bản 1)", possible.waiting)


class TodaysRules(DatasetTestCase):
    def change_the_rules(self, **changes):
        DatasetColumn.objects.filter(dataset=self.dataset, name="so_luong").update(**changes)

    def test_a_file_checked_by_other_rules_is_checked_again_first(self):
        waiting = self.submit()
        self.change_the_rules(maximum=1000)
        with self.assertRaises(ValidationError):
            verify_version(waiting, user=self.verifier)

        with self.captureOnCommitCallbacks(execute=True):
            compare_again(waiting, user=self.verifier)
        waiting.refresh_from_db()
        verify_and_publish(waiting, user=self.verifier)

        self.assertEqual(waiting.schema["fields"][2]["constraints"]["maximum"], "1000")

    def test_a_file_that_no_longer_passes_goes_back_to_its_unit(self):
        waiting = self.submit()
        self.change_the_rules(maximum=15)
        with self.captureOnCommitCallbacks(execute=True):
            compare_again(waiting, user=self.verifier)

        job = Job.objects.about(waiting).first()
        self.assertEqual(job.status, Job.Status.FAILED)
        self.assertIn("trả lại", job.error)
        with self.assertRaises(ValidationError):
            verify_and_publish(waiting, user=self.verifier)

    def test_other_words_for_a_column_change_no_rule(self):
        waiting = self.submit()
        self.change_the_rules(title="Tổng số", description="Theo địa bàn.")

        verify_and_publish(waiting, user=self.verifier)

        self.assertEqual(waiting.number, 1)

    def test_the_screen_says_that_the_definition_was_changed(self):
        waiting = self.submit()
        self.change_the_rules(maximum=1000)
        self.client.force_login(self.verifier)

        page = self.client.get(f"/quan-tri/du-lieu/phien-ban/{waiting.pk}/")

        self.assertContains(page, "Cấu trúc của bộ dữ liệu đã thay đổi")
        self.assertNotContains(page, "Xác minh và công bố")


class ShortTransaction(DatasetTestCase):
    def test_the_transaction_that_publishes_opens_no_file(self):
        make_indicator(self.dataset)
        version = self.submit()
        verify_version(version, user=self.verifier)
        prepared = prepare(version)
        table_file(version).rename(table_file(version).with_suffix(".away"))

        put_in_place(version, prepared, user=self.verifier)

        self.assertEqual(version.number, 1)
        self.assertEqual(version.indicator_values.count(), 1)

    def test_an_indicator_bound_otherwise_meanwhile_is_read_again(self):
        indicator = make_indicator(self.dataset)
        version = self.submit()
        verify_version(version, user=self.verifier)
        prepared = prepare(version)
        indicator.aggregate = "count"
        indicator.save()

        put_in_place(version, prepared, user=self.verifier)

        self.assertEqual(values(indicator), {("2025", ""): 2})

    def test_another_table_than_the_prepared_one_is_not_published(self):
        version = self.submit()
        verify_version(version, user=self.verifier)
        prepared = prepare(version)
        DatasetVersion.objects.filter(pk=version.pk).update(table_sha256="0" * 64)

        with self.assertRaises(ValidationError):
            put_in_place(version, prepared, user=self.verifier)

        self.assertIsNone(current_version(self.dataset))


class History(DatasetTestCase):
    def test_the_history_of_a_restored_version_begins_with_the_reason(self):
        first, _second = self.publish(), self.publish(V2)
        first.refresh_from_db()
        restored = restore_version(first, user=self.verifier, note="Bản sau sai.")

        event = history_of(restored).first()

        self.assertEqual((event.to_status, event.note), ("submitted", "Bản sau sai."))
