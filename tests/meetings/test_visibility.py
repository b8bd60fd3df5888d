"""What each visitor sees of a meeting, a task, a result: on pages, in API, calendar and search."""

import json
from datetime import timedelta

from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from portal.core.page_panels import panels_for
from portal.core.search_sources import sources
from portal.core.templatetags.panels import page_panels
from portal.meetings.actions.agenda import change_item
from portal.meetings.actions.assessment import publish_cycle
from portal.meetings.actions.evidence import compute_evidence
from portal.meetings.actions.meetings import change_meeting, convene_meeting
from portal.meetings.models import AssessmentIndexPage, Meeting
from portal.units.models import UnitPage
from search.query import search
from tests.factories import make_index
from tests.meetings.people import MeetingPeople
from tests.meetings.test_assessment import CycleCase

SECRET = "Nội dung nội bộ về nhân sự"


class MeetingVisibilityTests(MeetingPeople, TestCase):
    def half_public(self):
        """Return an issued public meeting whose second item is internal."""
        original = self.begun_meeting

        def begun(**fields):
            meeting = original(is_public=True, **fields)
            change_item(
                meeting.agenda_items.last(), user=self.officer, title=SECRET, is_public=False
            )
            return meeting

        self.begun_meeting = begun
        return self.issued_meeting()

    def status_for(self, user, url):
        self.client.logout()
        if user:
            self.client.force_login(user)
        return self.client.get(url).status_code

    def test_an_internal_meeting_is_for_those_who_run_it_and_the_invited(self):
        meeting = convene_meeting(self.draft_meeting(), user=self.leader)
        seen = [self.leader, self.officer, self.minute_taker, self.authority, self.health_head]
        for name in ("meeting", "meeting_ics"):
            url = reverse(name, args=[meeting.pk])
            for user in seen:
                with self.subTest(name, user=user.username):
                    self.assertEqual(self.status_for(user, url), 200)
            for user in (None, self.reader, self.culture_head):
                with self.subTest(name, user=user):
                    self.assertEqual(self.status_for(user, url), 404)

    def test_a_draft_is_not_shown_to_the_invited(self):
        url = reverse("meeting", args=[self.draft_meeting(is_public=True).pk])

        for user in (None, self.health_head):
            self.assertEqual(self.status_for(user, url), 404)

    def test_readers_see_public_items_of_issued_minutes_only(self):
        meeting = self.half_public()
        page = self.client.get(reverse("meeting", args=[meeting.pk])).content.decode()

        self.assertIn("Phòng Y tế rà soát số liệu tiêm chủng", page)
        self.assertNotIn(SECRET, page)
        self.assertNotIn("Nguyễn Văn A", page)
        self.client.force_login(self.health_head)
        self.assertContains(self.client.get(reverse("meeting", args=[meeting.pk])), SECRET)

    def test_before_the_minutes_are_issued_readers_see_the_agenda_only(self):
        meeting = self.begun_meeting(is_public=True)
        meeting.agenda_items.update(discussion="Bàn kín", result="noted")
        for user in (None, self.health_head):
            if user:
                self.client.force_login(user)
            page = self.client.get(reverse("meeting", args=[meeting.pk])).content.decode()
            self.assertIn("Quản lý, điều hành Trung tâm", page)
            self.assertNotIn("Bàn kín", page)
        self.assertEqual(
            self.status_for(None, reverse("meeting_minutes_pdf", args=[meeting.pk])), 404
        )

    def test_the_frozen_record_speaks(self):
        meeting = self.half_public()
        meeting.agenda_items.update(discussion="Sửa trộm")
        page = self.client.get(reverse("meeting", args=[meeting.pk])).content.decode()

        self.assertNotIn("Sửa trộm", page)

    def test_the_api_tells_no_more_than_the_page(self):
        meeting = self.half_public()
        url = f"/api/v1/hop/{meeting.pk}/"
        data = self.client.get(url).json()

        self.assertEqual(len(data["items"]), 1)
        self.assertEqual(data["items"][0]["conclusions"][0]["tasks"][0]["lead"], "Phòng Y tế")
        self.assertNotIn(SECRET, json.dumps(data, ensure_ascii=False))
        self.client.force_login(self.leader)
        self.assertEqual(len(self.client.get(url).json()["items"]), 2)

    def test_the_api_lists_what_is_readable(self):
        self.half_public()
        convene_meeting(Meeting.objects.get(pk=self.draft_internal().pk), user=self.leader)
        self.assertEqual(self.client.get("/api/v1/hop/").json()["count"], 1)
        self.client.force_login(self.health_head)
        self.assertEqual(self.client.get("/api/v1/hop/").json()["count"], 2)
        self.client.force_login(self.culture_head)
        self.assertEqual(self.client.get("/api/v1/hop/").json()["count"], 1)

    def draft_internal(self):
        return self.draft_meeting(title="Họp kín")

    def test_public_tasks_are_those_of_public_conclusions(self):
        self.half_public()
        public = self.client.get("/api/v1/hop/nhiem-vu/").json()
        self.assertEqual([row["title"] for row in public["items"]], [self.task.title])
        Meeting.objects.update(is_public=False)

        self.assertEqual(self.client.get("/api/v1/hop/nhiem-vu/").json()["count"], 0)
        self.client.force_login(self.culture_head)  # coordinates it
        self.assertEqual(self.client.get("/api/v1/hop/nhiem-vu/").json()["count"], 1)

    def test_search_finds_what_the_reader_may_see(self):
        self.half_public()
        self.draft_internal()
        request = RequestFactory().get("/")
        self.assertLessEqual({"cuoc-hop", "ket-luan"}, {source.key for source in sources()})
        for user, query, found in (
            (self.reader, "hop giao ban", 1),
            (self.reader, "hop kin", 0),
            (self.officer, "hop kin", 1),
            (self.reader, "tiem chung", 1),
        ):
            with self.subTest(query, user=user.username):
                request.user = user
                groups = [
                    *search(query, request, only="cuoc-hop"),
                    *search(query, request, only="ket-luan"),
                ]
                self.assertEqual(sum(group.count for group in groups), found)

    def test_conclusions_of_internal_meetings_are_not_found(self):
        self.issued_meeting()
        request = RequestFactory().get("/")
        for user, found in ((self.reader, 0), (self.culture_head, 0), (self.health_head, 1)):
            request.user = user
            groups = search("tiem chung", request, only="ket-luan")
            self.assertEqual(sum(group.count for group in groups), found, user.username)


