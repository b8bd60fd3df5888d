"""What the ground adds to the admin: catalogues in and out as files."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.core.days_off import DayOffViewSet
from portal.core.tables import urls
from portal.core.tables.pages import LOG_ACTION
from portal.core.tables.registry import tables_for


@hooks.register("register_admin_urls")
def register_urls():
    return [path("danh-muc/", include(urls))]


days_off = DayOffViewSet()


@hooks.register("register_admin_viewset")
def register_viewset():
    return days_off


class TablesMenuItem(MenuItem):
    """Shown to those who may import a catalogue; exports alone need no entry of their own."""

    def is_shown(self, request):
        return any(table.may_import(request.user) for table in tables_for(request.user))


@hooks.register("register_admin_menu_item")
def register_menu_item():
    return TablesMenuItem(
        _("Import, export catalogues"),
        reverse("tables:index"),
        name="tables",
        icon_name="upload",
        order=160,
    )


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action(
        LOG_ACTION, _("Import from a file"), _("Changed by an import of a catalogue")
    )
