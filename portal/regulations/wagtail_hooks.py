"""What regulations add to the admin."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.regulations import edition_hooks as edition_hooks  # registers hooks of its own
from portal.regulations import urls
from portal.regulations.actions import EverPublished, refuse_deleting_published_text
from portal.regulations.models import RegulationIndexPage
from portal.regulations.provision_chooser import ProvisionChooserViewSet
from portal.regulations.viewsets import FindingsViewSetGroup


@hooks.register("register_admin_urls")
def register_urls():
    return [path("quy-che/", include(urls))]


@hooks.register("register_admin_viewset")
def register_findings():
    return FindingsViewSetGroup()


@hooks.register("register_admin_viewset")
def register_provision_chooser():
    return ProvisionChooserViewSet()


class ImportMenuItem(MenuItem):
    """Shown to those who may add regulations."""

    def is_shown(self, request):
        index = RegulationIndexPage.objects.first()
        return index is not None and index.permissions_for_user(request.user).can_add_subpage()


@hooks.register("register_admin_menu_item")
def register_import_menu_item():
    return ImportMenuItem(
        _("Bring in a regulation"),
        reverse("regulations:import_text"),
        icon_name="doc-full-inverse",
        order=110,
    )


@hooks.register("before_delete_page")
def keep_published_text(request, page):
    try:
        refuse_deleting_published_text(page)
    except EverPublished as refusal:
        messages.error(request, str(refusal))
        return redirect("wagtailadmin_explore", page.pk)
    return None


@hooks.register("before_bulk_action")
def keep_published_texts(request, action_type, objects, action_class_instance):
    if action_type != "delete":
        return None
    for page in objects:
        refused = keep_published_text(request, page) if hasattr(page, "url_path") else None
        if refused:
            return refused
    return None
