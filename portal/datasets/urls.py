"""Addresses of the staff screens of datasets, below the admin."""

from django.urls import include, path

from portal.datasets import (
    board_views,
    code_list_views,
    definition_views,
    difference_views,
    duty_views,
    finding_views,
    receipt_views,
    special_request_views,
    token_views,
    version_views,
    views,
)
from portal.datasets.sharing.urls import urlpatterns as sharing_urls

app_name = "datasets"
urlpatterns = [
    path("", views.my_datasets, name="mine"),
    path("theo-doi/", board_views.board, name="board"),
    path("theo-doi/<int:pk>/", board_views.unit_year, name="board_unit"),
    path("theo-doi.<str:suffix>", board_views.board_file, name="board_file"),
    path("<int:pk>/gia-han/<str:period>/", board_views.extend, name="extend"),
    path("dot-xuat/", special_request_views.special_requests, name="special_requests"),
    path("dot-xuat/moi/", special_request_views.new_special_request, name="new_special_request"),
    path("dot-xuat/<int:pk>/", special_request_views.special_request, name="special_request"),
    path(
        "dot-xuat/<int:pk>/thu-hoi/",
        special_request_views.withdraw_special_request,
        name="withdraw_special_request",
    ),
    path("cho-xac-minh/", views.verification_queue, name="queue"),
    path("<int:pk>/", views.dataset, name="dataset"),
    path("<int:pk>/tai-len/", views.upload, name="upload"),
    path("<int:pk>/mau.<str:suffix>", views.template_file, name="template"),
    path("<int:pk>/cau-truc/", definition_views.start_definition, name="start_definition"),
    path("<int:pk>/chay-thu/", definition_views.try_definition, name="try_definition"),
    path("theo-nghia-vu/<int:pk>/", duty_views.draft_for_duty, name="draft_for_duty"),
    path("ma/<int:pk>/muc.csv", code_list_views.items_csv, name="items"),
    path("ma/<int:pk>/nhap/", code_list_views.bring_in, name="bring_in_items"),
    path("chia-se/", include(sharing_urls)),
    path("ma-truy-cap/", token_views.tokens, name="tokens"),
    path("ma-truy-cap/moi/", token_views.new_token, name="new_token"),
    path("ma-truy-cap/<int:pk>/", token_views.token, name="token"),
    path("ma-truy-cap/<int:pk>/thu-hoi/", token_views.revoke, name="revoke_token"),
    path("phien-ban/<int:pk>/", version_views.version, name="version"),
    path("phien-ban/<int:pk>/tien-do/", version_views.progress, name="progress"),
    path("phien-ban/<int:pk>/loi.csv", finding_views.issues_csv, name="issues"),
    path("phien-ban/<int:pk>/loi.xlsx", finding_views.error_workbook, name="error_workbook"),
    path("phien-ban/<int:pk>/loi/<slug:code>/", finding_views.issue_list, name="issue_list"),
    path("phien-ban/<int:pk>/sua-o/", finding_views.put_right, name="put_right"),
    path("phien-ban/<int:pk>/thay-doi/<slug:kind>/", difference_views.changes, name="changes"),
    path("phien-ban/<int:pk>/tep-goc/", version_views.original, name="original"),
    path("tra-cuu-bien-nhan/", receipt_views.receipts, name="receipts"),
    path("phien-ban/<int:pk>/bien-nhan.pdf", receipt_views.receipt, name="receipt"),
    path("phien-ban/<int:pk>/cach-doc/", version_views.choose_reading, name="choose_reading"),
    path("phien-ban/<int:pk>/<slug:key>/", version_views.take_step, name="step"),
]
