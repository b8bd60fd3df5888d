"""Two briefings with minutes, tasks in every state, and a year that was assessed."""

from datetime import timedelta
from decimal import Decimal

from portal.home.demo.people import head_of, officer_of, person_named
from portal.home.demo.uploads import at, local_moment
from portal.meetings.actions import (
    agenda,
    assessment,
    attendance,
    conclusions,
    criteria,
    evidence,
    meetings,
    minutes,
    scores,
    tasks,
)
from portal.meetings.models import (
    AgendaItem,
    Conclusion,
    CriteriaSet,
    Criterion,
    Meeting,
    MeetingSeries,
    Task,
    UnitAttendance,
)
from portal.regulations.models import Provision
from portal.units.models import UnitPage

STANDING = (
    "Tình hình cung cấp dữ liệu của các đơn vị\n"
    "Chất lượng dữ liệu và kết quả thẩm định\n"
    "Xử lý phản ánh hiện trường"
)
FIRST_CONCLUSIONS = (
    (
        "Yêu cầu Sở Nông nghiệp và Môi trường gửi dữ liệu quan trắc trước ngày 10 hằng tháng, "
        "không để chậm.",
        "Sở Nông nghiệp và Môi trường",
        45,
    ),
    (
        "Giao Sở Y tế bổ sung số liệu sốt xuất huyết theo tuần trong mùa dịch.",
        "Sở Y tế",
        60,
    ),
    (
        "Giao Sở Khoa học và Công nghệ rà soát mã địa bàn dùng chung cho toàn bộ dữ liệu.",
        "Sở Khoa học và Công nghệ",
        90,
    ),
    (
        "Giao Sở Xây dựng thống nhất cách đếm vi phạm trật tự xây dựng với các xã, phường.",
        "Sở Xây dựng",
        75,
    ),
)
SECOND_CONCLUSIONS = (
    ("Giao Sở Tài chính công khai số liệu giải ngân theo từng dự án.", "Sở Tài chính", 40),
    (
        "Giao Sở Giáo dục và Đào tạo bổ sung dữ liệu theo trường cho năm học mới.",
        "Sở Giáo dục và Đào tạo",
        30,
    ),
    ("Giao Sở Công Thương cung cấp dữ liệu điện theo ngành sử dụng.", "Sở Công Thương", 50),
    (
        "Giao Trung tâm Phục vụ hành chính công tỉnh rút ngắn thời gian trả kết quả hồ sơ đất đai.",
        "Trung tâm Phục vụ hành chính công tỉnh",
        60,
    ),
)


class Cast:
    """Who does what in the demo's meetings."""

    def __init__(self, regulation):
        self.regulation = regulation
        self.leader = person_named("lanh-dao")
        self.officer = person_named("chuyen-vien")
        self.secretary = person_named("thu-ky")
        self.authority = person_named("uy-ban")
        self.units = {unit.title: unit for unit in UnitPage.objects.all()}
        self.office = self.units["Văn phòng Ủy ban nhân dân tỉnh"]

    def provision(self, eid):
        return Provision.objects.get(regulation=self.regulation, eid=eid)


def hold_briefings(regulation, today):
    """Hold two briefings of the series, and convene the next."""
    cast = Cast(regulation)
    series = MeetingSeries.objects.create(
        title="Giao ban dữ liệu 6 tháng",
        convenor=cast.office,
        provision=cast.provision("qc__dieu_20__khoan_1"),
        interval_months=6,
        standing_agenda=STANDING,
    )
    series.default_units.set(unit for unit in cast.units.values() if not unit.is_group)
    _hold(cast, series, today - timedelta(days=205), "đầu năm", FIRST_CONCLUSIONS)
    _work_on_first_tasks(cast, today)
    _hold(cast, series, today - timedelta(days=33), "cuối năm", SECOND_CONCLUSIONS)
    _work_on_second_tasks(cast, today)
    _convene_next(cast, series, today + timedelta(days=9))


def _create(cast, series, day, title):
    return meetings.create_meeting(
        user=cast.leader,
        series=series,
        title=title,
        kind=Meeting.Kind.SEMIANNUAL,
        convenor=cast.office,
        place="Phòng họp số 2, trụ sở Ủy ban nhân dân tỉnh",
        start_at=local_moment(day, 8),
        end_at=local_moment(day, 11),
        chair="Chánh Văn phòng Ủy ban nhân dân tỉnh",
        secretary=cast.secretary,
        is_public=True,
    )


