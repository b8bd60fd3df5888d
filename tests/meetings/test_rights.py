"""Every screen with every role, against what belongs to another unit."""

from itertools import product

from django.test import TestCase
from django.urls import reverse

from portal.core.roles import Role
from portal.meetings.actions.meetings import convene_meeting
from portal.meetings.models import Meeting, Task
from portal.meetings.permissions import may
from tests.factories import make_user
from tests.meetings.people import MeetingPeople
from tests.meetings.test_assessment import CycleCase

#: Wagtail leads a browser that is refused to the start page; a script gets the plain 403.
PLAIN = {"x-requested-with": "XMLHttpRequest"}


class OtherUnitTests(CycleCase):
    """The culture unit's people against the health unit's things."""

    def setUp(self):
        self.meeting = self.issued_meeting()
        Task.objects.filter(pk=self.task.pk).get().coordinating_units.clear()
        self.draft = self.draft_meeting(title="Dự thảo")
        self.cycle = self.open("")
        self.form = self.form_of(self.cycle, self.health)
        self.conclusion = self.meeting.agenda_items.first().conclusions.get()
        self.culture_officer = make_user(Role.DATA_OFFICER, unit=self.culture)

    def addresses(self):
        item = self.meeting.agenda_items.first()
        return [
            reverse("meetings:meeting", args=[self.meeting.pk]),
            reverse("meetings:meeting", args=[self.draft.pk]),
            reverse("meetings:edit", args=[self.meeting.pk]),
            reverse("meetings:attendance", args=[self.meeting.pk]),
            reverse("meetings:reviews", args=[self.meeting.pk]),
            reverse("meetings:minutes", args=[self.meeting.pk]),
            reverse("meetings:item", args=[item.pk]),
            reverse("meetings:conclusion", args=[self.conclusion.pk]),
            reverse("meetings:task", args=[self.task.pk]),
            reverse("meetings:unit_form", args=[self.form.pk]),
            reverse("meetings:item_step", args=[item.pk, "len"]),
            reverse("meeting_minutes_pdf", args=[self.meeting.pk]),
            reverse("meeting_notice_pdf", args=[self.meeting.pk]),
            f"/api/v1/hop/{self.meeting.pk}/",
        ]

    def test_another_units_people_find_nothing_and_can_do_nothing(self):
        for user, url in product((self.culture_head, self.culture_officer), self.addresses()):
            self.client.force_login(user)
            for method in (self.client.get, self.client.post):
                with self.subTest(user=user.username, url=url, method=method.__name__):
                    answer = method(url, headers=PLAIN)
                    self.assertIn(answer.status_code, {403, 404, 405})

    def test_readers_and_strangers_do_not_come_into_the_staff_area(self):
        for user in (None, self.reader):
            self.client.logout()
            if user:
                self.client.force_login(user)
            for url in self.addresses()[:11]:
                with self.subTest(user=user, url=url):
                    self.assertIn(self.client.get(url).status_code, {302, 403, 404})

    def test_lists_hold_only_what_is_of_concern(self):
        self.client.force_login(self.culture_head)
        tasks = self.client.get(reverse("meetings:tasks")).context["tasks"]
        meetings = self.client.get(reverse("meetings:index")).context["page_obj"]
        forms = self.client.get(reverse("meetings:cycle", args=[self.cycle.pk])).context["forms"]

        self.assertEqual((tasks, list(meetings)), ([], []))
        self.assertEqual([form.unit for form in forms], [self.culture])

    def test_the_own_unit_cannot_take_the_centres_steps(self):
        self.client.force_login(self.health_head)
        for name, pk, step in (
            ("meeting", self.meeting.pk, "close"),
            ("minutes", self.meeting.pk, "sign"),
            ("task", self.task.pk, "confirm"),
            ("task", self.task.pk, "extend"),
            ("task", self.task.pk, "cancel"),
            ("cycle", self.cycle.pk, "finalise"),
            ("unit_form", self.form.pk, "review"),
        ):
            with self.subTest(name, step=step):
                url = reverse(f"meetings:{name}", args=[pk])
                self.assertEqual(
                    self.client.post(url, {"do": step}, headers=PLAIN).status_code, 403
                )

    def test_the_centre_cannot_answer_for_a_unit(self):
        self.client.force_login(self.leader)
        for name, pk, step in (
            ("task", self.task.pk, "accept"),
            ("task", self.task.pk, "submit"),
            ("unit_form", self.form.pk, "self"),
            ("unit_form", self.form.pk, "approve"),
        ):
            with self.subTest(name, step=step):
                url = reverse(f"meetings:{name}", args=[pk])
                self.assertEqual(
                    self.client.post(url, {"do": step}, headers=PLAIN).status_code, 403
                )

    def test_an_invited_unit_sees_the_meeting_and_not_the_draft(self):
        self.client.force_login(self.health_officer)
        seen = reverse("meetings:meeting", args=[self.meeting.pk])
        hidden = reverse("meetings:meeting", args=[self.draft.pk])

        self.assertEqual(self.client.get(seen).status_code, 200)
        self.assertEqual(self.client.get(hidden).status_code, 404)

    def test_the_series_are_the_centres(self):
        edit = reverse("meeting_series:edit", args=[self.series.pk])
        for user, allowed in (
            (self.leader, True),
            (self.officer, True),
            (self.health_head, False),
            (self.minute_taker, False),
        ):
            self.client.force_login(user)
            with self.subTest(user.username):
                self.assertEqual(self.client.get(edit).status_code == 200, allowed)


class TableTests(MeetingPeople, TestCase):
    """The table of rights, line by line."""

    def test_who_may_what(self):
        meeting = convene_meeting(self.draft_meeting(), user=self.leader)
        everybody = {
            "leader": self.leader,
            "officer": self.officer,
            "minute_taker": self.minute_taker,
            "authority": self.authority,
            "health_head": self.health_head,
            "health_officer": self.health_officer,
            "culture_head": self.culture_head,
            "reader": self.reader,
        }
        task = Task.objects.create(title="Việc", lead_unit=self.health, status="assigned")
        for action, thing, allowed in (
            ("add", Meeting, {"leader", "officer"}),
            ("change", meeting, {"leader", "officer", "minute_taker"}),
            ("lead", meeting, {"leader"}),
            (
                "view",
                meeting,
                {
                    "leader",
                    "officer",
                    "minute_taker",
                    "authority",
                    "health_head",
                    "health_officer",
                },
            ),
            ("assign", task, {"leader"}),
            ("confirm", task, {"leader"}),
            ("answer", task, {"health_head", "health_officer"}),
            ("submit", task, {"health_head"}),
        ):
            with self.subTest(action, thing=thing):
                found = {name for name, user in everybody.items() if may(user, action, thing)}
                self.assertEqual(found, allowed)
