"""What units add to the admin."""

from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from portal.regulations.models import RegulationPage
from portal.units import urls
from portal.units.actions import may_take_over
from portal.units.models import UnitPage
from portal.units.viewsets import UnitsViewSetGroup


@hooks.register("register_admin_urls")
def register_urls():
    return [path("don-vi/", include(urls))]


@hooks.register("construct_page_chooser_queryset")
def offer_existing_units(pages, request):
    """Where a unit is chosen, offer those that exist; texts may still link to any page."""
    if "units.unitpage" not in request.GET.get("page_type", "").lower():
        return pages
    ended = UnitPage.objects.ended(timezone.localdate())
    return pages.exclude(pk__in=ended.values("pk"))


@hooks.register("register_admin_viewset")
def register_viewsets():
    return UnitsViewSetGroup()


def _units_button(page, user):
    if isinstance(page.specific_deferred, RegulationPage) and page.live and may_take_over(user):
        yield Button(
            _("Take over its units"),
            reverse("units:from_regulation", args=[page.pk]),
            icon_name="group",
            priority=15,
        )


@hooks.register("register_page_listing_more_buttons")
def units_listing_button(page, user, next_url=None):
    return list(_units_button(page, user))


@hooks.register("register_page_header_buttons")
def units_header_button(page, user, view_name, next_url=None):
    return list(_units_button(page, user))
