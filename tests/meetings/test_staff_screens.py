"""The staff screens: every page opens, every step goes through its form, nothing typed is lost."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from portal.meetings.models import (
    AgendaItem,
    Meeting,
    Minutes,
    Task,
)
from tests.meetings.people import MeetingPeople


class ScreenCase(MeetingPeople, TestCase):
    def do(self, user, name, pk, deed, **answers):
        """Send the form of one step as ``user``."""
        self.client.force_login(user)
        data = {f"{deed}-{key}": value for key, value in answers.items()}
        return self.client.post(reverse(f"meetings:{name}", args=[pk]), {"do": deed, **data})

    def open(self, user, name, *args):
        self.client.force_login(user)
        return self.client.get(reverse(f"meetings:{name}", args=args))


class MeetingScreenTests(ScreenCase):
    def test_a_meeting_is_prepared_by_its_form(self):
        self.client.force_login(self.officer)
        data = {
            "title": "Họp giao ban quý",
            "series": self.series.pk,
            "kind": "semiannual",
            "convenor": self.centre.pk,
            "start_at": "2026-12-20T08:00",
            "place": "Hội trường",
            "chair": "Chủ tịch",
            "secretary": self.minute_taker.pk,
            "units": [self.culture.pk],
        }
        response = self.client.post(reverse("meetings:create"), data)
        meeting = Meeting.objects.get()

        self.assertRedirects(response, reverse("meetings:meeting", args=[meeting.pk]))
        self.assertEqual([row.unit for row in meeting.attendances.all()], [self.culture])
        self.assertEqual(timezone.localtime(meeting.start_at).hour, 8)

    def test_what_was_typed_stands_when_the_form_is_refused(self):
        self.client.force_login(self.officer)
        data = {"title": "Họp đột xuất về bão", "kind": "extraordinary", "convenor": self.centre.pk}
        response = self.client.post(reverse("meetings:create"), data)

        self.assertContains(response, "Họp đột xuất về bão")
        self.assertIn("requested_by", response.context["form"].errors)

    def test_the_whole_way_by_its_buttons(self):
        meeting = self.draft_meeting(start_at=None)
        response = self.do(self.leader, "meeting", meeting.pk, "convene")
        self.assertTrue(response.context["steps"][0]["form"].non_field_errors())
        self.client.force_login(self.officer)
        self.client.post(
            reverse("meetings:edit", args=[meeting.pk]),
            {
                "title": meeting.title,
                "series": self.series.pk,
                "kind": "semiannual",
                "convenor": self.centre.pk,
                "start_at": "2026-12-20T08:00",
                "place": "Hội trường",
                "chair": "Chủ tịch",
                "secretary": self.minute_taker.pk,
                "units": [self.health.pk],
            },
        )
        self.do(self.leader, "meeting", meeting.pk, "convene")
        row = meeting.attendances.get()
        self.do(
            self.health_head, "meeting", meeting.pk, "reply", attendance=row.pk, reply="accepted"
        )
        self.do(self.minute_taker, "meeting", meeting.pk, "start")
        item = meeting.agenda_items.first()
        response = self.do(self.minute_taker, "item", item.pk, "conclude", kind="task", text="Rà")
        self.assertContains(response, "Rà")
        self.assertIn("lead_unit", response.context["steps"][0]["form"].errors)
        self.do(
            self.minute_taker,
            "item",
            item.pk,
            "conclude",
            kind="task",
            text="Rà soát camera",
            lead_unit=self.health.pk,
            due_on="2027-01-15",
            priority="normal",
        )
        for each in meeting.agenda_items.all():
            self.do(
                self.minute_taker,
                "item",
                each.pk,
                "outcome",
                result="decided",
                discussion="Trao đổi",
            )
        self.do(
            self.minute_taker,
            "attendance",
            meeting.pk,
            "record",
            **{f"presence_{row.pk}": "present", f"people_{row.pk}": "Lê Thị B, Phó Trưởng phòng"},
        )
        self.do(self.minute_taker, "meeting", meeting.pk, "hold")
        self.do(self.minute_taker, "minutes", meeting.pk, "write", opening="Khai mạc", closing="")
        self.do(self.leader, "minutes", meeting.pk, "sign")
        self.do(self.leader, "minutes", meeting.pk, "issue")
        self.do(self.leader, "meeting", meeting.pk, "close")

        meeting.refresh_from_db()
        row.refresh_from_db()
        self.assertEqual(meeting.status, Meeting.Status.CLOSED)
        self.assertEqual(meeting.minutes.status, Minutes.Status.ISSUED)
        self.assertEqual((row.reply, row.attendees.get().name), ("accepted", "Lê Thị B"))
        self.assertEqual(Task.objects.get().status, Task.Status.ASSIGNED)

    def test_a_step_that_is_over_says_so(self):
        meeting = self.begun_meeting()
        response = self.do(self.leader, "meeting", meeting.pk, "convene")

        self.assertRedirects(response, reverse("meetings:meeting", args=[meeting.pk]))

    def test_items_are_moved_and_taken_off(self):
        meeting = self.draft_meeting()
        self.client.force_login(self.officer)
        first, second = meeting.agenda_items.all()
        self.client.post(reverse("meetings:item_step", args=[second.pk, "len"]))
        self.client.post(reverse("meetings:item_step", args=[first.pk, "bo"]))

        self.assertEqual([item.pk for item in meeting.agenda_items.all()], [second.pk])

    def test_a_unit_proposes_a_topic(self):
        self.client.force_login(self.health_officer)
        self.client.post(
            reverse("meetings:propose"),
            {"series": self.series.pk, "unit": self.health.pk, "title": "Lắp thêm trạm đo"},
        )
        self.assertEqual(AgendaItem.objects.get().presenter_unit, self.health)

    def test_every_page_opens_for_who_works_on_it(self):
        meeting = self.issued_meeting()
        following = self.begun_meeting(title="Kỳ sau")
        conclusion = meeting.agenda_items.first().conclusions.get()
        pages = [
            ("index",),
            ("create",),
            ("meeting", meeting.pk),
            ("edit", following.pk),
            ("attendance", following.pk),
            ("reviews", following.pk),
            ("minutes", meeting.pk),
            ("item", meeting.agenda_items.first().pk),
            ("item", following.agenda_items.first().pk),
            ("conclusion", conclusion.pk),
            ("tasks",),
            ("task_create",),
            ("task", self.task.pk),
            ("cycles",),
            ("cycle_create",),
            ("criteria_sets",),
        ]
        for page in pages:
            with self.subTest(page):
                self.assertEqual(self.open(self.leader, *page).status_code, 200)
        self.assertContains(self.client.get(reverse("meeting_series:index")), self.series.title)
        self.assertEqual(self.client.get(reverse("wagtailadmin_home")).status_code, 200)

    def test_the_menu_leads_there(self):
        self.client.force_login(self.health_officer)

        self.assertContains(
            self.client.get(reverse("wagtailadmin_home")), reverse("meetings:tasks")
        )


class TaskScreenTests(ScreenCase):
    def setUp(self):
        self.issued_meeting()

    def test_the_way_of_a_task_by_its_buttons(self):
        pk = self.task.pk
        self.do(self.health_officer, "task", pk, "accept")
        self.do(self.health_officer, "task", pk, "start")
        self.do(self.health_officer, "task", pk, "report", text="Nửa đường", percent=50)
        self.do(self.health_head, "task", pk, "submit", text="Xong")
        self.do(self.leader, "task", pk, "confirm")
        self.task.refresh_from_db()

        self.assertEqual(self.task.status, Task.Status.COMPLETED)
        self.assertContains(self.open(self.leader, "task", pk), "Nửa đường")

    def test_each_sees_only_the_steps_that_are_theirs(self):
        cases = {
            self.health_officer: {"accept", "send_back"},
            self.leader: {"extend", "cancel"},
            self.officer: set(),
            self.authority: set(),
        }
        for user, steps in cases.items():
            with self.subTest(user.username):
                response = self.open(user, "task", self.task.pk)
                self.assertEqual({step["deed"].key for step in response.context["steps"]}, steps)

    def test_a_deadline_is_extended(self):
        later = self.task.due_on + timedelta(days=5)
        self.do(
            self.leader, "task", self.task.pk, "extend", new_due_on=later.isoformat(), reason="Chờ"
        )
        response = self.do(
            self.leader, "task", self.task.pk, "extend", new_due_on=later.isoformat(), reason="Lại"
        )
        self.assertContains(response, "Lại")

    def test_filters_narrow_the_list(self):
        self.client.force_login(self.leader)
        for query, count in {
            "": 1,
            "?status=completed": 0,
            f"?unit={self.health.pk}": 1,
            f"?unit={self.culture.pk}": 0,
            "?mine=on": 0,
            "?overdue=on": 0,
        }.items():
            with self.subTest(query):
                response = self.client.get(reverse("meetings:tasks") + query)
                self.assertEqual(len(response.context["tasks"]), count)

    def test_a_directive_becomes_a_task(self):
        self.client.force_login(self.officer)
        self.client.post(
            reverse("meetings:task_create"),
            {
                "title": "Báo cáo nhanh",
                "lead_unit": self.culture.pk,
                "priority": "high",
                "due_on": "2027-02-01",
            },
        )
        task = Task.objects.get(title="Báo cáo nhanh")
        self.do(self.leader, "task", task.pk, "assign")
        task.refresh_from_db()

        self.assertEqual(task.status, Task.Status.ASSIGNED)
