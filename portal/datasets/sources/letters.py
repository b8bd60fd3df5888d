"""Letters about sources to those who answer for them: the unit's head, and who set it up."""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.datasets.access import SENDERS
from portal.units.models import Membership

logger = logging.getLogger(__name__)


def tell_of_failure(source, sentence):
    """Write that a source failed, or was paused; the caller sees that it is told once."""
    with translation.override("vi"):
        subject = _("Fetching data: %(title)s") % {"title": source.title}
    _write(source, subject, {"error": sentence})


def tell_of_withdrawals(source, remote_versions):
    """Write that versions which were taken have been withdrawn where they come from."""
    with translation.override("vi"):
        subject = _("Withdrawn at its source: %(title)s") % {"title": source.title}
    _write(source, subject, {"withdrawn": remote_versions})


def _write(source, subject, told):
    with translation.override("vi"):
        link = reverse("datasets:source", args=[source.pk])
        context = {
            "source": source,
            "link": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{link}",
            **told,
        }
        body = render_to_string("datasets/letters/source.txt", context).strip()
    for user in _people_of(source):
        letter = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])
        try:
            letter.send()
        except OSError:  # the source's screen and the start page tell it all the same
            logger.exception("The letter about source %s to user %s was not sent", source.pk, user)


def _people_of(source):
    """Return who sends for the unit, and who set the source up."""
    members = Membership.objects.current(timezone.localdate()).filter(
        unit=source.unit_id, role__in=SENDERS
    )
    people = get_user_model().objects.filter(
        Q(pk__in=members.values("user")) | Q(pk=source.set_up_by_id)
    )
    return people.filter(is_active=True).exclude(email="")
