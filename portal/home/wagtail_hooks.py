"""What the house as a whole adds to the admin: its colours."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def portal_admin_css():
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("portal/css/fonts.css"),
        static("portal/css/admin.css"),
    )
