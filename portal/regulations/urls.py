"""Addresses of the admin screens of regulations, below the admin."""

from django.urls import path

from portal.regulations import views

app_name = "regulations"
urlpatterns = [
    path("nhap/", views.import_text, name="import_text"),
    path("nhap/<int:pk>/", views.import_preview, name="import_preview"),
    path("nhap/<int:pk>/tao-trang/", views.import_create, name="import_create"),
    path("<int:pk>/cong-bo/", views.publish, name="publish"),
]
