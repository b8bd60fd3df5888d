"""Cards of the staff start page about data that is asked for, and fetched."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.roles import Role, has_role
from portal.datasets.models import AccessRequest, DataSource
from portal.home.cards import Card
from portal.units.permissions import unit_ids_of


def source_cards(user):
    """Tell a unit's people which sources of theirs bring nothing any more."""
    units = unit_ids_of(user)
    if not has_role(user, Role.DATA_OFFICER, Role.UNIT_HEAD) or not units:
        return
    count = DataSource.objects.of_units(units).in_trouble().count()
    if count:
        yield Card(
            _("Sources that fail"),
            count,
            _("The last fetch failed, or it was paused because of failures."),
            reverse("datasets:sources"),
            _("Look at the sources"),
            "warn",
        )


def sharing_cards(user):
    """Tell who decides on requests for data that some wait; the overdue ones first."""
    if not has_role(user, Role.UNIT_HEAD, Role.ADMINISTRATOR):
        return
    waiting = AccessRequest.objects.open()
    if not has_role(user, Role.ADMINISTRATOR):
        waiting = waiting.filter(dataset__owner_unit__in=unit_ids_of(user))
    late = Count("pk", filter=Q(answer_due__lt=timezone.now()))
    count, late = waiting.aggregate(all=Count("pk"), late=late).values()
    if count:
        yield Card(
            _("Requests for data"),
            count,
            _("Units ask for data and wait for an answer; the term of %(count)s is over.")
            % {"count": late}
            if late
            else _("Units ask for data and wait for an answer."),
            reverse("datasets:sharing"),
            _("Answer the requests"),
            "bad" if late else "warn",
        )
