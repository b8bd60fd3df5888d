"""Who reaches the addresses of packages, by the beginning of their names; the longest counts.

In the words of ``tests/reach.py``; superusers are outside of it. ``EVERYBODY`` leaves it to the
package, which then asks who somebody is by itself.

A pattern that a package brings and no line here begins fails ``tests/test_rights_of_packages.py``:
decide who may reach it, and say so here. ``VALUES`` gives the keys that such addresses take.
"""

from django.contrib.auth.models import Group
from wagtail.models import Site, Task, Workflow

from tests.reach import ADMINISTRATOR, CENTRE, EVERYBODY, INTERNAL, NOBODY, STAFF, UNITS

#: A unit's people edit the page of their unit, and so come to the screens that pages share.
EDITORS = CENTRE | UNITS

REACH = {
    "wagtailadmin_home": STAFF,
    "wagtailadmin_account": STAFF,
    "wagtailadmin_dismissibles": STAFF,
    "wagtailadmin_editing_sessions:": STAFF,
    "wagtailadmin_block_preview": STAFF,
    "wagtailadmin_error_test": NOBODY,
    "wagtailadmin_api:": CENTRE,
    "wagtailadmin_api:pages:listing": EDITORS,
    "wagtailadmin_explore": EDITORS,
    "wagtailadmin_pages:": CENTRE,
    "wagtailadmin_pages:choose_parent": EDITORS,
    "wagtailadmin_pages:search": EDITORS,
    "wagtailadmin_pages:type_use": EDITORS,
    "wagtailadmin_choose_": EDITORS,
    "wagtailadmin_tag_": CENTRE,
    "wagtail_bulk_action": CENTRE,
    "wagtailadmin_reports:": CENTRE,
    "wagtailadmin_collections:": NOBODY,
    "wagtailadmin_workflows:": NOBODY,
    "wagtailredirects:": ADMINISTRATOR,
    "wagtailsettings:": ADMINISTRATOR,
    "wagtailsites:": ADMINISTRATOR,
    "wagtailusers_": ADMINISTRATOR,
    "wagtailforms:": CENTRE,
    "wagtailembeds:": CENTRE,
    "wagtailsnippets:": CENTRE,
    "wagtaildocs:": CENTRE,
    "wagtaildocs_chooser:": CENTRE,
    "wagtailimages:": CENTRE,
    "wagtailimages_chooser:": CENTRE,
    "wagtaildocs_serve": INTERNAL,  # the example lies in a collection for whoever is logged in
    # What the anonymous need to get in, and what draws the staff area.
    "portal_logout": EVERYBODY,
    "wagtailadmin_login": EVERYBODY,
    "wagtailadmin_logout": EVERYBODY,
    "wagtailadmin_password_reset": EVERYBODY,
    "wagtailadmin_sprite": EVERYBODY,
    "wagtailadmin_javascript_catalog": EVERYBODY,
    "wagtaildocs_authenticate_with_password": EVERYBODY,
    "wagtailcore_authenticate_with_password": EVERYBODY,
    "wagtailcore_login": EVERYBODY,
    "wagtail_serve": EVERYBODY,  # pages: tests/test_closed_pages.py
    "account_": EVERYBODY,
    "mfa_": EVERYBODY,
    "openid_connect_": EVERYBODY,
    "socialaccount_": EVERYBODY,
    "usersessions_": EVERYBODY,
}
#: Patterns without a name: what answers to no other, the redirections, the site map.
NAMELESS = EVERYBODY

