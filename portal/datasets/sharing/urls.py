"""Addresses of the staff screens of sharing; they stand in the namespace of datasets."""

from django.urls import path

from portal.datasets.sharing import grant_views, overview_views, request_views, token_views

urlpatterns = [
    path("", request_views.index, name="sharing"),
    path("ai-xem-gi/", overview_views.overview, name="who_sees_what"),
    path("ai-xem-gi.csv", overview_views.overview_csv, name="who_sees_what_csv"),
    path("de-nghi/<int:pk>/", request_views.ask, name="ask_access"),
    path("yeu-cau/<int:pk>/", request_views.asked, name="request"),
    path("yeu-cau/<int:pk>/cap/", grant_views.grant_request, name="grant_request"),
    path("yeu-cau/<int:pk>/tu-choi/", request_views.refuse_request, name="refuse_request"),
    path("yeu-cau/<int:pk>/rut/", request_views.take_back, name="withdraw_request"),
    path("cap/<int:pk>/", grant_views.grant_directly, name="grant_directly"),
    path("quyen/<int:pk>/", grant_views.grant, name="grant"),
    path("quyen/<int:pk>/thu-hoi/", grant_views.end_grant, name="revoke_grant"),
    path("quyen/<int:pk>/ma-truy-cap/", token_views.new_grant_token, name="new_grant_token"),
    path("ma-truy-cap/", token_views.read_tokens, name="read_tokens"),
    path("ma-truy-cap/don-vi/<int:pk>/", token_views.new_unit_token, name="new_unit_token"),
    path("ma-truy-cap/<int:pk>/thu-hoi/", token_views.end_token, name="revoke_read_token"),
]
