"""Mergers, divisions, new names, transfers, ends: who takes what, and what never moves."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils import timezone

from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.units.events import actions
from portal.units.events.plan import Plan
from portal.units.models import (
    FocalPoint,
    Membership,
    Obligation,
    UnitPage,
    UnitResponsibility,
)
from tests.factories import make_provision, make_unit, make_user
from tests.units.event_makers import merged, new_unit, perform, prepared, renamed

DAY = date(2026, 3, 1)
BEFORE = DAY - timedelta(days=1)


class EventTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.user = make_user(Role.ADMINISTRATOR)
        cls.provision = make_provision()
        cls.post = make_unit("Sở Thông tin và Truyền thông", code="STTTT")
        cls.science = make_unit("Sở Khoa học và Công nghệ", code="SKHCN")
        UnitResponsibility.objects.create(
            unit=cls.post, provision=cls.provision, text="Chủ trì dữ liệu", name_as_written=""
        )
        FocalPoint.objects.create(unit=cls.post, position="Chuyên viên", email="a@x.example")
        cls.duty = Obligation.objects.create(
            unit=cls.post,
            provision=cls.provision,
            kind="report",
            cadence="monthly",
            text="Báo cáo tháng",
            name_as_written="Sở TT&TT",
        )
        cls.member = make_user(Role.DATA_OFFICER, unit=cls.post)

    def refreshed(self, *units):
        return [UnitPage.objects.get(pk=unit.pk) for unit in units]


class MergeTests(EventTestCase):
    def merge_into_science(self):
        return merged(
            [self.post, self.science], existing=[self.science], user=self.user, happened_on=DAY
        )

    def test_the_old_unit_ends_and_keeps_name_code_and_address(self):
        url = self.post.url

        self.merge_into_science()

        post, science = self.refreshed(self.post, self.science)
        self.assertEqual((post.title, post.code, post.valid_to), (self.post.title, "STTTT", BEFORE))
        self.assertEqual(post.url, url)
        self.assertTrue(post.live)
        self.assertIsNone(science.valid_to)
        self.assertEqual(post.get_latest_revision_as_object().valid_to, BEFORE)

    def test_duties_are_copied_and_name_the_unit_as_the_text_does(self):
        self.merge_into_science()

        copy = self.science.responsibilities.get()
        self.assertEqual(copy.text, "Chủ trì dữ liệu")
        self.assertEqual(copy.name_as_written, "Sở Thông tin và Truyền thông")
        self.assertEqual(copy.provision, self.provision)
        self.assertEqual(self.post.responsibilities.count(), 1)
        self.assertEqual(self.science.focal_points.get().email, "a@x.example")

    def test_an_obligation_ends_and_the_next_one_succeeds_it(self):
        self.merge_into_science()

        self.duty.refresh_from_db()
        new = Obligation.objects.get(unit=self.science)
        self.assertEqual(self.duty.valid_to, BEFORE)
        self.assertEqual((new.succeeds, new.valid_from), (self.duty, DAY))
        self.assertEqual((new.name_as_written, new.text), ("Sở TT&TT", "Báo cáo tháng"))
        self.assertEqual(list(Obligation.objects.in_force()), [new])
        self.assertEqual(list(Obligation.objects.in_force(BEFORE)), [self.duty])

    def test_people_go_on_in_the_new_unit_from_the_day_on(self):
        self.merge_into_science()

        old = self.member.memberships.get(unit=self.post)
        new = self.member.memberships.get(unit=self.science)
        self.assertEqual((old.valid_to, new.valid_from, new.role), (BEFORE, DAY, old.role))

    def test_who_belongs_to_the_other_unit_already_is_not_doubled(self):
        Membership.objects.create(user=self.member, unit=self.science, role="data_officer")

        self.merge_into_science()

        self.assertEqual(self.member.memberships.filter(unit=self.science).count(), 1)

    def test_a_new_unit_inherits_kinds_and_the_weightier_role(self):
        group = make_unit("Các sở, ban, ngành", is_group=True)
        self.post.groups.add(group)
        self.post.save()
        self.science.centre_role = "coordinating"
        self.science.save()

        event = merged(
            [self.post, self.science], user=self.user, new=new_unit("Sở mới"), happened_on=DAY
        )

        new = event.successors.get()
        self.assertEqual((new.valid_from, new.centre_role), (DAY, "coordinating"))
        self.assertEqual(list(new.groups.all()), [group])
        self.assertEqual(
            [unit.valid_to for unit in self.refreshed(self.post, self.science)], [BEFORE, BEFORE]
        )

    def test_an_editor_s_draft_is_changed_too_but_not_published(self):
        page = UnitPage.objects.get(pk=self.science.pk)
        page.about = "<p>Bản nháp</p>"
        page.save_revision(user=self.user)

        self.merge_into_science()

        page = UnitPage.objects.get(pk=self.science.pk)
        draft = page.get_latest_revision_as_object()
        self.assertEqual(page.about, "")
        self.assertEqual(draft.about, "<p>Bản nháp</p>")
        self.assertEqual(draft.responsibilities.count(), 1)

    def test_a_publication_that_is_scheduled_stays_so_with_the_change(self):
        page = UnitPage.objects.get(pk=self.science.pk)
        page.about = "<p>Từ tuần sau</p>"
        page.go_live_at = timezone.now() + timedelta(days=7)
        page.save_revision(user=self.user).publish(user=self.user)

        self.merge_into_science()

        [revision] = page.revisions.filter(approved_go_live_at__isnull=False)
        later = revision.as_object()
        self.assertEqual(later.about, "<p>Từ tuần sau</p>")
        self.assertEqual(later.responsibilities.count(), 1)


class SplitTests(EventTestCase):
    def split(self):
        return prepared(
            "split",
            [self.post],
            user=self.user,
            new=[new_unit("Sở Một"), new_unit("Sở Hai")],
            happened_on=DAY,
        )

    def test_nothing_is_decided_beforehand_and_all_must_be(self):
        event = self.split()
        plan = Plan(event)

        self.assertTrue(plan.lines)
        self.assertEqual({line.choice for line in plan.lines}, {""})
        with self.assertRaises(ValidationError):
            perform(event, user=self.user)
        self.assertFalse(UnitPage.objects.filter(title="Sở Một").exists())

    def test_each_thing_goes_where_it_was_decided(self):
        event = self.split()
        one, two = (target.key for target in Plan(event).targets)
        actions.decide_all(event, two, user=self.user)
        [duty] = [line for line in Plan(event).lines if line.kind.key == "nghia-vu"]
        actions.decide(event, {duty.key: {"to": one}}, user=self.user)

        perform(event, user=self.user)

        first, second = (UnitPage.objects.get(title=title) for title in ("Sở Một", "Sở Hai"))
        self.assertEqual(Obligation.objects.in_force().get().unit, first)
        self.assertEqual(second.responsibilities.count(), 1)
        self.assertEqual(first.responsibilities.count(), 0)

    def test_what_nobody_takes_ends_with_a_reason(self):
        event = self.split()
        one = Plan(event).targets[0].key
        actions.decide_all(event, one, user=self.user)
        [duty] = [line for line in Plan(event).lines if line.kind.key == "nghia-vu"]
        actions.decide(event, {duty.key: {"to": "end"}}, user=self.user)
        with self.assertRaises(ValidationError):
            perform(event, user=self.user)

        actions.decide(event, {duty.key: {"to": "end", "reason": "Bãi bỏ"}}, user=self.user)
        perform(event, user=self.user)

        self.assertFalse(Obligation.objects.in_force().exists())

    def test_the_unit_itself_may_go_on(self):
        event = prepared(
            "split", [self.post], existing=[self.post], new=[new_unit("Sở Tách")], user=self.user
        )
        actions.decide_all(event, "stay", user=self.user)

        perform(event, user=self.user)

        [post] = self.refreshed(self.post)
        self.assertIsNone(post.valid_to)
        self.assertEqual(Obligation.objects.in_force().get().unit, post)


class OtherKindsTests(EventTestCase):
    def test_a_new_name_is_a_new_page_and_the_old_one_stays(self):
        new = renamed(self.post, "Sở Chuyển đổi số", user=self.user, happened_on=DAY)

        [post] = self.refreshed(self.post)
        self.assertEqual(post.title, "Sở Thông tin và Truyền thông")
        self.assertNotEqual((post.code, post.slug), (new.code, new.slug))
        self.assertEqual(Obligation.objects.in_force().get().unit, new)

    def test_a_transfer_moves_what_is_chosen_and_ends_nobody(self):
        event = prepared(
            "transfer", [self.post], existing=[self.science], user=self.user, happened_on=DAY
        )
        with self.assertRaisesMessage(ValidationError, "ít nhất một"):
            perform(event, user=self.user)
        [duty] = [line for line in Plan(event).lines if line.kind.key == "nghia-vu"]
        actions.decide(event, {duty.key: {"to": f"unit-{self.science.pk}"}}, user=self.user)

        perform(event, user=self.user)

        post, science = self.refreshed(self.post, self.science)
        self.assertIsNone(post.valid_to)
        self.assertEqual(Obligation.objects.in_force().get().unit, science)
        self.assertEqual(self.member.memberships.current().get().unit, post)

    def test_an_end_without_successor(self):
        event = prepared("dissolve", [self.post], user=self.user, happened_on=DAY)
        actions.decide_all(event, "end", user=self.user, reason="Giải thể")

        perform(event, user=self.user)

        self.assertEqual(self.refreshed(self.post)[0].valid_to, BEFORE)
        self.assertFalse(self.member.memberships.current().exists())

    def test_units_below_get_another_unit_above(self):
        child = make_unit("Phòng Bưu chính", parent_unit=self.post)

        new = renamed(self.post, "Sở Chuyển đổi số", user=self.user)

        self.assertEqual(self.refreshed(child)[0].parent_unit_id, new.pk)

    def test_two_communes_may_bear_one_name(self):
        namesake = make_unit("Xã Lộc Ninh", code="LN-1")

        new = renamed(self.post, "Xã Lộc Ninh", user=self.user)

        self.assertEqual(namesake.title, new.title)
        self.assertNotEqual((namesake.code, namesake.slug), (new.code, new.slug))
