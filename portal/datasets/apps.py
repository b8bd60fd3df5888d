from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "portal.datasets"
    verbose_name = _("Datasets and indicators")

    def ready(self):
        from portal.core.staff_doors import register_unknown  # noqa: PLC0415 - needs the models
        from portal.datasets import (  # noqa: PLC0415 - need the models
            access,
            duty_means,
            handovers,
            holdings,
            panels,
            receivers,
            search_sources,
            tables,
            viewsets,
        )
        from portal.datasets.actions import checks, fetching  # noqa: F401, PLC0415 - register jobs
        from portal.datasets.sharing import succession  # noqa: PLC0415 - needs the models

        receivers.connect()
        register_unknown(access.datasets_unknown_to)
        duty_means.register()
        handovers.register()
        succession.register()
        panels.register()
        holdings.register()
        search_sources.register()
        viewsets.register_rights()
        tables.register()
