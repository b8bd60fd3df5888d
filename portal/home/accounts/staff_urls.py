"""Addresses of the staff screens about accounts, below the admin."""

from django.urls import path

from portal.home.accounts import staff_views as views

app_name = "accounts"
urlpatterns = [
    path("", views.account_list, name="accounts"),
    path("<int:pk>/", views.account_detail, name="account"),
    path("<int:pk>/<slug:deed>/", views.account_deed, name="account_deed"),
    path("nhat-ky-dang-nhap/", views.log_in_journal, name="journal"),
    path("loi-moi/", views.invitation_list, name="invitations"),
    path("loi-moi/tao/", views.invitation_create, name="invite"),
    path("loi-moi/<int:pk>/", views.invitation_detail, name="invitation"),
    path("loi-moi/<int:pk>/gui-lai/", views.invitation_resend, name="resend"),
    path("loi-moi/<int:pk>/thu-hoi/", views.invitation_revoke, name="revoke"),
]
