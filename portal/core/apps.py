from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "portal.core"
    verbose_name = _("Foundations")

    def ready(self):
        from portal.core import composition, days_off  # noqa: PLC0415 - need the models
        from portal.core.tables import actions  # noqa: F401, PLC0415 - registers the jobs

        composition.connect()
        days_off.register_rights()
