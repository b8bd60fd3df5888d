"""What datasets add to the admin."""

from django.contrib import messages
from django.db.models import PROTECT
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from portal.core.roles import Role, has_role, runs_centre
from portal.core.wagtail_hooks import days_off
from portal.datasets import urls
from portal.datasets.models import DatasetPage
from portal.datasets.viewsets import CodeListViewSet
from portal.units.permissions import unit_ids_of


@hooks.register("register_admin_urls")
def register_urls():
    return [path("du-lieu/", include(urls))]


code_lists = CodeListViewSet()


@hooks.register("register_admin_viewset")
def register_viewset():
    return code_lists


class WorkMenuItem(MenuItem):
    """Shown to those who look after datasets."""

    def is_shown(self, request):
        return runs_centre(request.user) or bool(unit_ids_of(request.user))


class CentreMenuItem(MenuItem):
    """Shown to those who run the centre."""

    def is_shown(self, request):
        return runs_centre(request.user)


class TokenMenuItem(MenuItem):
    """Shown to those who issue tokens: heads of units and administrators."""

    def is_shown(self, request):
        user = request.user
        return has_role(user, Role.ADMINISTRATOR) or has_role(user, Role.UNIT_HEAD)


@hooks.register("register_admin_menu_item")
def register_data_menu():
    items = [
        WorkMenuItem(
            gettext_lazy("Datasets and what is due"),
            reverse("datasets:mine"),
            icon_name="table",
            order=1,
        ),
        WorkMenuItem(
            gettext_lazy("Board of what is due"),
            reverse("datasets:board"),
            icon_name="calendar",
            order=2,
        ),
        WorkMenuItem(
            gettext_lazy("Special requests"),
            reverse("datasets:special_requests"),
            icon_name="mail",
            order=3,
        ),
        CentreMenuItem(
            gettext_lazy("Waiting for verification"),
            reverse("datasets:queue"),
            icon_name="check",
            order=4,
        ),
        WorkMenuItem(
            gettext_lazy("Sharing of data"),
            reverse("datasets:sharing"),
            icon_name="group",
            order=5,
        ),
        WorkMenuItem(
            gettext_lazy("Look a receipt up"),
            reverse("datasets:receipts"),
            icon_name="search",
            order=6,
        ),
        code_lists.get_menu_item(order=7),
        days_off.get_menu_item(order=8),
        TokenMenuItem(
            gettext_lazy("Tokens for sending"), reverse("datasets:tokens"), icon_name="key", order=9
        ),
        WorkMenuItem(
            gettext_lazy("Fetched by the portal"),
            reverse("datasets:sources"),
            icon_name="download",
            order=6,
        ),
    ]
    return SubmenuMenuItem(gettext_lazy("Data"), Menu(items=items), icon_name="table", order=120)


def _refusal_to_delete(page):
    """Return why a page may not be deleted: what the database keeps about a dataset."""
    if not isinstance(page.specific_deferred, DatasetPage):
        return ""
    kept = [
        str(relation.related_model._meta.verbose_name_plural)
        for relation in DatasetPage._meta.related_objects
        if relation.one_to_many and relation.on_delete is PROTECT
        if relation.related_model._base_manager.filter(**{relation.field.name: page.pk}).exists()
    ]
    if not kept:
        return ""
    return _(
        "“%(title)s” is not deleted, because this is kept: %(things)s. Unpublish it instead."
    ) % {
        "title": page.title,
        "things": ", ".join(kept),
    }


@hooks.register("before_delete_page")
def keep_datasets_in_use(request, page):
    pages = [page, *page.get_descendants().type(DatasetPage)]
    refusal = next(filter(None, map(_refusal_to_delete, pages)), "")
    if not refusal:
        return None
    messages.error(request, refusal)
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("before_bulk_action")
def keep_datasets_in_use_in_bulk(request, action_type, objects, action_class_instance):
    if action_type != "delete":
        return None
    for page in objects:
        refused = keep_datasets_in_use(request, page) if hasattr(page, "url_path") else None
        if refused:
            return refused
    return None


@hooks.register("before_copy_page")
def refuse_copying_datasets(request, page):
    """Refuse: the code of a dataset is given once."""
    pages = page.get_descendants(inclusive=True).type(DatasetPage)
    if not pages.exists():
        return None
    messages.error(request, _("A dataset is not copied: its code is given once."))
    return redirect("wagtailadmin_explore", page.pk)
