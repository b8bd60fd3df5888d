"""Letters about sharing: to the owner that it is asked, to the asking unit what was decided.

They only call people to the screen, which tells the same; so one that could not go out is
written into the log, and nothing else depends on it.
"""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from portal.datasets.access import SENDERS
from portal.units.models import Membership

logger = logging.getLogger(__name__)
_SUBJECTS = {
    "asked": gettext_lazy("A unit asks for data: %(dataset)s"),
    "answered": gettext_lazy("Answer to the request for data: %(dataset)s"),
    "granted": gettext_lazy("Access to data is granted: %(dataset)s"),
    "revoked": gettext_lazy("Access to data is revoked: %(dataset)s"),
}


def tell_owner(request):
    """Tell the heads of the owner unit that somebody asks; its data officers where it has none."""
    unit = request.dataset.owner_unit_id
    people = _people_of(unit, [Membership.Role.UNIT_HEAD]) or _people_of(unit, SENDERS)
    _tell(people, "asked", "datasets:request", request)


def tell_asking_unit(request):
    """Tell those who send for the asking unit what was decided."""
    _tell(_people_of(request.unit_id, SENDERS), "answered", "datasets:request", request)


def tell_of_grant(grant):
    """Tell those who send for the unit that it may read, without having asked."""
    _tell(_people_of(grant.unit_id, SENDERS), "granted", "datasets:grant", grant)


def tell_of_revocation(grant):
    """Tell those who send for the unit that its access has ended, and why."""
    _tell(_people_of(grant.unit_id, SENDERS), "revoked", "datasets:grant", grant)


def _people_of(unit_id, roles):
    members = Membership.objects.current().filter(unit=unit_id, role__in=roles)
    people = get_user_model().objects.filter(pk__in=members.values("user"), is_active=True)
    return list(people.exclude(email="").order_by("pk"))


def _tell(people, event, screen, thing):
    link = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(screen, args=[thing.pk])}"
    for person in people:
        with translation.override("vi"):
            context = {"event": event, "thing": thing, "link": link, "user": person}
            body = render_to_string("datasets/letters/sharing.txt", context)
            subject = _SUBJECTS[event] % {"dataset": thing.dataset.title}
            letter = EmailMessage(
                subject, body.strip(), settings.DEFAULT_FROM_EMAIL, [person.email]
            )
        try:
            letter.send()
        except OSError:
            logger.exception("Letter about sharing to user %s was not sent", person.pk)
