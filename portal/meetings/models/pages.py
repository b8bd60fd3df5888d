"""Where readers find meetings and assessments."""

from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from portal.core.models import PortalPage


class MeetingIndexPage(PortalPage):
    """The list of briefings; each meeting has an address below it."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("list of briefings")


class AssessmentIndexPage(PortalPage):
    """The list of yearly assessments; each cycle has an address below it."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("list of assessments")
