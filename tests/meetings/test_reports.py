"""A report's way, and what each step refuses."""

from datetime import date
from itertools import product

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from portal.core.models import Attachment, AuditEntry
from portal.core.statuses import TransitionRefused, history_of, move
from portal.meetings.actions import report_files, reports
from portal.meetings.models import PeriodicReport
from portal.meetings.report_files import attachments_for, text_for
from portal.meetings.report_periods import with_standing
from tests.meetings.reports_case import ReportCase, at

Status = PeriodicReport.Status


class ReportWayTests(ReportCase, TestCase):
    def setUp(self):
        clock = at(2026, 3, 20)
        clock.start()
        self.addCleanup(clock.stop)

    def test_the_table_of_transitions_holds_pair_by_pair(self):
        report = self.drafted()
        for source, target in product(Status, repeat=2):
            with self.subTest(source=source, target=target):
                PeriodicReport.objects.filter(pk=report.pk).update(status=source)
                report.refresh_from_db()
                if target in PeriodicReport.TRANSITIONS.get(source, ()):
                    self.assertEqual(move(report, target, user=None).status, target)
                else:
                    with self.assertRaises(TransitionRefused):
                        move(report, target, user=None)

    def test_a_report_goes_back_and_is_accepted_the_second_time(self):
        report = self.sent_back()
        first = report.first_submitted_at
        reports.write_report(
            report, user=self.health_officer, title=report.title, body="I. Kết quả\nĐủ số liệu xã."
        )
        reports.approve_report(report, user=self.health_head)
        with at(2026, 3, 28):
            reports.submit_report(report, user=self.health_head)
            reports.accept_report(report, user=self.authority, note="Đạt")

        self.assertEqual(report.status, Status.ACCEPTED)
        self.assertEqual(report.number, "01/BC-YT")
        self.assertEqual(report.first_submitted_at, first)
        self.assertGreater(report.submitted_at, first)
        steps = [(event.to_status, event.acting_unit) for event in history_of(report)]
        self.assertEqual(
            steps,
            [
                ("draft", "YT"),
                ("approved", "YT"),
                ("submitted", "YT"),
                ("sent_back", "UB"),
                ("approved", "YT"),
                ("submitted", "YT"),
                ("accepted", "UB"),
            ],
        )

    def test_each_sending_is_kept_as_it_was(self):
        report = self.sent_back()
        reports.write_report(report, user=self.health_officer, title=report.title, body="Mới")
        reports.approve_report(report, user=self.health_head)
        reports.submit_report(report, user=self.health_head)

        bodies = [(each.number, each.body) for each in report.revisions.all()]
        self.assertEqual(bodies, [(1, "I. Kết quả\nĐã tiêm đủ."), (2, "Mới")])
        self.assertEqual(len({each.sha256 for each in report.revisions.all()}), 2)

    def test_recipients_read_what_was_sent_not_what_is_being_written(self):
        report = self.sent_back()
        reports.write_report(report, user=self.health_officer, title=report.title, body="Nháp mới")

        self.assertEqual(text_for(self.authority, report), "I. Kết quả\nĐã tiêm đủ.")
        self.assertEqual(text_for(self.leader, report), "I. Kết quả\nĐã tiêm đủ.")
        self.assertEqual(text_for(self.health_officer, report), "Nháp mới")

    def test_a_number_is_drawn_only_when_the_report_goes_out(self):
        self.assertEqual(self.approved().number, "")
        self.assertEqual(self.sent_number("2026-04", 4), "01/BC-YT")

    def sent_number(self, period, month):
        with at(2026, month, 20):
            return self.sent(period=period).number

    def test_one_report_for_each_period(self):
        self.drafted()
        with self.assertRaises(ValidationError):
            self.drafted()

    def test_no_report_for_a_period_that_is_not_owed(self):
        for period in ("2026-02", "2026-04", "2026-Q1", "2026"):
            with self.subTest(period), self.assertRaises(ValidationError):
                self.drafted(period=period)

    def test_a_text_with_blanks_is_not_approved(self):
        report = self.drafted()
        for body in (report.body, "", "   "):
            reports.write_report(report, user=self.health_officer, title="x", body=body)
            with self.subTest(body[:10]), self.assertRaises(ValidationError):
                reports.approve_report(report, user=self.health_head)

    def test_an_approved_text_stands_until_the_approval_is_taken_back(self):
        report = self.approved()
        with self.assertRaises(ValidationError):
            reports.write_report(report, user=self.health_officer, title="x", body="x")
        reports.reopen_report(report, user=self.health_head)
        reports.write_report(report, user=self.health_officer, title="x", body="x")
        self.assertEqual(report.body, "x")

    def test_the_second_of_two_writers_is_told(self):
        report = self.written()
        seen = reports.mark_of(report)
        reports.write_report(report, user=self.health_head, title=report.title, body="A", seen=seen)
        with self.assertRaises(ValidationError):
            reports.write_report(
                report, user=self.health_officer, title=report.title, body="B", seen=seen
            )
        report.refresh_from_db()
        self.assertEqual(report.body, "A")

    def test_the_head_approves_the_text_that_was_read(self):
        report = self.written()
        seen = reports.mark_of(report)
        reports.write_report(report, user=self.health_officer, title=report.title, body="Khác")
        with self.assertRaises(ValidationError):
            reports.approve_report(report, user=self.health_head, seen=seen)
        reports.approve_report(report, user=self.health_head, seen=reports.mark_of(report))
        self.assertEqual(report.status, Status.APPROVED)

    def test_only_accepted_reports_are_made_public(self):
        report = self.sent()
        with self.assertRaises(ValidationError):
            reports.publish_report(report, user=self.leader)
        reports.accept_report(report, user=self.authority)
        reports.publish_report(report, user=self.leader)
        self.assertTrue(PeriodicReport.objects.readable_by(self.reader).filter(pk=report.pk))
        reports.unpublish_report(report, user=self.leader)
        self.assertFalse(PeriodicReport.objects.readable_by(self.reader).exists())

    def test_a_draft_is_discarded_but_nothing_that_was_sent(self):
        report = self.drafted()
        reports.discard_report(report, user=self.health_officer)
        self.assertTrue(AuditEntry.objects.filter(action="reports.discard").exists())
        again = self.sent_back()
        reports.reopen_report(again, user=self.health_head)
        with self.assertRaises(ValidationError):
            reports.discard_report(again, user=self.health_officer)


