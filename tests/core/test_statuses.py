"""Statuses: one step at a time, by one person, and every step is written down."""

from datetime import date

from django.db import IntegrityError, transaction
from django.test import TestCase

from portal.core.models import StatusEvent
from portal.core.models.generic import AppendOnly
from portal.core.statuses import TransitionRefused, born, can_move, history_of, move
from portal.meetings.models import Task
from tests.factories import make_unit, make_user

Status = Task.Status


class StatusTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(username="nguoi-giao")
        cls.task = Task.objects.create(
            title="Báo cáo", lead_unit=make_unit(), status=Status.ASSIGNED
        )

    def same_row(self):
        """Return the task as another person's request holds it."""
        return Task.objects.get(pk=self.task.pk)


class MoveTests(StatusTestCase):
    def test_a_step_changes_the_row_and_is_written_down(self):
        moved = move(
            self.task, Status.ACCEPTED, user=self.user, acting_unit="YT", due_on=date(2026, 3, 2)
        )

        self.assertIs(moved, self.task)
        self.assertEqual(
            (self.same_row().status, self.same_row().due_on), (Status.ACCEPTED, date(2026, 3, 2))
        )
        [event] = history_of(self.task)
        self.assertEqual(
            (event.from_status, event.to_status, event.actor, event.acting_unit),
            (Status.ASSIGNED, Status.ACCEPTED, self.user, "YT"),
        )

    def test_of_two_people_only_one_succeeds(self):
        one, other = self.same_row(), self.same_row()
        move(one, Status.CANCELLED, user=self.user)

        with self.assertRaises(TransitionRefused) as refusal:
            move(other, Status.ACCEPTED, user=self.user)

        self.assertEqual(refusal.exception.source, Status.CANCELLED)
        self.assertEqual(other.status, Status.CANCELLED)
        self.assertEqual(self.same_row().status, Status.CANCELLED)
        self.assertEqual(history_of(self.task).count(), 1)

    def test_the_same_step_twice_is_taken_once(self):
        one, other = self.same_row(), self.same_row()
        move(one, Status.ACCEPTED, user=self.user)

        with self.assertRaises(TransitionRefused):
            move(other, Status.ACCEPTED, user=self.user)

        self.assertEqual(history_of(self.task).count(), 1)

    def test_a_step_that_the_table_does_not_know_is_refused_in_words(self):
        self.assertIs(can_move(self.task, Status.COMPLETED), False)

        with self.assertRaises(TransitionRefused) as refusal:
            move(self.task, Status.COMPLETED, user=self.user)

        for word in ("Báo cáo", str(Status.ASSIGNED.label), str(Status.COMPLETED.label)):
            self.assertIn(word, str(refusal.exception))
        self.assertEqual(self.task.status, Status.ASSIGNED)

    def test_what_another_person_wrote_in_the_meantime_is_neither_lost_nor_misreported(self):
        stale = self.same_row()
        Task.objects.filter(pk=self.task.pk).update(title="Báo cáo quý I")

        move(stale, Status.ACCEPTED, user=self.user)

        self.assertEqual(stale.title, "Báo cáo quý I")
        latest = self.task.history.latest()
        self.assertEqual((latest.title, latest.history_user), ("Báo cáo quý I", self.user))

    def test_step_and_event_hold_together_or_not_at_all(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            move(self.task, Status.ACCEPTED, user=self.user)
            raise ZeroDivisionError

        self.assertEqual(self.same_row().status, Status.ASSIGNED)
        self.assertFalse(history_of(self.task).exists())

    def test_a_change_that_the_database_refuses_takes_no_step(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            move(self.task, Status.ACCEPTED, user=self.user, title=None)

        self.assertEqual(self.same_row().status, Status.ASSIGNED)
        self.assertFalse(history_of(self.task).exists())

    def test_the_system_moves_without_a_name(self):
        move(self.task, Status.CANCELLED, user=None, note="Hết hạn")

        [event] = history_of(self.task)
        self.assertEqual((event.actor, event.note), (None, "Hết hạn"))

    def test_the_history_begins_with_the_birth(self):
        born(self.task, user=self.user)
        move(self.task, Status.ACCEPTED, user=self.user)

        self.assertEqual(
            [(event.from_status, event.to_status) for event in history_of(self.task)],
            [("", Status.ASSIGNED), (Status.ASSIGNED, Status.ACCEPTED)],
        )


class AppendOnlyTests(StatusTestCase):
    def setUp(self):
        self.event = born(self.task, user=self.user)

    def test_an_event_is_neither_changed_nor_deleted(self):
        self.event.note = "khác"
        events = StatusEvent.objects.about(self.task)
        for attempt in (
            self.event.save,
            self.event.delete,
            lambda: events.update(note="khác"),
            events.delete,
            lambda: StatusEvent.objects.bulk_update([self.event], ["note"]),
            lambda: StatusEvent.objects.update_or_create(
                pk=self.event.pk, defaults={"note": "khác"}
            ),
        ):
            with self.subTest(attempt), self.assertRaises(AppendOnly), transaction.atomic():
                attempt()

        self.assertEqual(events.get().note, "")
