"""Admin addresses of the set-up."""

from django.urls import path

from portal.home.setting_up import views

app_name = "setup"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("de-xuat/<int:pk>/", views.proposal, name="proposal"),
    path("tu/<int:pk>/", views.start, name="start"),
    path("<int:pk>/dung-ngay/", views.apply, name="apply"),
    path("<int:pk>/tien-do/", views.progress, name="progress"),
    path("<int:pk>/bo/", views.abandon, name="abandon"),
    path("<int:pk>/<slug:word>/", views.step, name="step"),
]
