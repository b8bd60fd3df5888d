"""Admin addresses of catalogues as files."""

from django.urls import path

from portal.core.tables import import_views, views

app_name = "tables"
urlpatterns = [
    path("", views.tables, name="index"),
    path("nhat-ky/", views.log, name="log"),
    path("luot/<int:pk>/", import_views.preview, name="import"),
    path("luot/<int:pk>/tien-do/", import_views.progress, name="progress"),
    path("luot/<int:pk>/tep-goc/", import_views.original, name="original"),
    path("luot/<int:pk>/loi.csv", import_views.mistakes_csv, name="mistakes"),
    path("luot/<int:pk>/<slug:key>/", import_views.take_step, name="step"),
    path("<slug:key>/", views.table, name="table"),
    path("<slug:key>/mau.<str:suffix>", views.template_file, name="template"),
    path("<slug:key>/xuat.<str:suffix>", views.export_file, name="export"),
]
