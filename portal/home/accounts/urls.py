"""Addresses of logging in and of one's account: allauth's views under Vietnamese addresses.

The names are allauth's own. What is not listed here (logging in by a code, linking
identities by hand) does not exist in the portal; signing up only says why not.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from portal.home.accounts import views

RESET = "tai-khoan/mat-khau/quen/"
FACTOR = "tai-khoan/hai-lop/"

password_urls = [
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/mat-khau/dat/", account.password_set, name="account_set_password"),
    path(RESET, account.password_reset, name="account_reset_password"),
    path(f"{RESET}da-gui/", account.password_reset_done, name="account_reset_password_done"),
    path(
        f"{RESET}xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        rf"^{RESET}(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

address_urls = [
    path("tai-khoan/thu-dien-tu/", account.email, name="account_email"),
    path(
        "tai-khoan/thu-dien-tu/da-gui/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^tai-khoan/thu-dien-tu/(?P<key>[-:\w]+)/$",
        account.confirm_email,
        name="account_confirm_email",
    ),
]

factor_urls = [
    path(FACTOR, factor.index, name="mfa_index"),
    path("dang-nhap/ma-xac-thuc/", factor.authenticate, name="mfa_authenticate"),
    path(f"{FACTOR}xac-nhan/", factor.reauthenticate, name="mfa_reauthenticate"),
    path(f"{FACTOR}bat/", totp.activate_totp, name="mfa_activate_totp"),
    path(f"{FACTOR}tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{FACTOR}ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        f"{FACTOR}ma-du-phong/tao/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]

identity_urls = [
    path("dang-nhap/huy/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("dang-nhap/loi/", provider.login_error, name="socialaccount_login_error"),
    path(
        "dang-nhap/<slug:provider_id>/",
        views.trusting_no_server(openid.login),
        name="openid_connect_login",
    ),
    path(
        "dang-nhap/<slug:provider_id>/tra-loi/",
        views.trusting_no_server(openid.callback),
        name="openid_connect_callback",
    ),
]

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("tai-khoan/", views.overview, name="account_overview"),
    path("tai-khoan/dang-ky/", account.signup, name="account_signup"),  # says: by invitation
    path("tai-khoan/da-ngung/", account.account_inactive, name="account_inactive"),
    path("tai-khoan/xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/phien/", sessions.list_usersessions, name="usersessions_list"),
    path("loi-moi/<str:word>/", views.accept_invitation, name="accept_invitation"),
    *password_urls,
    *address_urls,
    *factor_urls,
    *identity_urls,
    path("dang-xuat/", account.logout, name="account_logout"),
]

#: Wagtail's doors, shut: each leads to ours. They stand before Wagtail's own addresses.
door_urls = [
    path("quan-tri/login/", views.OurDoor.as_view(), name="shut_staff_login"),
    re_path(
        r"^quan-tri/password_reset/.*$",
        views.OurDoor.as_view(pattern_name="account_reset_password", query_string=False),
        name="shut_staff_reset",
    ),
    path("_util/login/", views.OurDoor.as_view(), name="shut_page_login"),
]
