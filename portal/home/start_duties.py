"""The start page's word on the duties of one's own units: late ones, and those due soon."""

from django.utils.translation import gettext as _

from portal.units.duty_means import DutyState, standings_of, state_of
from portal.units.models import DutyListPage, Obligation
from portal.units.permissions import unit_ids_of


def own_duties(request):
    """Return ``(late, soon, address of the list)`` of the units for which the visitor acts."""
    units = unit_ids_of(request.user)
    index = DutyListPage.objects.readable_by(request).first() if units else None
    if index is None:
        return [], [], ""
    bound = Obligation.objects.binding(units).in_force().values("pk")
    duties = list(
        Obligation.objects.readable_by(request)
        .filter(pk__in=bound)
        .select_related("unit", "provision")
    )
    standings = standings_of(duties, request)
    by_state = {DutyState.LATE: [], DutyState.DUE_SOON: []}
    for duty in duties:
        by_state.get(state_of(standings[duty.pk]), []).append(duty)
    return by_state[DutyState.LATE], by_state[DutyState.DUE_SOON], index.get_url(request)


def card_values(request):
    """Return the values of the card, or None when nothing is late or due soon."""
    late, soon, url = own_duties(request)
    if not late and not soon:
        return None
    state = DutyState.LATE if late else DutyState.DUE_SOON
    return {
        "title": _("Duties late or due soon"),
        "count": len(late) + len(soon),
        "text": _("%(late)d late, %(soon)d due soon: %(first)s")
        % {"late": len(late), "soon": len(soon), "first": (late or soon)[0].title},
        "url": f"{url}?tinh_trang={state}",
        "action": _("Open the duties"),
        "tone": "bad" if late else "warn",
    }