class CalendarTests(MeetingPeople, TestCase):
    def event(self, meeting):
        response = self.client.get(reverse("meeting_ics", args=[meeting.pk]))
        return Calendar.from_ical(response.content).walk("VEVENT")[0]

    def test_a_change_keeps_the_uid_and_raises_the_sequence(self):
        self.client.force_login(self.leader)
        meeting = convene_meeting(self.draft_meeting(), user=self.leader)
        before = self.event(meeting)
        change_meeting(meeting, user=self.officer, start_at=meeting.start_at + timedelta(days=1))
        after = self.event(meeting)

        self.assertEqual(before["UID"], after["UID"])
        self.assertGreater(after["SEQUENCE"], before["SEQUENCE"])
        self.assertEqual(after.decoded("DTSTART"), meeting.start_at.replace(microsecond=0))
        self.assertNotIn("Quản lý", after.to_ical().decode())

    def test_the_public_calendar_holds_public_meetings_only(self):
        convene_meeting(self.draft_meeting(title="Họp kín"), user=self.leader)
        convene_meeting(self.draft_meeting(title="Họp mở", is_public=True), user=self.leader)
        text = self.client.get(reverse("meetings_ics")).content.decode()

        self.assertIn("Họp mở", text)
        self.assertNotIn("Họp kín", text)


class UnitPanelTests(MeetingPeople, TestCase):
    def drawn(self, user):
        request = RequestFactory().get("/")
        request.user = user
        return page_panels(panels_for(UnitPage.objects.get(pk=self.health.pk), request))

    def test_readers_see_public_tasks_on_the_units_page(self):
        self.issued_meeting(is_public=True)
        self.assertIn(self.task.title, self.drawn(self.reader))
        Meeting.objects.update(is_public=False)

        self.assertNotIn(self.task.title, self.drawn(self.reader))
        self.assertIn(reverse("meetings:task", args=[self.task.pk]), self.drawn(self.health_head))


class ResultVisibilityTests(CycleCase):
    def test_a_result_is_public_once_published(self):
        make_index(AssessmentIndexPage, "Đánh giá")
        cycle = self.finalised("7", "9")
        page = reverse("assessment_result", args=[cycle.year])
        api = f"/api/v1/hop/danh-gia/{cycle.year}/"
        self.assertEqual(self.client.get(page).status_code, 404)
        self.assertEqual(self.client.get(api).status_code, 404)
        self.client.force_login(self.authority)
        self.assertEqual(self.client.get(page).status_code, 200)
        publish_cycle(cycle, user=self.authority)
        self.client.logout()

        self.assertContains(self.client.get(page), "Phòng Văn hóa")
        self.assertEqual(self.client.get(api).json()["units"][0]["unit"], "Phòng Văn hóa")
        index = AssessmentIndexPage.objects.get().get_url()
        self.assertContains(self.client.get(index), cycle.title)

    def test_only_the_own_unit_looks_behind_its_figures(self):
        self.issued_meeting(due_on=timezone.localdate())
        cycle = self.open("tasks_on_time")
        compute_evidence(cycle, user=self.officer)
        cycle.status = "published"
        cycle.save()
        page = reverse("assessment_result", args=[cycle.year])
        for user, sees in (
            (None, False),
            (self.culture_head, False),
            (self.health_head, True),
            (self.officer, True),
        ):
            with self.subTest(user=user):
                self.client.logout()
                if user:
                    self.client.force_login(user)
                text = self.client.get(page).content.decode()
                self.assertIs(self.task.title in text, sees)
