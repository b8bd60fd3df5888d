"""The register of duties in the admin, beside that of people."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from portal.core.permissions import ScopedModelViewSet
from portal.core.roles import Role, grant
from portal.units import people_viewsets
from portal.units.models import Obligation
from portal.units.people_viewsets import MembershipViewSet
from portal.units.permissions import UnitScopedPolicy


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
    items = (MembershipViewSet(), ObligationViewSet())


def register_rights():
    """Say which roles may do what in the registers, and on whose rows."""
    people_viewsets.register_rights()
    register_permission_policy(Obligation, UnitScopedPolicy(Obligation))
    for codename in ("add", "change", "delete", "view"):
        grant(Role.ADMINISTRATOR, f"units.{codename}_obligation")
    for role in (Role.IOC_LEADER, Role.IOC_OFFICER, Role.UNIT_HEAD, Role.DATA_OFFICER):
        grant(role, "units.view_obligation")
