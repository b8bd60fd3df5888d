"""Addresses of the catalogue for machines, and of the lists that people read."""

from django.urls import path

from portal.datasets.cataloguing import (
    feed_views,
    json_stat_views,
    list_views,
    package_views,
    views,
)

urlpatterns = [
    path("danh-muc-du-lieu/", views.catalogue_resource, name="catalogue_resource"),
    path("danh-muc-du-lieu/dcat.<str:suffix>", views.catalogue_document, name="catalogue_document"),
    path("danh-muc-du-lieu/thay-doi.atom", feed_views.data_feed, name="data_feed"),
    path("danh-muc-du-lieu/<slug:word>/", list_views.data_list, name="data_list"),
    path(
        "danh-muc-du-lieu/<slug:word>/danh-muc.<str:suffix>",
        list_views.data_list_file,
        name="data_list_file",
    ),
    path(
        "so-lieu-chi-tieu/json-stat.json",
        json_stat_views.json_stat_collection,
        name="json_stat_collection",
    ),
    path("so-lieu-chi-tieu/<str:code>/json-stat.json", json_stat_views.json_stat, name="json_stat"),
    path("du-lieu-tai/<slug:code>/", views.dataset_resource, name="dataset_resource"),
    path(
        "du-lieu-tai/<slug:code>/dcat.<str:suffix>",
        views.dataset_document,
        name="dataset_document",
    ),
    path("du-lieu-tai/<slug:code>/thay-doi.atom", feed_views.dataset_feed, name="dataset_feed"),
    path(
        "du-lieu-tai/<slug:code>/datapackage.json", package_views.data_package, name="data_package"
    ),
    path(
        "du-lieu-tai/<slug:code>/<int:number>/datapackage.json",
        package_views.version_package,
        name="version_package",
    ),
    path("du-lieu-tai/<slug:code>/<int:number>/", views.version_resource, name="version_resource"),
]
