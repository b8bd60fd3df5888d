from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    name = "portal.regulations"
    verbose_name = _("Regulations")

    def ready(self):
        from portal.regulations import (  # noqa: PLC0415 - need the models
            documents,
            panels,
            receivers,
            search_sources,
            viewsets,
        )
        from portal.regulations.importing import jobs  # noqa: F401, PLC0415 - registers its work

        receivers.connect()
        documents.register()
        search_sources.register()
        panels.register()
        viewsets.register_rights()
