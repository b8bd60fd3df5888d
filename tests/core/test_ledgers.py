"""What is only ever added is sealed by the hour, and a change of it is named."""

import json
from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.utils import timezone

from portal.core.audit import record
from portal.core.ledgers import first_ledger_break, last_seal, ledgers, seal_ledgers, sha256_of
from portal.core.models import AuditEntry, LedgerSeal
from portal.units.models import Membership
from tests.factories import make_unit, make_user

HOUR = timedelta(hours=1)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


class LedgerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(unit=make_unit())

    def setUp(self):
        self.now = timezone.now()
        self.entries = [record("test.done", user=self.user, step=step) for step in range(3)]
        self.seal()
        self.seal()

    def seal(self):
        self.now += HOUR
        return seal_ledgers(now=self.now)

    def test_append_only_records_and_histories_are_ledgers(self):
        known = ledgers()

        for label in ("core.StatusEvent", "core.AuditEntry", "core.DeadlineExtension",
                      "datasets.CellFix", "datasets.DueExtension",
                      "units.HistoricalMembership",
                      "units.HistoricalObligation_counterparts"):  # fmt: skip
            self.assertIn(label, known)
        self.assertNotIn("core.LedgerSeal", known)
        self.assertNotIn("units.Membership", known)

    def test_a_seal_ends_where_the_ledgers_ended_at_the_seal_before(self):
        record("test.later", user=self.user)
        third = self.seal()

        self.assertEqual(third.document["ledgers"], {})
        fourth = self.seal()

        self.assertEqual(fourth.document["ledgers"]["core.AuditEntry"]["rows"], 1)
        self.assertIsNone(first_ledger_break())

    def test_nothing_new_makes_no_seal_and_a_young_seal_waits(self):
        self.assertIsNone(self.seal())
        record("test.later", user=self.user)
        self.assertIsNotNone(self.seal())
        record("test.later", user=self.user)

        self.assertIsNone(seal_ledgers(now=self.now + timedelta(minutes=5)))

    def test_a_changed_entry_is_named_with_its_seal(self):
        run("UPDATE core_auditentry SET action = 'x' WHERE id = %s", self.entries[1].pk)

        found = first_ledger_break()

        self.assertEqual(found.seal, 2)
        self.assertIn("đã bị sửa", str(found))

    def test_an_entry_taken_out_or_put_in_is_named(self):
        run("DELETE FROM core_auditentry WHERE id = %s", self.entries[1].pk)
        self.assertIn("khi niêm phong có 3", str(first_ledger_break()))

        AuditEntry(pk=self.entries[1].pk, action="x").save(force_insert=True)
        self.assertIn("đã bị sửa", str(first_ledger_break()))

    def test_a_changed_history_of_a_register_is_named(self):
        [past] = Membership.history.filter(user=self.user)
        run("UPDATE units_historicalmembership SET role = 'unit_head' WHERE history_id = %s",
            past.pk)  # fmt: skip

        self.assertEqual(first_ledger_break().seal, 2)
        self.assertIn("lịch sử ", str(first_ledger_break()))

    def test_a_seal_whose_document_is_none_any_more_is_named(self):
        for document in ("[]", "{}", "3"):
            with self.subTest(document):
                run("UPDATE core_ledgerseal SET document = %s WHERE number = 2", document)
                self.assertEqual(first_ledger_break().seal, 2)

    def test_a_changed_seal_a_missing_seal_and_another_chain_are_named(self):
        record("test.later", user=self.user)
        self.seal()
        run("UPDATE core_ledgerseal SET sha256 = %s WHERE number = 2", "0" * 64)
        self.assertEqual(first_ledger_break().seal, 2)

        run("DELETE FROM core_ledgerseal WHERE number = 2")
        self.assertEqual(first_ledger_break().seal, 2)

    def test_a_horizon_that_was_moved_leaves_a_gap_that_is_named(self):
        record("test.later", user=self.user)
        horizon = LedgerSeal.objects.get(number=2).horizon
        moved = {**horizon, "core.AuditEntry": horizon["core.AuditEntry"] + 5}
        run("UPDATE core_ledgerseal SET horizon = %s WHERE number = 2", json.dumps(moved))
        self.seal()
        record("test.later", user=self.user)
        self.seal()

        self.assertIsNotNone(first_ledger_break())

    def test_a_column_that_a_release_takes_away_is_told_and_breaks_nothing(self):
        seal = LedgerSeal.objects.get(number=2)
        told = seal.document["ledgers"]["core.AuditEntry"]
        told["columns"] = [*told["columns"], "gone"]
        digest = sha256_of(seal.document)
        run("UPDATE core_ledgerseal SET document = %s, sha256 = %s WHERE number = 2",
            json.dumps(seal.document), digest)  # fmt: skip
        remarks = []

        self.assertIsNone(first_ledger_break(remarks))
        self.assertEqual(len(remarks), 1)

    def test_the_last_seal_is_what_a_manifest_carries(self):
        self.assertEqual(last_seal()["number"], 2)
