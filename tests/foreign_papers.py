"""What the foreign unit of the walk writes down: what was done of its duties, and its reports."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.core.models import Attachment
from portal.core.periods import PeriodKind, containing
from portal.home.accounts.invitations import invite
from portal.meetings.actions.report_files import attach_file
from portal.meetings.actions.report_schedules import save_schedule
from portal.meetings.actions.reports import (
    approve_report,
    draft_report,
    submit_report,
    write_report,
)
from portal.meetings.models import ReportSchedule
from portal.meetings.report_periods import expected_periods
from portal.units.duties.recording import record_duty
from portal.units.models import Obligation, PersonHandOver
from tests.factories import make_unit
from tests.units.table_imports import send

#: In the name or text of everything that is the foreign unit's own.
MARK = "Ngoạivi"


def add_foreign_papers(foreign, head, officer):
    """Add to ``foreign`` what its people put down, none of it published."""
    _add_duties(foreign, officer)
    _add_reports(foreign, head, officer)
    foreign.person_hand_over = PersonHandOver.objects.create(
        person=officer,
        person_name=MARK,
        last_day=timezone.localdate(),
        done_by=foreign.administrator,
        done_by_name="Quản trị viên",
    )
    foreign.invitation, _word = invite(
        user=foreign.administrator, name=MARK, email="ben-canh@example.vn", roles=["reader"]
    )
    foreign.table_import = send(
        "nguoi", [["Tên đăng nhập", "Mã đơn vị", "Vai trò"], [MARK, "", ""]], head
    )


def _add_duties(foreign, officer):
    foreign.data_duty = Obligation.objects.create(
        unit=foreign.unit, provision=foreign.provision, kind="supply_data", cadence="on_change"
    )
    foreign.duty_record = record_duty(
        foreign.obligation,
        user=officer,
        unit=foreign.unit,
        done_on=timezone.localdate(),
        note=f"Đã báo cáo {MARK}",
        files=[SimpleUploadedFile("bao-cao.txt", MARK.encode())],
    )
    foreign.record_file = Attachment.objects.about(foreign.duty_record).get()


def _add_reports(foreign, head, officer):
    """Add a schedule with a report that was sent, which is not public, and one being written."""
    leader = foreign.meeting.minutes.signed_by
    last_month = containing(timezone.localdate(), PeriodKind.MONTH).shift(-1)
    schedule = foreign.report_schedule = ReportSchedule(
        title=f"Báo cáo {MARK}",
        from_unit=foreign.unit,
        frequency="month",
        due_day=25,
        due_in="next",
        first_period=last_month.code,
    )
    save_schedule(schedule, user=leader, recipients=[make_unit("Nơi nhận báo cáo")])
    sent, foreign.report = (
        draft_report(schedule, user=officer, period=period.code)
        for period in expected_periods(schedule)
    )
    write_report(sent, user=officer, title=f"Báo cáo {MARK}", body=f"Đã xong {MARK}")
    approve_report(sent, user=head)
    submit_report(sent, user=head)
    foreign.public_report = sent
    file = SimpleUploadedFile("bieu.txt", MARK.encode())
    foreign.report_file = attach_file(foreign.report, user=officer, file=file)
