"""A small centre with one of everything, and one person of each role."""

from datetime import timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.core.models import Attachment
from portal.core.periods import PeriodKind, containing
from portal.core.roles import UNIT_ROLES, Role
from portal.datasets.actions.review import submit_version, verify_and_publish
from portal.datasets.actions.tokens import issue_token
from portal.datasets.actions.uploads import receive_file
from portal.datasets.models import CodeList, IndicatorCataloguePage, IndicatorPage
from portal.home.accounts.invitations import invite
from portal.home.models import HomePage, TextPage
from portal.home.setting_up.actions import start_setup
from portal.home.setup import ensure_site
from portal.meetings.actions.assessment import (
    finalise_cycle,
    open_cycle,
    publish_cycle,
    start_explanation,
    start_review,
)
from portal.meetings.actions.report_files import attach_file
from portal.meetings.actions.report_schedules import save_schedule
from portal.meetings.actions.reports import (
    accept_report,
    approve_report,
    draft_report,
    publish_report,
    submit_report,
    write_report,
)
from portal.meetings.actions.scores import review_form
from portal.meetings.models import AgendaItem, PeriodicReport, ReportSchedule, Task
from portal.meetings.report_periods import expected_periods
from portal.regulations.actions import enact_edition
from portal.regulations.actions.findings import add_definition, add_reference
from portal.regulations.importing.actions import bring_in
from portal.regulations.models import AnnexPage, RegulationImport
from portal.units.duties.recording import record_duty
from portal.units.models import Membership, Obligation, PersonHandOver
from tests.datasets.datasets_factory import V2, WRONG, csv_file, make_dataset, make_source
from tests.datasets.request_makers import ask_for, make_day_off
from tests.factories import make_article, make_index, make_provision, make_unit, make_user
from tests.meetings.people import MeetingPeople, make_criteria
from tests.regulations.edition_texts import chosen, draft_of, enact
from tests.regulations.test_thread import published
from tests.regulations.texts import SMALL
from tests.shared_data import add_shared_data
from tests.units.event_makers import merged, new_unit, prepared
from tests.units.table_imports import send


class _People(MeetingPeople):
    """Meetings and their people, outside a test."""


def build_small_site(case):
    """Return the objects by name; ``case`` is the test class that waits for the commits."""
    ensure_site()
    HomePage.objects.get().add_child(instance=TextPage(title="Giới thiệu", body="<p>Văn bản</p>"))
    _People.setUpTestData()
    people = _People()
    site = SimpleNamespace(unit=people.health, series=people.series)
    with case.captureOnCommitCallbacks(execute=True):
        boss = site.administrator = make_user(Role.ADMINISTRATOR)
        site.regulation = published(user=boss)
        site.provision = site.regulation.provisions.first()
        source = site.regulation.provisions.get(eid="qc__dieu_2__khoan_1")
        site.reference = add_reference(source, "Kịp thời", site.provision, user=boss)
        site.definition = add_definition(
            site.provision, "Thử nghiệm", "Việc thử", user=site.administrator
        )
        site.regulation.add_child(instance=AnnexPage(title="Phụ lục", number="1", body="Biểu"))
        site.edition = _enact_twice(site)
        site.pasted = RegulationImport.objects.create(
            source_text="x", parsed={}, sha256="", regulation=site.regulation
        )
        site.open_import = bring_in(SMALL, user=site.administrator)
        site.new_text = bring_in(SMALL, user=site.administrator, amends=site.regulation)
    _add_meetings(site, people)
    _add_data(site, people, case)
    site.health_officer = people.health_officer
    _add_registers(site)
    add_shared_data(site, head=make_user(Role.UNIT_HEAD, unit=site.unit))
    site.setup_run = start_setup(site.regulation, user=site.administrator)
    _add_reports(site, people)
    _add_events(site)
    site.people = _one_of_each_role(site)
    return site


