"""Where readers find meetings and assessments."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.core.models import PortalPage
from portal.meetings.models.assessment import AssessmentCycle
from portal.meetings.models.meeting import Meeting

PER_PAGE = 20


class MeetingIndexPage(PortalPage):
    """The list of briefings; each meeting has an address below it."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]
    search_fields = [*PortalPage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("list of briefings")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        readable = Meeting.objects.readable_by(request.user).announced().for_listing()
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        context["coming"] = readable.filter(start_at__gte=today).order_by("start_at", "pk")[:20]
        over = Paginator(readable.filter(start_at__lt=today), PER_PAGE)
        context["page_obj"] = over.get_page(request.GET.get("trang"))
        return context


class AssessmentIndexPage(PortalPage):
    """The list of yearly assessments; each cycle has an address below it."""

    introduction = RichTextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]
    search_fields = [*PortalPage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("list of assessments")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["cycles"] = AssessmentCycle.objects.readable_by(request.user)
        return context
