"""What acts on the duties of a regulation stands with them, and follows them when they change."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.core.periods import parse_period
from portal.home.setting_up.actions import apply_setup, start_setup
from portal.meetings.models import (
    AssessmentCycle,
    AssessmentIndexPage,
    MeetingIndexPage,
    MeetingSeries,
    ReportSchedule,
)
from portal.meetings.report_periods import expected_periods
from portal.units.duty_means import establish
from portal.units.models import DutyListPage, Obligation
from tests.home.setting_up.case import SetupCase
from tests.home.setting_up.texts import AMENDED, CENTRE, FEWER_MEETINGS, WITH_MEETINGS

OFFICE = "Văn phòng Ủy ban nhân dân tỉnh"


def standing():
    """Return what stands, to compare it with what stands later."""
    return (
        list(MeetingSeries.objects.values_list("pk", "interval_months", "is_active")),
        list(ReportSchedule.objects.values_list("pk", "due_day", "last_period", "is_active")),
        list(AssessmentCycle.objects.values_list("pk", "year", "status")),
    )


class EstablishedTests(SetupCase):
    is_set_up = True

    def test_a_duty_to_meet_brings_a_series_with_its_interval_and_those_invited(self):
        series = MeetingSeries.objects.get()

        self.assertEqual((series.convenor.title, series.interval_months), (OFFICE, 6))
        self.assertEqual(series.obligations.get().kind, "meet")
        self.assertIn("Sở Y tế", [unit.title for unit in series.default_units.all()])

    def test_a_duty_to_report_brings_a_schedule_with_its_day(self):
        schedule = ReportSchedule.objects.get()

        self.assertEqual((schedule.from_unit.title, schedule.frequency), (OFFICE, "month"))
        self.assertEqual((schedule.due_day, schedule.due_strictly_before), (25, True))
        self.assertEqual(
            [unit.title for unit in schedule.recipients.all()], ["Ủy ban nhân dân tỉnh"]
        )

    def test_a_duty_to_review_the_year_plans_its_cycle(self):
        cycle = AssessmentCycle.objects.get()

        self.assertEqual((cycle.year, cycle.status), (timezone.localdate().year, "planned"))
        self.assertEqual(cycle.obligation.kind, "review_year")

    def test_each_is_counted_once(self):
        self.assertEqual(self.run_of_class.result["means"], 3)

    def test_set_up_again_nothing_is_made_twice(self):
        before = standing()

        self.apply(self.start())

        self.assertEqual(standing(), before)

    def test_the_living_list_shows_what_acts_on_each(self):
        self.client.force_login(self.administrator)

        page = self.client.get(DutyListPage.objects.get().url)

        self.assertContains(page, str(ReportSchedule.objects.get()))

    def test_staff_find_the_reports_and_the_schedule(self):
        self.client.force_login(self.administrator)

        self.assertContains(self.client.get("/quan-tri/"), "/quan-tri/hop/bao-cao/")


class ByCommandTests(SetupCase):
    def test_a_command_has_no_person_and_establishes_the_same(self):
        apply_setup(start_setup(self.regulation, user=None), user=None)

        self.assertEqual([len(each) for each in standing()], [1, 1, 1])
        self.assertIsNone(ReportSchedule.objects.get().history.first().history_user)

    def test_who_is_not_logged_in_is_not_a_command(self):
        self.set_up()

        for kind in ("meet", "report", "review_year"):
            duty = Obligation.objects.get(kind=kind)
            with self.assertRaises(PermissionDenied, msg=kind):
                establish(duty, user=AnonymousUser())


class ChangedTests(SetupCase):
    is_set_up = True

    def change_to(self, text):
        return self.apply(self.start(self.bring_in(text)))

    def test_another_day_holds_for_coming_reports_and_the_former_for_those_due_before(self):
        former = ReportSchedule.objects.get()
        before = timezone.localdate() - timedelta(days=100)
        former.first_period = f"{before:%Y-%m}"
        former.grace_days = 2
        former.save()

        self.change_to(AMENDED)

        former.refresh_from_db()
        heir = ReportSchedule.objects.exclude(pk=former.pk).get()
        self.assertEqual((heir.due_day, heir.due_strictly_before), (20, True))
        self.assertEqual((former.due_day, heir.grace_days), (25, 2))
        self.assertEqual(heir.obligation.succeeds, former.obligation)
        last, first = parse_period(former.last_period), parse_period(heir.first_period)
        self.assertEqual(last.shift(1), first)
        asked = [*expected_periods(former), *expected_periods(heir)]
        self.assertEqual(len(asked), len(set(asked)))

    def test_a_schedule_that_never_asked_for_anything_rests(self):
        former = ReportSchedule.objects.get()
        coming = parse_period(f"{timezone.localdate():%Y-%m}").shift(3)
        ReportSchedule.objects.update(first_period=coming.code)

        self.change_to(AMENDED)

        former.refresh_from_db()
        heir = ReportSchedule.objects.exclude(pk=former.pk).get()
        self.assertEqual((former.is_active, heir.first_period), (False, coming.code))

    def test_a_duty_to_report_that_has_gone_asks_for_nothing_more(self):
        gone = WITH_MEETINGS.replace(
            "2. Báo cáo Ủy ban nhân dân tỉnh", "2. Giúp Ủy ban nhân dân tỉnh"
        )
        self.change_to(gone.replace(" định kỳ hằng tháng trước ngày 25", ""))

        self.assertFalse(Obligation.objects.in_force().filter(kind="report").exists())
        schedule = ReportSchedule.objects.get()
        later = timezone.now() + timedelta(days=400)
        self.assertLessEqual(len(expected_periods(schedule, later)), 1)
        self.assertTrue(schedule.last_period or not schedule.is_active)

    def test_briefings_less_often_reach_the_series_and_its_number_stays(self):
        series = MeetingSeries.objects.get()

        self.change_to(FEWER_MEETINGS)

        series.refresh_from_db()
        self.assertEqual((series.interval_months, series.is_active), (12, True))
        self.assertEqual(series.obligations.count(), 2)

    def test_an_interval_that_somebody_set_is_not_changed_back(self):
        MeetingSeries.objects.update(interval_months=3)

        self.change_to(FEWER_MEETINGS)

        self.assertEqual(MeetingSeries.objects.get().interval_months, 3)

    def test_a_planned_review_goes_with_its_duty(self):
        self.change_to(FEWER_MEETINGS)

        self.assertFalse(AssessmentCycle.objects.exists())
        self.assertIs(AssessmentIndexPage.objects.get().live, False)

    def test_a_review_that_is_under_way_stays(self):
        AssessmentCycle.objects.update(status="self_assessment")

        self.change_to(FEWER_MEETINGS)

        self.assertEqual(AssessmentCycle.objects.get().status, "self_assessment")

    def test_a_series_rests_when_no_duty_asks_for_it_and_wakes_with_the_next(self):
        self.change_to(CENTRE)
        series = MeetingSeries.objects.get()
        self.assertIs(series.is_active, False)
        self.assertIs(MeetingIndexPage.objects.get().live, False)

        ended = series.obligations.get()
        again = Obligation.objects.create(
            unit=ended.unit, provision=ended.provision, kind="meet", cadence="quarterly"
        )
        self.assertEqual(establish(again, user=self.administrator), [series])
        series.refresh_from_db()
        self.assertEqual((series.is_active, series.interval_months), (True, 3))
