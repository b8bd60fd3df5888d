"""Addresses of search."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("tim-kiem/", views.results, name="results"),
    path("api/v1/tim-kiem/", views.results_json, name="results_json"),
]
