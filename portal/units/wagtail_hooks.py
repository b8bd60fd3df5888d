"""What units add to the admin."""

from django.urls import include, path
from wagtail import hooks

from portal.units import urls
from portal.units.viewsets import UnitsViewSetGroup


@hooks.register("register_admin_urls")
def register_urls():
    return [path("don-vi/", include(urls))]


@hooks.register("register_admin_viewset")
def register_viewsets():
    return UnitsViewSetGroup()
