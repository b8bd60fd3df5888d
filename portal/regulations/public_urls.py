"""Addresses of readers' extras beside the pages themselves."""

from django.urls import path

from portal.regulations import public_views

urlpatterns = [
    path("<slug:slug>/di-toi/", public_views.go_to_article, name="regulation_go_to"),
    path("<slug:slug>/thuat-ngu/", public_views.glossary, name="regulation_glossary"),
    path("<slug:slug>/luoc-do/", public_views.lineage, name="regulation_lineage"),
    path("<slug:slug>/van-ban.pdf", public_views.regulation_pdf, name="regulation_pdf"),
]