def _hold(cast, series, day, part, decided):
    with at(local_moment(day - timedelta(days=8), 9)):
        meeting = _create(cast, series, day, f"Họp giao ban dữ liệu {part} {day.year}")
        agenda.build_agenda(meeting, user=cast.leader)
        meetings.convene_meeting(meeting, user=cast.leader)
    with at(local_moment(day, 8, 5)):
        meetings.start_meeting(meeting, user=cast.secretary)
        _take_attendance(cast, meeting)
        _take_minutes(cast, meeting, day, decided)
    with at(local_moment(day, 10, 40)):
        meetings.hold_meeting(meeting, user=cast.secretary)
        minutes.write_minutes(
            meeting.minutes,
            user=cast.secretary,
            opening="Chủ trì khai mạc, nêu mục đích và chương trình cuộc họp.",
            closing="Chủ trì kết luận, giao Văn phòng theo dõi việc thực hiện.",
        )
    with at(local_moment(day + timedelta(days=1), 15)):
        minutes.sign_minutes(meeting.minutes, user=cast.leader)
    with at(local_moment(day + timedelta(days=2), 9)):
        minutes.issue_minutes(meeting.minutes, user=cast.leader)


def _take_attendance(cast, meeting):
    presences = {}
    for number, row in enumerate(meeting.attendances.select_related("unit")):
        absent = number == 7
        presence = UnitAttendance.Presence.EXCUSED if absent else UnitAttendance.Presence.PRESENT
        people = [] if absent else [("", f"Đại diện {row.unit.title}")]
        presences[row.pk] = (presence, people)
    attendance.record_attendance(meeting, presences, user=cast.secretary)


def _take_minutes(cast, meeting, day, decided):
    items = list(meeting.agenda_items.all())
    for number, item in enumerate(items):
        agenda.set_result(
            item,
            AgendaItem.Result.DECIDED if number == 0 else AgendaItem.Result.NOTED,
            user=cast.secretary,
            discussion="Các đơn vị báo cáo; Trung tâm nêu số liệu cụ thể và kiến nghị.",
        )
    for number, (text, unit, days) in enumerate(decided):
        conclusion = conclusions.conclude(
            items[number % min(3, len(items))], Conclusion.Kind.TASK, text, user=cast.secretary
        )
        conclusions.create_task_from_conclusion(
            conclusion,
            cast.units[unit],
            day + timedelta(days=days),
            user=cast.secretary,
            provision=cast.provision("qc__dieu_20__khoan_3"),
        )


def _tasks(cast, unit):
    return Task.objects.filter(lead_unit=cast.units[unit]).order_by("-pk").first()


def _carry_out(task, cast, moment, *, confirm):
    head = _head(task)
    with at(moment):
        tasks.accept_task(task, user=head)
        tasks.start_task(task, user=head)
    with at(moment + timedelta(days=12)):
        tasks.report_progress(task, user=head, text="Đã thống nhất cách làm.", percent=60)
    with at(moment + timedelta(days=25)):
        tasks.submit_task(task, user=head, text="Đã hoàn thành, số liệu gửi kèm bộ dữ liệu tháng.")
    if confirm:
        with at(moment + timedelta(days=27)):
            tasks.confirm_task(task, user=cast.leader, note="Đạt yêu cầu.")


def _head(task):
    return head_of(task.lead_unit)


def _work_on_first_tasks(cast, today):
    """Of the first briefing: two completed, one superseded by nobody, one still open and late."""
    begun = local_moment(today - timedelta(days=200), 9)
    _carry_out(_tasks(cast, "Sở Y tế"), cast, begun, confirm=True)
    _carry_out(
        _tasks(cast, "Sở Nông nghiệp và Môi trường"), cast, begun + timedelta(days=1), confirm=True
    )
    late = _tasks(cast, "Sở Xây dựng")
    with at(begun + timedelta(days=3)):
        tasks.accept_task(late, user=_head(late))
        tasks.start_task(late, user=_head(late))
    dropped = _tasks(cast, "Sở Khoa học và Công nghệ")
    with at(begun + timedelta(days=30)):
        tasks.cancel_task(
            dropped, user=cast.leader, reason="Bộ mã địa bàn dùng chung đã được ban hành."
        )


