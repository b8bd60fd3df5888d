from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "portal.units"
    verbose_name = _("Units")

    def ready(self):
        from portal.units import (  # noqa: PLC0415 - need the models
            holdings,
            page_rights,
            panels,
            possessions,
            receivers,
            search_sources,
            tables,
            viewsets,
        )
        from portal.units.duties import means  # noqa: PLC0415

        panels.register()
        possessions.register()
        search_sources.register()
        viewsets.register_rights()
        page_rights.register()
        receivers.connect()
        holdings.register()
        means.register()
        tables.register()
