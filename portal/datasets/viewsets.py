"""Code lists in the admin: everybody on the staff may look, the centre keeps them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import Button
from wagtail.permissions import register_permission_policy

from portal.core.permissions import ScopedEditView, ScopedModelViewSet, ScopedPolicy
from portal.core.roles import CENTRE_ROLES, Role, grant
from portal.datasets.models import CodeList


class CodeListPolicy(ScopedPolicy):
    """Code lists belong to no unit: whoever holds the right holds it for all of them."""

    def scope(self, user, action, queryset):
        return queryset


class CodeListEditView(ScopedEditView):
    """Offers the items as a file, out and in."""

    @property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            Button(
                _("Items as CSV"),
                reverse("datasets:items", args=[self.object.pk]),
                icon_name="download",
            ),
            Button(
                _("Bring in items"),
                reverse("datasets:bring_in_items", args=[self.object.pk]),
                icon_name="upload",
            ),
        ]


class CodeListViewSet(ScopedModelViewSet):
    """The lists from which columns choose."""

    model = CodeList
    name = "code_lists"
    url_prefix = "du-lieu/danh-muc-ma"
    icon = "list-ul"
    menu_label = _("Code lists")
    list_display = ["title", "code"]
    search_fields = ["title", "code"]
    panels = CodeList.panels
    edit_view_class = CodeListEditView


def register_rights():
    """Say which roles keep the code lists, and who sets the term for answers."""
    register_permission_policy(CodeList, CodeListPolicy(CodeList))
    for role in CENTRE_ROLES:
        grant(role, *(f"datasets.{action}_codelist" for action in ("add", "change", "view")))
    grant(Role.ADMINISTRATOR, "datasets.delete_codelist", "datasets.change_sharingterm")
    for role in (Role.UNIT_HEAD, Role.DATA_OFFICER):
        grant(role, "datasets.view_codelist")
