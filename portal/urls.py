"""Every address of the portal."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from portal.api import api
from portal.datasets import indicator_views
from portal.datasets import public_urls as datasets_urls
from portal.home.views import PortalLoginView
from portal.meetings import public_urls as meetings_urls
from portal.regulations import edition_urls
from portal.regulations import public_urls as regulations_urls
from portal.units import public_urls as units_urls
from search import urls as search_urls

urlpatterns = [
    path("quan-tri/", include(wagtailadmin_urls)),
    path("dang-nhap/", PortalLoginView.as_view(), name="portal_login"),
    path("dang-xuat/", LogoutView.as_view(next_page="/"), name="portal_logout"),
    path("", include(search_urls)),
    path("api/v1/", api.urls),
    path("quy-che/", include(regulations_urls)),
    path("quy-che/", include(edition_urls)),
    path("", include(units_urls)),
    path("so-lieu-chi-tieu/", include(indicator_views)),
    path("", include(meetings_urls)),
    path("du-lieu-tai/", include(datasets_urls)),
    path("sitemap.xml", sitemap),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]

handler500 = "portal.home.views.server_error"
