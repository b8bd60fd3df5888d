"""What Wagtail opens to everybody in the staff area, narrowed to those who need it.

Its page chooser, its confirmation of a move and its tag search ask no right but that of entering,
and name whatever page is asked for by its number. Here they open to those who work on pages, and
know only what that person may know of; tasks of workflows are for those who arrange workflows.
"""

from django.db.models import Q
from django.http import Http404
from wagtail.admin.auth import permission_denied
from wagtail.models import Page, Task, Workflow
from wagtail.permissions import policy_registry

from portal.core.models.page import keep_readable
from portal.core.roles import runs_centre

#: Beginnings of names of views that only somebody who works on pages needs.
FOR_EDITORS = ("wagtailadmin_api:pages:", "wagtailadmin_choose_", "wagtailadmin_pages:")
#: The same of what is put into pages; who edits one page as one of its unit's people does not.
FOR_LIBRARIANS = (
    "wagtailadmin_api:documents:",
    "wagtailadmin_api:images:",
    "wagtailadmin_tag_",
    "wagtaildocs_chooser:",
    "wagtailembeds:",
    "wagtailforms:",
    "wagtailimages_chooser:",
)
#: The same of views that only somebody who arranges workflows needs, or nobody.
FOR_ARRANGERS = ("wagtailadmin_workflows:",)
#: The history of the whole site names what every unit did; each thing has a history of its own.
FOR_CENTRE = ("wagtailadmin_reports:",)
FOR_NOBODY = ("wagtailadmin_error_test",)
NARROWED = (*FOR_EDITORS, *FOR_LIBRARIANS, *FOR_ARRANGERS, *FOR_CENTRE, *FOR_NOBODY)
#: What the number of a page is called in an address.
PAGE_KEYS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")

_unknown_to = []


def register_unknown(pages_unknown_to):
    """Say which pages a user may not know of: a function of the user that returns a queryset."""
    if pages_unknown_to not in _unknown_to:
        _unknown_to.append(pages_unknown_to)


def keep_known(pages, request):
    """Keep of ``pages`` what the person of ``request`` works on or may read."""
    explorable = policy_registry.get_by_type(Page).explorable_instances(request.user)
    readable = keep_readable(Page.objects.all(), request)
    for unknown in _unknown_to:
        readable = readable.exclude(pk__in=unknown(request.user).values("pk"))
    return pages.filter(
        Q(depth=1) | Q(pk__in=explorable.values("pk")) | Q(pk__in=readable.values("pk"))
    )


def works_on_pages(user):
    """Return whether ``user`` may change any page."""
    return policy_registry.get_by_type(Page).explorable_root_instance(user) is not None


def holds_right_on_pages(user):
    """Return whether a group gives ``user`` a right on pages: one that is stored, so has a key."""
    rights = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return user.is_superuser or any(right.pk is not None for right in rights)


class StaffDoorsMiddleware:
    """Asks before each view of the staff area what Wagtail itself does not ask."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name or ""
        if not name.startswith(NARROWED):
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None  # Wagtail leads to the log-in
        if not _may_pass(request.user, name):
            return permission_denied(request)
        self._refuse_unknown(request, name, kwargs)
        return None

    def _refuse_unknown(self, request, name, kwargs):
        """Answer as if a page did not exist which is asked for by its number alone."""
        asked = {kwargs[key] for key in PAGE_KEYS if kwargs.get(key)}
        if name.startswith("wagtailadmin_choose_page"):
            asked |= {int(text) for text in request.GET.getlist("id") if text.isdecimal()}
        if asked and keep_known(Page.objects.filter(pk__in=asked), request).count() != len(asked):
            raise Http404


def _may_pass(user, name):
    """Return whether ``user`` needs the view called ``name``."""
    if name.startswith(FOR_EDITORS):
        return works_on_pages(user)
    if name.startswith(FOR_LIBRARIANS):
        return holds_right_on_pages(user)
    if name.startswith(FOR_CENTRE):
        return runs_centre(user) or user.is_superuser
    if name.startswith(FOR_ARRANGERS):
        return any(
            policy_registry.get_by_type(model).user_has_any_permission(user, ["add", "change"])
            for model in (Workflow, Task)
        )
    return user.is_superuser
