"""Who may edit the page of a unit: its head and its data officers, that page and no other.

The right is asked from today's memberships each time and stored nowhere, so it begins and ends
with the membership. It is Wagtail's “change” on the one page, without “add” and “publish”: what
is saved waits for the centre's workflow, and a public page can be neither deleted nor moved. A
page that is not public (not yet, or no longer) is the centre's.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import AbstractPage, GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from portal.units.models import Membership, UnitPage
from portal.units.permissions import unit_ids_of

EDITOR_ROLES = (Membership.Role.UNIT_HEAD, Membership.Role.DATA_OFFICER)


def edited_by(user):
    """Return the pages that ``user`` edits as one of the unit's people, as plain pages."""
    memberships = Membership.objects.current().filter(user=user, role__in=EDITOR_ROLES)
    units = UnitPage.objects.live().existing(timezone.localdate())
    return Page.objects.filter(pk__in=units.filter(memberships__in=memberships).values("pk"))


class PagePolicy(PagePermissionPolicy):
    """Wagtail's rights on pages, and the right of a unit's people on their own page."""

    def get_all_permissions_for_user(self, user):
        given = super().get_all_permissions_for_user(user)
        if user.is_superuser or not unit_ids_of(user):
            return given
        change = Permission(codename="change_page")
        own = [GroupPagePermission(page=page, permission=change) for page in edited_by(user)]
        return [*given, *own] if own else given

    def users_with_any_permission(self, actions, include_superusers=True):
        people = super().users_with_any_permission(actions, include_superusers)
        return people | _editors(UnitPage.objects.all()) if "change" in actions else people

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):
        people = super().users_with_any_permission_for_instance(
            actions, instance, include_superusers
        )
        if "change" not in actions:
            return people
        return people | _editors(UnitPage.objects.filter(pk=instance.pk))


def _editors(units):
    """Return the people who edit one of the public pages of ``units``."""
    today = timezone.localdate()
    memberships = Membership.objects.current(today).filter(
        role__in=EDITOR_ROLES, unit__in=units.live().existing(today)
    )
    everybody = get_user_model()._default_manager.filter(is_active=True)
    return everybody.filter(pk__in=memberships.values("user")).distinct()


def register():
    """Let every screen of pages ask this policy."""
    register_permission_policy(AbstractPage, PagePolicy(Page))
