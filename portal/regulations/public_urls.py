"""Addresses of readers' extras beside the pages themselves."""

from django.urls import path

from portal.regulations import public_views

urlpatterns = [
    path("<slug:slug>/di-toi/", public_views.go_to_article, name="regulation_go_to"),
    path("<slug:slug>/van-ban.pdf", public_views.regulation_pdf, name="regulation_pdf"),
]
