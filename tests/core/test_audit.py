"""The audit trail: who did what, in words that outlive the object."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import TestCase

from portal.core.audit import record
from portal.core.models import AuditEntry
from portal.core.models.generic import AppendOnly
from tests.factories import make_unit, make_user


class AuditTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user, cls.unit = make_user(), make_unit("Phòng Y tế")

    def test_an_entry_tells_who_what_and_how(self):
        record("units.export", self.unit, user=self.user, rows=12, columns=["mã", "tên"])

        entry = AuditEntry.objects.about(self.unit).get()
        self.assertEqual(
            (entry.action, entry.actor, entry.subject, entry.label, entry.data),
            (
                "units.export",
                self.user,
                self.unit,
                "Phòng Y tế",
                {"rows": 12, "columns": ["mã", "tên"]},
            ),
        )
        self.assertIn("Phòng Y tế", str(entry))

    def test_an_entry_needs_neither_object_nor_name(self):
        entry = record("api.list", user=AnonymousUser())

        entry.refresh_from_db()
        self.assertEqual((entry.actor, entry.subject, entry.label), (None, None, ""))

    def test_the_label_outlives_the_object(self):
        entry = record("units.delete", self.unit, user=self.user)
        self.unit.delete()

        entry = AuditEntry.objects.get(pk=entry.pk)
        self.assertEqual((entry.label, entry.subject), ("Phòng Y tế", None))

    def test_a_long_name_is_cut(self):
        self.unit.title = "x" * 400

        self.assertEqual(len(record("units.x", self.unit).label), 255)

    def test_an_entry_is_neither_changed_nor_deleted(self):
        entry = record("units.export", self.unit, user=self.user)
        entries = AuditEntry.objects.filter(pk=entry.pk)
        for attempt in (
            entry.save,
            entry.delete,
            lambda: entries.update(action="x"),
            entries.delete,
            lambda: AuditEntry.objects.bulk_update([entry], ["action"]),
        ):
            with self.subTest(attempt), self.assertRaises(AppendOnly), transaction.atomic():
                attempt()

        self.assertEqual(entries.get().action, "units.export")
