"""Accounts: who gives which role of the centre, and who may touch whom.

Roles of the centre are ticked here. Roles that come with a membership are not: they follow the
register of people (``portal.units.unit_roles``), and a group ticked by hand would be taken back.
Only a superuser makes superusers, changes one, or gives a group that stands for no role.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction
from wagtail.users.views.bulk_actions.assign_role import RoleForm
from wagtail.users.views.users import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    UserViewSet,
)

from portal.core.permissions import (
    ScopedListMixin,
    ScopedModelViewSet,
    ScopedObjectMixin,
    ScopedPolicy,
)
from portal.core.roles import UNIT_ROLES, Role, grant

WHERE_UNIT_ROLES_COME_FROM = _(
    "Head and data officer are no roles to tick: they come with a membership of a unit, under "
    "“Units – People”, and end with it."
)


class UserPolicy(ScopedPolicy):
    """The permission on the model, and superusers only for superusers."""

    def scope(self, user, action, queryset):
        return queryset if user.is_superuser else queryset.filter(is_superuser=False)


def groups_to_give(user):
    """Return the groups that ``user`` may give: roles of the centre, for a superuser all others."""
    roles = Q(role_group__isnull=False) & ~Q(role_group__role__in=UNIT_ROLES)
    others = Q(role_group__isnull=True) if user.is_superuser else Q(pk__in=[])
    return Group.objects.filter(roles | others).order_by("role_group__pk", "name")


class RolesMixin:
    """Offers the roles that the author may give, and leaves all other groups as they are."""

    def __init__(self, *args, author, **kwargs):
        super().__init__(*args, **kwargs)
        self.author = author
        self.fields["last_name"].required = False
        field = self.fields["groups"]
        field.queryset = groups_to_give(author)
        field.label = _("Roles of the centre")
        field.help_text = WHERE_UNIT_ROLES_COME_FROM
        if not author.is_superuser:
            self.fields.pop("is_superuser", None)

    def _save_m2m(self):
        """Set what was offered; groups that were not offered stay as they are."""
        kept = []
        if self.instance.pk:
            kept = list(self.instance.groups.exclude(pk__in=self.fields["groups"].queryset))
        super()._save_m2m()
        self.instance.groups.add(*kept)


class PortalUserCreationForm(RolesMixin, UserCreationForm):
    pass


class PortalUserEditForm(RolesMixin, UserEditForm):
    pass


class AuthorMixin:
    """Tells the form who fills it in."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "author": self.request.user}


class PortalUserCreateView(AuthorMixin, CreateView):
    pass


class PortalUserEditView(AuthorMixin, ScopedObjectMixin, EditView):
    scoped_action = "change"


class PortalUserIndexView(ScopedListMixin, IndexView):
    pass


class PortalUserDeleteView(ScopedObjectMixin, DeleteView):
    scoped_action = "delete"


class PortalUserHistoryView(ScopedObjectMixin, HistoryView):
    scoped_action = "change"


class PortalUserViewSet(UserViewSet, ScopedModelViewSet):
    """Wagtail's screens with these forms and views.

    Copying is left out: the copy of a superuser would be one.
    """

    copy_view_enabled = False
    index_view_class = PortalUserIndexView
    delete_view_class = PortalUserDeleteView
    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView
    history_view_class = PortalUserHistoryView

    def get_form_class(self, for_update=False):
        return PortalUserEditForm if for_update else PortalUserCreationForm


class PortalRoleForm(RoleForm):
    """One role for several people."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].label = _("Role of the centre")
        self.fields["role"].help_text = WHERE_UNIT_ROLES_COME_FROM
        self.fields["role"].queryset = Group.objects.filter(role_group__isnull=False).exclude(
            role_group__role__in=UNIT_ROLES
        )


class ManageableUsersMixin:
    """Leaves out whom the author may not change."""

    def check_perm(self, obj):
        policy = UserPolicy(get_user_model())
        return super().check_perm(obj) and policy.user_has_permission_for_instance(
            self.request.user, "change", obj
        )


class PortalAssignRoleBulkAction(ManageableUsersMixin, AssignRoleBulkAction):
    form_class = PortalRoleForm


class PortalSetActiveStateBulkAction(ManageableUsersMixin, SetActiveStateBulkAction):
    pass


def register_rights():
    """Let an administrator keep accounts; nobody but a superuser keeps superusers."""
    register_permission_policy(get_user_model(), UserPolicy(get_user_model()))
    grant(Role.ADMINISTRATOR, "auth.add_user", "auth.change_user", "auth.view_user")