#: How a key of an address is filled, by namespace and key or by the key alone.
VALUES = {
    "wagtailadmin_workflows:pk": lambda site: Workflow.objects.first().pk,
    "wagtailadmin_workflows:edit_task:pk": lambda site: Task.objects.first().pk,
    "wagtailadmin_workflows:disable_task:pk": lambda site: Task.objects.first().pk,
    "wagtailadmin_workflows:enable_task:pk": lambda site: Task.objects.first().pk,
    "wagtailadmin_collections:pk": lambda site: site.collection.pk,
    "wagtailsites:pk": lambda site: Site.objects.first().pk,
    "wagtailusers_users:pk": lambda site: site.membership.user_id,
    "wagtailusers_groups:pk": lambda site: Group.objects.first().pk,
    "wagtaildocs_chooser:pk": lambda site: site.document.pk,
    "wagtailimages_chooser:pk": lambda site: site.image.pk,
    "wagtailadmin_api:documents:pk": lambda site: site.document.pk,
    "wagtailadmin_api:images:pk": lambda site: site.image.pk,
    "wagtailsettings:pk": lambda site: Site.objects.first().pk,
    "wagtailsettings:app_name": lambda site: "home",
    "wagtailsettings:model_name": lambda site: "centresettings",
    "wagtailadmin_workflows:app_label": lambda site: "wagtailcore",
    "wagtailadmin_workflows:model_name": lambda site: "groupapprovaltask",
    "wagtail_bulk_action:app_label": lambda site: "wagtailcore",
    "wagtail_bulk_action:model_name": lambda site: "page",
    "wagtail_bulk_action:action": lambda site: "delete",
    "wagtailadmin_editing_sessions:app_label": lambda site: "datasets",
    "wagtailadmin_editing_sessions:model_name": lambda site: "datasetpage",
    "wagtailadmin_api:pages:action_name": lambda site: "copy",
    "wagtailadmin_tag_model_autocomplete:app_name": lambda site: "taggit",
    "wagtailadmin_tag_model_autocomplete:model_name": lambda site: "tag",
    "app_label": lambda site: "datasets",
    "content_type_app_name": lambda site: "datasets",
    "model_name": lambda site: "datasetpage",
    "content_type_model_name": lambda site: "datasetpage",
    "parent_page_id": lambda site: site.dataset.get_parent().pk,
    "pk": lambda site: site.dataset.pk,
    "page_id": lambda site: site.dataset.pk,
    "page_pk": lambda site: site.dataset.pk,
    "object_id": lambda site: site.dataset.pk,
    "page_to_move_id": lambda site: site.dataset.pk,
    "destination_id": lambda site: site.dataset.get_parent().pk,
    "revision_id": lambda site: site.dataset.latest_revision_id,
    "revision_id_a": lambda site: site.dataset.latest_revision_id,
    "revision_id_b": lambda site: site.dataset.latest_revision_id,
    "workflow_pk": lambda site: Workflow.objects.first().pk,
    "collection_id": lambda site: site.collection.pk,
    "document_id": lambda site: site.document.pk,
    "doc_id": lambda site: site.document.pk,
    "image_id": lambda site: site.image.pk,
    "filter_spec": lambda site: "width-100",
    "action_name": lambda site: "approve",
    "redirect_id": lambda site: site.redirect.pk,
    "uidb64": lambda site: "MQ",
    "token": lambda site: "x-y",
    "task_id": lambda site: Task.objects.first().pk,
    "task_state_id": lambda site: 1,
    "session_id": lambda site: 1,
    "uploaded_file_id": lambda site: 1,
    "workflow_state_id": lambda site: 1,
    "restriction_id": lambda site: site.restriction.pk,
    "page_view_restriction_id": lambda site: 1,
}


def value_of(name, key, site):
    """Return the value of ``key`` in the address called ``name``."""
    namespace = name.rpartition(":")[0]
    for known in (f"{name}:{key}", f"{namespace}:{key}", key):
        if known in VALUES:
            return VALUES[known](site)
    message = f"tests/packages_table.py: VALUES lacks “{key}” of “{name}”"
    raise LookupError(message)


def reach_of(name):
    """Return who reaches the pattern called ``name``, None if no line begins its name."""
    if not name:
        return NAMELESS
    known = [beginning for beginning in REACH if name.startswith(beginning)]
    return REACH[max(known, key=len)] if known else None
