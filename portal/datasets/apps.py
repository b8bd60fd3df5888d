from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "portal.datasets"
    verbose_name = _("Datasets and indicators")

    def ready(self):
        from portal.datasets import search_sources, viewsets  # noqa: PLC0415 - need the models

        search_sources.register()
        viewsets.register_rights()
