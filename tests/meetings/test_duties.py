"""Duties to meet and to review the year: what is established from them, how they stand."""

from datetime import datetime, timedelta

import time_machine
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone

from portal.core.roles import Role
from portal.meetings.actions.assessment import open_cycle
from portal.meetings.models import AssessmentCycle, Meeting, MeetingSeries
from portal.units.duty_means import DutyState, establish, standings_of, state_of
from portal.units.models import Obligation
from tests.factories import make_article, make_provision, make_unit, make_user
from tests.meetings.people import MeetingPeople


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


class DutiesTests(MeetingPeople, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        article = make_article(number="14")
        cls.provision = make_provision(article.get_parent().get_parent().specific, article=article)
        cls.administrator = make_user(Role.ADMINISTRATOR)

    def make_duty(self, kind="meet", cadence="semiannual", **fields):
        values = {"unit": self.centre, "provision": self.provision, **fields}
        return Obligation.objects.create(kind=kind, cadence=cadence, **values)

    def state(self, duty, now=None, user=None):
        request = RequestFactory().get("/")
        request.user = user or self.leader
        with time_machine.travel(now or timezone.now(), tick=False):
            standings = standings_of([duty], request)[duty.pk]
        return state_of(standings), standings

    def test_half_yearly_yearly_and_on_request_become_one_series(self):
        duties = [self.make_duty(cadence=each) for each in ("annual", "semiannual", "on_request")]

        for _time in range(2):
            for duty in duties:
                establish(duty, user=self.administrator)

        series = MeetingSeries.objects.get(provision=self.provision)
        self.assertEqual(set(series.obligations.all()), set(duties))
        self.assertEqual((series.interval_months, series.may_be_extraordinary), (6, True))
        self.assertEqual(series.convenor, self.centre)

    def test_guests_are_those_to_whom_it_is_owed_members_of_kinds_included(self):
        kind = make_unit("Các phòng", code="CP", is_group=True)
        self.culture.groups.add(kind)
        self.culture.save()
        duty = self.make_duty()
        duty.counterparts.set([kind, self.health])

        [series] = establish(duty, user=self.administrator)

        self.assertEqual(set(series.default_units.all()), {self.culture, self.health})

    def test_what_people_changed_is_not_changed_back(self):
        duty = self.make_duty(text="Họp giao ban")
        [series] = establish(duty, user=self.administrator)
        series.title, series.interval_months = "Giao ban liên ngành", 3
        series.save()

        [again] = establish(duty, user=self.administrator)

        self.assertEqual((again.pk, again.title, again.interval_months),
                         (series.pk, "Giao ban liên ngành", 3))  # fmt: skip

    def test_a_kind_of_unit_convenes_nothing_by_itself(self):
        kind = make_unit("Các phòng", code="CP", is_group=True)

        self.assertEqual(establish(self.make_duty(unit=kind), user=self.administrator), [])

    def test_establishing_takes_the_right(self):
        with self.assertRaises(PermissionDenied):
            establish(self.make_duty(), user=self.reader)

    def test_a_period_without_a_meeting_in_sight_is_missing_then_due_soon(self):
        duty = self.make_duty()
        [series] = establish(duty, user=self.administrator)

        self.assertIs(self.state(duty, moment("2027-02-01T08:00"))[0], DutyState.MISSING)
        self.assertIs(self.state(duty, moment("2027-06-10T08:00"))[0], DutyState.DUE_SOON)
        self.draft_meeting(series=series, start_at=moment("2027-06-20T08:00"))
        self.assertIs(self.state(duty, moment("2027-06-10T08:00"))[0], DutyState.MET)

    def test_a_half_year_that_passed_without_a_meeting_is_late(self):
        duty = self.make_duty()
        [series] = establish(duty, user=self.administrator)
        Meeting.objects.create(
            series=series, title="Họp", convenor=self.centre, status="held",
            start_at=moment("2027-03-01T08:00"),
        )  # fmt: skip

        self.assertIs(self.state(duty, moment("2027-05-01T08:00"))[0], DutyState.MET)
        self.assertIs(self.state(duty, moment("2028-01-10T08:00"))[0], DutyState.LATE)

    def test_meetings_that_a_person_may_not_know_are_not_named(self):
        duty = self.make_duty()
        [series] = establish(duty, user=self.administrator)
        self.draft_meeting(series=series, title="Họp kín", start_at=timezone.now())

        for user, named in ((self.leader, True), (self.culture_head, False), (self.reader, False)):
            _state, standings = self.state(duty, user=user)
            titles = [link.title for each in standings for link in each.links]
            self.assertEqual(any("Họp kín" in title for title in titles), named)

    def test_the_list_of_meetings_warns_of_a_period_without_one(self):
        establish(self.make_duty(text="Họp giao ban quý"), user=self.administrator)
        self.client.force_login(self.officer)

        self.assertContains(self.client.get(reverse("meetings:index")), "chưa có cuộc họp nào")
        self.assertContains(
            self.client.get(reverse("meeting_series:index")), "chưa có cuộc họp nào"
        )

    def test_the_review_of_the_year_is_planned_once_and_opened_by_a_person(self):
        duty = self.make_duty(kind="review_year", cadence="annual")
        [cycle] = establish(duty, user=self.administrator)
        [again] = establish(duty, user=self.administrator)

        self.assertEqual((cycle.pk, cycle.status, cycle.year),
                         (again.pk, "planned", timezone.localdate().year))  # fmt: skip
        self.assertIs(self.state(duty)[0], DutyState.MET)
        opened = open_cycle(
            cycle.year, None, user=self.officer, title="Kiểm điểm", units=[self.health],
            evidence_cutoff=timezone.now() + timedelta(days=1),
        )  # fmt: skip
        self.assertEqual((opened.pk, opened.status, opened.obligation), (cycle.pk,
                         "self_assessment", duty))  # fmt: skip

    def test_the_form_opens_the_planned_cycle(self):
        duty = self.make_duty(kind="review_year", cadence="annual")
        [cycle] = establish(duty, user=self.administrator)
        self.client.force_login(self.officer)
        address = f"{reverse('meetings:cycle_create')}?nam={cycle.year}"

        self.assertContains(self.client.get(address), cycle.title)
        values = {"year": cycle.year, "title": "Năm nay", "units": [self.health.pk]}
        self.client.post(address, {**values, "evidence_cutoff": "2099-01-01T00:00"})

        self.assertEqual(AssessmentCycle.objects.get().status, "self_assessment")

    def test_a_year_that_was_only_planned_is_late_when_it_is_over(self):
        duty = self.make_duty(kind="review_year", cadence="annual")
        establish(duty, user=self.administrator)

        later = timezone.now() + timedelta(days=366)
        self.assertIs(self.state(duty, later)[0], DutyState.LATE)
