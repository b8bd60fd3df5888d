"""Admin addresses of units."""

from django.urls import path

from portal.units import hand_over_views, people_views
from portal.units.duties import views as duty_views

app_name = "units"
urlpatterns = [
    path("nguoi/chua-co-dau-moi/", people_views.without_contact, name="without_contact"),
    path("nguoi/ho-so/<int:pk>/", people_views.person_page, name="person"),
    path("nguoi/ho-so/<int:pk>/ban-giao/", hand_over_views.hand_over, name="hand_over"),
    path("nguoi/ban-giao/<int:pk>/", hand_over_views.hand_over_record, name="hand_over_record"),
    path("nguoi/ban-giao/<int:pk>/pdf/", hand_over_views.hand_over_pdf, name="hand_over_pdf"),
    path("thuc-hien/<int:pk>/", duty_views.duty, name="duty"),
    path("thuc-hien/rut/<int:pk>/", duty_views.withdraw, name="withdraw_record"),
    path("thuc-hien/tep/<int:pk>/", duty_views.record_file, name="record_file"),
]
