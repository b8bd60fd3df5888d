"""What the house as a whole adds to the admin: its colours and the start page."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.views.home import RecentEditsPanel

from portal.home.accounts import menu  # noqa: F401 - registers what accounts add
from portal.home.start import StartPanel


@hooks.register("insert_global_admin_css")
def portal_admin_css():
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("portal/css/fonts.css"),
        static("portal/css/admin.css"),
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


@hooks.register("construct_main_menu")
def leave_out_wagtails_help(request, menu_items):
    """Leave out the help of the CMS: it is in English and not about this portal."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
