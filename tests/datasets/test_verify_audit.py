"""Whoever changes what was sealed is found: each test changes one thing past the portal."""

import io
import json
from datetime import timedelta
from pathlib import Path

import duckdb
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from portal.core.ledgers import seal_ledgers
from portal.core.models import AuditEntry, StatusEvent
from portal.datasets.actions.fixes import fix_cells
from portal.datasets.actions.review import (
    return_version,
    submit_version,
    verify_and_publish,
    withdraw_version,
)
from portal.datasets.auditing.chain import first_break
from portal.datasets.manifests import seal, table_file
from portal.datasets.models import (
    CellFix,
    DatasetPointer,
    DatasetVersion,
    DefinitionVersion,
    IndicatorValue,
)
from tests.datasets.datasets_factory import (
    V1,
    V2,
    WRONG,
    DatasetTestCase,
    make_indicator,
)
from tests.datasets.test_manifests import make_old


def change(model, pk, **columns):
    """Change a row of the database as somebody would who holds it."""
    names = ", ".join(f"{name} = %s" for name in columns)
    values = [json.dumps(v) if isinstance(v, dict | list) else v for v in columns.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {names} WHERE id = %s", [*values, pk])


def remove(model, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [pk])


class TamperingTests(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.indicator = make_indicator(cls.dataset)

    def setUp(self):
        self.first = self.publish()
        self.second = self.publish(V2)

    def found(self):
        """Return what the command names as the first break."""
        with self.assertRaises(CommandError) as caught:
            call_command("verify_audit", stdout=io.StringIO())
        return str(caught.exception)

    def event(self, version, status):
        return StatusEvent.objects.about(version).get(to_status=status)

    def test_what_is_whole_passes_also_with_old_manifests_returns_and_withdrawals(self):
        returned = self.submit(V1)
        return_version(returned, user=self.verifier, note="Sai.")
        withdraw_version(self.publish(V1), user=self.verifier, note="Nhầm.")
        self.receive(WRONG)

        call_command("verify_audit", stdout=io.StringIO())

    def test_an_old_manifest_is_checked_as_it_was_written(self):
        make_old(self.first)
        old = DatasetVersion.objects.get(pk=self.first.pk)
        head = {**self.second.manifest, "previous": old.manifest_sha256}
        change(DatasetVersion, self.second.pk, manifest=head, manifest_sha256=seal(head))
        self.assertIsNone(first_break(self.dataset))

        change(DatasetVersion, self.first.pk, row_count=3)

        self.assertIn("phiên bản 1", self.found())

    def test_rows_that_were_exchanged_with_all_their_hashes(self):
        table = table_file(self.second)
        with duckdb.connect() as database:
            database.execute(f"CREATE TABLE t AS FROM read_parquet('{table}')")
            database.execute("UPDATE t SET so_luong = 99 WHERE ma = '03'")
            database.execute(f"COPY t TO '{table}' (FORMAT parquet)")
        self.assertIn("dan-so, phiên bản 2: Tệp bảng", self.found())

    def test_a_private_part_that_does_not_fit_its_commitment(self):
        parts = json.loads(json.dumps(self.second.manifest_parts))
        parts["private"]["value"]["original"]["filename"] = "khac.csv"
        change(DatasetVersion, self.second.pk, manifest_parts=parts)

        self.assertIn("bản kê", self.found())

    def test_a_new_version_given_out_as_an_old_one_and_a_manifest_without_its_keys(self):
        make_old(self.second)
        self.assertIn("phiên bản 2: bản kê", self.found())
        for manifest in ({}, {"format": 2}, {"format": 7}):
            change(
                DatasetVersion,
                self.second.pk,
                manifest=manifest,
                manifest_sha256=seal(manifest),
                manifest_parts={},
            )
            self.assertIn("phiên bản 2: bản kê", self.found())

    def test_a_lost_private_part(self):
        parts = {
            name: part for name, part in self.second.manifest_parts.items() if name != "private"
        }
        change(DatasetVersion, self.second.pk, manifest_parts=parts)

        self.assertIn("bản kê", self.found())

    def test_each_column_of_the_record(self):
        for name, value in {
            "filename": "khac.csv",
            "period": "2024",
            "receipt_number": "2020-00001",
            "submitted_by_id": self.head.pk,
            "uploaded_by_id": self.head.pk,
            "verified_by_id": self.head.pk,
            "verified_at": self.first.verified_at,
            "published_at": self.first.published_at,
            "correction_reason": "Khác.",
            "reading": {"chosen": {"not_records": "leave_out"}},
            "report": {**self.second.report, "accepted": 1},
            "difference": {},
            "schema": {**self.second.schema, "fields": []},
            "row_count": 7,
            "number": None,
            "status": "discarded",
        }.items():
            with self.subTest(name=name):
                kept = DatasetVersion.objects.filter(pk=self.second.pk).values(name).get()[name]
                change(DatasetVersion, self.second.pk, **{name: value})
                self.assertIn("dan-so", self.found())
                change(DatasetVersion, self.second.pk, **{name: kept})
        self.assertIsNone(first_break(self.dataset))

    def test_a_step_that_somebody_else_is_said_to_have_taken(self):
        change(StatusEvent, self.event(self.second, "verified").pk, actor_id=self.head.pk)

        self.assertIn("phiên bản 2", self.found())

    def test_a_note_and_a_moment_of_a_step(self):
        event = self.event(self.second, "submitted")
        for changed in ({"note": "Khác."}, {"at": self.first.published_at}):
            with self.subTest(changed=changed):
                change(StatusEvent, event.pk, **changed)
                self.assertIn("phiên bản 2", self.found())
                change(StatusEvent, event.pk, note=event.note, at=event.at)

    def test_a_step_that_was_taken_out(self):
        remove(StatusEvent, self.event(self.second, "published").pk)

        self.assertIn("phiên bản 2", self.found())

    def test_a_step_that_was_put_in(self):
        kind = ContentType.objects.get_for_model(DatasetVersion)
        StatusEvent.objects.create(
            content_type=kind, object_id=self.second.pk, from_status="", to_status="verified"
        )

        self.assertIn("không liền mạch", self.found())

    def test_a_version_that_is_gone_with_what_hangs_on_it(self):
        waiting = self.submit(V1)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM core_job WHERE object_id = %s", [waiting.pk])
        remove(DatasetVersion, waiting.pk)

        self.assertIn("không còn", self.found())

    def test_a_received_file_that_is_not_published_yet(self):
        waiting = self.submit(V1)
        Path(waiting.file.path).write_bytes(b"khac")

        self.assertIn(waiting.receipt_number, self.found())

    def test_a_received_file_exchanged_with_its_hash(self):
        waiting = self.receive(WRONG)
        Path(waiting.file.path).write_bytes(b"x")
        digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        change(DatasetVersion, waiting.pk, sha256=digest)

        self.assertIn(waiting.receipt_number, self.found())

    def test_what_decides_whether_a_file_came_in_time(self):
        waiting = self.submit(V1)
        earlier = (waiting.submitted_at - timedelta(days=3)).isoformat(" ")
        for columns in ({"period": "2024"}, {"submitted_at": earlier}):
            with self.subTest(columns):
                change(DatasetVersion, waiting.pk, **columns)
                self.assertIn(waiting.receipt_number, self.found())
                waiting.save()

    def test_a_file_that_cannot_be_read(self):
        path = Path(self.first.file.path)
        path.unlink()
        path.mkdir()

        self.assertIn("phiên bản 1: Không đọc được tệp", self.found())

    def test_the_note_of_a_received_file(self):
        entry = AuditEntry.objects.about(self.second).get(action="datasets.receive")
        change(AuditEntry, entry.pk, data={**entry.data, "sha256": "0" * 64})

        self.assertIn("phiên bản 2", self.found())

    def test_a_pointer_to_another_version(self):
        pointer = DatasetPointer.objects.get(dataset=self.dataset)
        change(DatasetPointer, pointer.pk, version_id=self.first.pk)

        self.assertIn("người đọc", self.found())

    def test_a_lost_pointer(self):
        remove(DatasetPointer, DatasetPointer.objects.get(dataset=self.dataset).pk)

        self.assertIn("phiên bản 2", self.found())

    def test_a_current_and_an_earlier_figure(self):
        for version, number in ((self.first, 1), (self.second, 2)):
            with self.subTest(version=number):
                value = IndicatorValue.objects.get(version=version)
                change(IndicatorValue, value.pk, value="99")
                self.assertIn(f"phiên bản {number}: giá trị", self.found())
                change(IndicatorValue, value.pk, value=str(value.value))

    def test_a_figure_that_was_taken_out(self):
        remove(IndicatorValue, IndicatorValue.objects.get(version=self.first).pk)

        self.assertIn("phiên bản 1", self.found())

    def test_an_earlier_figure_shown_as_the_current_one(self):
        change(IndicatorValue, IndicatorValue.objects.get(version=self.second).pk, is_current=False)
        change(IndicatorValue, IndicatorValue.objects.get(version=self.first).pk, is_current=True)

        self.assertIn("hiện hành", self.found())

    def test_a_definition_that_was_rewritten_or_taken_out(self):
        definition = self.second.definition
        change(DefinitionVersion, definition.pk, definition={**definition.definition, "x": 1})
        self.assertIn("phiên bản 1", self.found())
        change(DefinitionVersion, definition.pk, definition=definition.definition, number=2)

        self.assertIn("phiên bản", self.found())

    def test_the_seals_of_the_ledgers_cut_off_after_a_manifest_named_them(self):
        now = timezone.now()
        for hours in range(3):
            seal_ledgers(now=now + timedelta(hours=hours))
        third = self.publish(V1)
        self.assertEqual(third.manifest["registers"]["number"], 2)
        self.assertIsNone(first_break(self.dataset))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM core_ledgerseal WHERE number = 2")

        self.assertIn("phiên bản 3: niêm phong", self.found())

    def test_another_anchor_than_the_seal_that_is_there(self):
        head = {**self.second.manifest, "registers": {"number": 1, "sha256": "0" * 64}}
        change(DatasetVersion, self.second.pk, manifest=head, manifest_sha256=seal(head))

        self.assertIn("sổ nhật ký", self.found())


class CorrectedCellTests(DatasetTestCase):
    def test_a_corrected_cell_that_was_changed_or_taken_out(self):
        version = self.receive(WRONG)
        with self.captureOnCommitCallbacks(execute=True):
            fix_cells(version, {(2, "so_luong"): "10"}, user=self.officer)
        version.refresh_from_db()
        verify_and_publish(submit_version(version, user=self.officer), user=self.verifier)
        self.assertIsNone(first_break(self.dataset))
        fix = CellFix.objects.get()

        for changed in ({"new_value": "11"}, {"old_value": "x"}, {"fixed_by_id": self.head.pk}):
            change(CellFix, fix.pk, **changed)
            self.assertIn("ô đã sửa", str(first_break(self.dataset)))
            change(CellFix, fix.pk, new_value="10", old_value="mười", fixed_by_id=self.officer.pk)
        remove(CellFix, fix.pk)

        self.assertEqual(first_break(self.dataset).number, 1)
