"""A year of reports in two tiers: departments to the office, the office to the committee."""

from datetime import timedelta

from django.utils import timezone

from portal.home.demo.people import head_of, officer_of
from portal.home.demo.standing import standing_duty
from portal.home.demo.uploads import at, local_moment
from portal.home.demo.work import Cast
from portal.meetings.actions import reports
from portal.meetings.actions.report_schedules import establish_schedules, save_schedule
from portal.meetings.models import ReportSchedule
from portal.meetings.report_periods import states_of_schedule
from portal.units.models import Obligation

HEALTH, ENVIRONMENT = "Sở Y tế", "Sở Nông nghiệp và Môi trường"
#: How many reports before the latest one came late.
LATE = {HEALTH: 3, ENVIRONMENT: 1}
BODY = (
    "I. TÌNH HÌNH CẬP NHẬT DỮ LIỆU\n"
    "Đơn vị đã gửi dữ liệu theo lịch; số liệu được đối chiếu trước khi gửi.\n"
    "II. KHÓ KHĂN, KIẾN NGHỊ\n"
    "Đề nghị thống nhất mã địa bàn giữa các phần mềm chuyên ngành.\n"
    "III. NHIỆM VỤ TRỌNG TÂM KỲ TỚI\n"
    "Tiếp tục rà soát, làm sạch dữ liệu đã gửi."
)


def report_a_year(regulation, today):
    """Let the schedules stand a year ago, and send what they ask for; the latest are open."""
    cast = Cast(regulation)
    founding = today.replace(day=1) - timedelta(days=330)
    with at(local_moment(founding, 9)):
        above = _schedule_of_office(cast)
        monthly = _schedule(cast, HEALTH, ReportSchedule.Frequency.MONTH, above)
        quarterly = _schedule(cast, ENVIRONMENT, ReportSchedule.Frequency.QUARTER, above)
    for schedule in (monthly, quarterly):
        _send(schedule, cast, officer_of(schedule.from_unit), head_of(schedule.from_unit))
    _send(above, cast, cast.officer, cast.leader)
    _begin_the_open_one(above, cast, today)


def _schedule_of_office(cast):
    """Return the schedule of the duty that the regulation gives the office."""
    duty = standing_duty(
        cast.regulation,
        cast.office,
        "qc__dieu_9__khoan_5",
        Obligation.Kind.REPORT,
        cadence=Obligation.Cadence.QUARTERLY,
        text="Báo cáo tình hình cập nhật và sử dụng dữ liệu",
    )
    duty.counterparts.add(cast.units["Ủy ban nhân dân tỉnh"])
    [schedule] = establish_schedules(duty, user=cast.leader)
    schedule.due_day, schedule.due_strictly_before, schedule.window_start_day = 28, True, 15
    schedule.first_period, schedule.title = "", duty.text
    return save_schedule(schedule, user=cast.leader)


def _schedule(cast, unit, frequency, above):
    schedule = ReportSchedule(
        title="Báo cáo kết quả cập nhật dữ liệu",
        from_unit=cast.units[unit],
        frequency=frequency,
        due_day=25,
        due_strictly_before=True,
        window_start_day=15,
        feeds=above,
    )
    return save_schedule(schedule, user=cast.leader, recipients=[cast.office])


def _send(schedule, cast, writer, head):
    """Send every report whose due day has passed but the last one."""
    now = timezone.now()
    passed = [state for state in states_of_schedule(schedule) if state.due and state.due < now]
    late = LATE.get(schedule.from_unit.title)
    for left, state in zip(range(len(passed) - 1, 0, -1), passed, strict=False):
        days = -4 if left == late else 3
        _send_one(state, cast, writer, head, timedelta(days=days), is_last=left == 1)


def _send_one(state, cast, writer, head, before_due, *, is_last):
    schedule = state.schedule
    moment = state.due - before_due - timedelta(hours=9)
    with at(moment):
        report = reports.draft_report(schedule, user=writer, period=state.period.code)
        reports.write_report(report, user=writer, title=report.title, body=BODY)
    with at(moment + timedelta(hours=2)):
        reports.approve_report(report, user=head)
        reports.submit_report(report, user=head)
    if is_last and schedule.feeds_id:
        return
    judge = cast.leader if schedule.feeds_id else cast.authority
    with at(moment + timedelta(hours=20)):
        reports.accept_report(report, user=judge)
        if not schedule.feeds_id:
            reports.publish_report(report, user=cast.leader)


def _begin_the_open_one(schedule, cast, today):
    """Draft the office's latest report, from the figures of the period."""
    still_open = [state for state in states_of_schedule(schedule) if state.report is None]
    if still_open:
        with at(local_moment(today - timedelta(days=1), 15)):
            code = still_open[0].period.code
            reports.draft_report(schedule, user=cast.officer, period=code)
