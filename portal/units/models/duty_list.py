"""The living list as a page of the tree, so that it has a place in the menu and may be closed."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from portal.core.models import PortalPage


class DutyListPage(PortalPage):
    """The regulation as it is lived: each duty, how it is met, what is missing."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of duties")

    def get_context(self, request, *args, **kwargs):
        from portal.units.duties.listing import listing_for  # noqa: PLC0415 - it reads the models

        return {**super().get_context(request, *args, **kwargs), **listing_for(request).context()}