def _work_on_second_tasks(cast, today):
    """Of the second: one done and waiting, one accepted, one sent back, one just assigned."""
    begun = local_moment(today - timedelta(days=29), 9)
    _carry_out(_tasks(cast, "Sở Tài chính"), cast, begun, confirm=False)
    accepted = _tasks(cast, "Sở Giáo dục và Đào tạo")
    sent_back = _tasks(cast, "Sở Công Thương")
    with at(begun):
        tasks.accept_task(accepted, user=_head(accepted))
        tasks.send_back_task(
            sent_back,
            user=_head(sent_back),
            reason="Số liệu điện theo ngành do doanh nghiệp điện lực quản lý.",
        )
    with at(local_moment(today - timedelta(days=5), 10)):
        tasks.create_task(
            user=cast.leader,
            title="Dự thảo báo cáo tổng kết năm về cung cấp dữ liệu",
            lead_unit=cast.office,
            due_on=today + timedelta(days=25),
        )


def _convene_next(cast, series, day):
    with at(local_moment(day - timedelta(days=12), 14)):
        meeting = _create(cast, series, day, f"Họp chuyên đề chất lượng dữ liệu {day.year}")
        agenda.build_agenda(meeting, user=cast.leader)
        meetings.convene_meeting(meeting, user=cast.leader)


def assess_last_year(regulation, today):
    """Run an assessment of two units to its published result."""
    cast = Cast(regulation)
    year = today.year
    with at(local_moment(today - timedelta(days=20), 9)):
        chosen = CriteriaSet.objects.create(title="Bộ tiêu chí cung cấp dữ liệu")
        criteria.save_criteria(chosen, _criteria(cast), user=cast.leader)
        units = [cast.units["Sở Y tế"], cast.units["Sở Nông nghiệp và Môi trường"]]
        cycle = assessment.open_cycle(
            year,
            chosen,
            user=cast.leader,
            units=units,
            title=f"Đánh giá việc cung cấp dữ liệu năm {year}",
            provision=cast.provision("qc__dieu_22__khoan_1"),
            evidence_cutoff=local_moment(today - timedelta(days=18), 17),
        )
    with at(local_moment(today - timedelta(days=17), 9)):
        evidence.compute_evidence(cycle, user=cast.leader)
        for form in cycle.unit_assessments.select_related("unit"):
            _score_itself(form)
    with at(local_moment(today - timedelta(days=12), 9)):
        assessment.start_review(cycle, user=cast.leader)
        for form in cycle.unit_assessments.all():
            _review(form, cast)
        assessment.start_explanation(cycle, user=cast.leader)
    with at(local_moment(today - timedelta(days=6), 9)):
        assessment.finalise_cycle(cycle, user=cast.leader)
        assessment.publish_cycle(cycle, user=cast.authority)


def _criteria(cast):
    return [
        Criterion(
            code="1",
            title="Tỷ lệ gửi dữ liệu đúng hạn",
            max_score=60,
            method=Criterion.Method.RATIO,
            evidence_source="data_on_time",
            provision=cast.provision("qc__dieu_5__khoan_1"),
        ),
        Criterion(
            code="2",
            title="Chất lượng dữ liệu và phối hợp với Trung tâm",
            max_score=40,
            method=Criterion.Method.MANUAL,
            provision=cast.provision("qc__dieu_22__khoan_1"),
        ),
    ]


def _score_itself(form):
    values = {
        row.pk: (row.system_score if row.system_score is not None else Decimal(36), "")
        for row in form.scores.all()
    }
    scores.save_self_scores(
        form,
        values,
        user=officer_of(form.unit),
        narrative="Đơn vị gửi dữ liệu theo lịch, phối hợp tốt khi được yêu cầu kiểm tra lại.",
    )
    head = head_of(form.unit)
    scores.approve_form(form, user=head)
    scores.submit_form(form, user=head)


def _review(form, cast):
    values = {}
    for row in form.scores.select_related("criterion"):
        lowered = row.criterion.code == "2"
        value = row.self_score - 2 if lowered else row.self_score
        note = "Còn một lần phải trả lại số liệu." if lowered else ""
        values[row.pk] = (value, False, note)
    scores.review_form(
        form, values, user=cast.officer, review_note="Nhất trí với số liệu hệ thống."
    )
