"""A report from the unit's draft to its acceptance, walked as people walk it."""

from django.urls import reverse

from portal.home.demo.people import person_named
from portal.meetings.models import PeriodicReport, ReportSchedule
from tests.browser.test_thread import ThreadJourney


class ReportJourney(ThreadJourney):
    def fill_and_press(self, label, words, button):
        """Write ``words`` into the field and press the button of its form."""
        form = self.page.locator("form").filter(
            has=self.page.get_by_role("button", name=button, exact=True)
        )
        form.get_by_label(label).fill(words)
        self.press(button)

    def open_as(self, username, report):
        self.log_in_as(username)
        self.open(reverse("meetings:report", args=[report.pk]))

    def test_a_report_goes_back_once_and_is_accepted(self):
        schedule = ReportSchedule.objects.get(from_unit__title="Sở Y tế", frequency="month")
        self.log_in_as("thu-truong")
        self.open("/quan-tri/")
        self.screenshot("start-report-due")
        self.log_in_as("du-lieu")
        self.open(reverse("meetings:reports"))
        self.screenshot("report-board-unit")
        self.open(reverse("meetings:report_schedule", args=[schedule.pk]))
        self.screenshot("report-schedule")
        self.press("Soạn báo cáo kỳ này")
        report = PeriodicReport.objects.latest("pk")
        self.screenshot("report-draft")
        self.fill_and_press("nội dung", "I. KẾT QUẢ\nĐã gửi đủ.", "Soạn và lưu nội dung")

        self.open_as("thu-truong", report)
        self.press("Ký duyệt báo cáo")
        self.press("Gửi báo cáo")
        report.refresh_from_db()
        self.assertEqual(report.status, PeriodicReport.Status.SUBMITTED)

        self.open_as("lanh-dao", report)
        self.screenshot("report-to-accept")
        self.page.locator("summary", has_text="Trả lại báo cáo").click()
        self.fill_and_press("lý do", "Thiếu số liệu xã", "Trả lại báo cáo")

        self.open_as("du-lieu", report)
        self.assertIn("Thiếu số liệu xã", self.page.locator("main").inner_text())
        self.fill_and_press("nội dung", "I. KẾT QUẢ\nĐủ cả xã.", "Soạn và lưu nội dung")
        self.open_as("thu-truong", report)
        self.press("Ký duyệt báo cáo")
        self.press("Gửi báo cáo")

        self.open_as("lanh-dao", report)
        self.press("Tiếp nhận báo cáo")
        report.refresh_from_db()
        self.assertEqual(report.status, PeriodicReport.Status.ACCEPTED)
        self.assertEqual(report.revisions.count(), 2)
        self.screenshot("report-accepted")
        paper = self.page.request.get(reverse("report_pdf", args=[report.pk]))
        self.assertIn(paper.status, (200, 202))

    def test_the_centre_sees_the_year_and_the_public_what_was_published(self):
        self.log_in_as("lanh-dao")
        self.open(reverse("meetings:reports"))
        self.screenshot("report-board")
        self.open(reverse("meetings:report_list"))
        self.open(reverse("report_schedules:add"))
        self.screenshot("report-schedule-form")
        self.log_out()
        public = PeriodicReport.objects.published().first()
        self.open(reverse("report", args=[public.pk]))
        self.screenshot("report-public")
        hidden = PeriodicReport.objects.filter(unit__title="Sở Y tế").first()
        self.open(reverse("report", args=[hidden.pk]), status=404)
        self.assertFalse(
            PeriodicReport.objects.readable_by(person_named("nguoi-doc"))
            .filter(pk=hidden.pk)
            .exists()
        )
