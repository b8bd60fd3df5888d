"""The face of the centre: its settings, its home page, and plain pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.core.models import PortalPage
from portal.home.front import front_page


@register_setting(icon="home")
class CentreSettings(BaseSiteSetting):
    """Who the centre is: shown in every header, footer and document."""

    name = models.CharField(_("name of the centre"), max_length=255, blank=True)
    short_name = models.CharField(_("short name"), max_length=64, blank=True)
    owner_name = models.CharField(_("owning agency"), max_length=255, blank=True)
    managing_name = models.CharField(_("managing agency"), max_length=255, blank=True)
    place_name = models.CharField(
        _("place name in documents"), max_length=128, blank=True, help_text=_("Before the date.")
    )
    symbol = models.CharField(
        _("symbol in document numbers"), max_length=32, blank=True, help_text=_("Such as IOC.")
    )
    address = models.CharField(_("address"), max_length=255, blank=True)
    phone = models.CharField(_("phone"), max_length=64, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    introduction = models.TextField(_("introduction"), blank=True)

    class Meta:
        verbose_name = _("the centre")


class HomePage(PortalPage):
    """The front page."""

    headline = models.CharField(_("headline"), max_length=255, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "regulations.RegulationIndexPage",
        "units.UnitIndexPage",
        "units.DutyListPage",
        "datasets.DatasetIndexPage",
        "datasets.IndicatorCataloguePage",
        "meetings.MeetingIndexPage",
        "meetings.AssessmentIndexPage",
        "home.TextPage",
    ]

    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(front_page(request))
        return context


class TextPage(PortalPage):
    """A page of plain text, such as the accessibility statement."""

    body = RichTextField(_("text"), blank=True)

    parent_page_types = ["home.HomePage", "home.TextPage"]
    subpage_types = ["home.TextPage"]

    content_panels = [*PortalPage.content_panels, FieldPanel("body")]
    search_fields = [*PortalPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")


# Django looks for models here; what is about accounts stands with the rest of it.
