from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "portal.meetings"
    verbose_name = _("Meetings and assessment")

    def ready(self):
        from portal.meetings import evidence, jobs, permissions  # noqa: F401, PLC0415 - need the models

        permissions.grant_rights()
        evidence.register()
