"""Who may do what to a report: the own unit writes and sends it, another unit accepts it."""

from wagtail.permissions import register_permission_policy

from portal.core.permissions import ScopedPolicy
from portal.core.roles import Role, grant
from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.oversight import accepting_units, reporting_units, signing_units


class ReportSchedulePolicy(ScopedPolicy):
    """The centre keeps the schedules; a unit sees its own and writes by them."""

    def scope(self, user, action, queryset):
        if action == "view":
            return queryset.readable_by(user)
        if action == "draft":
            return queryset.of_units_of(user)
        return queryset


class PeriodicReportPolicy(ScopedPolicy):
    """A unit writes its reports, its head sends them, and a recipient that is not it judges."""

    def scope(self, user, action, queryset):
        if action == "view":
            return queryset.internal_to(user)
        if action == "change":
            return queryset.written_by(user)
        if action == "approve":
            return queryset.filter(unit__in=signing_units(user).values("pk"))
        if action == "receive":
            through = PeriodicReport.recipients.through.objects
            received = through.filter(unitpage_id__in=accepting_units(user).values("pk"))
            return queryset.filter(pk__in=received.values("periodicreport_id")).exclude(
                unit__in=reporting_units(user).values("pk")
            )
        return queryset


REPORT_POLICIES = {
    ReportSchedule: ReportSchedulePolicy(ReportSchedule),
    PeriodicReport: PeriodicReportPolicy(PeriodicReport),
}

_SEE = ("meetings.view_reportschedule", "meetings.view_periodicreport")
_WRITE = (
    "meetings.draft_reportschedule",
    "meetings.add_periodicreport",
    "meetings.change_periodicreport",
)
_KEEP = [f"meetings.{action}_reportschedule" for action in ("add", "change", "delete")]
_SIGN = ("meetings.approve_periodicreport", "meetings.receive_periodicreport")


def grant_report_rights():
    """Say what each role may do with reports and their schedules."""
    register_permission_policy(ReportSchedule, REPORT_POLICIES[ReportSchedule])
    asks = ("meetings.request_periodicreport", "meetings.publish_periodicreport")
    grant(Role.ADMINISTRATOR, *_SEE, *_KEEP)
    grant(Role.IOC_OFFICER, *_SEE, *_KEEP, *_WRITE)
    grant(Role.IOC_LEADER, *_SEE, *_KEEP, *_WRITE, *_SIGN, *asks)
    grant(Role.DATA_OFFICER, *_SEE, *_WRITE)
    grant(Role.UNIT_HEAD, *_SEE, *_WRITE, *_SIGN)
    grant(Role.AUTHORITY, *_SEE, "meetings.receive_periodicreport", *asks)
