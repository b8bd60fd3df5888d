"""From the draft of a meeting to the task confirmed, and the next meeting that looks at it."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.utils import timezone

from portal.core.deadlines import Timeliness
from portal.core.models import StatusEvent
from portal.core.statuses import TransitionRefused
from portal.meetings.actions import tasks
from portal.meetings.actions.agenda import (
    build_agenda,
    move_item,
    propose_item,
    remove_item,
    set_result,
)
from portal.meetings.actions.attendance import reply_to_invitation
from portal.meetings.actions.conclusions import conclude
from portal.meetings.actions.meetings import (
    cancel_meeting,
    change_meeting,
    close_meeting,
    convene_meeting,
    create_meeting,
    hold_meeting,
    postpone_meeting,
    reopen_meeting,
)
from portal.meetings.actions.minutes import hash_of, issue_minutes, sign_minutes
from portal.meetings.actions.reviews import decide_reviews
from portal.meetings.deadlines import with_standing
from portal.meetings.models import AgendaItem, Meeting, Task
from tests.meetings.people import MeetingPeople


class AgendaTests(MeetingPeople, TestCase):
    def test_a_new_meeting_has_the_standing_topics_and_the_usual_guests(self):
        meeting = self.draft_meeting()

        self.assertEqual(
            [item.title for item in meeting.agenda_items.all()],
            ["Quản lý, điều hành Trung tâm", "Giải quyết nhiệm vụ của các đơn vị"],
        )
        self.assertEqual([row.unit for row in meeting.attendances.all()], [self.health])

    def test_building_twice_adds_nothing_twice(self):
        meeting = self.draft_meeting()
        build_agenda(meeting, user=self.officer)

        self.assertEqual(meeting.agenda_items.count(), 2)

    def test_a_units_proposal_waits_for_the_next_meeting(self):
        propose_item(self.series, "Bổ sung cảm biến", user=self.health_officer, unit=self.health)
        meeting = self.draft_meeting()

        item = meeting.agenda_items.last()
        self.assertEqual((item.title, item.kind), ("Bổ sung cảm biến", "proposal"))
        remove_item(item, user=self.officer)
        self.assertEqual(self.series.backlog.get(meeting=None).title, "Bổ sung cảm biến")

    def test_nobody_proposes_for_another_unit(self):
        with self.assertRaises(ValidationError):
            propose_item(self.series, "Khác", user=self.health_officer, unit=self.culture)

    def test_an_item_put_off_stands_on_the_next_agenda(self):
        meeting = self.begun_meeting()
        item = meeting.agenda_items.first()
        set_result(item, AgendaItem.Result.DEFERRED, user=self.minute_taker)

        following = self.draft_meeting(title="Kỳ sau")
        self.assertIn(item.deferred_to, following.agenda_items.all())
        with self.assertRaises(ValidationError):
            set_result(item, AgendaItem.Result.DECIDED, user=self.minute_taker)

    def test_an_item_called_back_leaves_the_backlog(self):
        item = self.begun_meeting().agenda_items.first()
        set_result(item, AgendaItem.Result.DEFERRED, user=self.minute_taker)
        set_result(item, AgendaItem.Result.NOTED, user=self.minute_taker)

        self.assertFalse(self.series.backlog.filter(meeting=None).exists())

    def test_items_change_places(self):
        meeting = self.draft_meeting()
        move_item(meeting.agenda_items.last(), user=self.officer, up=True)

        self.assertEqual(
            [item.title for item in meeting.agenda_items.all()],
            ["Giải quyết nhiệm vụ của các đơn vị", "Quản lý, điều hành Trung tâm"],
        )


class MeetingStepTests(MeetingPeople, TestCase):
    def test_convening_says_what_is_missing(self):
        meeting = self.draft_meeting(chair="", start_at=None)
        with self.assertRaises(ValidationError) as caught:
            convene_meeting(meeting, user=self.leader)

        self.assertEqual(len(caught.exception.messages), 2)
        self.assertEqual(meeting.status, Meeting.Status.DRAFT)

    def test_convening_draws_a_number_that_a_new_date_keeps(self):
        meeting = convene_meeting(self.draft_meeting(), user=self.leader)
        self.assertEqual(meeting.invitation_number, "01/GM-VP")
        postpone_meeting(meeting, user=self.leader, reason="Bão")
        later = timezone.now() + timedelta(days=9)
        change_meeting(meeting, user=self.officer, start_at=later)
        convene_meeting(meeting, user=self.leader)

        self.assertEqual(meeting.invitation_number, "01/GM-VP")

    def test_an_officer_prepares_and_does_not_convene(self):
        with self.assertRaises(PermissionDenied):
            convene_meeting(self.draft_meeting(), user=self.officer)

    def test_an_extraordinary_meeting_names_who_asked_for_it(self):
        with self.assertRaises(ValidationError) as caught:
            self.draft_meeting(kind="extraordinary")

        self.assertIn("requested_by", caught.exception.message_dict)

    def test_a_unit_answers_for_itself_only(self):
        meeting = convene_meeting(self.draft_meeting(), user=self.leader)
        row = meeting.attendances.get()

        self.assertEqual(
            reply_to_invitation(row, "accepted", user=self.health_officer).reply, "accepted"
        )
        with self.assertRaises(PermissionDenied):
            reply_to_invitation(row, "declined", user=self.culture_head)

    def test_a_minute_taker_keeps_the_own_meetings_only(self):
        meeting = self.draft_meeting(secretary=self.officer)
        with self.assertRaises(PermissionDenied):
            build_agenda(meeting, user=self.minute_taker)

    def test_a_cancelled_meeting_is_over(self):
        meeting = cancel_meeting(self.draft_meeting(), user=self.leader, reason="Không cần")

        with self.assertRaises(TransitionRefused):
            convene_meeting(meeting, user=self.leader)

    def test_only_those_who_prepare_create(self):
        for user in (self.health_head, self.minute_taker, self.authority, self.reader):
            with self.subTest(user.username), self.assertRaises(PermissionDenied):
                create_meeting(user=user, title="Họp", convenor=self.centre)


class MinutesTests(MeetingPeople, TestCase):
    def test_signing_asks_for_the_end_of_the_sitting_and_of_every_item(self):
        meeting = self.begun_meeting()
        with self.assertRaises(ValidationError):
            sign_minutes(meeting.minutes, user=self.leader)
        hold_meeting(meeting, user=self.minute_taker)
        with self.assertRaises(ValidationError):
            sign_minutes(meeting.minutes, user=self.leader)

    def test_signed_minutes_are_frozen_with_their_hash(self):
        meeting = self.issued_meeting()
        minutes = meeting.minutes
        minutes.refresh_from_db()

        self.assertEqual(minutes.sha256, hash_of(minutes.snapshot))
        self.assertEqual((minutes.number, minutes.notice_number), ("01/BB-VP", "01/TB-VP"))
        with self.assertRaises(ValidationError):
            set_result(meeting.agenda_items.first(), "noted", user=self.minute_taker)
        with self.assertRaises(ValidationError):
            conclude(meeting.agenda_items.first(), "decision", "Thêm", user=self.leader)

    def test_issuing_assigns_the_drafted_tasks(self):
        self.issued_meeting()

        self.assertEqual(self.task.status, Task.Status.ASSIGNED)
        self.assertEqual(self.task.title, "Phòng Y tế rà soát số liệu tiêm chủng")

    def test_a_minute_taker_does_not_sign(self):
        meeting = self.begun_meeting()
        hold_meeting(meeting, user=self.minute_taker)
        for step in (sign_minutes, issue_minutes):
            with self.assertRaises(PermissionDenied):
                step(meeting.minutes, user=self.minute_taker)


class TaskTests(MeetingPeople, TestCase):
    def setUp(self):
        self.issued_meeting()

    def test_the_whole_way(self):
        task = self.task
        tasks.accept_task(task, user=self.health_officer)
        tasks.start_task(task, user=self.health_officer)
        tasks.report_progress(task, user=self.health_officer, text="Đã rà một nửa", percent=50)
        with self.assertRaises(PermissionDenied):
            tasks.submit_task(task, user=self.health_officer, text="Xong")
        tasks.submit_task(task, user=self.health_head, text="Đã rà soát xong")
        tasks.return_task(task, user=self.leader, reason="Thiếu phụ lục")
        tasks.submit_task(task, user=self.health_head, text="Đã bổ sung")
        tasks.confirm_task(task, user=self.leader)

        self.assertEqual(task.status, Task.Status.COMPLETED)
        self.assertEqual(with_standing([task])[0].standing, Timeliness.ON_TIME)
        self.assertEqual(
            list(StatusEvent.objects.about(task).values_list("to_status", flat=True)),
            [
                "draft",
                "assigned",
                "accepted",
                "in_progress",
                "submitted",
                "in_progress",
                "submitted",
                "completed",
            ],
        )

    def test_nobody_confirms_for_the_own_unit(self):
        self._bring_to_submitted()
        self.leader.memberships.create(unit=self.health, role="member")
        with self.assertRaises(PermissionDenied):
            tasks.confirm_task(self.task, user=self.leader)

    def test_another_units_head_cannot_touch_it(self):
        for step in (tasks.accept_task, tasks.start_task):
            with self.assertRaises(PermissionDenied):
                step(self.task, user=self.culture_head)

    def test_a_task_sent_back_goes_to_the_right_unit(self):
        tasks.send_back_task(self.task, user=self.health_head, reason="Không thuộc thẩm quyền")
        tasks.change_task(self.task, user=self.officer, lead_unit=self.culture)
        tasks.assign_task(self.task, user=self.leader)
        tasks.accept_task(self.task, user=self.culture_head)

        self.assertEqual(self.task.status, Task.Status.ACCEPTED)

    def test_an_extension_moves_the_deadline_and_keeps_the_old_one(self):
        later = self.task.due_on + timedelta(days=10)
        extension = tasks.extend_task(
            self.task, user=self.leader, new_due_on=later, reason="Thiếu số liệu cấp trên"
        )
        self.assertEqual(timezone.localdate(extension.old_due), self.task.due_on)
        self.assertEqual(timezone.localdate(with_standing([self.task])[0].due_at), later)
        with self.assertRaises(ValidationError):
            tasks.extend_task(self.task, user=self.leader, new_due_on=later, reason="Lần nữa")

    def test_overdue_is_computed_with_the_extension(self):
        long_after = timezone.now() + timedelta(days=35)
        self.assertIn(self.task, Task.objects.overdue(long_after))
        tasks.extend_task(
            self.task,
            user=self.leader,
            new_due_on=self.task.due_on + timedelta(days=10),
            reason="Gia hạn",
        )
        self.assertNotIn(self.task, Task.objects.overdue(long_after))
        self.assertIn(self.task, Task.objects.overdue(long_after + timedelta(days=10)))

    def test_the_next_meeting_reviews_it_and_closes_only_then(self):
        following = self.begun_meeting(title="Kỳ sau")
        item = following.agenda_items.get(kind=AgendaItem.Kind.TASK_REVIEW)
        self.assertTrue(item.title)
        review = following.task_reviews.get()
        self.assertEqual((review.task, review.status), (self.task, "assigned"))
        for each in following.agenda_items.all():
            set_result(each, "noted", user=self.minute_taker)
        hold_meeting(following, user=self.minute_taker)
        sign_minutes(following.minutes, user=self.leader)
        with self.assertRaises(ValidationError):
            close_meeting(following, user=self.leader)
        decide_reviews(following, {review.pk: ("continue", "")}, user=self.minute_taker)
        close_meeting(following, user=self.leader)
        reopen_meeting(following, user=self.leader, reason="Bổ sung hồ sơ")

        self.assertEqual(following.status, Meeting.Status.HELD)

    def _bring_to_submitted(self):
        tasks.accept_task(self.task, user=self.health_head)
        tasks.start_task(self.task, user=self.health_head)
        tasks.submit_task(self.task, user=self.health_head, text="Xong")
