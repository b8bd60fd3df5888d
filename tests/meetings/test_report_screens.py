"""The staff screens, papers, calendar, search and duties of reports."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.meetings.actions import reports
from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.papers import report_html
from portal.meetings.report_work import own_work, to_accept
from portal.units.models import Obligation
from tests.factories import make_provision, make_unit
from tests.meetings.reports_case import ReportCase, at
from tests.meetings.test_papers import text_of


class ReportScreenCase(ReportCase, TestCase):
    def setUp(self):
        clock = at(2026, 3, 20)
        clock.start()
        self.addCleanup(clock.stop)

    def do(self, user, name, pk, deed, **answers):
        """Send the form of one step as ``user``."""
        self.client.force_login(user)
        data = {f"{deed}-{key}": value for key, value in answers.items()}
        return self.client.post(reverse(f"meetings:{name}", args=[pk]), {"do": deed, **data})

    def open(self, user, name, *args):
        self.client.force_login(user)
        return self.client.get(reverse(f"meetings:{name}", args=args))


class StepsTests(ReportScreenCase):
    def test_the_whole_way_by_its_buttons(self):
        board = self.open(self.health_officer, "reports")
        self.assertContains(board, "sắp đến hạn")
        self.do(self.health_officer, "report_schedule", self.monthly.pk, "draft", period="2026-03")
        pk = PeriodicReport.objects.get().pk
        self.do(self.health_officer, "report", pk, "write", title="Báo cáo", body="Đã xong")
        file = SimpleUploadedFile("Biểu.xlsx", b"PK")
        self.do(self.health_officer, "report", pk, "attach", file=file)
        self.do(self.health_head, "report", pk, "approve")
        self.do(self.health_head, "report", pk, "submit")
        self.assertContains(self.open(self.authority, "reports"), "Báo cáo")
        self.do(self.authority, "report", pk, "send_back", reason="Thiếu số liệu")
        page = self.open(self.health_officer, "report", pk)
        self.assertContains(page, "Thiếu số liệu")
        self.do(self.health_officer, "report", pk, "write", title="Báo cáo", body="Đã đủ")
        self.do(self.health_head, "report", pk, "approve")
        self.do(self.health_head, "report", pk, "submit")
        self.do(self.authority, "report", pk, "accept")
        report = PeriodicReport.objects.get()
        self.assertEqual((report.status, report.sent_body), ("accepted", "Đã đủ"))
        page = self.open(self.authority, "report", pk)
        [attachment] = page.context["attachments"]
        answer = self.open(self.authority, "report_file", pk, attachment.pk)
        self.assertEqual(b"".join(answer.streaming_content), b"PK")
        self.assertIn("attachment", answer["Content-Disposition"])

    def test_buttons_are_for_those_who_may(self):
        pk = self.written().pk
        for user, steps in (
            (self.health_officer, ["write", "figures", "attach", "discard"]),
            (self.health_head, ["write", "approve", "figures", "attach", "discard"]),
            (self.leader, []),
        ):
            page = self.open(user, "report", pk)
            keys = [step["deed"].key for step in page.context["steps"]]
            with self.subTest(user.username):
                self.assertEqual(keys, steps)
        self.assertNotContains(self.open(self.leader, "report", pk), "Đã tiêm đủ")
        answer = self.do(self.culture_head, "report", pk, "approve")
        self.assertEqual(answer.status_code, 404)

    def test_what_was_typed_stays_when_the_step_is_refused(self):
        report = self.written()
        seen = reports.mark_of(report)
        PeriodicReport.objects.filter(pk=report.pk).update(body="Người khác viết")
        words = {"title": "Tên mới", "body": "Chữ của tôi"}
        pk, officer = report.pk, self.health_officer
        answer = self.do(officer, "report", pk, "write", **words, seen=seen)
        self.assertContains(answer, "Chữ của tôi")
        self.assertContains(answer, "Người khác viết")
        self.assertContains(answer, "Người khác vừa sửa nội dung")

        [form] = [step["form"] for step in answer.context["steps"] if step["deed"].key == "write"]
        self.do(officer, "report", pk, "write", **words, seen=form["seen"].value())
        report.refresh_from_db()
        self.assertEqual(report.body, "Chữ của tôi")

    def test_hostile_words_are_shown_as_words(self):
        report = self.written()
        bad = "<script>alert(1)</script>"
        reports.write_report(report, user=self.health_officer, title=bad, body=bad)
        reports.approve_report(report, user=self.health_head)
        reports.submit_report(report, user=self.health_head)
        for user, url in (
            (self.leader, reverse("meetings:report", args=[report.pk])),
            (self.leader, reverse("report", args=[report.pk])),
            (self.leader, reverse("meetings:reports")),
        ):
            self.client.force_login(user)
            self.assertNotContains(self.client.get(url), bad)

    def test_a_topic_is_begun_and_a_unit_asked_by_form(self):
        self.client.force_login(self.health_officer)
        data = {"kind": "thematic", "title": "Chuyên đề", "unit": self.health.pk}
        url = reverse("meetings:report_create")
        answer = self.client.post(url, {**data, "recipients": [self.owner.pk]})
        report = PeriodicReport.objects.get()
        self.assertRedirects(answer, reverse("meetings:report", args=[report.pk]))
        self.client.force_login(self.authority)
        data = {"unit": self.health.pk, "title": "Đột xuất", "due_on": "2026-03-22"}
        self.client.post(reverse("meetings:report_request"), data)
        work = own_work(type(self.health_officer).objects.get(pk=self.health_officer.pk))
        self.assertEqual([item.title for item in work][0], "Đột xuất")
        self.assertEqual(len(work), 3)

    def test_discarding_leads_back_to_the_board(self):
        report = self.written()
        answer = self.do(self.health_officer, "report", report.pk, "discard")
        self.assertRedirects(answer, reverse("meetings:reports"))

    def test_nonsense_in_the_address_is_no_fault(self):
        self.client.force_login(self.leader)
        for query in ("?nam=x", "?nam=99999", "?trang=x", "?nam=2026&trang=9"):
            url = reverse("meetings:reports") + query
            self.assertEqual(self.client.get(url).status_code, 200)
        url = reverse("meetings:report_list") + "?unit=x&kind=y&status=z"
        self.assertEqual(self.client.get(url).status_code, 200)
        url = reverse("report_schedules:add") + "?obligation=abc"
        self.assertEqual(self.client.get(url).status_code, 200)

    def test_an_empty_centre_says_what_to_do(self):
        ReportSchedule.objects.all().delete()
        self.assertContains(self.open(self.leader, "reports"), "Thêm chế độ báo cáo")

    def test_the_board_asks_as_often_for_many_schedules(self):
        def count():
            with CaptureQueriesContext(connection) as captured:
                self.client.get(reverse("meetings:reports"))
            return len(captured)

        self.sent()
        self.client.force_login(self.leader)
        before = count()
        for _number in range(10):
            self.schedule(unit=make_unit())
        self.assertLessEqual(count(), before + 1)


class ScheduleFormTests(ReportScreenCase):
    def send(self, **more):
        data = {
            "title": "Báo cáo quý",
            "from_unit": self.culture.pk,
            "recipients": [self.owner.pk],
            "frequency": "quarter",
            "due_day": 25,
            "due_in": "last",
            "weekend": "keep",
            "grace_days": 0,
            "window_start_day": 1,
            "is_active": "on",
        }
        self.client.force_login(self.officer)
        return self.client.post(reverse("report_schedules:add"), {**data, **more})

    def test_a_schedule_is_made_by_its_form(self):
        self.send()
        schedule = ReportSchedule.objects.get(title="Báo cáo quý")
        self.assertEqual(list(schedule.recipients.all()), [self.owner])
        self.assertEqual(schedule.first_period, "2026-Q1")
        url = reverse("report_schedules:edit", args=[schedule.pk])
        self.assertContains(self.client.get(url), "Báo cáo quý")

    def test_what_makes_no_sense_is_said_in_place(self):
        for more, field in (
            ({"recipients": [self.culture.pk]}, "recipients"),
            ({"feeds": self.monthly.pk}, "feeds"),
            ({"first_period": "2026-01"}, "first_period"),
            ({"from_unit": ""}, "from_unit"),
            ({"frequency": ""}, "frequency"),
        ):
            with self.subTest(field):
                self.assertIn(field, self.send(**more).context["form"].errors)
        self.assertTrue(self.send(due_day=99).context["form"].errors)
        self.assertFalse(ReportSchedule.objects.filter(title="Báo cáo quý").exists())

    def test_the_form_begins_with_what_the_duty_says(self):
        duty = Obligation.objects.create(
            unit=self.culture,
            provision=make_provision(),
            kind="report",
            cadence="monthly",
            text="Hằng tháng báo cáo",
            due_rule={"day": 25, "strictly_before": True},
        )
        self.client.force_login(self.officer)
        page = self.client.get(f"{reverse('report_schedules:add')}?obligation={duty.pk}")
        initial = page.context["form"].initial
        self.assertEqual((initial["due_day"], initial["frequency"]), (25, "month"))


class PaperTests(ReportScreenCase):
    def paper(self, report):
        text = report.sent_body or report.body
        return text_of(report_html(report, text, RequestFactory().get("/")))

    def test_the_report_on_paper(self):
        text = self.paper(self.sent())
        for words in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "PHÒNG Y TẾ",
            "Số: 01/BC-YT",
            "ngày 20 tháng 3 năm 2026",
            "BÁO CÁO",
            "Báo cáo tình hình cập nhật dữ liệu, tháng 3/2026",
            "Kính gửi: Ủy ban nhân dân",
            "Đã tiêm đủ.",
            "THỦ TRƯỞNG ĐƠN VỊ",
            "Nơi nhận:",
            "Lưu: VT.",
        ):
            with self.subTest(words):
                self.assertIn(words, text)
        self.assertNotIn("Dự thảo", text)

    def test_a_draft_says_that_it_is_one(self):
        text = self.paper(self.written())
        self.assertIn("Dự thảo, chưa gửi", text)
        self.assertIn("ngày … tháng … năm …", text)

    def test_the_address_answers_with_a_pdf(self):
        url = reverse("report_pdf", args=[self.sent().pk])
        self.client.force_login(self.authority)
        with self.captureOnCommitCallbacks(execute=True):
            self.client.get(url)
        answer = self.client.get(url)
        self.assertEqual(b"".join(answer.streaming_content)[:4], b"%PDF")


class AroundReportsTests(ReportScreenCase):
    def test_due_days_come_into_the_calendar(self):
        answer = self.open(self.health_officer, "report_calendar")
        self.assertIn(b"DTSTART;VALUE=DATE:20260324", answer.content)
        self.sent()
        answer = self.open(self.health_officer, "report_calendar")
        self.assertNotIn(b"DTSTART;VALUE=DATE:20260324", answer.content)

    def test_the_start_page_tells_what_is_due(self):
        self.client.force_login(self.health_head)
        self.assertContains(self.client.get("/quan-tri/"), "Báo cáo sắp đến hạn")
        with at(2026, 3, 26):
            self.client.force_login(self.health_head)
            self.assertContains(self.client.get("/quan-tri/"), "Báo cáo quá hạn")
            self.client.force_login(self.leader)
            self.assertContains(self.client.get("/quan-tri/"), "Đơn vị chậm báo cáo")
        self.sent()
        self.client.force_login(self.authority)
        self.assertContains(self.client.get("/quan-tri/"), "Báo cáo chờ tiếp nhận")
        self.assertEqual(to_accept(self.authority).count(), 1)

    def test_a_unit_s_page_lists_its_reports_to_those_inside(self):
        self.client.force_login(self.health_head)
        self.assertContains(self.client.get(self.health.url), "tình hình cập nhật dữ liệu")

    def test_search_finds_what_was_sent_by_its_words(self):
        self.sent()
        self.client.force_login(self.authority)
        self.assertContains(self.client.get("/tim-kiem/?q=tiem+du"), "01/BC-YT")
        self.client.force_login(self.culture_head)
        self.assertNotContains(self.client.get("/tim-kiem/?q=tiem+du"), "01/BC-YT")
