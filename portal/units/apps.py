from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "portal.units"
    verbose_name = _("Units")

    def ready(self):
        from portal.units import (  # noqa: PLC0415 - need the models
            panels,
            possessions,
            search_sources,
            viewsets,
        )

        panels.register()
        possessions.register()
        search_sources.register()
        viewsets.register_rights()
