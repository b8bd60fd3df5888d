"""The people and things that the tests of meetings are about."""

from datetime import timedelta

from django.utils import timezone

from portal.core.roles import Role
from portal.meetings.actions.agenda import set_result
from portal.meetings.actions.attendance import record_attendance
from portal.meetings.actions.conclusions import conclude, create_task_from_conclusion
from portal.meetings.actions.meetings import (
    convene_meeting,
    create_meeting,
    hold_meeting,
    start_meeting,
)
from portal.meetings.actions.minutes import issue_minutes, sign_minutes
from portal.meetings.models import CriteriaSet, Criterion, MeetingSeries
from tests.factories import make_unit, make_user


class MeetingPeople:
    """Mix into a TestCase: a centre with its people, and two units with theirs."""

    @classmethod
    def setUpTestData(cls):
        cls.centre = make_unit("Văn phòng Ủy ban", code="VP")
        cls.health = make_unit("Phòng Y tế", code="YT")
        cls.culture = make_unit("Phòng Văn hóa", code="VHTT")
        cls.leader = make_user(Role.IOC_LEADER, username="lanh-dao")
        cls.officer = make_user(Role.IOC_OFFICER, username="chuyen-vien")
        cls.minute_taker = make_user(Role.MINUTE_TAKER, username="thu-ky")
        cls.authority = make_user(Role.AUTHORITY, username="ubnd")
        cls.reader = make_user(Role.READER, username="ban-doc")
        cls.health_head = make_user(Role.UNIT_HEAD, unit=cls.health, username="truong-y-te")
        cls.health_officer = make_user(Role.DATA_OFFICER, unit=cls.health, username="can-bo-y-te")
        cls.culture_head = make_user(Role.UNIT_HEAD, unit=cls.culture, username="truong-van-hoa")
        cls.series = MeetingSeries.objects.create(
            title="Giao ban sáu tháng",
            convenor=cls.centre,
            standing_agenda="Quản lý, điều hành Trung tâm\nGiải quyết nhiệm vụ của các đơn vị",
        )
        cls.series.default_units.set([cls.health])

    def draft_meeting(self, **fields):
        fields.setdefault("title", "Họp giao ban sáu tháng đầu năm")
        fields.setdefault("series", self.series)
        fields.setdefault("convenor", self.centre)
        fields.setdefault("place", "Phòng họp số 1")
        fields.setdefault("chair", "Chủ tịch Ủy ban nhân dân")
        fields.setdefault("secretary", self.minute_taker)
        fields.setdefault("start_at", timezone.now() + timedelta(days=3))
        return create_meeting(user=self.officer, **fields)

    def begun_meeting(self, **fields):
        meeting = self.draft_meeting(**fields)
        convene_meeting(meeting, user=self.leader)
        return start_meeting(meeting, user=self.minute_taker)

    def issued_meeting(self, *, due_on=None, **fields):
        """Return a meeting with issued minutes and one task assigned to the health unit."""
        meeting = self.begun_meeting(**fields)
        rows = {
            row.pk: ("present", [("Nguyễn Văn A", "Trưởng phòng")])
            for row in meeting.attendances.all()
        }
        record_attendance(meeting, rows, user=self.minute_taker)
        item = meeting.agenda_items.first()
        conclusion = conclude(
            item, "task", "Phòng Y tế rà soát số liệu tiêm chủng", user=self.minute_taker
        )
        self.task = create_task_from_conclusion(
            conclusion,
            self.health,
            due_on or timezone.localdate() + timedelta(days=30),
            user=self.minute_taker,
            coordinating=[self.culture],
        )
        for each in meeting.agenda_items.all():
            set_result(each, "decided", user=self.minute_taker, discussion="Các đơn vị trao đổi")
        hold_meeting(meeting, user=self.minute_taker)
        sign_minutes(meeting.minutes, user=self.leader)
        issue_minutes(meeting.minutes, user=self.leader)
        self.task.refresh_from_db()
        return meeting


def make_criteria(*sources, title="Bộ tiêu chí"):
    """Return a criteria set with one ten-point criterion for each evidence source."""
    criteria_set = CriteriaSet.objects.create(title=title)
    for number, source in enumerate(sources, start=1):
        Criterion.objects.create(
            criteria_set=criteria_set,
            code=str(number),
            title=f"Tiêu chí {number}",
            max_score=10,
            method=Criterion.Method.RATIO if source else Criterion.Method.MANUAL,
            evidence_source=source,
            position=number,
        )
    return criteria_set
