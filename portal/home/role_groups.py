"""Groups of the roles, built after every migration from what the apps grant."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils import translation
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from portal.core.models import RoleGroup
from portal.core.role_groups import group_of
from portal.core.roles import STAFF_ROLES, Role, granted

__all__ = ["build_role_groups", "grant_page_rights", "group_of"]


def build_role_groups(**_signal):
    """Create the group of every role and give it exactly the permissions the apps grant.

    Django creates permissions app by app, and this app comes before those whose rights are
    granted; so all permissions are created first.

    Page permissions, which hang on a place in the tree, are given by ``grant_page_rights``.
    """
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    with translation.override("vi"):
        for role in Role:
            group = _group_of(role)
            group.permissions.set(_permissions_of(role))


PAGE_RIGHTS = {
    Role.ADMINISTRATOR: (
        "add_page",
        "change_page",
        "delete_page",
        "publish_page",
        "bulk_delete_page",
        "lock_page",
        "unlock_page",
    ),
    Role.IOC_LEADER: ("add_page", "change_page", "publish_page"),
    Role.IOC_OFFICER: ("add_page", "change_page"),
}
FILE_RIGHTS = {
    Role.ADMINISTRATOR: (
        "add_document",
        "change_document",
        "choose_document",
        "add_image",
        "change_image",
        "choose_image",
    ),
    Role.IOC_LEADER: ("choose_document", "choose_image"),
    Role.IOC_OFFICER: ("add_document", "choose_document", "add_image", "choose_image"),
}


def grant_page_rights(home):
    """Give the roles their rights on the pages below ``home``, and on files; safe to repeat."""
    root = Collection.get_first_root_node()
    for role, codenames in PAGE_RIGHTS.items():
        for permission in _named("wagtailcore", codenames):
            GroupPagePermission.objects.get_or_create(
                group=group_of(role), page=home, permission=permission
            )
    for role, codenames in FILE_RIGHTS.items():
        permissions = [*_named("wagtaildocs", codenames), *_named("wagtailimages", codenames)]
        for permission in permissions:
            GroupCollectionPermission.objects.get_or_create(
                group=group_of(role), collection=root, permission=permission
            )


def _named(app_label, codenames):
    return Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames)


def _group_of(role):
    known = RoleGroup.objects.filter(role=role).select_related("group").first()
    if known:
        return known.group
    group, _created = Group.objects.get_or_create(name=str(role.label))
    RoleGroup.objects.create(role=role, group=group)
    return group


def _permissions_of(role):
    names = set(granted(role))
    if role in STAFF_ROLES:
        names.add("wagtailadmin.access_admin")
    wanted = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return Permission.objects.filter(wanted)
