"""Registers of people and duties in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from portal.core.permissions import ScopedModelViewSet
from portal.core.roles import Role, grant
from portal.units.events.viewset import UnitEventViewSet
from portal.units.models import Membership, Obligation
from portal.units.permissions import UnitScopedPolicy


class MembershipViewSet(ScopedModelViewSet):
    """Who acts for which unit, in which role, from when to when."""

    model = Membership
    name = "memberships"
    url_prefix = "don-vi/nguoi"
    icon = "user"
    menu_label = _("People")
    list_display = ["user", "unit", "role", "valid_from", "valid_to"]
    list_select_related = ["user", "unit"]
    list_filter = ["role", "unit"]
    search_fields = ["user__last_name", "user__username", "unit__title"]
    panels = [
        FieldPanel("user"),
        FieldPanel("unit"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    ]


class ObligationViewSet(ScopedModelViewSet):
    """Who owes what, by which provision, how often."""

    model = Obligation
    name = "obligations"
    url_prefix = "don-vi/nghia-vu"
    icon = "calendar-check"
    menu_label = _("Duties")
    list_display = ["unit", "kind", "cadence", "provision"]
    list_select_related = ["unit", "provision__regulation"]
    list_filter = ["kind", "cadence", "unit"]
    search_fields = ["text", "unit__title"]
    panels = [
        FieldPanel("unit"),
        FieldPanel("provision"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("cadence")]),
        FieldPanel("text"),
        FieldPanel("name_as_written"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("counterparts"),
    ]


class UnitsViewSetGroup(ViewSetGroup):
    """People and duties under one menu entry."""

    menu_label = _("Units")
    menu_icon = "group"
    menu_order = 130
    items = (MembershipViewSet(), ObligationViewSet(), UnitEventViewSet())


def register_rights():
    """Say which roles may do what in the registers, and on whose rows."""
    for model in (Membership, Obligation):
        register_permission_policy(model, UnitScopedPolicy(model))
    for codename in ("add", "change", "delete", "view"):
        grant(
            Role.ADMINISTRATOR,
            f"units.{codename}_membership",
            f"units.{codename}_obligation",
        )
    for role in (Role.ADMINISTRATOR, Role.IOC_LEADER):
        grant(role, "units.view_unitevent", "units.perform_unitevent")
    for role in (Role.IOC_LEADER, Role.IOC_OFFICER, Role.UNIT_HEAD, Role.DATA_OFFICER):
        grant(role, "units.view_membership", "units.view_obligation")
