"""Accounts: roles of the centre by name, and no way up to a superuser."""

from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import NoReverseMatch, reverse

from portal.core.role_groups import group_of
from portal.core.roles import Role
from tests.factories import make_unit, make_user


class UserCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.boss = make_user(Role.ADMINISTRATOR)
        cls.chief = make_user(is_superuser=True, username="goc")
        cls.person = make_user(
            Role.DATA_OFFICER,
            unit=make_unit(),
            username="can-bo",
            first_name="Cán bộ",
            email="a@example.vn",
        )

    def setUp(self):
        self.client.force_login(self.boss)

    def edit(self, person, **more):
        answers = {
            "username": person.username,
            "first_name": person.first_name or "Tên",
            "email": person.email or "b@example.vn",
            "is_active": "on",
            "groups": [],
            **more,
        }
        return self.client.post(reverse("wagtailusers_users:edit", args=[person.pk]), answers)

    def roles(self, person):
        return set(person.groups.values_list("role_group__role", flat=True))


class RolesTests(UserCase):
    def test_a_role_of_the_centre_is_ticked_by_its_name(self):
        page = self.client.get(reverse("wagtailusers_users:edit", args=[self.person.pk]))
        self.assertContains(page, str(group_of(Role.IOC_OFFICER)))
        self.assertNotContains(page, f'value="{group_of(Role.UNIT_HEAD).pk}"')
        self.edit(self.person, groups=[group_of(Role.IOC_OFFICER).pk])

        self.assertEqual(self.roles(self.person), {Role.IOC_OFFICER, Role.DATA_OFFICER})

    def test_an_unticked_role_goes_and_that_of_the_unit_stays(self):
        self.person.groups.add(group_of(Role.IOC_OFFICER))
        self.edit(self.person)

        self.assertEqual(self.roles(self.person), {Role.DATA_OFFICER})

    def test_a_role_of_a_unit_cannot_be_forged(self):
        answer = self.edit(self.person, groups=[group_of(Role.UNIT_HEAD).pk])

        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.roles(self.person), {Role.DATA_OFFICER})

    def test_a_new_account_gets_its_role(self):
        answer = self.client.post(
            reverse("wagtailusers_users:add"),
            {
                "username": "moi",
                "first_name": "Người mới",
                "email": "moi@example.vn",
                "password1": "mot-mat-khau-dai-2026",
                "password2": "mot-mat-khau-dai-2026",
                "groups": [group_of(Role.READER).pk],
                "is_superuser": "on",
            },
        )

        self.assertEqual(answer.status_code, 302)
        new = group_of(Role.READER).user_set.get(username="moi")
        self.assertFalse(new.is_superuser)


class EscalationTests(UserCase):
    def test_an_administrator_makes_no_superuser(self):
        self.assertEqual(self.edit(self.person, is_superuser="on").status_code, 302)
        self.person.refresh_from_db()

        self.assertFalse(self.person.is_superuser)

    def test_an_administrator_neither_sees_nor_changes_a_superuser(self):
        before = self.chief.password
        self.assertNotEqual(
            self.client.get(reverse("wagtailusers_users:edit", args=[self.chief.pk])).status_code,
            200,
        )
        self.edit(self.chief, password1="doi-mat-khau-2026", password2="doi-mat-khau-2026")
        self.client.post(reverse("wagtailusers_users:delete", args=[self.chief.pk]))
        self.chief.refresh_from_db()

        self.assertEqual((self.chief.password, self.chief.email), (before, ""))

    def test_a_superuser_is_not_copied_either(self):
        with self.assertRaises(NoReverseMatch):
            reverse("wagtailusers_users:copy", args=[self.chief.pk])

    def test_bulk_actions_leave_superusers_alone(self):
        group = group_of(Role.ADMINISTRATOR)
        for action, data in (
            ("set_active_state", {"mark_as_active": "False"}),
            ("assign_role", {"role": group.pk}),
            ("delete", {}),
        ):
            address = reverse("wagtail_bulk_action", args=["auth", "user", action])
            self.client.post(f"{address}?id={self.chief.pk}", data)
        self.chief.refresh_from_db()

        self.assertTrue(self.chief.is_active)
        self.assertFalse(self.chief.groups.exists())

    def test_bulk_roles_are_roles_of_the_centre(self):
        address = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"])
        for role in (Role.UNIT_HEAD, Role.READER):
            self.client.post(f"{address}?id={self.person.pk}", {"role": group_of(role).pk})

        self.assertEqual(self.roles(self.person), {Role.DATA_OFFICER, Role.READER})

    def test_a_group_that_is_no_role_is_given_by_superusers_only(self):
        group = Group.objects.create(name="Nhóm lạ")
        self.edit(self.person, groups=[group.pk])
        self.assertNotIn(group, self.person.groups.all())

        self.client.force_login(self.chief)
        self.edit(self.person, groups=[group.pk])
        self.assertIn(group, self.person.groups.all())

    def test_others_keep_no_accounts(self):
        for role in (Role.IOC_LEADER, Role.IOC_OFFICER, Role.READER):
            self.client.force_login(make_user(role))
            with self.subTest(role=role):
                answer = self.client.get(reverse("wagtailusers_users:index"))
                self.assertNotEqual(answer.status_code, 200)
