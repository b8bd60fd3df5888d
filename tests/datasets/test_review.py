"""From a checked file to what readers see, with four eyes and an unbroken chain."""

import io
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from portal.core.roles import Role
from portal.core.statuses import TransitionRefused, history_of
from portal.datasets.access import current_version
from portal.datasets.actions.review import (
    compare_again,
    discard_version,
    return_version,
    submit_version,
    verify_and_publish,
    verify_version,
    withdraw_version,
)
from portal.datasets.auditing.chain import first_break
from portal.datasets.manifests import seal, table_file
from portal.datasets.models import (
    DatasetVersion,
    IndicatorPage,
    IndicatorValue,
)
from portal.units.models import Membership
from tests.datasets.datasets_factory import (
    V1,
    V2,
    WRONG,
    DatasetTestCase,
    make_dataset,
    make_indicator,
)
from tests.factories import make_user

Status = DatasetVersion.Status


def values(indicator):
    current = IndicatorValue.objects.current().filter(indicator=indicator)
    return {(value.period, value.area): int(value.value) for value in current}


class PublishingTests(DatasetTestCase):
    def test_a_version_gets_its_number_and_readers_see_it(self):
        version = self.publish()

        self.assertEqual((version.status, version.number), (Status.PUBLISHED, 1))
        self.assertEqual(current_version(self.dataset), version)
        steps = [event.to_status for event in history_of(version)]
        self.assertEqual(steps, ["received", "checked", "submitted", "verified", "published"])

    def test_the_second_version_supersedes_the_first_and_names_its_seal(self):
        first, second = self.publish(), self.publish(V2)

        first.refresh_from_db()
        self.assertEqual((first.status, second.number), (Status.SUPERSEDED, 2))
        self.assertEqual(second.manifest["previous"], first.manifest_sha256)
        self.assertEqual(seal(second.manifest), second.manifest_sha256)

    def test_whoever_uploaded_or_submitted_does_not_verify(self):
        officer = make_user(Role.IOC_OFFICER)
        Membership.objects.create(user=officer, unit=self.unit, role="data_officer")
        uploaded = self.submit(user=officer)
        with self.assertRaises(ValidationError):
            verify_version(uploaded, user=officer)
        submitted = submit_version(self.receive(V2), user=officer)
        with self.assertRaises(ValidationError):
            verify_version(submitted, user=officer)

        self.assertIsNone(current_version(self.dataset))

    def test_a_unit_does_not_verify(self):
        with self.assertRaises(ValidationError):
            verify_and_publish(self.submit(), user=self.head)

    def test_the_head_submits_where_the_dataset_says_so(self):
        self.dataset.head_must_submit = True
        self.dataset.save()
        version = self.receive()

        with self.assertRaises(ValidationError):
            submit_version(version, user=self.officer)
        self.assertEqual(submit_version(version, user=self.head).status, Status.SUBMITTED)

    def test_a_refused_file_is_not_submitted(self):
        with self.assertRaises(TransitionRefused):
            submit_version(self.receive(WRONG), user=self.officer)

    def test_returning_needs_a_reason_and_keeps_it(self):
        version = self.submit()
        with self.assertRaises(ValidationError):
            return_version(version, user=self.verifier, note="  ")

        return_version(version, user=self.verifier, note="Thiếu hai phường.")

        self.assertEqual(history_of(version).last().note, "Thiếu hai phường.")
        self.assertEqual(discard_version(version, user=self.officer).status, Status.DISCARDED)

    def test_a_version_compared_with_another_than_the_current_one_is_compared_again_first(self):
        waiting = self.submit(V2)
        self.publish()

        with self.assertRaises(ValidationError):
            verify_and_publish(waiting, user=self.verifier)
        waiting.refresh_from_db()
        self.assertEqual((waiting.status, current_version(self.dataset).number), ("submitted", 1))

        with self.captureOnCommitCallbacks(execute=True):
            compare_again(waiting, user=self.verifier)
        waiting.refresh_from_db()
        self.assertEqual(waiting.difference["changed"], 1)
        self.assertEqual(verify_and_publish(waiting, user=self.verifier, note="Gửi lại.").number, 2)

    def test_a_changed_table_is_not_published_and_the_pointer_stays(self):
        first, waiting = self.publish(), self.submit(V2)
        table_file(waiting).write_bytes(b"something else")

        with self.assertRaises(ValidationError):
            verify_and_publish(waiting, user=self.verifier)

        waiting.refresh_from_db()
        self.assertEqual(waiting.status, Status.SUBMITTED)
        self.assertIsNone(waiting.number)
        self.assertEqual(current_version(self.dataset), first)


class WithdrawalTests(DatasetTestCase):
    def test_the_version_before_stands_again(self):
        first, second = self.publish(), self.publish(V2)

        withdraw_version(second, user=self.verifier, note="Nhầm tệp.")

        self.assertEqual(current_version(self.dataset), first)
        self.assertEqual(current_version(self.dataset).status, Status.PUBLISHED)
        self.assertIsNone(first_break(self.dataset))

    def test_the_only_version_leaves_nothing_and_its_number_is_not_given_again(self):
        withdraw_version(self.publish(), user=self.verifier, note="Nhầm tệp.")

        self.assertIsNone(current_version(self.dataset))
        self.assertEqual(self.publish(V2).number, 2)

    def test_a_unit_does_not_withdraw(self):
        with self.assertRaises(ValidationError):
            withdraw_version(self.publish(), user=self.head, note="x")


