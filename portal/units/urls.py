"""Admin addresses of units."""

from django.urls import path

from portal.units import views

app_name = "units"
urlpatterns = [
    path("tu-quy-che/<int:pk>/", views.units_from_regulation, name="from_regulation"),
]
