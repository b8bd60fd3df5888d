"""Who may do what to whose report, try by try."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.urls import reverse

from portal.core.roles import Role
from portal.meetings.actions import reports
from portal.meetings.models import PeriodicReport
from portal.meetings.permissions import may
from portal.units.models import Membership
from tests.factories import make_user
from tests.meetings.reports_case import ReportCase, at

PLAIN = {"x-requested-with": "XMLHttpRequest"}


class RightsMatrixTests(ReportCase, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.administrator = make_user(Role.ADMINISTRATOR, username="quan-tri-vien")
        cls.culture_officer = make_user(Role.DATA_OFFICER, unit=cls.culture, username="can-bo-vh")
        with at(2026, 3, 2):
            cls.own = cls.schedule(unit=cls.centre, title="Của Trung tâm")
        cls.everybody = {
            "administrator": cls.administrator,
            "leader": cls.leader,
            "officer": cls.officer,
            "minute_taker": cls.minute_taker,
            "authority": cls.authority,
            "reader": cls.reader,
            "health_head": cls.health_head,
            "health_officer": cls.health_officer,
            "culture_head": cls.culture_head,
            "culture_officer": cls.culture_officer,
        }

    def who_may(self, action, thing):
        return {name for name, user in self.everybody.items() if may(user, action, thing)}

    def setUp(self):
        clock = at(2026, 3, 20)
        clock.start()
        self.addCleanup(clock.stop)

    def test_writing_is_for_the_own_unit(self):
        self.assertEqual(self.who_may("draft", self.monthly), {"health_head", "health_officer"})
        self.assertEqual(self.who_may("draft", self.own), {"leader", "officer"})
        report = self.drafted()
        self.assertEqual(self.who_may("change", report), {"health_head", "health_officer"})

    def test_signing_is_for_the_head_and_for_the_centre_s_leader(self):
        self.assertEqual(self.who_may("approve", self.drafted()), {"health_head"})
        own = reports.draft_report(self.own, user=self.officer, period="2026-03")
        self.assertEqual(self.who_may("approve", own), {"leader"})

    def test_judging_is_for_recipients_that_are_not_the_unit(self):
        report = self.sent()
        self.assertEqual(self.who_may("receive", report), {"authority"})
        report.recipients.set([self.culture])
        self.assertEqual(self.who_may("receive", report), {"culture_head"})
        report.recipients.set([self.centre])
        self.assertEqual(self.who_may("receive", report), {"leader"})
        report.recipients.set([self.health])
        self.assertEqual(self.who_may("receive", report), set())

    def test_nobody_accepts_the_own_report_by_serving_two_units(self):
        report = self.sent()
        report.recipients.set([self.culture])
        Membership.objects.create(user=self.health_head, unit=self.culture, role="unit_head")
        head = type(self.health_head).objects.get(pk=self.health_head.pk)
        with self.assertRaises(PermissionDenied):
            reports.accept_report(report, user=head)

    def test_who_sent_it_does_not_accept_it_after_changing_the_unit(self):
        report = self.sent()
        report.recipients.set([self.culture])
        self.health_head.memberships.all().delete()
        Membership.objects.create(user=self.health_head, unit=self.culture, role="unit_head")
        head = type(self.health_head).objects.get(pk=self.health_head.pk)
        with self.assertRaises(ValidationError):
            reports.accept_report(report, user=head)

    def test_following_is_for_unit_recipients_centre_and_committee(self):
        report = self.drafted()
        inside = {"administrator", "leader", "officer", "health_head", "health_officer"}
        self.assertEqual(self.who_may("view", report), inside)
        PeriodicReport.objects.all().delete()
        report = self.sent()
        self.assertEqual(self.who_may("view", report), inside | {"authority"})
        report.recipients.add(self.culture)
        self.assertEqual(
            self.who_may("view", report),
            inside | {"authority", "culture_head", "culture_officer"},
        )

    def test_schedules_are_kept_by_the_centre(self):
        keepers = {"administrator", "leader", "officer"}
        for action in ("change", "delete"):
            self.assertEqual(self.who_may(action, self.monthly), keepers)
        self.assertEqual(
            self.who_may("view", self.monthly),
            keepers | {"authority", "health_head", "health_officer"},
        )

    def test_publishing_and_asking(self):
        report = self.accepted()
        self.assertEqual(self.who_may("publish", report), {"leader", "authority"})
        self.assertEqual(self.who_may("request", PeriodicReport), {"leader", "authority"})


class AddressTests(ReportCase, TestCase):
    """The culture unit's people, readers and strangers against the health unit's report."""

    def setUp(self):
        with at(2026, 3, 20):
            self.report = self.sent()

    def staff(self):
        return [
            reverse("meetings:report", args=[self.report.pk]),
            reverse("meetings:report_schedule", args=[self.monthly.pk]),
            reverse("meetings:report_file", args=[self.report.pk, 1]),
            reverse("report_schedules:edit", args=[self.monthly.pk]),
            reverse("report_schedules:delete", args=[self.monthly.pk]),
            reverse("report_schedules:history", args=[self.monthly.pk]),
            reverse("report_schedules:usage", args=[self.monthly.pk]),
            reverse("report_schedules:add"),
        ]

    def open_ones(self):
        return [
            reverse("report", args=[self.report.pk]),
            reverse("report_pdf", args=[self.report.pk]),
            f"/api/v1/bao-cao/{self.report.pk}/",
        ]

    def test_another_unit_finds_nothing(self):
        self.client.force_login(self.culture_head)
        for url in [*self.staff(), *self.open_ones()]:
            for method in (self.client.get, self.client.post):
                with self.subTest(url, method=method.__name__):
                    self.assertIn(method(url, headers=PLAIN).status_code, {403, 404, 405})
        self.assertEqual(self.client.get("/api/v1/bao-cao/").json(), {"count": 0, "items": []})
        self.assertEqual(self.client.get("/api/v1/bao-cao/ky/").json(), {"count": 0, "items": []})
        for name in ("reports", "report_list", "report_calendar"):
            answer = self.client.get(reverse(f"meetings:{name}"))
            self.assertNotContains(answer, "tình hình cập nhật")
        self.assertNotContains(self.client.get(self.health.url), "tình hình cập nhật")
        index = self.client.get(reverse("report_schedules:index"))
        self.assertNotContains(index, "tình hình cập nhật")

    def test_strangers_and_readers_find_nothing_before_it_is_public(self):
        for user in (None, self.reader):
            if user:
                self.client.force_login(user)
            for url in self.open_ones():
                with self.subTest(url, user=user):
                    self.assertEqual(self.client.get(url).status_code, 404)
            self.assertEqual(self.client.get("/api/v1/bao-cao/").json()["count"], 0)
            self.assertNotContains(self.client.get(self.health.url), "tình hình cập nhật")

    def test_a_public_report_is_read_by_everybody_without_its_files(self):
        reports.accept_report(self.report, user=self.authority)
        reports.publish_report(self.report, user=self.leader)
        self.client.logout()
        page = self.client.get(reverse("report", args=[self.report.pk]))
        self.assertContains(page, "Đã tiêm đủ.")
        self.assertEqual(self.client.get("/api/v1/bao-cao/").json()["count"], 1)
        found = self.client.get(f"/api/v1/bao-cao/{self.report.pk}/").json()
        self.assertEqual(
            (found["text"], found["recipients"]), ("I. Kết quả\nĐã tiêm đủ.", ["Ủy ban nhân dân"])
        )
        self.assertContains(self.client.get(self.health.url), "01/BC-YT")

    def test_forms_name_only_own_units(self):
        self.client.force_login(self.culture_head)
        page = self.client.get(reverse("meetings:report_create"))
        self.assertEqual(list(page.context["form"].fields["unit"].queryset), [self.culture])
        answer = self.client.post(
            reverse("meetings:report_create"),
            {
                "kind": "thematic",
                "title": "x",
                "unit": self.health.pk,
                "recipients": [self.owner.pk],
            },
        )
        self.assertIn("unit", answer.context["form"].errors)

    def test_the_menu_entry_is_there_only_where_somebody_reports(self):
        words = reverse("meetings:reports")
        self.client.force_login(self.culture_head)
        self.assertNotContains(self.client.get("/quan-tri/"), f'"{words}"')
        self.client.force_login(self.health_head)
        self.assertContains(self.client.get("/quan-tri/"), words)
