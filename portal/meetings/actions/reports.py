"""A report's way: drafted, written, approved, sent, then accepted or sent back by a recipient."""

import hashlib
import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.canonical import sha256_of
from portal.core.deadlines import end_of_day
from portal.core.models import DeadlineExtension
from portal.core.periods import parse_period
from portal.core.statuses import born, move
from portal.meetings.models import PeriodicReport, ReportRevision
from portal.meetings.numbering import REPORT, draw_number
from portal.meetings.oversight import accepting_units, receiving_units, reporting_units
from portal.meetings.permissions import require
from portal.meetings.report_figures import figures_of, outline_of
from portal.meetings.report_files import attachments_of
from portal.meetings.report_periods import expected_periods, with_standing

Status, Kind = PeriodicReport.Status, PeriodicReport.Kind
#: What the outline leaves to the writer.
BLANK_LINE = re.compile(r"^\s*(?:…|\.\.\.)\s*$", re.M)


@transaction.atomic
def draft_report(schedule, *, user, period):
    """Begin the report of a period from the outline, with what the portal knows of the period."""
    require(user, "draft", schedule)
    if parse_period(period) not in expected_periods(schedule):
        raise ValidationError(_("No report is owed for this period."))
    report = PeriodicReport(
        schedule=schedule,
        period=period,
        unit=schedule.from_unit,
        title=_title_of(schedule, period),
        created_by=user,
    )
    _keep_new(report, user, schedule.recipients.all())
    return take_figures(report, user=user, anew=True)


def _title_of(schedule, period):
    """Return the subject of the paper, in Vietnamese as papers are."""
    longest = PeriodicReport._meta.get_field("title").max_length
    return f"{schedule.title}, {parse_period(period).label}"[:longest]


def _keep_new(report, user, recipients, note=""):
    report.full_clean()
    report._history_user = user
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError as fault:
        raise ValidationError(_("There is a report of this period already.")) from fault
    report.recipients.set(recipients)
    acting_unit = "" if report.requested_by_id else report.unit.code
    born(report, user=user, acting_unit=acting_unit, note=note)


@transaction.atomic
def create_report(*, user, unit, recipients, **fields):
    """Begin a report on a topic or on request; the own unit writes it."""
    require(user, "add", PeriodicReport)
    if not reporting_units(user).filter(pk=unit.pk).exists():
        raise PermissionDenied
    report = PeriodicReport(unit=unit, created_by=user, **fields)
    _refuse_to_itself(unit, recipients)
    _keep_new(report, user, recipients)
    return report


@transaction.atomic
def request_report(*, user, unit, title, due_on, note=""):
    """Ask a unit for a report; it comes to the units for which the person acts."""
    require(user, "request", PeriodicReport)
    recipients = [each for each in receiving_units(user) if each.pk != unit.pk]
    _refuse_to_itself(unit, recipients)
    report = PeriodicReport(
        unit=unit,
        kind=Kind.AD_HOC,
        title=title,
        due_on=due_on,
        created_by=user,
        requested_by=user,
    )
    _keep_new(report, user, recipients, note)
    return report


def _refuse_to_itself(unit, recipients):
    if not [each for each in recipients if each.pk != unit.pk]:
        raise ValidationError({"recipients": _("Name a recipient other than the unit itself.")})


@transaction.atomic
def write_report(report, *, user, title, body, seen=""):
    """Keep the words; ``seen`` is ``mark_of`` the text that the writer began from."""
    require(user, "change", report)
    _lock(report)
    _require_in_work(report)
    if seen and seen != mark_of(report):
        raise ValidationError(
            _(
                "Somebody else changed the text meanwhile, see below. Your words are still in the"
                " form; saving again replaces the other text."
            )
        )
    report.title, report.body = title, body
    report._history_user = user
    report.full_clean()
    report.save(update_fields=["title", "body"])
    return report


def _lock(report):
    """Read the report again and hold its row, so that nothing is decided on an older state."""
    report.refresh_from_db(from_queryset=PeriodicReport.objects.select_for_update())


def mark_of(report):
    """Return what tells one working text from another."""
    return hashlib.sha256(f"{report.title}\x00{report.body}".encode()).hexdigest()[:16]


def _require_in_work(report):
    if report.status not in PeriodicReport.IN_WORK:
        raise ValidationError(_("The report is approved or sent; its text stands."))


@transaction.atomic
def take_figures(report, *, user, anew=False):
    """Count the period once more; begin the text anew from it when asked, or when it is empty."""
    require(user, "change", report)
    _lock(report)
    _require_in_work(report)
    report.figures = figures_of(report)
    if anew or not report.body.strip():
        report.body = outline_of(report, report.figures)
    report._history_user = user
    report.save(update_fields=["figures", "body"])
    return report


