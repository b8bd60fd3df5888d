"""Addresses of the staff screens of editions, below the admin."""

from django.urls import path

from portal.regulations import new_text_views
from portal.regulations import views_editions as views

app_name = "editions"
urlpatterns = [
    path("<int:pk>/ban-hanh/", views.enact, name="enact"),
    path("<int:pk>/phien-ban/", views.editions, name="editions"),
    path("phien-ban/<int:pk>/rut/", views.withdraw, name="withdraw"),
    path("<int:pk>/ban-moi/", new_text_views.new_text, name="new_text"),
    path("ban-moi/<int:pk>/", new_text_views.new_text_preview, name="new_text_preview"),
]