def _enact_twice(site):
    """Return the second of two editions, which waits for its day."""
    enact_edition(
        site.regulation,
        effective_on=timezone.localdate(),
        decision_number="1/QĐ-UBND",
        user=site.administrator,
    )
    draft = draft_of(site.regulation, "1", intro="Lời mới của Điều 1.")
    [edition] = enact(site.regulation, chosen(draft), user=site.administrator, days=30)
    return edition


def _add_meetings(site, people):
    site.meeting = people.issued_meeting(is_public=True)
    site.task = people.task
    site.following = people.begun_meeting(title="Kỳ sau")
    site.item = site.meeting.agenda_items.first()
    site.conclusion = site.item.conclusions.get()
    site.cycle = _published_cycle(people, 2024)
    site.open_cycle = _open_cycle(people, 2025)
    site.unit_form = site.open_cycle.unit_assessments.get(unit=people.health)
    site.criteria = site.open_cycle.criteria_set


def _open_cycle(people, year):
    return open_cycle(
        year,
        make_criteria("", title=f"Bộ tiêu chí {year}"),
        user=people.officer,
        title=f"Kiểm điểm {year}",
        evidence_cutoff=timezone.now() + timedelta(days=1),
        units=[people.health],
    )


def _published_cycle(people, year):
    cycle = _open_cycle(people, year)
    start_review(cycle, user=people.officer)
    for form in cycle.unit_assessments.all():
        rows = {row.pk: (8, False, "Theo hồ sơ") for row in form.scores.all()}
        review_form(form, rows, user=people.officer)
    start_explanation(cycle, user=people.officer)
    finalise_cycle(cycle, user=people.leader)
    return publish_cycle(cycle, user=people.authority)


def _add_data(site, people, case):
    site.dataset = make_dataset(people.health)
    site.internal = make_dataset(people.health, "noi-bo", title="Nội bộ", sharing="internal")
    site.indicator = make_index(IndicatorCataloguePage, "Chỉ tiêu").add_child(
        instance=IndicatorPage(
            title="Tổng dân số",
            code="dan-so-tong",
            dataset=site.dataset,
            frequency="year",
            value_column="so_luong",
        )
    )
    site.special_request, site.day_off = ask_for(site.dataset, user=people.officer), make_day_off()
    site.code_list = CodeList.objects.create(code="xa", title="Xã, phường")
    for period, text in (("2024", None), ("2025", V2)):
        version = _received(site, people, case, period, *([text] if text else []))
        with case.captureOnCommitCallbacks(execute=True):
            submit_version(version, user=people.health_officer)
            site.version = verify_and_publish(version, user=people.officer)
    site.refused_version = _received(site, people, case, "2026", WRONG)
    site.upload_token, _secret = issue_token(
        people.health, [site.dataset], user=site.administrator, title="Hệ thống", days=30
    )
    site.data_source = make_source(site.dataset, site.administrator)


def _received(site, people, case, period, *text):
    with case.captureOnCommitCallbacks(execute=True):
        version = receive_file(
            site.dataset, csv_file(*text), user=people.health_officer, period=period
        )
    version.refresh_from_db()
    return version


def _add_registers(site):
    site.membership = Membership.objects.first()
    site.person_hand_over = PersonHandOver.objects.create(
        person=site.membership.user,
        person_name="Người đã rời",
        last_day=timezone.localdate(),
        done_by=site.administrator,
        done_by_name="Quản trị viên",
    )
    site.obligation = Obligation.objects.create(
        unit=site.unit, provision=site.provision, kind="report", cadence="monthly"
    )
    site.data_duty = Obligation.objects.create(
        unit=site.unit, provision=site.provision, kind="supply_data", cadence="on_change"
    )
    site.duty_record = record_duty(
        site.obligation,
        user=site.health_officer,
        unit=site.unit,
        done_on=timezone.localdate(),
        note="Đã báo cáo",
        files=[SimpleUploadedFile("bao-cao.txt", b"Bao cao")],
    )
    site.record_file = Attachment.objects.about(site.duty_record).get()


