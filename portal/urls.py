"""Every address of the portal."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.api import api
from portal.regulations import public_urls as regulations_urls
from search import urls as search_urls

urlpatterns = [
    path("quan-tri/", include(wagtailadmin_urls)),
    path("", include(search_urls)),
    path("api/v1/", api.urls),
    path("quy-che/", include(regulations_urls)),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
