"""Addresses at which readers fetch published tables."""

from django.urls import path

from portal.datasets import public_views

urlpatterns = [
    path(
        "<slug:code>/hien-hanh.<str:suffix>", public_views.download_current, name="dataset_current"
    ),
    path("<slug:code>/<int:number>.<str:suffix>", public_views.download, name="dataset_download"),
]
