"""What a unit's own people may change on its page; the rest is the centre's business.

The form decides, not the panels: a field that is not theirs is not in the form at all, so that
nothing a browser sends can reach it.
"""

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import HelpPanel, InlinePanel
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.core.rich_text import limit_rich_text

#: What the people of a unit say about it themselves.
OWN_FIELDS = frozenset(
    {"short_names", "about", "address", "phone", "email", "comment_notifications"}
)
OWN_LISTS = frozenset({"focal_points", "comments"})


def edits_whole_page(user, page):
    """Return whether a right that a group holds reaches ``page``, so that every field is open.

    What a membership gives is not stored and has no key: see ``portal.units.page_rights``.
    """
    if user.is_superuser:
        return user.is_active
    return any(
        right.pk is not None and page.path.startswith(right.page.path)
        for right in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    )


class OwnPartForm(WagtailAdminPageForm):
    """The whole page for those whom a group gives it, the unit's own part for its people."""

    def __init__(self, *args, for_user=None, **kwargs):
        super().__init__(*args, for_user=for_user, **kwargs)
        page = self.instance if self.instance.path else self.parent_page
        self.is_own_part = for_user is not None and not edits_whole_page(for_user, page)
        if self.is_own_part:
            for name in set(self.fields) - OWN_FIELDS:
                del self.fields[name]
            for name in set(self.formsets) - OWN_LISTS:
                del self.formsets[name]
        limit_rich_text(self, for_user)


class CentreInlinePanel(InlinePanel):
    """A list that only those see who edit the whole page."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs):
            form = kwargs.get("form")
            self.is_withheld = (
                form is not None and kwargs["panel"].relation_name not in form.formsets
            )
            super().__init__(**{**kwargs, "form": None} if self.is_withheld else kwargs)

        def is_shown(self):
            return not self.is_withheld and super().is_shown()


class OwnPartNotice(HelpPanel):
    """Tells a unit's people what they may change here, and what becomes of it."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return getattr(self.form, "is_own_part", False)
