"""Builds the demo centre: a province that does not exist, through the actions people use."""

from datetime import timedelta

from django.utils import timezone, translation

from portal.core.periods import PeriodKind, containing
from portal.home.demo.amendment import amend_regulation
from portal.home.demo.directory import fill_directory
from portal.home.demo.duties import register_duties
from portal.home.demo.invitations import invite_people
from portal.home.demo.leaving import let_people_come_and_go, let_somebody_leave_soon
from portal.home.demo.people import create_people, join_units, person_named
from portal.home.demo.places import (
    bring_in_regulation,
    define_data,
    define_indicators,
    set_up,
)
from portal.home.demo.reorganisation import reorganise
from portal.home.demo.reports import report_a_year
from portal.home.demo.sharing import share_data
from portal.home.demo.uploads import MONTHS, at, send_a_year
from portal.home.demo.work import hold_briefings
from portal.home.demo.year import assess_last_year
from portal.home.models import TextPage
from portal.home.setup import describe_centre, ensure_site

CENTRE = {
    "name": "Trung tâm Điều hành thông minh tỉnh An Thịnh",
    "short_name": "IOC An Thịnh",
    "owner_name": "Ủy ban nhân dân tỉnh An Thịnh",
    "managing_name": "Văn phòng Ủy ban nhân dân tỉnh",
    "place_name": "An Thịnh",
    "symbol": "IOC",
    "address": "Số 1 đường Hòa Bình, phường Đông An, tỉnh An Thịnh (địa chỉ minh họa)",
    "email": "ioc@anthinh.example",
}


def build_demo(tell=lambda text: None):
    """Build everything; ``tell`` hears a sentence before each part."""
    today = timezone.localdate()
    founding = timezone.now() - timedelta(days=MONTHS * 31 + 40)
    with translation.override("vi"):
        with at(founding):
            tell("Pages, regulation, units")
            regulation = _found()
            tell("Datasets and indicators")
            first = containing(today, PeriodKind.MONTH).shift(-MONTHS)
            define_data(regulation, person_named("quan-tri"), first)
            define_indicators(regulation, person_named("quan-tri"))
        with at(founding + timedelta(days=150)):
            amend_regulation(regulation, person_named("quan-tri"))
            let_people_come_and_go()
        let_somebody_leave_soon(today)
        tell("A year of monthly files")
        send_a_year(today)
        tell("Briefings, tasks, assessment")
        hold_briefings(regulation, today)
        report_a_year(regulation, today)
        assess_last_year(regulation, today)
        tell("Data that units share on request")
        share_data()
        tell("Duties and what meets them")
        register_duties(regulation, today)
        tell("Invitations")
        invite_people()
        tell("Units that merged and changed names")
        reorganise(regulation, founding, today)


def _found():
    home = ensure_site()
    describe_centre(**CENTRE)
    home.headline = "Số liệu điều hành, minh bạch đến từng điều khoản"
    home.introduction = (
        "Nơi các sở, ngành và xã, phường của tỉnh An Thịnh gửi, thẩm định và công bố dữ liệu "
        "theo Quy chế; ai cũng xem được mỗi con số đến từ đâu."
    )
    home.save_revision().publish()
    create_people()
    founder = person_named("quan-tri")
    _add_statement(home, founder)
    regulation = bring_in_regulation(founder)
    set_up(regulation, founder)
    fill_directory(founder)
    join_units()
    return regulation


def _add_statement(home, user):
    page = home.add_child(
        instance=TextPage(
            title="Về cổng thông tin này",
            slug="gioi-thieu",
            body="<p>Đây là trung tâm minh họa: tỉnh An Thịnh không có thật, mọi số liệu, văn bản "
            "và chức danh đều do nhóm phát triển viết ra để giới thiệu phần mềm.</p>",
            owner=user,
        )
    )
    page.save_revision(user=user).publish(user=user)
