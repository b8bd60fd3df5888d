"""Tasks and meetings in the events of units: what is open moves, what is closed does not."""

from django.test import TestCase
from django.utils import timezone

from portal.core.models import StatusEvent
from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.meetings.actions import tasks
from portal.meetings.models import (
    AgendaItem,
    AssessmentCycle,
    MeetingSeries,
    PeriodicReport,
    Ranking,
    ReportSchedule,
    Task,
    UnitAssessment,
    UnitAttendance,
)
from portal.units.duty_means import establish
from portal.units.events import actions
from portal.units.models import Obligation, UnitEvent
from tests.factories import make_provision, make_unit, make_user
from tests.meetings.people import MeetingPeople
from tests.units.event_makers import merged, perform, prepared, renamed


class MeetingHandoverTests(MeetingPeople, TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        super().setUpTestData()
        cls.administrator = make_user(Role.ADMINISTRATOR)

    def rename(self):
        return renamed(self.health, "Phòng Y tế và Dân số", user=self.administrator)

    def open_task(self, **fields):
        return Task.objects.create(
            title="Việc", lead_unit=self.health, status=Task.Status.ASSIGNED, **fields
        )

    def test_open_tasks_go_on_with_the_new_unit_and_closed_ones_stay(self):
        closed = Task.objects.create(
            title="Xong", lead_unit=self.health, status=Task.Status.COMPLETED
        )
        helped = Task.objects.create(
            title="Giúp", lead_unit=self.culture, status=Task.Status.IN_PROGRESS
        )
        helped.coordinating_units.add(self.health)
        task = self.open_task()

        new = self.rename()

        for each in (closed, helped, task):
            each.refresh_from_db()
        self.assertEqual((task.lead_unit, closed.lead_unit), (new, self.health))
        self.assertEqual(list(helped.coordinating_units.all()), [new])
        self.assertEqual(task.history.first().lead_unit_id, new.pk)

    def test_meetings_held_keep_their_units_and_those_to_come_get_the_new_one(self):
        held = self.issued_meeting()
        coming = self.draft_meeting(title="Kỳ tới")
        item = AgendaItem.objects.create(
            series=self.series, title="Đề xuất", presenter_unit=self.health
        )
        events = StatusEvent.objects.count()

        new = self.rename()

        self.assertEqual(held.attendances.get(unit=self.health).presence, "present")
        self.assertEqual([row.unit for row in coming.attendances.all()], [new])
        self.assertEqual(list(self.series.default_units.all()), [new])
        self.assertEqual(AgendaItem.objects.get(pk=item.pk).presenter_unit, new)
        acting = StatusEvent.objects.order_by("pk")[:events].values_list("acting_unit", flat=True)
        self.assertNotIn(new.code, set(acting))

    def test_the_convenor_of_a_series_changes(self):
        coming = self.draft_meeting()

        new = renamed(self.centre, "Văn phòng mới", user=self.administrator)

        coming.refresh_from_db()
        self.assertEqual(MeetingSeries.objects.get().convenor, new)
        self.assertEqual(coming.convenor, new)

    def test_assessments_and_rankings_stay_with_the_unit_of_that_year(self):
        cycle = AssessmentCycle.objects.create(
            year=2024, title="2024", evidence_cutoff=timezone.now()
        )
        UnitAssessment.objects.create(cycle=cycle, unit=self.health)
        Ranking.objects.create(cycle=cycle, unit=self.health, rank=1, score=9, score_possible=10)

        self.rename()

        self.assertEqual(UnitAssessment.objects.get().unit, self.health)
        self.assertEqual(Ranking.objects.get().unit, self.health)

    def test_two_invited_units_that_merge_are_invited_once(self):
        coming = self.draft_meeting(title="Kỳ tới", units=[self.health, self.culture])

        event = merged([self.health, self.culture], user=self.administrator)

        new = event.successors.get()
        self.assertEqual([row.unit for row in coming.attendances.all()], [new])
        actions.undo_event(event, user=self.administrator, reason="Nhầm")
        self.assertCountEqual(
            UnitAttendance.objects.filter(meeting=coming).values_list("unit", flat=True),
            [self.health.pk, self.culture.pk],
        )

    def test_a_task_that_nobody_takes_is_cancelled_with_the_reason(self):
        task = self.open_task()
        event = prepared("dissolve", [self.health], user=self.administrator)
        actions.decide_all(event, "stay", user=self.administrator, reason="Giữ")
        actions.decide_all(event, "end", user=self.administrator, reason="Hết nhiệm vụ")

        perform(event, user=self.administrator)

        task.refresh_from_db()
        self.assertEqual(task.status, Task.Status.CANCELLED)
        last = StatusEvent.objects.about(task).last()
        self.assertIn("Hết nhiệm vụ", last.note)

    def test_a_task_completed_since_stays_where_it_was_completed(self):
        task = self.open_task()
        event = merged(
            [self.health, self.culture], existing=[self.culture], user=self.administrator
        )
        task.refresh_from_db()
        tasks.accept_task(task, user=self.culture_head)
        tasks.start_task(task, user=self.culture_head)
        tasks.submit_task(task, user=self.culture_head, text="Xong")
        tasks.confirm_task(task, user=self.leader)

        actions.undo_event(event, user=self.administrator, reason="Nhầm")

        task.refresh_from_db()
        self.assertEqual(task.lead_unit, self.culture)
        self.assertEqual(UnitEvent.objects.get().status, "undone")


class ReportHandoverTests(MeetingPeople, TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        super().setUpTestData()
        cls.administrator = make_user(Role.ADMINISTRATOR)
        provision = make_provision()
        cls.duty = Obligation.objects.create(
            unit=make_unit("Các phòng", is_group=True),
            provision=provision,
            kind="report",
            cadence="monthly",
        )

    def schedule_of(self, unit, **fields):
        return ReportSchedule.objects.create(
            title="Báo cáo tháng", from_unit=unit, frequency="month", obligation=self.duty, **fields
        )

    def test_a_schedule_and_what_is_being_written_pass_and_what_was_sent_stays(self):
        schedule = self.schedule_of(self.health)
        draft, sent = (
            PeriodicReport.objects.create(
                schedule=schedule, unit=self.health, title="x", period=period, status=status
            )
            for period, status in (("2026-02", "draft"), ("2026-01", "accepted"))
        )

        new = renamed(self.health, "Phòng Y tế và Dân số", user=self.administrator)

        for each in (schedule, draft, sent):
            each.refresh_from_db()
        self.assertEqual((schedule.from_unit, draft.unit, sent.unit), (new, new, self.health))

    def test_two_units_that_merge_report_once(self):
        self.schedule_of(self.health)
        self.schedule_of(self.culture)

        event = merged([self.health, self.culture], user=self.administrator)

        [active] = ReportSchedule.objects.active()
        self.assertEqual(active.from_unit, event.successors.get())

    def test_taking_the_event_back_gives_the_schedules_back(self):
        schedules = [self.schedule_of(self.health), self.schedule_of(self.culture)]
        event = merged([self.health, self.culture], user=self.administrator)

        actions.undo_event(event, user=self.administrator, reason="Nhập nhầm")

        for schedule, unit in zip(schedules, (self.health, self.culture), strict=True):
            schedule.refresh_from_db()
            self.assertEqual((schedule.from_unit, schedule.is_active), (unit, True))


class DutyHandoverTests(MeetingPeople, TestCase):
    """What acts on a duty names the duty that stands, and again the old one when taken back."""

    @classmethod
    def setUpTestData(cls):
        ensure_site()
        super().setUpTestData()
        cls.administrator = make_user(Role.ADMINISTRATOR)
        cls.duty = Obligation.objects.create(
            unit=cls.health, provision=make_provision(), kind="meet", cadence="semiannual"
        )
        cls.report = Obligation.objects.create(
            unit=cls.health, provision=cls.duty.provision, kind="report", cadence="monthly"
        )
        [cls.own_series] = establish(cls.duty, user=None)
        [cls.schedule] = establish(cls.report, user=None)

    def test_series_and_schedule_name_the_new_unit_and_its_duty(self):
        new = renamed(self.health, "Phòng Y tế và Dân số", user=self.administrator)

        for thing in (self.own_series, self.schedule):
            thing.refresh_from_db()
        self.assertEqual((self.own_series.convenor, self.schedule.from_unit), (new, new))
        self.assertEqual(self.own_series.obligations.get().succeeds, self.duty)
        self.assertEqual(self.schedule.obligation.succeeds, self.report)

    def test_taking_the_event_back_gives_the_former_duty_back(self):
        event = merged([self.health, self.culture], user=self.administrator)

        actions.undo_event(event, user=self.administrator, reason="Nhập nhầm")

        self.schedule.refresh_from_db()
        self.assertEqual(self.schedule.obligation, self.report)
        self.assertEqual(self.own_series.obligations.get(), self.duty)
