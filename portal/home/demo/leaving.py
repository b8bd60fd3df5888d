"""People of the demo who come and go: one handed over long ago, one leaves soon."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from portal.home.demo.people import HEALTH, person_named
from portal.units.hand_over import Leaving, hand_over_person
from portal.units.models import Membership, UnitPage

REASON = "Quyết định số 27/QĐ-SYT về việc điều động cán bộ (minh họa)"


def let_people_come_and_go():
    """Let the former data officer hand over to the present one, and name who leaves soon."""
    unit = UnitPage.objects.get(title=HEALTH)
    former = _person("du-lieu-cu", "Đầu mối dữ liệu trước đây")
    Membership.objects.create(user=former, unit=unit, role=Membership.Role.DATA_OFFICER)
    leaving = Leaving(former, unit.pk, timezone.localdate(), reason=REASON, ends_account=False)
    successor = person_named("du-lieu")
    taken = {each.key: successor for each in leaving.holdings()}
    hand_over_person(leaving, taken, user=person_named("quan-tri"))


def let_somebody_leave_soon(today):
    """Let a member's time end within a month, so that the start page warns."""
    Membership.objects.create(
        user=_person("thuc-tap", "Cán bộ biệt phái Sở Y tế"),
        unit=UnitPage.objects.get(title=HEALTH),
        role=Membership.Role.MEMBER,
        valid_to=today + timedelta(days=20),
    )


def _person(username, name):
    """Return a person of the demo who never logs in."""
    return get_user_model().objects.create(
        username=username, first_name=name, password=make_password(None)
    )
