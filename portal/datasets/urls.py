"""Addresses of the staff screens of datasets, below the admin."""

from django.urls import path

from portal.datasets import (
    board_views,
    code_list_views,
    definition_views,
    difference_views,
    duty_views,
    finding_views,
    source_views,
    token_views,
    version_views,
    views,
)

app_name = "datasets"
urlpatterns = [
    path("", views.my_datasets, name="mine"),
    path("theo-doi/", board_views.board, name="board"),
    path("theo-doi/<int:pk>/", board_views.unit_year, name="board_unit"),
    path("theo-doi.<str:suffix>", board_views.board_file, name="board_file"),
    path("<int:pk>/gia-han/<str:period>/", board_views.extend, name="extend"),
    path("cho-xac-minh/", views.verification_queue, name="queue"),
    path("<int:pk>/", views.dataset, name="dataset"),
    path("<int:pk>/tai-len/", views.upload, name="upload"),
    path("<int:pk>/mau.<str:suffix>", views.template_file, name="template"),
    path("<int:pk>/cau-truc/", definition_views.start_definition, name="start_definition"),
    path("<int:pk>/chay-thu/", definition_views.try_definition, name="try_definition"),
    path("theo-nghia-vu/<int:pk>/", duty_views.draft_for_duty, name="draft_for_duty"),
    path("ma/<int:pk>/muc.csv", code_list_views.items_csv, name="items"),
    path("ma/<int:pk>/nhap/", code_list_views.bring_in, name="bring_in_items"),
    path("ma-truy-cap/", token_views.tokens, name="tokens"),
    path("ma-truy-cap/moi/", token_views.new_token, name="new_token"),
    path("ma-truy-cap/<int:pk>/", token_views.token, name="token"),
    path("ma-truy-cap/<int:pk>/thu-hoi/", token_views.revoke, name="revoke_token"),
    path("nguon/", source_views.sources, name="sources"),
    path("nguon/moi/<slug:kind>/", source_views.new_source, name="new_source"),
    path("nguon/<int:pk>/", source_views.source, name="source"),
    path("nguon/<int:pk>/sua/", source_views.change_source, name="change_source"),
    path("nguon/<int:pk>/<slug:key>/", source_views.take_step, name="source_step"),
    path("phien-ban/<int:pk>/", version_views.version, name="version"),
    path("phien-ban/<int:pk>/tien-do/", version_views.progress, name="progress"),
    path("phien-ban/<int:pk>/loi.csv", finding_views.issues_csv, name="issues"),
    path("phien-ban/<int:pk>/loi.xlsx", finding_views.error_workbook, name="error_workbook"),
    path("phien-ban/<int:pk>/loi/<slug:code>/", finding_views.issue_list, name="issue_list"),
    path("phien-ban/<int:pk>/sua-o/", finding_views.put_right, name="put_right"),
    path("phien-ban/<int:pk>/thay-doi/<slug:kind>/", difference_views.changes, name="changes"),
    path("phien-ban/<int:pk>/tep-goc/", version_views.original, name="original"),
    path("phien-ban/<int:pk>/cach-doc/", version_views.choose_reading, name="choose_reading"),
    path("phien-ban/<int:pk>/<slug:key>/", version_views.take_step, name="step"),
]
