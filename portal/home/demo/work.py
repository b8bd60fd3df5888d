"""Two briefings with minutes, and tasks in every state."""

from datetime import timedelta

from portal.home.demo.people import head_of, person_named
from portal.home.demo.uploads import at, local_moment
from portal.meetings.actions import (
    agenda,
    attendance,
    conclusions,
    meetings,
    minutes,
    tasks,
)
from portal.meetings.models import (
    AgendaItem,
    Conclusion,
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
    """Hold two briefings of the series that the set-up made, and convene the next."""
    cast = Cast(regulation)
    series = MeetingSeries.objects.get(
        convenor=cast.office, provision=cast.provision("qc__dieu_20__khoan_1")
    )
    series.title, series.standing_agenda = "Giao ban dữ liệu 6 tháng", STANDING
    series.save()
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
