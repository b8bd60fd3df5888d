"""Two events in the life of the demo's units: one merged, one under another name.

The units concerned are older than the regulation's; what they had passed on by the guided action.
"""

from datetime import timedelta

from portal.home.demo.people import person_named
from portal.home.demo.uploads import at, local_moment
from portal.regulations.models import Provision
from portal.units.events.actions import decide_all, name_successors, perform_event, prepare_event
from portal.units.events.plan import Plan
from portal.units.models import (
    FocalPoint,
    Obligation,
    UnitEvent,
    UnitIndexPage,
    UnitPage,
    UnitResponsibility,
)

MERGED = "Sở Thông tin và Truyền thông"
INTO = "Sở Khoa học và Công nghệ"
OLD_NAME = "Trung tâm Công nghệ thông tin"
NEW_UNIT = {
    "title": "Trung tâm Chuyển đổi số tỉnh",
    "code": "TTCDS",
    "short_names": "Trung tâm CĐS",
    "kind": "centre",
    "level": "province",
}


def reorganise(regulation, founding, today):
    """Let one unit merge into another and one take another name, some weeks ago."""
    founder = person_named("quan-tri")
    with at(founding):
        provision = Provision.objects.get(regulation=regulation, eid="qc__dieu_10__khoan_2")
        merged = _unit(MERGED, "STTTT", "department", "Sở TT&TT", founder)
        _answers_for(merged, provision, founder)
        renamed = _unit(OLD_NAME, "TTCNTT", "centre", "Trung tâm CNTT", founder)
    into = UnitPage.objects.get(title=INTO)
    day = today - timedelta(days=15)
    with at(local_moment(day, 8)):
        _perform(
            UnitEvent(
                kind=UnitEvent.Kind.MERGE,
                happened_on=day,
                instrument_number="118/QĐ-UBND",
                instrument_title="Sáp nhập Sở Thông tin và Truyền thông vào Sở Khoa học và Công "
                "nghệ tỉnh An Thịnh",
            ),
            [merged, into],
            [into],
            [],
            founder,
        )
        _perform(
            UnitEvent(
                kind=UnitEvent.Kind.RENAME,
                happened_on=day,
                instrument_number="119/QĐ-UBND",
                instrument_title="Đổi tên Trung tâm Công nghệ thông tin tỉnh An Thịnh",
            ),
            [renamed],
            [],
            [{**NEW_UNIT, "parent": into.pk}],
            founder,
        )


def _unit(title, code, kind, short_name, user):
    unit = UnitPage(
        title=title, code=code, kind=kind, level="province", short_names=short_name, owner=user
    )
    UnitIndexPage.objects.get().add_child(instance=unit)
    unit.focal_points.add(
        FocalPoint(
            position="Công chức đầu mối dữ liệu", email=f"dulieu.{unit.slug}@anthinh.example"
        )
    )
    unit.save_revision(user=user).publish(user=user)
    return unit


def _answers_for(unit, provision, user):
    unit.responsibilities.add(
        UnitResponsibility(
            provision=provision,
            text="Giám sát an toàn thông tin của hệ thống dùng chung.",
            name_as_written=unit.title,
        )
    )
    unit.save_revision(user=user).publish(user=user)
    Obligation.objects.create(
        unit=unit,
        provision=provision,
        kind=Obligation.Kind.REPORT,
        cadence=Obligation.Cadence.QUARTERLY,
        text="Báo cáo tình hình an toàn thông tin của Trung tâm",
        name_as_written=unit.title,
    )


def _perform(event, units, existing, new, user):
    prepare_event(event, units, user=user)
    name_successors(event, existing, new, user=user)
    decide_all(event, Plan(event).targets[0].key, user=user)
    perform_event(event, Plan(event).token, user=user)