class OtherReportsTests(ReportCase, TestCase):
    def test_a_unit_writes_on_a_topic_of_its_own(self):
        report = reports.create_report(
            user=self.health_officer,
            unit=self.health,
            recipients=[self.owner],
            kind="thematic",
            title="Chuyên đề tiêm chủng",
        )
        self.assertEqual(report.get_kind_display(), "chuyên đề")
        with self.assertRaises(PermissionDenied):
            reports.create_report(
                user=self.health_officer,
                unit=self.culture,
                recipients=[self.owner],
                kind="thematic",
                title="x",
            )
        with self.assertRaises(ValidationError):
            reports.create_report(
                user=self.health_officer,
                unit=self.health,
                recipients=[self.health],
                kind="thematic",
                title="x",
            )

    def test_the_committee_asks_and_the_unit_answers(self):
        with at(2026, 3, 2):
            report = reports.request_report(
                user=self.authority,
                unit=self.health,
                title="Dịch sốt xuất huyết",
                due_on=date(2026, 3, 10),
                note="Nêu rõ từng xã",
            )
        self.assertEqual([unit.code for unit in report.recipients.all()], ["UB"])
        self.assertTrue(PeriodicReport.objects.internal_to(self.authority).filter(pk=report.pk))
        with self.assertRaises(ValidationError):
            reports.discard_report(report, user=self.health_officer)
        reports.write_report(report, user=self.health_officer, title=report.title, body="Đã xử lý")
        reports.approve_report(report, user=self.health_head)
        with at(2026, 3, 10, 23, 59, 59):
            reports.submit_report(report, user=self.health_head)
        [report] = with_standing([report])
        self.assertEqual(report.standing, "on_time")

    def test_officers_do_not_ask_other_units(self):
        with self.assertRaises(PermissionDenied):
            reports.request_report(
                user=self.health_head, unit=self.culture, title="x", due_on=date(2026, 3, 10)
            )


class ReportFileTests(ReportCase, TestCase):
    def setUp(self):
        clock = at(2026, 3, 20)
        clock.start()
        self.addCleanup(clock.stop)

    def attach(self, report, name="Phụ lục.pdf", content=b"%PDF-1.7"):
        file = SimpleUploadedFile(name, content)
        return report_files.attach_file(report, user=self.health_officer, file=file)

    def test_a_file_is_kept_with_its_name_and_hash(self):
        attachment = self.attach(self.written())
        self.assertEqual((attachment.name, attachment.size), ("Phụ lục.pdf", 8))
        self.assertEqual(attachment.file.read(), b"%PDF-1.7")

    def test_unfit_files_are_refused(self):
        report = self.written()
        for name, content in (("a.exe", b"x"), ("a.html", b"x"), ("a.pdf", b"")):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.attach(report, name, content)

    def test_others_see_files_once_they_were_sent(self):
        report = self.written()
        self.attach(report)
        self.assertFalse(attachments_for(self.leader, report).exists())
        reports.approve_report(report, user=self.health_head)
        reports.submit_report(report, user=self.health_head)
        self.assertEqual(attachments_for(self.authority, report).count(), 1)
        self.assertFalse(attachments_for(self.culture_head, report).exists())
        with at(2026, 3, 21):
            reports.send_back_report(report, user=self.authority, reason="x")
            self.attach(report, "Mới.pdf")
        self.assertEqual(attachments_for(self.authority, report).count(), 1)
        self.assertEqual(attachments_for(self.health_head, report).count(), 2)

    def test_what_was_sent_is_not_taken_away(self):
        report = self.written()
        attachment = self.attach(report)
        reports.approve_report(report, user=self.health_head)
        reports.submit_report(report, user=self.health_head)
        reports.send_back_report(report, user=self.authority, reason="x")
        with self.assertRaises(ValidationError):
            report_files.remove_file(report, user=self.health_officer, attachment=attachment)
        with at(2026, 3, 21):
            another = self.attach(report, "Nhầm.pdf")
        report_files.remove_file(report, user=self.health_officer, attachment=another)
        self.assertEqual(Attachment.objects.count(), 1)
