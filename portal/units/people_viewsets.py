"""The register of people in the admin."""

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.permissions import register_permission_policy

from portal.core.formats import format_date
from portal.core.permissions import ScopedCreateView, ScopedIndexView, ScopedModelViewSet
from portal.core.roles import Role, grant
from portal.units.models import Membership
from portal.units.people import name_of, standing_of, units_to_choose
from portal.units.people_forms import MembershipFilterSet, MembershipForm
from portal.units.people_rights import MembershipPolicy, keeps_people

POLICY = MembershipPolicy(Membership)


def _day(name):
    """Return what writes the day ``name`` of a row, for it is a day and no moment."""
    return lambda row: format_date(getattr(row, name)) if getattr(row, name) else "–"


class MembershipIndexView(ScopedIndexView):
    """People by unit; the name leads an administrator to the person's page."""

    @cached_property
    def columns(self):
        column_class = self._get_title_column_class(TitleColumn)
        return [
            column_class(
                "person",
                label=_("Person"),
                accessor=lambda row: name_of(row.user),
                get_url=self._get_url,
                sort_key="user__last_name",
            ),
            Column("unit", label=_("Unit"), sort_key="unit__sort_key"),
            Column("role", label=_("Role"), accessor="get_role_display", sort_key="role"),
            Column(
                "valid_from", label=_("From"), accessor=_day("valid_from"), sort_key="valid_from"
            ),
            Column("valid_to", label=_("To"), accessor=_day("valid_to"), sort_key="valid_to"),
            StatusTagColumn(
                "standing",
                label=_("Status"),
                accessor=lambda row: standing_of(row).label,
                primary=lambda row: row.is_current,
            ),
        ]

    @cached_property
    def _changeable(self):
        found = POLICY.instances_user_has_permission_for(self.request.user, "change")
        return frozenset(found.values_list("pk", flat=True))

    def _get_url(self, row):
        if keeps_people(self.request.user):
            return reverse("units:person", args=[row.user_id])
        return self.get_edit_url(row)

    def get_edit_url(self, instance):
        return super().get_edit_url(instance) if instance.pk in self._changeable else None


class MembershipAddView(ScopedCreateView):
    """Begins with the unit and the role that the address names, as warnings do."""

    def get_initial(self):
        initial = super().get_initial()
        for name, known in (
            ("unit", {str(pk) for pk in units_to_choose().values_list("pk", flat=True)}),
            ("role", set(Membership.Role.values)),
            ("user", None),
        ):
            value = self.request.GET.get(name, "")
            if value and (value in known if known is not None else value.isdecimal()):
                initial[name] = value
        return initial


class MembershipViewSet(ScopedModelViewSet):
    """Who acts for which unit, in which role, from when to when."""

    model = Membership
    name = "memberships"
    url_prefix = "don-vi/nguoi"
    icon = "user"
    menu_label = _("People")
    index_view_class = MembershipIndexView
    add_view_class = MembershipAddView
    filterset_class = MembershipFilterSet
    ordering = ["unit__sort_key", "role", "valid_from"]
    list_display = ["user", "unit", "role", "valid_from", "valid_to"]
    list_export = ["user", "unit", "role", "valid_from", "valid_to"]
    list_select_related = ["user", "unit"]
    search_fields = ["user__last_name", "user__first_name", "user__username", "unit__title"]
    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            FieldPanel("unit", widget=forms.Select),
            FieldPanel("role"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        ],
        base_form_class=MembershipForm,
    )


def register_rights():
    """Say who may do what to the register of people."""
    register_permission_policy(Membership, POLICY)
    for codename in ("add", "change", "delete", "view"):
        grant(Role.ADMINISTRATOR, f"units.{codename}_membership")
    grant(Role.UNIT_HEAD, "units.add_membership", "units.change_membership")
    for role in (Role.IOC_LEADER, Role.IOC_OFFICER, Role.UNIT_HEAD, Role.DATA_OFFICER):
        grant(role, "units.view_membership")
