"""A grant that was changed past the portal is found by its history."""

import io

from django.core.management import CommandError, call_command
from django.db import connection

from portal.datasets.auditing.grants import first_false_grant
from portal.datasets.models import AccessGrant
from portal.datasets.sharing.grants import revoke_grant
from tests.datasets.sharing.sharing_case import SharingTestCase


class FalseGrantTests(SharingTestCase):
    def setUp(self):
        self.granted = self.grant("ma", "xa")

    def test_granted_and_revoked_as_told(self):
        revoke_grant(self.granted, user=self.head, reason="Hết nhu cầu.")

        self.assertEqual(first_false_grant(), "")

    def test_a_grant_that_was_widened_is_named(self):
        AccessGrant.objects.update(columns=self.ids())

        with self.assertRaises(CommandError) as caught:
            call_command("verify_audit", stdout=io.StringIO())
        self.assertIn(f"số {self.granted.pk}", str(caught.exception))

    def test_a_grant_that_was_slipped_in_or_taken_out_is_named(self):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM datasets_historicalaccessgrant")
        self.assertIn(f"số {self.granted.pk}", first_false_grant())

        self.granted.save()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM datasets_accessgrant")
        self.assertIn("không còn", first_false_grant())
