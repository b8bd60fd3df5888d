from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    name = "portal.regulations"
    verbose_name = _("Regulations")

    def ready(self):
        from portal.regulations import (  # noqa: PLC0415 - need the models
            panels,
            receivers,
            search_sources,
            viewsets,
        )

        receivers.connect()
        search_sources.register()
        panels.register()
        viewsets.register_rights()
