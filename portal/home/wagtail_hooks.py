"""What the house as a whole adds to the admin: its colours and the start page."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import RecentEditsPanel

from portal.core.staff_doors import keep_known
from portal.home.accounts import menu  # noqa: F401 - registers what accounts add
from portal.home.setting_up import urls as setup_urls
from portal.home.setting_up.actions import may_set_up
from portal.home.start import StartPanel
from portal.home.users import PortalAssignRoleBulkAction, PortalSetActiveStateBulkAction
from portal.home.workflow import put_submitting_first

hooks.register("construct_page_action_menu", put_submitting_first)
# Later than Wagtail's own of the same name, so that these take their place.
hooks.register("register_bulk_action", PortalAssignRoleBulkAction, order=1000)
hooks.register("register_bulk_action", PortalSetActiveStateBulkAction, order=1000)


@hooks.register("register_admin_urls")
def register_urls():
    return [path("dung-cong/", include(setup_urls))]


class SetupMenuItem(MenuItem):
    """Shown to those who may set the portal up."""

    def is_shown(self, request):
        return may_set_up(request.user)


@hooks.register("register_admin_menu_item")
def register_setup_menu_item():
    return SetupMenuItem(
        _("Set the portal up"), reverse("setup:choose"), icon_name="cogs", order=115
    )


@hooks.register("insert_global_admin_css")
def portal_admin_css():
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("portal/css/fonts.css"),
        static("portal/css/admin.css"),
    )


@hooks.register("insert_global_admin_js")
def file_inputs():
    """Say in our language what browsers write into file inputs in theirs."""
    return format_html(
        '<script defer src="{}" data-choose="{}" data-choose-several="{}" data-none="{}"'
        ' data-several="{}"></script>',
        static("portal/js/file-inputs.js"),
        _("Choose a file"),
        _("Choose files"),
        _("No file chosen"),
        _("files chosen: {count}"),
    )


@hooks.register("construct_homepage_summary_items", order=1000)
def leave_out_counts(request, summary_items):
    """Leave out how many pages and images there are: nobody's work depends on it."""
    summary_items.clear()


@hooks.register("construct_homepage_panels", order=1000)
def put_work_first(request, panels):
    """Begin with what waits for the person; recent edits only for those who edit pages."""
    if not request.user.has_perm("wagtailcore.change_page"):
        panels[:] = [panel for panel in panels if not isinstance(panel, RecentEditsPanel)]
    panels.insert(0, StartPanel())


@hooks.register("construct_page_chooser_queryset")
def offer_known_pages(pages, request):
    """Offer as the end of a link only what the editor works on or may read."""
    return keep_known(pages, request)


@hooks.register("construct_main_menu")
def leave_out_wagtails_help(request, menu_items):
    """Leave out the help of the CMS: it is in English and not about this portal."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
