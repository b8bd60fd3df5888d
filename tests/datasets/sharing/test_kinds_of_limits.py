"""Grants of before keep the meaning of their conditions on rows."""

from importlib import import_module

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.datasets.auditing.grants import first_false_grant
from portal.datasets.models import AccessGrant
from tests.datasets.sharing.sharing_case import SharingTestCase

migration = import_module("portal.datasets.migrations.0019_limits_say_their_kind")


class KindsOfLimitsTests(SharingTestCase):
    def test_conditions_take_the_type_that_the_column_had_when_they_were_made(self):
        grant = self.grant(
            "ma",
            limits=[
                [self.ids("so_tien")[0], "lt", "120"],
                [self.ids("xa")[0], "exact", "An Bình"],
            ],
        )
        told = grant.limits
        page = self.closed
        page.save_revision().publish()
        for model in (AccessGrant, AccessGrant.history.model):
            model.objects.update(limits=[each[:3] for each in told])
        page.columns.filter(name="so_tien").update(type="text")
        page.refresh_from_db()
        page.save_revision().publish()

        then = (
            MigrationLoader(connection)
            .project_state([("datasets", "0001_squashed_0018_sources")])
            .apps
        )
        migration.say_kinds(then, None)

        grant.refresh_from_db()
        self.assertEqual(grant.limits, told)
        self.assertEqual(first_false_grant(), "")

        migration.forget_kinds(then, None)
        grant.refresh_from_db()
        self.assertEqual([len(each) for each in grant.limits], [3, 3])