class IndicatorTests(DatasetTestCase):
    def test_publishing_derives_the_value_of_the_period(self):
        indicator = make_indicator(self.dataset)

        version = self.publish()

        self.assertEqual(values(indicator), {("2025", ""): 30})
        self.assertEqual(version.impact[0]["new"], "30")

    def test_a_new_version_of_the_period_replaces_the_value_and_keeps_the_old_one(self):
        indicator = make_indicator(self.dataset)
        self.publish()
        self.publish(V2)

        self.assertEqual(values(indicator), {("2025", ""): 20})
        self.assertEqual(IndicatorValue.objects.count(), 2)

    def test_other_periods_stay_where_the_version_gives_the_period(self):
        indicator = make_indicator(self.dataset)
        self.publish(period="2024")
        self.publish(V2, period="2025")

        self.assertEqual(values(indicator), {("2024", ""): 30, ("2025", ""): 20})

    def test_withdrawing_brings_the_earlier_value_back(self):
        indicator = make_indicator(self.dataset)
        self.publish()
        second = self.publish(V2)

        withdraw_version(second, user=self.verifier, note="Nhầm tệp.")

        self.assertEqual(values(indicator), {("2025", ""): 30})

    def test_periods_and_areas_may_stand_in_columns(self):
        dataset = make_dataset(
            self.unit,
            "theo-ky",
            columns=(
                ("ky", "Kỳ", "period", {"is_key": True}),
                ("dia_ban", "Địa bàn", "area", {"is_key": True}),
                ("so_luong", "Số lượng", "integer", {}),
            ),
        )
        by_area = make_indicator(
            dataset, period_column="ky", area_column="dia_ban", frequency="quarter"
        )
        one_area = make_indicator(
            dataset,
            "an-binh",
            period_column="ky",
            filter_column="dia_ban",
            filter_value="An Bình",
            frequency="quarter",
        )
        text = (
            "Kỳ,Địa bàn,Số lượng\n"
            "Quý I/2025,An Bình,1\nQuý I/2025,Cửa Tùng,2\nQuý II/2025,An Bình,4\n"
        )
        self.publish(text, dataset=dataset)

        self.assertEqual(
            values(by_area),
            {
                ("2025-Q1", ""): 3,
                ("2025-Q1", "An Bình"): 1,
                ("2025-Q1", "Cửa Tùng"): 2,
                ("2025-Q2", ""): 4,
                ("2025-Q2", "An Bình"): 4,
            },
        )
        self.assertEqual(values(one_area), {("2025-Q1", ""): 1, ("2025-Q2", ""): 4})

    def test_an_indicator_made_later_is_read_from_what_stands(self):
        self.publish(period="2024")
        self.publish(V2, period="2025")
        indicator = make_indicator(None)

        indicator.dataset = self.dataset
        indicator.save_revision().publish()

        self.assertEqual(values(indicator), {("2024", ""): 30, ("2025", ""): 20})

    def test_a_binding_to_a_column_that_is_not_there_does_not_stop_publishing(self):
        indicator = make_indicator(self.dataset)
        IndicatorPage.objects.update(value_column="khong_co")  # the column was taken away later

        version = self.publish()

        self.assertEqual(values(indicator), {})
        self.assertIn("khong_co", version.impact[0]["problem"])


class ChainTests(DatasetTestCase):
    def broken_at(self):
        with self.assertRaises(CommandError) as caught:
            call_command("verify_audit")
        return str(caught.exception)

    def test_what_is_whole_passes(self):
        self.publish()
        self.publish(V2)

        self.assertIsNone(first_break(self.dataset))
        call_command("verify_audit", "dan-so", stdout=io.StringIO())

    def test_a_changed_original_is_named(self):
        version = self.publish()
        Path(version.file.path).write_bytes(V1.encode() + b" ")

        self.assertIn("dan-so", self.broken_at())
        self.assertIn("1", self.broken_at())

    def test_a_changed_manifest_is_named_at_its_version(self):
        first = self.publish()
        self.publish(V2)
        DatasetVersion.objects.filter(pk=first.pk).update(
            manifest={**first.manifest, "period": "2020"}
        )

        self.assertEqual(first_break(self.dataset).number, 1)

    def test_a_manifest_sealed_anew_breaks_the_next_link(self):
        first = self.publish()
        self.publish(V2)
        forged = {**first.manifest, "receipt_number": "2020-00001"}
        DatasetVersion.objects.filter(pk=first.pk).update(
            receipt_number="2020-00001", manifest=forged, manifest_sha256=seal(forged)
        )

        self.assertEqual(first_break(self.dataset).number, 2)

    def test_a_missing_version_is_named(self):
        first = self.publish()
        self.publish(V2)
        DatasetVersion.objects.filter(pk=first.pk).update(number=None)

        self.assertEqual(first_break(self.dataset).number, 2)
