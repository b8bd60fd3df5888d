"""Addresses at which readers fetch published tables."""

from django.urls import path

from portal.datasets import comparison_views, definition_papers, narrowing, public_views

urlpatterns = [
    path("<slug:code>/cau-truc.json", definition_papers.table_schema, name="dataset_schema"),
    path("<slug:code>/cau-truc.pdf", definition_papers.paper, name="dataset_structure"),
    path("<slug:code>/loc/", narrowing.narrow, name="dataset_narrow"),
    path("<slug:code>/so-sanh/", comparison_views.compare, name="dataset_compare"),
    path(
        "<slug:code>/hien-hanh.<str:suffix>", public_views.download_current, name="dataset_current"
    ),
    path("<slug:code>/<int:number>.<str:suffix>", public_views.download, name="dataset_download"),
]
