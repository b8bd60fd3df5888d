"""Lists ask the database as often for many things as for few."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from portal.meetings.actions.meetings import convene_meeting
from portal.meetings.models import MeetingIndexPage, Task
from tests.factories import make_index, make_unit
from tests.meetings.people import MeetingPeople
from tests.meetings.test_assessment import CycleCase


class FuzzyCount(int):
    """Equals any number of queries up to itself."""

    def __eq__(self, other):
        return other <= int(self)

    def __hash__(self):
        return super().__hash__()


class IndexPageTests(MeetingPeople, TestCase):
    def test_lists_are_bounded_in_queries(self):
        index = make_index(MeetingIndexPage, "Họp giao ban")
        for days in (-3, 3):
            start = timezone.now() + timedelta(days=days)
            convene_meeting(self.draft_meeting(is_public=True, start_at=start), user=self.leader)
        url = index.get_url()
        self.client.get(url)
        with self.assertNumQueries(FuzzyCount(30)) as few:
            self.client.get(url)
        for number in range(12):
            start = timezone.now() + timedelta(days=number - 6)
            convene_meeting(
                self.draft_meeting(title=f"Họp {number}", is_public=True, start_at=start),
                user=self.leader,
            )
        with self.assertNumQueries(len(few)):
            self.assertContains(self.client.get(url), "Họp 11")


class ListQueryTests(MeetingPeople, TestCase):
    def queries_of(self, url):
        self.client.get(url)
        with self.assertNumQueries(FuzzyCount(60)) as context:
            self.assertEqual(self.client.get(url).status_code, 200)
        return len(context)

    def test_staff_lists_and_api_do_not_grow(self):
        self.issued_meeting()
        self.client.force_login(self.leader)
        urls = [reverse("meetings:index"), reverse("meetings:tasks"), "/api/v1/hop/nhiem-vu/"]
        before = [self.queries_of(url) for url in urls]
        for number in range(8):
            unit = make_unit(f"Đơn vị thêm {number}")
            Task.objects.create(
                title=f"Việc {number}",
                lead_unit=unit,
                status=Task.Status.ASSIGNED,
                due_on=timezone.localdate(),
            )
            self.draft_meeting(title=f"Họp {number}", series=None, convenor=unit, units=[unit])

        self.assertEqual([self.queries_of(url) for url in urls], before)


class ResultQueryTests(CycleCase):
    def test_the_table_is_bounded_in_queries(self):
        cycle = self.open("", "")
        cycle.status = "published"
        cycle.save()
        page = reverse("assessment_result", args=[cycle.year])
        self.client.get(page)
        with self.assertNumQueries(FuzzyCount(40)) as few:
            self.client.get(page)
        for number in range(6):
            form = cycle.unit_assessments.create(unit=make_unit(f"Phòng thêm {number}"))
            for criterion in self.criteria_set.criteria.all():
                form.scores.create(criterion=criterion, final_score=number)
        with self.assertNumQueries(len(few)):
            self.client.get(page)
