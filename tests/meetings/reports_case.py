"""The people, duties and schedules that the tests of reports are about."""

from datetime import datetime

import time_machine
from django.utils import timezone

from portal.meetings.actions.report_schedules import save_schedule
from portal.meetings.actions.reports import (
    accept_report,
    approve_report,
    draft_report,
    send_back_report,
    submit_report,
    write_report,
)
from portal.meetings.models import ReportSchedule
from portal.units.models import UnitPage
from tests.factories import make_unit
from tests.meetings.people import MeetingPeople


def moment(year, month, day, hour=9, minute=0, second=0):
    """Return an instant by the clock on the centre's wall."""
    zone = timezone.get_default_timezone()
    return datetime(year, month, day, hour, minute, second, tzinfo=zone)


def at(*parts):
    """Let what happens inside happen at that instant, by the clock on the centre's wall."""
    return time_machine.travel(moment(*parts), tick=False)


class ReportCase(MeetingPeople):
    """Mix into a TestCase: the health unit reports monthly to the committee, before the 25th."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.owner = make_unit("Ủy ban nhân dân", code="UB", centre_role=UnitPage.Role.OWNER)
        UnitPage.objects.filter(pk=cls.centre.pk).update(centre_role=UnitPage.Role.MANAGING)
        cls.centre.refresh_from_db()
        with at(2026, 3, 2):
            cls.monthly = cls.schedule()

    @classmethod
    def schedule(cls, unit=None, recipients=None, **fields):
        """Return a saved schedule; monthly, due before the 25th of the month itself."""
        fields.setdefault("title", "Báo cáo tình hình cập nhật dữ liệu")
        fields.setdefault("frequency", ReportSchedule.Frequency.MONTH)
        fields.setdefault("due_day", 25)
        fields.setdefault("due_strictly_before", True)
        fields.setdefault("first_period", "2026-03" if fields["frequency"] == "month" else "")
        schedule = ReportSchedule(from_unit=unit or cls.health, **fields)
        save_schedule(schedule, user=cls.leader, recipients=recipients or [cls.owner])
        return schedule

    def drafted(self, schedule=None, period="2026-03"):
        return draft_report(schedule or self.monthly, user=self.health_officer, period=period)

    def written(self, **more):
        report = self.drafted(**more)
        return write_report(
            report, user=self.health_officer, title=report.title, body="I. Kết quả\nĐã tiêm đủ."
        )

    def approved(self, **more):
        return approve_report(self.written(**more), user=self.health_head)

    def sent(self, **more):
        return submit_report(self.approved(**more), user=self.health_head)

    def accepted(self, **more):
        return accept_report(self.sent(**more), user=self.authority)

    def sent_back(self, **more):
        return send_back_report(self.sent(**more), user=self.authority, reason="Thiếu số liệu xã")
