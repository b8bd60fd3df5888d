"""Addresses of the staff screens of editions, below the admin."""

from django.urls import path

from portal.regulations import views_editions as views

app_name = "editions"
urlpatterns = [
    path("<int:pk>/ban-hanh/", views.enact, name="enact"),
    path("<int:pk>/phien-ban/", views.editions, name="editions"),
    path("phien-ban/<int:pk>/rut/", views.withdraw, name="withdraw"),
]
