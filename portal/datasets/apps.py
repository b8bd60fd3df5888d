from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "portal.datasets"
    verbose_name = _("Datasets and indicators")

    def ready(self):
        from portal.datasets import (  # noqa: PLC0415 - need the models
            handovers,
            panels,
            receivers,
            search_sources,
            viewsets,
        )
        from portal.datasets.actions import checks  # noqa: F401, PLC0415 - registers the job

        receivers.connect()
        handovers.register()
        panels.register()
        search_sources.register()
        viewsets.register_rights()
