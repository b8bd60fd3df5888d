"""Roles that come with a membership: held exactly while a membership says so."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.clock import load_jobs
from portal.core.models import AuditEntry
from portal.core.role_groups import group_of
from portal.core.roles import Role, has_role, roles_of
from portal.units.models import Membership
from portal.units.permissions import unit_ids_of
from portal.units.unit_roles import sync_unit_roles
from tests.factories import make_unit, make_user

TODAY = timezone.localdate
DAY = timedelta(days=1)


def join(user, unit, role=Role.DATA_OFFICER, **dates):
    return Membership.objects.create(user=user, unit=unit, role=role, **dates)


def groups_of(user):
    """Return the roles as the database has them now."""
    return set(user.groups.values_list("role_group__role", flat=True))


class FollowingTests(TestCase):
    def setUp(self):
        self.unit = make_unit()
        self.person = make_user()

    def test_a_membership_gives_its_role_at_once(self):
        join(self.person, self.unit, Role.UNIT_HEAD)

        self.assertEqual(groups_of(self.person), {Role.UNIT_HEAD})

    def test_a_plain_member_gets_no_role(self):
        join(self.person, self.unit, "member")

        self.assertEqual(groups_of(self.person), set())

    def test_a_deleted_membership_takes_its_role_along(self):
        join(self.person, self.unit).delete()

        self.assertEqual(groups_of(self.person), set())

    def test_one_of_two_units_is_enough_to_keep_the_role(self):
        first, second = join(self.person, self.unit), join(self.person, make_unit())

        first.delete()
        self.assertEqual(groups_of(self.person), {Role.DATA_OFFICER})
        second.delete()
        self.assertEqual(groups_of(self.person), set())

    def test_what_begins_tomorrow_gives_nothing_today(self):
        join(self.person, self.unit, valid_from=TODAY() + DAY)
        self.assertEqual(groups_of(self.person), set())

        sync_unit_roles(on=TODAY() + DAY)
        self.assertEqual(groups_of(self.person), {Role.DATA_OFFICER})

    def test_roles_of_the_centre_are_left_alone(self):
        officer = make_user(Role.IOC_OFFICER)
        join(officer, self.unit).delete()
        sync_unit_roles()

        self.assertEqual(groups_of(officer), {Role.IOC_OFFICER})

    def test_a_superuser_stays_one(self):
        chief = make_user(is_superuser=True)
        join(chief, self.unit, valid_to=TODAY() - DAY)
        sync_unit_roles()
        chief.refresh_from_db()

        self.assertTrue(chief.is_superuser)
        self.assertTrue(has_role(chief, Role.ADMINISTRATOR))

    def test_the_user_object_at_hand_knows_the_new_role(self):
        self.assertEqual(roles_of(self.person), frozenset())

        membership = join(self.person, self.unit)
        self.assertEqual(roles_of(membership.user), {Role.DATA_OFFICER})


class LeavingTests(TestCase):
    def setUp(self):
        self.person = make_user(Role.UNIT_HEAD, unit=make_unit())
        self.membership = self.person.memberships.get()
        # The day passed without anybody saving anything.
        Membership.objects.filter(pk=self.membership.pk).update(valid_to=TODAY() - DAY)

    def test_whoever_left_yesterday_reaches_nothing_even_where_no_clock_ran(self):
        self.assertEqual(groups_of(self.person), {Role.UNIT_HEAD})
        self.assertEqual(unit_ids_of(self.person), frozenset())

    def test_the_next_log_in_takes_the_role(self):
        self.client.force_login(self.person)

        self.assertEqual(groups_of(self.person), set())

    def test_the_clock_takes_the_role(self):
        [job] = [job for job in load_jobs() if "let_roles_follow" in job.name]
        job.function()

        self.assertEqual(groups_of(self.person), set())

    def test_a_group_ticked_by_hand_is_taken_back(self):
        stranger = make_user()
        stranger.groups.add(group_of(Role.UNIT_HEAD))

        self.assertEqual(sync_unit_roles(), (0, 2))
        self.assertEqual(groups_of(stranger), set())


class TrailTests(TestCase):
    def test_who_got_and_lost_a_role_is_written_down_once(self):
        person, boss = make_user(), make_user(Role.ADMINISTRATOR)
        membership = Membership(user=person, unit=make_unit(), role=Role.UNIT_HEAD)
        membership._history_user = boss
        membership.save()
        sync_unit_roles()
        Membership.objects.update(valid_to=TODAY() - DAY)
        sync_unit_roles()
        sync_unit_roles()

        entries = AuditEntry.objects.filter(action__startswith="units.role_")
        self.assertEqual(
            [(entry.action, entry.subject, entry.data, entry.actor) for entry in entries],
            [
                ("units.role_given", person, {"role": "unit_head"}, boss),
                ("units.role_taken", person, {"role": "unit_head"}, None),
            ],
        )

    def test_many_people_cost_no_more_queries_than_few(self):
        unit = make_unit()
        for number in (2, 30):
            Membership.objects.bulk_create(
                Membership(user=make_user(), unit=unit, role=Role.DATA_OFFICER)
                for _each in range(number)
            )
            with CaptureQueriesContext(connection) as captured:
                self.assertEqual(sync_unit_roles(), (number, 0))
            self.assertLessEqual(len(captured), 8)
