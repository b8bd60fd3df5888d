from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "portal.meetings"
    verbose_name = _("Meetings and assessment")

    def ready(self):
        from portal.meetings import (  # noqa: PLC0415 - need the models
            evidence,
            handovers,
            jobs,  # noqa: F401 - registers the long work
            panels,
            permissions,
            search_sources,
        )

        permissions.grant_rights()
        evidence.register()
        handovers.register()
        panels.register()
        search_sources.register()
