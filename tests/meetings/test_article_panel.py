"""What attaches to an article: duties, meetings, tasks, each as far as the visitor may know."""

from django.test import TestCase
from django.urls import reverse

from portal.meetings.models import Task
from portal.units.models import Obligation
from tests.meetings.people import MeetingPeople
from tests.regulations.test_thread import published


class ArticlePanelTests(MeetingPeople, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.regulation = published()
        article, clause = (
            cls.regulation.provisions.get(path=path) for path in ("dieu-2", "dieu-2/khoan-1")
        )
        cls.series.provision = article
        cls.series.save()
        cls.people = cls()
        cls.open_meeting = cls.people.issued_meeting(is_public=True, title="Họp công khai")
        cls.task = cls.people.task  # the next meeting makes another
        cls.task.provision = clause
        cls.task.save()
        cls.closed_meeting = cls.people.issued_meeting(is_public=False, title="Họp nội bộ")
        Task.objects.create(title="Việc đang soạn", lead_unit=cls.health, provision=clause)
        Obligation.objects.create(
            unit=cls.health, provision=clause, kind="report", cadence="monthly"
        )

    def page(self, user=None, path="dieu-2/"):
        if user is not None:
            self.client.force_login(user)
        return self.client.get(f"{self.regulation.url}{path}")

    def test_the_public_sees_what_is_public_of_the_article_and_its_clauses(self):
        page = self.page()
        self.assertContains(page, "Họp công khai")
        self.assertContains(page, self.task.title)
        self.assertContains(page, '<p class="ledger__duty">Báo cáo</p>', html=True)
        self.assertContains(page, "Hằng tháng")
        self.assertNotContains(page, "Họp nội bộ")
        self.assertNotContains(page, "Việc đang soạn")

    def test_who_runs_the_centre_sees_all_and_gets_to_the_tasks(self):
        page = self.page(self.leader)
        self.assertContains(page, "Họp nội bộ")
        self.assertContains(page, "Việc đang soạn")
        self.assertContains(page, reverse("meetings:task", args=[self.task.pk]))

    def test_the_invited_unit_sees_its_meeting(self):
        self.assertContains(self.page(self.health_head), "Họp nội bộ")

    def test_other_articles_show_nothing_of_it(self):
        self.assertNotContains(self.page(path="dieu-1/"), "panel-meetings")
