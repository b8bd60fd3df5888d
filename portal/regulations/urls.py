"""Addresses of the admin screens of regulations, below the admin."""

from django.urls import path

from portal.regulations import import_views, views

app_name = "regulations"
urlpatterns = [
    path("nhap/", import_views.import_text, name="import_text"),
    path("nhap/<int:pk>/", import_views.import_preview, name="import_preview"),
    path("nhap/<int:pk>/muc/<slug:block_id>/", import_views.import_block, name="import_block"),
    path("nhap/<int:pk>/sua/", import_views.import_correct, name="import_correct"),
    path("nhap/<int:pk>/hoan-tac/", import_views.import_undo, name="import_undo"),
    path("nhap/<int:pk>/da-xem/", import_views.import_tick, name="import_tick"),
    path("nhap/<int:pk>/bo/", import_views.import_discard, name="import_discard"),
    path("nhap/<int:pk>/ban-goc/", import_views.import_original, name="import_original"),
    path("nhap/<int:pk>/tao-trang/", import_views.import_create, name="import_create"),
    path("nhap/<int:pk>/tien-do/", import_views.import_progress, name="import_progress"),
    path("<int:pk>/cong-bo/", views.publish, name="publish"),
]
