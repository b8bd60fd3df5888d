"""What an event is refused for, and what it takes to take one back."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.core.roles import Role
from portal.core.statuses import TransitionRefused
from portal.units.events import actions
from portal.units.events.plan import Plan
from portal.units.models import Obligation, UnitEvent, UnitPage
from tests.factories import make_unit, make_user
from tests.units.event_makers import merged, new_unit, perform, prepared, renamed
from tests.units.test_events import BEFORE, DAY, EventTestCase


class RefusalTests(EventTestCase):
    def assert_refused(self, words, call, *args, **kwargs):
        with self.assertRaises(ValidationError) as caught:
            call(*args, **kwargs)
        self.assertIn(words, " ".join(caught.exception.messages))

    def test_how_many_units_an_event_concerns(self):
        for kind, units in (("merge", [self.post]), ("rename", [self.post, self.science])):
            with self.subTest(kind):
                event = UnitEvent(kind=kind, happened_on=DAY, instrument_number="1")
                with self.assertRaises(ValidationError):
                    actions.prepare_event(event, units, user=self.user)

    def test_a_code_that_is_taken_is_refused(self):
        self.assert_refused(
            "STTTT",
            prepared,
            "rename",
            [self.post],
            user=self.user,
            new=[new_unit("X", code="STTTT")],
        )

    def test_a_unit_that_has_ended_takes_part_in_nothing_later(self):
        renamed(self.post, "Sở Chuyển đổi số", user=self.user, happened_on=DAY)
        [post] = self.refreshed(self.post)

        self.assert_refused(
            "28/02/2026", merged, [post, self.science], user=self.user, happened_on=DAY
        )
        self.assert_refused(
            "28/02/2026",
            merged,
            [self.science, make_unit()],
            existing=[post],
            user=self.user,
            happened_on=DAY,
        )

    def test_no_circle(self):
        new = renamed(self.post, "Sở Chuyển đổi số", user=self.user, happened_on=DAY)
        [post] = self.refreshed(self.post)

        with self.assertRaises(ValidationError):
            merged(
                [new, self.science],
                existing=[post],
                user=self.user,
                happened_on=BEFORE - timedelta(days=9),
            )

    def test_an_event_that_lies_ahead_waits_for_its_day(self):
        ahead = timezone.localdate() + timedelta(days=3)
        event = prepared(
            "rename", [self.post], user=self.user, new=[new_unit("Sở")], happened_on=ahead
        )

        self.assert_refused("từ ngày đó", perform, event, user=self.user)

    def test_a_stale_preview_does_nothing(self):
        event = prepared("rename", [self.post], user=self.user, new=[new_unit("Sở Mới")])
        token = Plan(event).token
        make_user(Role.UNIT_HEAD, unit=self.post)

        with self.assertRaises(actions.StalePlan):
            actions.perform_event(event, token, user=self.user)
        self.assertFalse(UnitPage.objects.filter(title="Sở Mới").exists())

    def test_a_second_click_does_nothing_more(self):
        event = prepared("rename", [self.post], user=self.user, new=[new_unit("Sở Mới")])
        token = Plan(event).token
        actions.perform_event(event, token, user=self.user)

        with self.assertRaises(TransitionRefused):
            actions.perform_event(event, token, user=self.user)
        self.assertEqual(UnitPage.objects.filter(title="Sở Mới").count(), 1)
        self.assertEqual(Obligation.objects.in_force().count(), 1)

    def test_only_who_holds_the_right_performs(self):
        event = prepared("rename", [self.post], user=self.user, new=[new_unit("Sở Mới")])
        for role in (Role.IOC_OFFICER, Role.UNIT_HEAD, Role.READER):
            with self.subTest(role), self.assertRaises(PermissionDenied):
                perform(event, user=make_user(role))
        perform(event, user=make_user(Role.IOC_LEADER))


class UndoTests(EventTestCase):
    def undo(self, event):
        return actions.undo_event(event, user=self.user, reason="Nhập nhầm")

    def test_a_mistaken_event_is_taken_back_whole(self):
        event = prepared(
            "rename", [self.post], user=self.user, new=[new_unit("Sở Mới")], happened_on=DAY
        )
        event = perform(event, user=self.user)

        event = self.undo(event)

        self.assertEqual(event.status, "undone")
        self.assertFalse(UnitPage.objects.filter(title="Sở Mới").exists())
        self.assertIsNone(self.refreshed(self.post)[0].valid_to)
        self.duty.refresh_from_db()
        self.assertEqual(list(Obligation.objects.all()), [self.duty])
        self.assertIsNone(self.duty.valid_to)
        self.assertIsNone(self.member.memberships.get().valid_to)

    def test_copies_leave_the_unit_that_existed_before(self):
        event = merged([self.post, self.science], existing=[self.science], user=self.user)

        self.undo(event)

        [science] = self.refreshed(self.science)
        self.assertEqual((science.responsibilities.count(), science.focal_points.count()), (0, 0))

    def test_what_rests_on_an_event_keeps_it_standing(self):
        event = prepared(
            "rename", [self.post], user=self.user, new=[new_unit("Sở Mới")], happened_on=DAY
        )
        event = perform(event, user=self.user)
        new = event.successors.get()
        duty = Obligation.objects.create(
            unit=new, provision=self.provision, kind="report", cadence="annual"
        )

        with self.assertRaises(ValidationError):
            self.undo(event)
        self.assertEqual(self.refreshed(new)[0].title, "Sở Mới")

        duty.delete()
        renamed(new, "Sở Mới nữa", user=self.user, happened_on=timezone.localdate())
        with self.assertRaises(ValidationError):
            self.undo(event)

    def test_twice_is_refused(self):
        event = merged([self.post, self.science], user=self.user)
        self.undo(event)

        with self.assertRaises(TransitionRefused):
            self.undo(event)
