"""A second unit beside the one of the small centre, with one of everything, all of it internal."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from portal.core.roles import Role
from portal.datasets.actions.review import submit_version, verify_and_publish
from portal.datasets.actions.tokens import issue_token
from portal.datasets.actions.uploads import receive_file
from portal.meetings.actions.agenda import add_item, set_result
from portal.meetings.actions.assessment import open_cycle
from portal.meetings.actions.attendance import record_attendance
from portal.meetings.actions.conclusions import conclude, create_task_from_conclusion
from portal.meetings.actions.meetings import (
    convene_meeting,
    create_meeting,
    hold_meeting,
    start_meeting,
)
from portal.meetings.actions.minutes import issue_minutes, sign_minutes
from portal.units.models import Membership, Obligation
from tests.datasets.datasets_factory import WRONG, csv_file, make_dataset, make_source
from tests.datasets.request_makers import ask_for
from tests.factories import make_unit, make_user
from tests.foreign_papers import MARK, add_foreign_papers
from tests.meetings.people import make_criteria
from tests.shared_data import add_shared_data


def add_foreign_unit(site, case):
    """Return the objects of a unit that nobody of ``site.unit`` acts for, under the same names.

    What both share (the regulation, code lists, series) is the same object.
    """
    foreign = SimpleNamespace(**vars(site))
    foreign.unit = make_unit("Phòng bên cạnh")
    head = make_user(Role.UNIT_HEAD, unit=foreign.unit)
    officer = make_user(Role.DATA_OFFICER, unit=foreign.unit, last_name=MARK)
    foreign.membership = Membership.objects.get(user=officer)
    foreign.obligation = Obligation.objects.create(
        unit=foreign.unit,
        provision=site.provision,
        kind="report",
        cadence="monthly",
        text="Báo cáo tháng",
    )
    _add_data(foreign, officer, case)
    add_shared_data(foreign, head=head, mark=MARK)
    _add_meetings(foreign, site)
    _add_cycle(foreign, site)
    add_foreign_papers(foreign, head, officer)
    foreign.people = {"foreign_unit_head": head, "foreign_data_officer": officer}
    return foreign


def _add_data(foreign, officer, case):
    foreign.dataset = make_dataset(foreign.unit, "ben-canh", title=f"Tập {MARK}", sharing="named")
    with case.captureOnCommitCallbacks(execute=True):
        version = receive_file(foreign.dataset, csv_file(), user=officer, period="2024")
    version.refresh_from_db()
    with case.captureOnCommitCallbacks(execute=True):
        submit_version(version, user=officer)
        foreign.version = verify_and_publish(version, user=make_user(Role.IOC_OFFICER))
    with case.captureOnCommitCallbacks(execute=True):
        refused = receive_file(foreign.dataset, csv_file(WRONG), user=officer, period="2025")
    refused.refresh_from_db()
    foreign.refused_version = refused
    foreign.special_request = ask_for(
        foreign.dataset, user=foreign.administrator, instrument=f"16/CV-{MARK}"
    )
    foreign.upload_token, _secret = issue_token(
        foreign.unit, [foreign.dataset], user=foreign.administrator, title=f"Mã {MARK}", days=30
    )
    foreign.data_source = make_source(foreign.dataset, foreign.administrator, f"Kho {MARK}")


def _add_meetings(foreign, site):
    """Add a meeting of the foreign unit alone, with issued minutes, and one that goes on."""
    leader = site.meeting.minutes.signed_by
    meeting = foreign.meeting = _begun(site, foreign, f"Họp {MARK}", leader)
    presences = {row.pk: ("present", []) for row in meeting.attendances.all()}
    record_attendance(meeting, presences, user=leader)
    foreign.item = meeting.agenda_items.first()
    foreign.conclusion = conclude(foreign.item, "task", f"Kết luận {MARK}", user=leader)
    foreign.task = create_task_from_conclusion(
        foreign.conclusion, foreign.unit, _soon(), title=f"Việc {MARK}", user=leader
    )
    for item in meeting.agenda_items.all():
        set_result(item, "decided", user=leader, discussion=f"Trao đổi {MARK}")
    hold_meeting(meeting, user=leader)
    sign_minutes(meeting.minutes, user=leader)
    issue_minutes(meeting.minutes, user=leader)
    foreign.task.refresh_from_db()
    foreign.following = _begun(site, foreign, f"Kỳ sau {MARK}", leader)


def _soon():
    return timezone.localdate() + timedelta(days=30)


def _begun(site, foreign, title, leader):
    meeting = create_meeting(
        user=leader,
        title=title,
        convenor=site.meeting.convenor,
        place="Phòng họp số 2",
        chair="Giám đốc",
        secretary=make_user(Role.MINUTE_TAKER),
        start_at=timezone.now() + timedelta(days=3),
        units=[foreign.unit],
    )
    add_item(meeting, title=f"Nội dung {MARK}", user=leader)
    convene_meeting(meeting, user=leader)
    return start_meeting(meeting, user=leader)


def _add_cycle(foreign, site):
    """Add a year in which the foreign unit alone assesses itself."""
    foreign.open_cycle = open_cycle(
        2023,
        make_criteria("", title="Bộ tiêu chí 2023"),
        user=site.meeting.minutes.signed_by,
        title=f"Kiểm điểm {MARK}",
        evidence_cutoff=timezone.now() + timedelta(days=1),
        units=[foreign.unit],
    )
    foreign.unit_form = foreign.open_cycle.unit_assessments.get()
    foreign.criteria = foreign.open_cycle.criteria_set
