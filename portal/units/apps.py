from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "portal.units"
    verbose_name = _("Units")

    def ready(self):
        from portal.units import panels, search_sources, viewsets  # noqa: PLC0415 - need the models
        from portal.units.duties import means  # noqa: PLC0415

        panels.register()
        search_sources.register()
        viewsets.register_rights()
        means.register()
