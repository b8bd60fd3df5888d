"""The days off in the admin: everybody on the staff may look, the centre keeps them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy

from portal.core.models import DayOff
from portal.core.permissions import ScopedModelViewSet, ScopedPolicy
from portal.core.roles import CENTRE_ROLES, UNIT_ROLES, grant


class DayOffPolicy(ScopedPolicy):
    """Days off belong to the centre; those that have begun are changed by nobody."""

    def scope(self, user, action, queryset):
        if action == "delete":
            return queryset.filter(day__gte=timezone.localdate())
        return queryset


class DayOffViewSet(ScopedModelViewSet):
    """The calendar by which a due day is moved, where a rule says that it moves."""

    model = DayOff
    name = "days_off"
    url_prefix = "ngay-nghi"
    icon = "date"
    menu_label = _("Days off")
    list_display = ["day", "kind", "name", "source"]
    list_filter = ["kind"]
    list_export = ["day", "kind", "name", "source"]
    search_fields = ["name", "source"]
    panels = DayOff.panels


def register_rights():
    """Say which roles keep the days off."""
    register_permission_policy(DayOff, DayOffPolicy(DayOff))
    for role in CENTRE_ROLES:
        grant(role, *(f"core.{action}_dayoff" for action in ("add", "change", "delete", "view")))
    for role in UNIT_ROLES:
        grant(role, "core.view_dayoff")
