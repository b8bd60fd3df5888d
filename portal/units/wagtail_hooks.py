"""What units add to the admin."""

from django.urls import include, path
from django.utils import timezone
from wagtail import hooks

from portal.units import urls
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
