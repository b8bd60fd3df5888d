from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "portal.home"
    verbose_name = _("Home")

    def ready(self):
        from portal.home import centre, holdings  # noqa: PLC0415 - need the models
        from portal.home.accounts import checks, journal, sessions  # noqa: F401, PLC0415
        from portal.home.role_groups import build_role_groups  # noqa: PLC0415 - needs the models
        from portal.home.setting_up import jobs, next_step, rooms  # noqa: F401, PLC0415

        centre.register()
        holdings.register()
        next_step.register()
        rooms.connect()
        post_migrate.connect(build_role_groups, sender=self)
        user_logged_in.connect(sessions.begin)
        journal.listen()
