"""Template tags of the public frame."""

from django import template
from django.utils.html import format_html
from wagtail.models import Page, Site

from portal.core.models.page import keep_readable, may_read, name_for

register = template.Library()

TONES = {
    "good": {"published", "completed", "issued", "closed", "on_time", "in_force", "final", "done"}
    | {"active", "taken"},
    "info": {"submitted", "verified", "convened", "in_progress", "assigned", "accepted", "signed"}
    | {"approved", "sent"},
    "warn": {"returned", "due_soon", "needs_choice", "postponed", "changes_requested", "late"}
    | {"leaving", "sent_back", "awaited", "paused"},
    "bad": {"refused", "overdue", "missing", "cancelled", "withdrawn", "failed"},
}


@register.filter
def tone(status):
    """Return the tone in which a status is shown: good, info, warn, bad or neutral."""
    return next((name for name, members in TONES.items() if str(status) in members), "neutral")


@register.simple_tag(takes_context=True)
def main_navigation(context):
    """Return ``[(page, is_current)]``: the menu pages that this visitor may see."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return []
    pages = keep_readable(site.root_page.get_children().in_menu(), request)
    current = context.get("page")
    here = getattr(current, "path", "") or ""
    return [(page, here.startswith(page.path)) for page in pages]


@register.simple_tag(takes_context=True)
def page_name(context, page):
    """Return the name of another page, or “not public” where it is closed to the visitor."""
    return name_for(page, context["request"])


@register.simple_tag(takes_context=True)
def page_link(context, page):
    """Return a link to another page that says its name, or “not public” without a link."""
    request = context["request"]
    if not may_read(page, request):
        return format_html('<span class="muted">{}</span>', name_for(page, request))
    return format_html('<a href="{}">{}</a>', page.get_url(request) or "", page.title)


@register.simple_tag(takes_context=True)
def page_breadcrumbs(context):
    """Return the ancestors of the page being shown, from the site's root page down."""
    page, request = context.get("page"), context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None or not isinstance(page, Page) or not page.pk:
        return []
    root = site.root_page
    if not page.path.startswith(root.path) or page.pk == root.pk:
        return []
    return list(keep_readable(page.get_ancestors().filter(path__startswith=root.path), request))


@register.simple_tag(takes_context=True)
def query_string(context, **changes):
    """Return the query string of the request with ``changes``; None removes a key."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"
