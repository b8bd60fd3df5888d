"""The catalogues of units that come in and go out as files."""

from django.utils.translation import gettext_lazy as _

from portal.core.tables.pages import edits_pages, may_edit_any
from portal.core.tables.registry import MOST_PAGES, Table, by_policy, register_table
from portal.units.models import Membership, Obligation, UnitIndexPage, UnitPage
from portal.units.tables.focal_points import FocalPointResource
from portal.units.tables.registers import MembershipResource, ObligationResource
from portal.units.tables.units import UnitResource


def may_read_units(user):
    """Everybody on the staff may read the directory."""
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


def may_edit_units(user):
    """Return whether ``user`` may add units or edit one of them."""
    if not may_read_units(user) or not edits_pages(user):
        return False
    if may_edit_any(user, UnitPage):
        return True
    index = UnitIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_add_subpage()


def register():
    """Register the catalogues of this room."""
    for table in (
        Table(
            "don-vi",
            _("Units"),
            _("The pages of the directory: names, codes, kinds, levels, addresses."),
            UnitResource,
            may_import=may_edit_units,
            may_export=may_read_units,
            icon="group",
            order=10,
            most_rows=MOST_PAGES,
        ),
        Table(
            "dau-moi",
            _("Focal points"),
            _("Whom to turn to in each unit; each detail public or internal."),
            FocalPointResource,
            may_import=may_edit_units,
            may_export=may_read_units,
            icon="mail",
            order=20,
            most_rows=MOST_PAGES,
        ),
        Table(
            "nguoi",
            _("People of the units"),
            _("Who acts for which unit, in which role, from when to when."),
            MembershipResource,
            may_import=by_policy(Membership, "add", "change"),
            may_export=by_policy(Membership, "view", "change"),
            icon="user",
            order=30,
        ),
        Table(
            "nghia-vu",
            _("Duties by the regulation"),
            _("Who owes what, by which provision, how often, due when, to whom."),
            ObligationResource,
            may_import=by_policy(Obligation, "add", "change"),
            may_export=by_policy(Obligation, "view", "change"),
            icon="calendar-check",
            order=40,
        ),
    ):
        register_table(table)