def _add_reports(site, people):
    """Add a schedule with an accepted, published report and one that is being written."""
    site.report_schedule = ReportSchedule(
        title="Báo cáo", from_unit=people.health, frequency="month", due_day=25, due_in="next"
    )
    site.report_schedule.first_period = (
        containing(timezone.localdate(), PeriodKind.MONTH).shift(-1).code
    )
    save_schedule(site.report_schedule, user=people.leader, recipients=[people.culture])
    periods = expected_periods(site.report_schedule)
    site.public_report, site.report = (
        draft_report(site.report_schedule, user=people.health_officer, period=period.code)
        for period in periods
    )
    write_report(site.public_report, user=people.health_officer, title="Báo cáo", body="Đã xong")
    approve_report(site.public_report, user=people.health_head)
    submit_report(site.public_report, user=people.health_head)
    accept_report(site.public_report, user=people.culture_head)
    publish_report(site.public_report, user=people.leader)
    file = SimpleUploadedFile("bieu.txt", b"x")
    site.report_file = attach_file(site.report, user=people.health_officer, file=file)
    site.invitation, _word = invite(
        user=site.administrator, name="Người mới", email="moi@example.vn", roles=["reader"]
    )
    site.table_import = send("don-vi", [["code", "title"], ["", "x"]], site.administrator)


def _add_events(site):
    """Merge two units into a third, and prepare a division of the one with everything."""
    site.unit_event = merged([make_unit(), make_unit()], user=site.administrator)
    site.prepared_event = prepared(
        "split",
        [site.unit],
        new=[new_unit("Chi cục thứ nhất"), new_unit("Chi cục thứ hai")],
        user=site.administrator,
    )


def let_it_grow(site, number, start=0):
    """Add ``number`` of each thing of which a centre gets many, counted from ``start``."""
    for count in range(start, start + number):
        unit = make_unit()
        make_user(Role.DATA_OFFICER, unit=unit)
        article = make_article(site.regulation, number=f"{900 + count}")
        provision = make_provision(
            site.regulation, eid=article.eid, article=article, path=f"dieu-{900 + count}"
        )
        obligation = Obligation.objects.create(
            unit=unit, provision=provision, kind="report", cadence="monthly"
        )
        obligation.counterparts.add(site.unit)
        for kind in ("supply_data", "meet", "review_year", "name_focal_point", "survey"):
            Obligation.objects.create(
                unit=unit, provision=provision, kind=kind, cadence="annual"
            ).counterparts.add(site.unit)
        dataset = make_dataset(unit, f"tap-{count}", title=f"Tập {count}", provision=provision)
        make_index(IndicatorCataloguePage, "").add_child(
            instance=IndicatorPage(
                title=f"Chỉ tiêu {count}",
                code=f"ct-{count}",
                dataset=dataset,
                frequency="year",
                value_column="so_luong",
            )
        )
        Task.objects.create(
            title=f"Việc {count}", lead_unit=unit, provision=provision, status=Task.Status.ASSIGNED
        ).coordinating_units.add(site.unit)
        Task.objects.create(
            title=f"Việc nhà {count}", lead_unit=site.unit, status=Task.Status.ASSIGNED
        )
        schedule = ReportSchedule.objects.create(
            title="Báo cáo",
            from_unit=unit,
            obligation=obligation,
            frequency="month",
            first_period=site.report_schedule.first_period,
            feeds=site.report_schedule,
        )
        schedule.recipients.add(site.unit)
        PeriodicReport.objects.create(
            schedule=schedule, unit=unit, period=schedule.first_period, title=f"Báo cáo {count}"
        ).recipients.add(site.unit)
        AgendaItem.objects.create(
            meeting=site.following, title=f"Nội dung {count}", presenter_unit=unit
        )


def _one_of_each_role(site):
    """Return ``{name: user or None}``, the anonymous included."""
    outsider = make_unit("Phòng không liên quan")
    people = {"anonymous": None, "outsider": make_user(Role.DATA_OFFICER, unit=outsider)}
    for role in Role:
        unit = site.unit if role in UNIT_ROLES else None
        people[role.value] = make_user(role, unit=unit)
    return people
