"""Evidence of duties: who writes it, what is refused, what it says of the duty."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone

from portal.core.models import Attachment
from portal.core.roles import Role
from portal.core.statuses import TransitionRefused
from portal.units.duties.recording import record_duty, withdraw_record
from portal.units.duty_means import DutyState, standings_of, state_of
from portal.units.models import DutyRecord, FocalPoint, Obligation
from tests.factories import make_article, make_provision, make_unit, make_user


class DutyRecordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        article = make_article()
        cls.provision = make_provision(article.get_parent().get_parent().specific, article=article)
        cls.health = make_unit("Sở Y tế", code="SYT")
        cls.culture = make_unit("Sở Văn hóa", code="SVH")
        cls.officer = make_user(Role.DATA_OFFICER, unit=cls.health)
        cls.foreign = make_user(Role.DATA_OFFICER, unit=cls.culture)
        cls.leader = make_user(Role.IOC_LEADER)
        cls.today = timezone.localdate()
        cls.duty = Obligation.objects.create(
            unit=cls.health, provision=cls.provision, kind="train", cadence="annual"
        )

    def record(self, **fields):
        values = {
            "user": self.officer,
            "unit": self.health,
            "done_on": self.today,
            "note": "Đã làm",
        }
        return record_duty(self.duty, **{**values, **fields})

    def state(self, duty=None, user=None):
        request = RequestFactory().get("/")
        request.user = user or self.leader
        duty = duty or self.duty
        return state_of(standings_of([duty], request)[duty.pk])

    def test_what_was_done_this_year_meets_a_yearly_duty_without_a_day(self):
        self.assertIs(self.state(), DutyState.MISSING)
        self.record()
        self.assertIs(self.state(), DutyState.MET)

    def test_a_withdrawn_record_does_not_count_and_stays(self):
        record = self.record()

        withdraw_record(record, user=self.officer, reason="Ghi nhầm")

        self.assertIs(self.state(), DutyState.MISSING)
        self.assertEqual(DutyRecord.objects.get().status, "withdrawn")
        with self.assertRaises(TransitionRefused):
            withdraw_record(record, user=self.officer, reason="Lần nữa")

    def test_a_named_day_that_passed_without_a_record_is_late(self):
        duty = Obligation.objects.create(
            unit=self.health, provision=self.provision, kind="survey", cadence="monthly",
            due_rule={"day": 1, "month_of_period": "first"}, valid_from=date(2020, 1, 1),
        )  # fmt: skip
        self.assertIs(self.state(duty), DutyState.LATE)

    def test_nobody_writes_for_a_foreign_unit_nor_without_the_right(self):
        for user in (self.foreign, self.leader, make_user(unit=self.health)):
            with self.subTest(user=user), self.assertRaises(PermissionDenied):
                self.record(user=user)
        with self.assertRaises(ValidationError):
            record_duty(
                self.duty, user=self.foreign, unit=self.culture, done_on=self.today, note="x"
            )

    def test_days_periods_and_files_that_cannot_be_are_refused(self):
        bad = [
            {"done_on": self.today + timedelta(days=1)},
            {"period": "2026-13"},
            {"period": "2026-05"},
            {"note": "  "},
            {"files": [SimpleUploadedFile("a.exe", b"x")]},
            {"files": [SimpleUploadedFile("a.pdf", b"")]},
            {"files": [SimpleUploadedFile(f"{n}.pdf", b"x") for n in range(6)]},
        ]
        for fields in bad:
            with self.subTest(fields), self.assertRaises(ValidationError):
                self.record(**fields)
        self.assertFalse(DutyRecord.objects.exists() or Attachment.objects.exists())

    def test_the_screen_keeps_what_was_typed_when_it_refuses(self):
        self.client.force_login(self.officer)
        url = reverse("units:duty", args=[self.duty.pk])

        answer = self.client.post(
            url, {"unit": self.health.pk, "done_on": "31/02/2026", "note": "Tập huấn <b>"}
        )

        self.assertContains(answer, "Tập huấn &lt;b&gt;")
        self.assertContains(answer, "31/02/2026")
        self.assertFalse(DutyRecord.objects.exists())

    def test_the_screen_writes_down_with_files_and_serves_them_to_those_concerned(self):
        self.client.force_login(self.officer)
        url = reverse("units:duty", args=[self.duty.pk])
        self.client.post(
            url,
            {"unit": self.health.pk, "done_on": "5/1/2026", "period": "2026", "note": "Tập huấn",
             "files": [SimpleUploadedFile("../../ke-hoach.pdf", b"%PDF")]},
        )  # fmt: skip
        attachment = Attachment.objects.get()
        address = reverse("units:record_file", args=[attachment.pk])

        self.assertEqual(attachment.name, "ke-hoach.pdf")
        self.assertEqual(b"".join(self.client.get(address).streaming_content), b"%PDF")
        self.client.force_login(self.leader)
        self.assertEqual(self.client.get(address).status_code, 200)
        self.client.force_login(self.foreign)
        self.assertEqual(self.client.get(address).status_code, 404)
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_a_kind_of_unit_is_met_when_all_its_members_are(self):
        kind = make_unit("Các phòng", code="CP", is_group=True)
        duty = Obligation.objects.create(
            unit=kind, provision=self.provision, kind="name_focal_point", cadence="once"
        )
        self.assertIs(self.state(duty), DutyState.MISSING)
        for unit in (self.health, self.culture):
            unit.groups.add(kind)
            unit.save()
        self.assertIs(self.state(duty), DutyState.MET)  # both have data officers
        third = make_unit("Sở Xây dựng", code="SXD")
        third.groups.add(kind)
        third.save()
        self.assertIs(self.state(duty), DutyState.MISSING)
        FocalPoint.objects.create(unit=third, position="Chuyên viên")
        self.assertIs(self.state(duty), DutyState.MET)

    def test_the_people_of_a_member_see_the_duty_of_its_kind_in_the_register(self):
        kind = make_unit("Các phòng", code="CP", is_group=True)
        self.culture.groups.add(kind)
        self.culture.save()
        duty = Obligation.objects.create(
            unit=kind, provision=self.provision, kind="train", cadence="once", text="Tập huấn chung"
        )
        for user, status in ((self.foreign, 200), (self.officer, 404)):
            self.client.force_login(user)
            self.assertEqual(
                self.client.get(reverse("units:duty", args=[duty.pk])).status_code, status
            )
            self.assertEqual(
                "Tập huấn chung" in self.client.get(reverse("obligations:index")).content.decode(),
                status == 200,
            )


class RegisterFormTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.provision = make_provision()
        cls.unit = make_unit("Sở Y tế", code="SYT")
        cls.administrator = make_user(Role.ADMINISTRATOR)

    def setUp(self):
        self.client.force_login(self.administrator)

    def data(self, **fields):
        values = {
            "unit": self.unit.pk, "provision": self.provision.pk, "kind": "report",
            "text": "Báo cáo", "words": "", "name_as_written": "", "cadence": "quarterly",
            "due_day": "25", "due_month": "last", "due_strictly_before": "on",
        }  # fmt: skip
        return {**values, **fields}

    def test_the_due_rule_is_asked_for_in_fields_and_kept_as_data(self):
        self.client.post(reverse("obligations:add"), self.data())

        duty = Obligation.objects.get()
        self.assertEqual(
            duty.due_rule, {"day": 25, "month_of_period": "last", "strictly_before": True}
        )
        edit = self.client.get(reverse("obligations:edit", args=[duty.pk]))
        self.assertContains(edit, 'name="due_day" value="25"')
        self.assertContains(
            self.client.get(reverse("obligations:index")), "trước ngày 25 tháng cuối quý"
        )

    def test_a_day_can_be_taken_away_and_the_history_says_who_did_it(self):
        self.client.post(reverse("obligations:add"), self.data())
        duty = Obligation.objects.get()
        self.client.post(
            reverse("obligations:edit", args=[duty.pk]),
            self.data(due_day="", due_strictly_before=""),
        )
        duty.refresh_from_db()

        self.assertEqual(duty.due_rule, {})
        page = self.client.get(reverse("units:duty", args=[duty.pk]))
        self.assertContains(page, "trước ngày 25 tháng cuối quý")
        self.assertContains(page, "Quy chế không ấn định ngày")
        self.assertContains(page, self.administrator.username)

    def test_a_day_needs_a_calendar_and_before_needs_a_day(self):
        for fields in (
            {"cadence": "on_change"},
            {"due_day": ""},
            {"due_day": "32"},
            {"due_day": "x"},
        ):
            with self.subTest(fields):
                answer = self.client.post(reverse("obligations:add"), self.data(**fields))
                self.assertEqual(answer.status_code, 200)
                self.assertContains(answer, "Báo cáo")
        self.assertFalse(Obligation.objects.exists())

    def test_the_export_holds_the_words_of_the_due_rule_and_no_formula(self):
        self.client.post(reverse("obligations:add"), self.data(text="=1+1"))

        answer = self.client.get(reverse("obligations:index"), {"export": "csv"})

        text = b"".join(answer.streaming_content).decode()
        self.assertIn("trước ngày 25 tháng cuối quý", text)
        self.assertIn("'=1+1", text)
