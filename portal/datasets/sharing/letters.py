"""Letters about sharing: to the owner that it is asked, to the asking unit what was decided."""

from django.utils import translation
from django.utils.translation import gettext_lazy

from portal.datasets.letters import people_of, staff_link, write_to
from portal.units.models import Membership

_SUBJECTS = {
    "asked": gettext_lazy("A unit asks for data: %(dataset)s"),
    "answered": gettext_lazy("Answer to the request for data: %(dataset)s"),
    "granted": gettext_lazy("Access to data is granted: %(dataset)s"),
    "passed": gettext_lazy("Access to data passed to another unit: %(dataset)s"),
    "revoked": gettext_lazy("Access to data is revoked: %(dataset)s"),
}


def tell_owner(request):
    """Tell the heads of the owner unit that somebody asks; its data officers where it has none."""
    _tell(_owners_of(request), "asked", "datasets:request", request)


def tell_owner_of_passing(grant):
    """Tell the owner that another unit took over what it had granted."""
    _tell(_owners_of(grant), "passed", "datasets:grant", grant)


def _owners_of(thing):
    unit = thing.dataset.owner_unit_id
    return people_of(unit, [Membership.Role.UNIT_HEAD]) or people_of(unit)


def tell_asking_unit(request):
    """Tell those who send for the asking unit what was decided."""
    _tell(people_of(request.unit_id), "answered", "datasets:request", request)


def tell_of_grant(grant):
    """Tell those who send for the unit that it may read, without having asked."""
    _tell(people_of(grant.unit_id), "granted", "datasets:grant", grant)


def tell_of_revocation(grant):
    """Tell those who send for the unit that its access has ended, and why."""
    _tell(people_of(grant.unit_id), "revoked", "datasets:grant", grant)


def _tell(people, event, screen, thing):
    with translation.override("vi"):
        subject = _SUBJECTS[event] % {"dataset": thing.dataset.title}
    context = {"event": event, "thing": thing, "link": staff_link(screen, thing)}
    write_to(people, subject, "datasets/letters/sharing.txt", context)
