"""The demo's duties beside those of its datasets: met, due, late, and some that nothing meets."""

from dataclasses import dataclass
from datetime import timedelta

from portal.home.demo.people import person_named
from portal.home.demo.standing import standing_duty
from portal.home.demo.uploads import at, local_moment
from portal.units.duties.recording import record_duty
from portal.units.duty_means import establish
from portal.units.models import Obligation, UnitPage

OFFICE = "Văn phòng Ủy ban nhân dân tỉnh"
COMMUNES = "Ủy ban nhân dân các xã, phường"
Kind, Cadence = Obligation.Kind, Obligation.Cadence


@dataclass(frozen=True)
class Duty:
    """One duty of the demo; ``to`` is the unit to which it is owed."""

    eid: str
    unit: str
    kind: str
    cadence: str
    text: str
    to: str = ""


DUTIES = (
    Duty("qc__dieu_9__khoan_2", OFFICE, Kind.URGE, Cadence.STANDING,
         "Đôn đốc các đơn vị gửi dữ liệu đúng hạn"),
    Duty("qc__dieu_9__khoan_4", OFFICE, Kind.HANDLE_INFORMATION, Cadence.STANDING,
         "Tiếp nhận phản ánh hiện trường, chuyển đơn vị xử lý và công khai kết quả"),
    Duty("qc__dieu_9__khoan_5", OFFICE, Kind.REPORT, Cadence.QUARTERLY,
         "Báo cáo tình hình cập nhật và sử dụng dữ liệu", "Ủy ban nhân dân tỉnh"),
    Duty("qc__dieu_10__khoan_1", "Sở Khoa học và Công nghệ", Kind.OTHER, Cadence.STANDING,
         "Hướng dẫn cấu trúc dữ liệu, mã dùng chung và kết nối hệ thống"),
    Duty("qc__dieu_10__khoan_3", "Sở Khoa học và Công nghệ", Kind.SUPPLY_DATA, Cadence.MONTHLY,
         "Cung cấp dữ liệu về hạ tầng số của tỉnh", OFFICE),
    Duty("qc__dieu_11__khoan_3", "Sở Tài chính", Kind.APPRAISE_BUDGET, Cadence.ANNUAL,
         "Thẩm định kinh phí duy trì Trung tâm"),
    Duty("qc__dieu_12__khoan_2", "Sở Y tế", Kind.HANDLE_INFORMATION, Cadence.ON_CHANGE,
         "Báo ngay cho Trung tâm khi có dấu hiệu bùng phát dịch", OFFICE),
    Duty("qc__dieu_17__khoan_2", "Công an tỉnh", Kind.HANDLE_INFORMATION, Cadence.STANDING,
         "Tiếp nhận và xử lý vi phạm do hệ thống camera của Trung tâm phát hiện"),
    Duty("qc__dieu_19__khoan_1", COMMUNES, Kind.NAME_FOCAL_POINT, Cadence.ONCE,
         "Cử công chức làm đầu mối dữ liệu và thông báo cho Trung tâm"),
    Duty("qc__dieu_19__khoan_3", COMMUNES, Kind.SUPPLY_DATA, Cadence.ON_REQUEST,
         "Cung cấp số liệu theo yêu cầu của các sở, ngành"),
    Duty("qc__dieu_20__khoan_1", OFFICE, Kind.MEET, Cadence.SEMIANNUAL,
         "Họp giao ban về tình hình cung cấp và sử dụng dữ liệu"),
    Duty("qc__dieu_22__khoan_1", OFFICE, Kind.REVIEW_YEAR, Cadence.ANNUAL,
         "Đánh giá các đơn vị theo bộ tiêu chí đã công bố"),
)  # fmt: skip


def register_duties(regulation, today):
    """Register the duties, let series and cycle meet theirs, and write down what was done."""
    units = {unit.title: unit for unit in UnitPage.objects.all()}
    leader = person_named("lanh-dao")
    made = {}
    for duty in DUTIES:
        made[duty.eid] = _register(duty, units, regulation)
        establish(made[duty.eid], user=leader)
    _write_down(made, units, today)


def _register(duty, units, regulation):
    obligation = standing_duty(
        regulation,
        units[duty.unit],
        duty.eid,
        duty.kind,
        cadence=duty.cadence,
        text=duty.text,
    )
    if duty.to:
        obligation.counterparts.add(units[duty.to])
    return obligation


def _write_down(made, units, today):
    """Two duties were done by people, and their people said so."""
    notes = (
        ("qc__dieu_9__khoan_2", OFFICE, "chuyen-vien", 12,
         "Gửi văn bản đôn đốc đến các sở chưa gửi dữ liệu tháng trước.", "Công văn đôn đốc"),
        ("qc__dieu_12__khoan_2", "Sở Y tế", "thu-truong", 48,
         "Báo Trung tâm ổ dịch sốt xuất huyết tại Phường Bến Thuyền ngay khi phát hiện.", ""),
    )  # fmt: skip
    for eid, unit, username, days, note, document in notes:
        day = today - timedelta(days=days)
        with at(local_moment(day, 16)):
            record_duty(
                made[eid],
                user=person_named(username),
                unit=units[unit],
                done_on=day,
                note=note,
                document=document,
            )
