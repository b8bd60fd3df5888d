"""Addresses of a regulation's editions, below the regulation's own."""

from django.urls import path

from portal.regulations import edition_views as views

urlpatterns = [
    path("<slug:slug>/phien-ban/", views.edition_list, name="regulation_editions"),
    path("<slug:slug>/phien-ban/<int:number>/", views.edition, name="regulation_edition"),
    path(
        "<slug:slug>/phien-ban/<int:number>/<path:path>/",
        views.edition,
        name="regulation_edition_part",
    ),
    path("<slug:slug>/ngay/", views.choose_day, name="regulation_choose_day"),
    path("<slug:slug>/ngay/<str:day>/", views.text_on_day, name="regulation_on_day"),
    path(
        "<slug:slug>/ngay/<str:day>/<path:path>/", views.text_on_day, name="regulation_part_on_day"
    ),
    path("<slug:slug>/so-sanh/", views.choose_comparison, name="regulation_choose_comparison"),
    path("<slug:slug>/so-sanh/<str:old>/<str:new>/", views.compare, name="regulation_compare"),
    path(
        "<slug:slug>/so-sanh/<str:old>/<str:new>/thay-doi.csv",
        views.compare_csv,
        name="regulation_compare_csv",
    ),
]
