"""Admin screens about people: one person, and the units nobody answers for."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.models import RoleGroup
from portal.units.people import name_of, standing_of, units_without_contact
from portal.units.people_rights import keeps_people, may_manage
from portal.units.personal_holdings import holdings_of, kind_named

PER_PAGE = 50


def people_frame(title, *trail, icon="user"):
    """Return the frame's part of a context; ``trail`` holds (address, label) of what is above."""
    crumbs = [(reverse("memberships:index"), _("People")), *trail]
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            *({"url": url, "label": label} for url, label in crumbs),
            {"url": "", "label": title},
        ],
    }


def person_or_404(request, pk):
    """Return the person for somebody who keeps the register of people."""
    if not keeps_people(request.user):
        raise PermissionDenied
    return get_object_or_404(get_user_model(), pk=pk)


def person_page(request, pk):
    """Show one person: memberships over time, roles, what is in hand, hand-overs."""
    person = person_or_404(request, pk)
    memberships = person.memberships.select_related("unit").order_by("-valid_from", "pk")
    manages = may_manage(request.user, person)
    context = {
        "person": person,
        "memberships": [(row, standing_of(row)) for row in memberships],
        "roles": [str(row) for row in RoleGroup.objects.filter(group__user=person)],
        "holdings": [(kind_named(each.kind).label, each) for each in holdings_of(person)],
        "hand_overs": person.hand_overs.all(),
        "may_manage": manages,
        "may_edit_account": manages and request.user.has_perm("auth.change_user"),
        **people_frame(name_of(person)),
    }
    return render(request, "units/admin/person.html", context)


def without_contact(request):
    """List the units that lack a head or a data officer today."""
    if not keeps_people(request.user):
        raise PermissionDenied
    units = Paginator(units_without_contact(), PER_PAGE).get_page(request.GET.get("trang"))
    context = {"units": units, **people_frame(_("Units without a contact"), icon="warning")}
    return render(request, "units/admin/without_contact.html", context)
