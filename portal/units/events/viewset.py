"""The guided action in the staff area: its addresses and its place in the menu."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from portal.units.events import views
from portal.units.events.actions import may_perform


class UnitEventMenuItem(MenuItem):
    """Shown to those who may let units merge, split and end."""

    def is_shown(self, request):
        return may_perform(request.user)


class UnitEventViewSet(ViewSet):
    """Events in the life of units."""

    name = "unit_events"
    url_prefix = "don-vi/su-kien"
    icon = "history"
    menu_label = _("Mergers and divisions")
    menu_item_class = UnitEventMenuItem

    def get_urlpatterns(self):
        return [
            path("", views.index, name="index"),
            path("moi/", views.create, name="create"),
            path("<int:pk>/", views.show, name="show"),
            path("<int:pk>/noi-dung/", views.edit, name="edit"),
            path("<int:pk>/ke-thua/", views.successors, name="successors"),
            path("<int:pk>/ban-giao/", views.decisions, name="decisions"),
            path("<int:pk>/xem-truoc/", views.preview, name="preview"),
            path("<int:pk>/huy/", views.undo, name="undo"),
            path("<int:pk>/bo/", views.discard, name="discard"),
        ]
