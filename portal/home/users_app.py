"""Wagtail's screens of users, with the portal's own rules."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    """Lets roles be chosen by name and keeps superusers out of an administrator's reach."""

    user_viewset = "portal.home.users.PortalUserViewSet"

    def ready(self):
        super().ready()
        from portal.home.users import register_rights  # noqa: PLC0415 - needs the models

        register_rights()
