"""Every address of the portal."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from portal.api import api, nothing_there
from portal.datasets import indicator_views
from portal.datasets import public_urls as datasets_urls
from portal.datasets.cataloguing import urls as cataloguing_urls
from portal.home.accounts import urls as accounts_urls
from portal.meetings import public_urls as meetings_urls
from portal.regulations import edition_urls
from portal.regulations import public_urls as regulations_urls
from portal.units import public_urls as units_urls
from search import urls as search_urls

urlpatterns = [
    *accounts_urls.door_urls,
    path("quan-tri/", include(wagtailadmin_urls)),
    path("", include(accounts_urls)),
    path("", include(search_urls)),
    path("api/v1/", api.urls),
    path("api/v1/<path:rest>/", nothing_there, name="nothing_in_the_api"),
    path("quy-che/", include(regulations_urls)),
    path("quy-che/", include(edition_urls)),
    path("", include(units_urls)),
    path("so-lieu-chi-tieu/", include(indicator_views)),
    path("", include(meetings_urls)),
    path("du-lieu-tai/", include(datasets_urls)),
    path("", include(cataloguing_urls)),
    path("sitemap.xml", sitemap),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]

handler500 = "portal.home.views.server_error"