@transaction.atomic
def approve_report(report, *, user, seen=""):
    """Approve the text for the unit; its head does it, for the text that the head has ``seen``."""
    require(user, "approve", report)
    _lock(report)
    if seen and seen != mark_of(report):
        raise ValidationError(_("The text was changed meanwhile: read it again, then approve."))
    if not report.body.strip():
        raise ValidationError(_("The report has no text yet."))
    if BLANK_LINE.search(report.body):
        raise ValidationError(_("The text still has blanks (“…”): fill them or take them out."))
    if not report.recipients.exists():
        raise ValidationError(_("The report has no recipient; the centre names one."))
    return move(report, Status.APPROVED, user=user, acting_unit=report.unit.code)


def reopen_report(report, *, user):
    """Take an approval back, or take up what was sent back, to work on the text."""
    require(user, "approve", report)
    return move(report, Status.DRAFT, user=user, acting_unit=report.unit.code)


@transaction.atomic
def submit_report(report, *, user):
    """Send the approved text; the first time draws the number and decides punctuality."""
    require(user, "approve", report)
    _lock(report)
    now = timezone.now()
    is_first = not report.was_sent
    number = report.number or draw_number(REPORT, report.unit)
    move(
        report,
        Status.SUBMITTED,
        user=user,
        acting_unit=report.unit.code,
        number=number,
        submitted_at=now,
        submitted_by=user,
        sent_body=report.body,
        first_submitted_at=now if is_first else report.first_submitted_at,
    )
    _freeze(report, user, now)
    return report


def _freeze(report, user, now):
    content = {"title": report.title, "body": report.body, "figures": report.figures}
    ReportRevision.objects.create(
        report=report,
        number=report.revisions.count() + 1,
        sha256=sha256_of(content),
        sent_by=user,
        at=now,
        **content,
    )


def send_back_report(report, *, user, reason):
    """Return a report to its unit with what is to be changed."""
    _require_other(report, user)
    return move(
        report, Status.SENT_BACK, user=user, acting_unit=_acting_for(report, user), note=reason
    )


def accept_report(report, *, user, note=""):
    """Accept a report for a recipient; never by who sent it or writes for the unit."""
    _require_other(report, user)
    return move(
        report,
        Status.ACCEPTED,
        user=user,
        acting_unit=_acting_for(report, user),
        note=note,
        accepted_at=timezone.now(),
    )


def _require_other(report, user):
    require(user, "receive", report)
    if report.submitted_by_id == user.pk:
        raise ValidationError(_("You sent this report yourself; somebody else judges it."))


def _acting_for(report, user):
    units = accepting_units(user).values("pk")
    recipient = report.recipients.filter(pk__in=units).order_by("pk").first()
    return recipient.code if recipient else ""


@transaction.atomic
def extend_report(report, *, user, new_due_on, reason, decision=""):
    """Grant a later due day; the old one is kept, and nobody extends a report of the own unit."""
    require(user, "receive", report)
    if report.was_sent:
        raise ValidationError(_("The report was sent; its due day stands."))
    [report] = with_standing([report])
    if report.due_at is None:
        raise ValidationError(_("The report has no due day that could be extended."))
    extension = DeadlineExtension(
        subject=report,
        old_due=report.due_at,
        new_due=end_of_day(new_due_on),
        reason=reason,
        decision=decision,
        decided_by=user,
    )
    extension.full_clean(exclude=["content_type"])
    extension.save()
    return extension


def publish_report(report, *, user):
    """Let everybody read an accepted report."""
    return _set_public(report, user, True)


def unpublish_report(report, *, user):
    """Keep a report inside again."""
    return _set_public(report, user, False)


@transaction.atomic
def _set_public(report, user, is_public):
    require(user, "publish", report)
    _lock(report)
    if is_public and report.status != Status.ACCEPTED:
        raise ValidationError(_("Only an accepted report can be made public."))
    report.is_public = is_public
    report._history_user = user
    report.save(update_fields=["is_public"])
    record("reports.publish" if is_public else "reports.unpublish", report, user=user)
    return report


@transaction.atomic
def discard_report(report, *, user):
    """Remove a draft that was never sent; a report that was asked for stays."""
    require(user, "change", report)
    _lock(report)
    if report.status != Status.DRAFT or report.was_sent:
        raise ValidationError(_("Only a draft that was never sent can be discarded."))
    if report.requested_by_id and report.requested_by_id != user.pk:
        raise ValidationError(_("Another unit waits for this report; it cannot be discarded."))
    if DeadlineExtension.objects.about(report).exists() or attachments_of(report).exists():
        raise ValidationError(_("A later due day was granted, or files are attached: it stays."))
    record("reports.discard", report, user=user, title=report.title, body=report.body)
    report.delete()
