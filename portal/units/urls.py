"""Admin addresses of units."""

from django.urls import path

from portal.units import views
from portal.units.duties import views as duty_views

app_name = "units"
urlpatterns = [
    path("tu-quy-che/<int:pk>/", views.units_from_regulation, name="from_regulation"),
    path("thuc-hien/<int:pk>/", duty_views.duty, name="duty"),
    path("thuc-hien/rut/<int:pk>/", duty_views.withdraw, name="withdraw_record"),
    path("thuc-hien/tep/<int:pk>/", duty_views.record_file, name="record_file"),
]
