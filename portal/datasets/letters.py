"""Letters about data to the people of a unit.

They only call people to a screen, which tells the same; so one that could not go out is written
into the log, and nothing else depends on it.
"""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from portal.datasets.access import SENDERS
from portal.units.models import Membership

logger = logging.getLogger(__name__)


def people_of(unit_id, roles=SENDERS, also=None):
    """Return who acts for the unit in ``roles`` and can be written to; ``also`` is one more."""
    members = Membership.objects.current().filter(unit=unit_id, role__in=roles)
    people = get_user_model().objects.filter(Q(pk__in=members.values("user")) | Q(pk=also))
    return list(people.filter(is_active=True).exclude(email="").order_by("pk"))


def write_to(people, subject, template, context):
    """Write to each of ``people``: the template gets ``context`` and ``user``."""
    for user in people:
        with translation.override("vi"):
            words = str(subject)
            body = render_to_string(template, {**context, "user": user}).strip()
        letter = EmailMessage(words, body, settings.DEFAULT_FROM_EMAIL, [user.email])
        try:
            letter.send()
        except OSError:
            logger.exception("The letter “%s” to user %s was not sent", words, user.pk)


def staff_link(screen, thing):
    """Return the whole address of the staff screen of ``thing``."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(screen, args=[thing.pk])}"
