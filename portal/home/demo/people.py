"""The demo's log-ins: one for each role, and a data officer for each unit that owes data."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from portal.core.roles import UNIT_ROLES, Role
from portal.core.text import slugify_vi
from portal.home.demo.catalogue import TOPICS
from portal.home.role_groups import group_of
from portal.units.models import Membership, UnitPage

#: Known to everybody who reads this; production refuses to start while it opens a door.
DEMO_PASSWORD = "an-thinh-2026"  # noqa: S105 - printed on purpose
HEALTH = "Sở Y tế"


@dataclass(frozen=True)
class Person:
    """A log-in of the demo; ``unit`` is the name of the unit acted for."""

    username: str
    name: str
    role: Role
    unit: str = ""


OFFICE = "Văn phòng Ủy ban nhân dân tỉnh"
LEADING_PEOPLE = (
    Person("quan-tri", "Quản trị viên Trung tâm", Role.ADMINISTRATOR, OFFICE),
    Person("lanh-dao", "Lãnh đạo Trung tâm", Role.IOC_LEADER, OFFICE),
    Person("chuyen-vien", "Chuyên viên Trung tâm", Role.IOC_OFFICER, OFFICE),
    Person("thu-ky", "Thư ký cuộc họp", Role.MINUTE_TAKER, OFFICE),
    Person("thu-truong", "Thủ trưởng Sở Y tế", Role.UNIT_HEAD, HEALTH),
    Person("du-lieu", "Đầu mối dữ liệu Sở Y tế", Role.DATA_OFFICER, HEALTH),
    Person("uy-ban", "Lãnh đạo Ủy ban nhân dân tỉnh", Role.AUTHORITY, "Ủy ban nhân dân tỉnh"),
    Person("nguoi-doc", "Người đọc nội bộ", Role.READER),
)


def people():
    """Return every ``Person`` of the demo: the leading ones, then two for each other unit."""
    others = []
    for name in dict.fromkeys(topic.unit for topic in TOPICS):
        if name != HEALTH:
            slug = slugify_vi(name)
            others.append(
                Person(f"du-lieu.{slug}"[:150], f"Đầu mối dữ liệu {name}", Role.DATA_OFFICER, name)
            )
            others.append(
                Person(f"thu-truong.{slug}"[:150], f"Thủ trưởng {name}", Role.UNIT_HEAD, name)
            )
    return [*LEADING_PEOPLE, *others]


def create_people():
    """Create the log-ins with their groups; memberships follow when the units stand."""
    password = make_password(DEMO_PASSWORD)
    for person in people():
        user = get_user_model().objects.create(
            username=person.username, first_name=person.name[:150], password=password
        )
        user.groups.add(group_of(person.role))


def join_units():
    """Let everybody act for the unit they belong to."""
    units = {unit.title: unit for unit in UnitPage.objects.all()}
    for person in people():
        if person.unit:
            role = person.role.value if person.role in UNIT_ROLES else Membership.Role.MEMBER
            Membership.objects.create(
                user=person_named(person.username), unit=units[person.unit], role=role
            )


def person_named(username):
    """Return the user behind a demo log-in."""
    return get_user_model().objects.get(username=username)


def officer_of(unit):
    """Return the data officer of a unit."""
    return _first_in(unit, Membership.Role.DATA_OFFICER)


def head_of(unit):
    """Return the head of a unit."""
    return _first_in(unit, Membership.Role.UNIT_HEAD)


def _first_in(unit, role):
    """Return whom ``people`` names: those who come and go are made later."""
    memberships = Membership.objects.filter(unit=unit, role=role).select_related("user")
    return memberships.order_by("user__pk")[0].user
