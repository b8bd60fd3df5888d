"""The register of people: who sees it, who names whom, what needs a look."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.core.roles import Role
from portal.home.people_cards import people_cards
from portal.units.models import Membership
from portal.units.people import standing_of, units_without_contact
from tests.factories import make_unit, make_user

DAY = timedelta(days=1)


def today():
    return timezone.localdate()


class PeopleCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit, cls.other = make_unit("Sở Y tế"), make_unit("Sở Khác")
        cls.boss = make_user(Role.ADMINISTRATOR)
        cls.head = make_user(Role.UNIT_HEAD, unit=cls.unit, username="truong")
        cls.officer = make_user(Role.DATA_OFFICER, unit=cls.unit, username="can-bo")
        cls.member = make_user(unit=cls.unit, username="thanh-vien")
        cls.stranger = make_user(Role.DATA_OFFICER, unit=cls.other, username="nguoi-la")

    def add(self, who, **answers):
        self.client.force_login(who)
        return self.client.post(
            reverse("memberships:add"),
            {
                "user": self.member.pk,
                "unit": self.unit.pk,
                "role": "data_officer",
                "valid_from": "",
                "valid_to": "",
                **answers,
            },
        )

    def listed(self, who, **query):
        self.client.force_login(who)
        return self.client.get(reverse("memberships:index"), query)


class OverlapTests(PeopleCase):
    def test_the_same_for_some_of_the_same_days_is_refused(self):
        first = Membership.objects.create(
            user=self.member,
            unit=self.other,
            role="member",
            valid_from=today(),
            valid_to=today() + 10 * DAY,
        )
        for begins, ends in ((None, None), (today() + 10 * DAY, None), (None, today())):
            twin = Membership(
                user=self.member, unit=self.other, role="member", valid_from=begins, valid_to=ends
            )
            with self.subTest(begins=begins, ends=ends), self.assertRaises(ValidationError):
                twin.full_clean()
        first.full_clean()

    def test_what_follows_and_what_differs_is_fine(self):
        Membership.objects.create(
            user=self.member, unit=self.other, role="member", valid_to=today()
        )
        for unit, role, begins in (
            (self.other, "member", today() + DAY),
            (self.other, "data_officer", None),
            (make_unit(), "member", None),
        ):
            Membership(user=self.member, unit=unit, role=role, valid_from=begins).full_clean()

    def test_the_form_says_so_in_place(self):
        answer = self.add(self.boss, role="member")

        self.assertEqual(answer.status_code, 200)
        self.assertContains(answer, "đã có vai trò này")


class NamingTests(PeopleCase):
    def test_a_head_names_a_data_officer_of_the_own_unit(self):
        self.assertEqual(self.add(self.head).status_code, 302)

        self.assertTrue(self.member.memberships.filter(role="data_officer").exists())

    def test_a_head_names_no_head_no_stranger_and_nobody_elsewhere(self):
        for forged in (
            {"role": "unit_head"},
            {"unit": self.other.pk},
            {"user": self.stranger.pk},
        ):
            with self.subTest(forged=forged):
                before = Membership.objects.count()
                self.assertNotEqual(self.add(self.head, **forged).status_code, 302)
                self.assertEqual(Membership.objects.count(), before)

    def test_a_head_ends_what_a_data_officer_holds_but_changes_no_head(self):
        own, other_head = self.officer.memberships.get(), self.head.memberships.get()
        self.client.force_login(self.head)
        day = f"{today():%d/%m/%Y}"
        for row in (own, other_head):
            answers = {"role": row.role, "valid_from": "", "valid_to": day, "unit": self.other.pk}
            self.client.post(reverse("memberships:edit", args=[row.pk]), answers)
        own.refresh_from_db()
        other_head.refresh_from_db()

        self.assertEqual((own.valid_to, own.unit), (today(), self.unit))
        self.assertIsNone(other_head.valid_to)

    def test_a_head_makes_nobody_head_by_editing_and_deletes_nothing(self):
        row = self.officer.memberships.get()
        self.client.force_login(self.head)
        self.client.post(reverse("memberships:edit", args=[row.pk]), {"role": "unit_head"})
        self.client.post(reverse("memberships:delete", args=[row.pk]))

        self.assertEqual(Membership.objects.get(pk=row.pk).role, "data_officer")

    def test_who_was_head_until_yesterday_names_nobody(self):
        Membership.objects.filter(user=self.head).update(valid_to=today() - DAY)
        self.add(self.head)

        self.assertFalse(self.member.memberships.filter(role="data_officer").exists())

    def test_a_head_who_is_also_an_officer_of_the_centre_reaches_no_other_unit(self):
        both = make_user(Role.UNIT_HEAD, unit=self.unit)
        both.groups.add(*make_user(Role.IOC_OFFICER).groups.all())
        self.add(both, unit=self.other.pk, user=self.stranger.pk)
        self.client.post(
            reverse("memberships:edit", args=[self.stranger.memberships.get().pk]),
            {"role": "member"},
        )

        self.assertEqual(self.stranger.memberships.get().role, "data_officer")

    def test_a_data_officer_names_nobody(self):
        self.add(self.officer)

        self.assertFalse(self.member.memberships.filter(role="data_officer").exists())

    def test_units_that_are_gone_cannot_be_named(self):
        gone = make_unit("Sở cũ", valid_to=today() - DAY)
        self.assertEqual(self.add(self.boss, unit=gone.pk).status_code, 200)


class ListTests(PeopleCase):
    def test_a_unit_sees_its_own_people_only(self):
        for who in (self.head, self.officer):
            answer = self.listed(who)
            self.assertContains(answer, "thanh-vien")
            self.assertNotContains(answer, "nguoi-la")
        self.assertContains(self.listed(self.boss), "nguoi-la")

    def test_the_list_is_narrowed_by_time(self):
        gone, coming = make_user(username="da-di"), make_user(username="sap-den")
        Membership.objects.create(user=gone, unit=self.unit, role="member", valid_to=today() - DAY)
        Membership.objects.create(
            user=coming, unit=self.unit, role="member", valid_from=today() + DAY
        )
        for when, names in (("past", "da-di"), ("future", "sap-den"), ("current", "thanh-vien")):
            answer = self.listed(self.boss, when=when)
            for name in ("da-di", "sap-den", "thanh-vien"):
                with self.subTest(when=when, name=name):
                    check = self.assertContains if name == names else self.assertNotContains
                    check(answer, name)

    def test_the_list_names_who_serves_two_units_and_who_leaves(self):
        Membership.objects.create(user=self.stranger, unit=self.unit, role="member")
        Membership.objects.filter(user=self.officer).update(valid_to=today() + 5 * DAY)

        self.assertContains(self.listed(self.boss, watch="several"), "nguoi-la")
        self.assertNotContains(self.listed(self.boss, watch="several"), "can-bo")
        self.assertContains(self.listed(self.boss, watch="leaving"), "can-bo")
        self.assertNotContains(self.listed(self.boss, watch="leaving"), "nguoi-la")

    def test_who_goes_on_with_a_next_membership_does_not_leave(self):
        row = self.officer.memberships.get()
        Membership.objects.filter(pk=row.pk).update(valid_to=today() + 5 * DAY)
        Membership.objects.create(
            user=self.officer, unit=self.unit, role=row.role, valid_from=today() + 6 * DAY
        )

        self.assertFalse(Membership.objects.leaving_soon().exists())

    def test_many_people_cost_no_more_queries(self):
        self.listed(self.boss)
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as captured:
                self.client.get(reverse("memberships:index"))
            counts.append(len(captured))
            for _each in range(6):
                make_user(unit=make_unit())
        self.assertEqual(counts[0], counts[1])

    def test_a_membership_says_how_it_stands(self):
        for begins, ends, standing in (
            (None, None, "current"),
            (today() + DAY, None, "future"),
            (None, today() - DAY, "past"),
            (None, today() + DAY, "leaving"),
            (None, today() + 90 * DAY, "current"),
        ):
            self.assertEqual(standing_of(Membership(valid_from=begins, valid_to=ends)), standing)


class WarningTests(PeopleCase):
    def test_units_without_head_or_data_officer_are_named(self):
        make_unit("Các phòng, ban", is_group=True)
        make_unit("Sở đã giải thể", valid_to=today() - DAY)
        found = {unit.title: unit for unit in units_without_contact()}

        self.assertEqual(set(found), {"Sở Khác"})
        self.assertEqual((found["Sở Khác"].has_head, found["Sở Khác"].has_data_officer), (0, 1))

    def test_the_start_page_of_an_administrator_warns(self):
        Membership.objects.filter(user=self.officer).update(valid_to=today() + 5 * DAY)
        urls = {card.url: card.count for card in people_cards(self.boss)}

        self.assertEqual(urls[reverse("units:without_contact")], 1)
        self.assertEqual(urls[reverse("memberships:index") + "?watch=leaving"], 1)
        self.assertEqual(list(people_cards(self.head)), [])

    def test_the_list_of_such_units_leads_to_naming_somebody(self):
        self.client.force_login(self.boss)
        page = self.client.get(reverse("units:without_contact"))
        link = f"{reverse('memberships:add')}?unit={self.other.pk}&amp;role=unit_head"
        self.assertContains(page, link)
        form = self.client.get(link.replace("&amp;", "&"))
        self.assertContains(form, f'<option value="{self.other.pk}" selected')
        self.assertEqual(
            self.client.get(reverse("memberships:add") + "?unit=x&role=y&user=z").status_code, 200
        )

    def test_the_page_of_a_person_tells_everything(self):
        self.client.force_login(self.boss)
        page = self.client.get(reverse("units:person", args=[self.officer.pk]))

        self.assertContains(page, "Sở Y tế")
        self.assertContains(page, reverse("units:hand_over", args=[self.officer.pk]))
        chief = make_user(is_superuser=True)
        page = self.client.get(reverse("units:person", args=[chief.pk]))
        self.assertNotContains(page, reverse("units:hand_over", args=[chief.pk]))
