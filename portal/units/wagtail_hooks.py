"""What units add to the admin."""

from wagtail import hooks

from portal.units.viewsets import UnitsViewSetGroup


@hooks.register("register_admin_viewset")
def register_viewsets():
    return UnitsViewSetGroup()
