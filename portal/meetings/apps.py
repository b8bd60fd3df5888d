from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "portal.meetings"
    verbose_name = _("Meetings and assessment")

    def ready(self):
        from portal.meetings import (  # noqa: PLC0415 - need the models
            duty_means,
            evidence,
            handovers,
            holdings,
            jobs,  # noqa: F401 - registers the long work
            panels,
            permissions,
            report_duties,
            report_panels,
            search_sources,
        )

        permissions.grant_rights()
        evidence.register()
        duty_means.register()
        handovers.register()
        panels.register()
        holdings.register()
        report_duties.register()
        report_panels.register()
        search_sources.register()
