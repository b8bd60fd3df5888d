"""The catalogues of datasets that come in and go out as files: indicators and code lists."""

from django.utils.translation import gettext_lazy as _

from portal.core.tables.pages import edits_pages, may_edit_any
from portal.core.tables.registry import MOST_PAGES, Table, by_policy, register_table
from portal.datasets.models import CodeList, IndicatorCataloguePage, IndicatorPage
from portal.datasets.tables.code_lists import CodeListItemResource, CodeListResource
from portal.datasets.tables.indicators import IndicatorResource


def may_read_indicators(user):
    """Everybody on the staff may read the catalogue."""
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


def may_edit_indicators(user):
    """Return whether ``user`` may edit a catalogue of indicators or one of its pages."""
    if not may_read_indicators(user) or not edits_pages(user):
        return False
    return may_edit_any(user, IndicatorPage) or may_edit_any(user, IndicatorCataloguePage)


def register():
    """Register the catalogues of this room."""
    for table in (
        Table(
            "chi-tieu",
            _("Indicators"),
            _("What is measured, who answers for it, from which dataset it is read."),
            IndicatorResource,
            may_import=may_edit_indicators,
            may_export=may_read_indicators,
            icon="decimal",
            order=50,
            most_rows=MOST_PAGES,
        ),
        Table(
            "danh-muc-ma",
            _("Code lists"),
            _("The lists themselves: their codes and titles."),
            CodeListResource,
            may_import=by_policy(CodeList, "add", "change"),
            may_export=by_policy(CodeList, "view", "change"),
            icon="list-ul",
            order=60,
        ),
        Table(
            "muc-danh-muc-ma",
            _("Items of the code lists"),
            _("The values of each list: code and label."),
            CodeListItemResource,
            may_import=by_policy(CodeList, "change"),
            may_export=by_policy(CodeList, "view", "change"),
            icon="list-ol",
            order=70,
        ),
    ):
        register_table(table)
