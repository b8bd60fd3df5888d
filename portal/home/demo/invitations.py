"""The demo's invitations: one that waits for an answer, one that was taken back."""

from portal.core.roles import Role
from portal.home.accounts.invitations import invite, revoke
from portal.home.demo.people import HEALTH, person_named
from portal.units.models import UnitPage


def invite_people():
    """Ask two people in; nobody gets a letter, and the links are forgotten."""
    administrator = person_named("quan-tri")
    invite(
        user=administrator,
        name="Chuyên viên dữ liệu Sở Y tế",
        email="chuyen-vien.syt@anthinh.example",
        unit=UnitPage.objects.get(title=HEALTH),
        unit_role=Role.DATA_OFFICER.value,
    )
    mistaken, _word = invite(
        user=administrator,
        name="Thư ký cuộc họp (ghi nhầm địa chỉ)",
        email="thu-ky.nham@anthinh.example",
        roles=[Role.MINUTE_TAKER.value],
    )
    revoke(mistaken, user=administrator)
