"""Addresses at which readers fetch published tables."""

from django.urls import path

from portal.datasets import (
    comparison_views,
    definition_papers,
    narrowing,
    public_views,
    row_trace_views,
)
from portal.datasets.sealing import views as sealing_views

urlpatterns = [
    path("kiem-tra.py", sealing_views.checking_script, name="checking_script"),
    path("<slug:code>/ban-ke-khai.json", sealing_views.manifests, name="manifests"),
    path("<slug:code>/<int:number>/ban-ke-khai.json", sealing_views.manifest, name="manifest"),
    path(
        "<slug:code>/<int:number>/dong/<int:place>/nguon-goc/",
        row_trace_views.trace_row,
        name="row_trace",
    ),
    path(
        "<slug:code>/<int:number>/bang-doi-chieu.jsonl",
        sealing_views.sealed_table,
        name="sealed_table",
    ),
    path("<slug:code>/cau-truc.json", definition_papers.table_schema, name="dataset_schema"),
    path("<slug:code>/cau-truc.pdf", definition_papers.paper, name="dataset_structure"),
    path("<slug:code>/loc/", narrowing.narrow, name="dataset_narrow"),
    path("<slug:code>/so-sanh/", comparison_views.compare, name="dataset_compare"),
    path(
        "<slug:code>/hien-hanh.<str:suffix>", public_views.download_current, name="dataset_current"
    ),
    path("<slug:code>/<int:number>.<str:suffix>", public_views.download, name="dataset_download"),
]
