from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from portal.core.page_panels import panels_for
from portal.core.text import slugify_vi


def keep_readable(queryset, request):
    """Keep of any page ``queryset`` the live pages that the visitor of ``request`` may read."""
    queryset = queryset.live()
    for restriction in PageViewRestriction.objects.select_related("page").all():
        if not restriction.accept_request(request):
            queryset = queryset.not_descendant_of(restriction.page, inclusive=True)
    return queryset


class ReadablePageQuerySet(PageQuerySet):
    def readable_by(self, request):
        """Keep the live pages whose view restrictions accept the visitor of ``request``."""
        return keep_readable(self, request)


ReadablePageManager = PageManager.from_queryset(ReadablePageQuerySet)


class PortalPage(Page):
    """What every page of the portal shares: a slug without accents, panels of upper apps."""

    objects = ReadablePageManager()

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs):
        """Give a new page a readable address before Wagtail's own slug rule drops đ."""
        if not self.slug and self.title:
            self.slug = self._free_slug(slugify_vi(self.title))
        super().full_clean(*args, **kwargs)

    def _free_slug(self, wanted):
        parent = self.get_parent() if self.path else None
        candidate, number = wanted, 2
        while not Page._slug_is_available(candidate, parent, self):
            candidate, number = f"{wanted}-{number}", number + 1
        return candidate

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["panels"] = panels_for(self, request)
        return context

    def kind_label(self):
        """Return the human name of this kind of page."""
        return self._meta.verbose_name or _("page")
