"""What accounts add to the staff area: a menu for those who keep them, a link for everybody."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from portal.home.accounts import keeping, staff_urls


@hooks.register("register_admin_urls")
def register_urls():
    return [path("tai-khoan/", include(staff_urls))]


class KeepersMenu(SubmenuMenuItem):
    """Shown to those who look after accounts."""

    def is_shown(self, request):
        return keeping.may_keep(request.user)


@hooks.register("register_admin_menu_item")
def register_menu():
    items = [
        MenuItem(_("Accounts"), reverse("accounts:accounts"), icon_name="user"),
        MenuItem(_("Invitations"), reverse("accounts:invitations"), icon_name="mail"),
        MenuItem(_("Log-in journal"), reverse("accounts:journal"), icon_name="history"),
    ]
    return KeepersMenu(
        _("Accounts"), Menu(items=items), name="accounts", icon_name="key", order=9000
    )


@hooks.register("register_account_menu_item")
def own_account(request):
    return {
        "url": reverse("account_overview"),
        "label": _("Password, e-mail, two-step log-in"),
        "help_text": _("Change how you log in."),
    }
