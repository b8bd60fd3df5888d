"""Grants of before keep the meaning of their conditions on rows."""

from importlib import import_module

from django.apps import apps

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
        AccessGrant.objects.update(limits=[each[:3] for each in told])
        page.columns.filter(name="so_tien").update(type="text")
        page.refresh_from_db()
        page.save_revision().publish()

        migration.say_kinds(apps, None)

        grant.refresh_from_db()
        self.assertEqual(grant.limits, told)

        migration.forget_kinds(apps, None)
        grant.refresh_from_db()
        self.assertEqual([len(each) for each in grant.limits], [3, 3])
