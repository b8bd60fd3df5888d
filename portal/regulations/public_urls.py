"""Addresses of readers' extras beside the pages themselves."""

from django.urls import path

from portal.regulations import document_views, public_views

urlpatterns = [
    path("<slug:slug>/di-toi/", public_views.go_to_article, name="regulation_go_to"),
    path(
        "<slug:slug>/van-ban.pdf",
        document_views.regulation_document,
        {"extension": "pdf"},
        name="regulation_pdf",
    ),
    path(
        "<slug:slug>/van-ban.<str:extension>",
        document_views.regulation_document,
        name="regulation_document",
    ),
    path(
        "<slug:slug>/phien-ban/<int:number>/van-ban.<str:extension>",
        document_views.edition_document,
        name="edition_document",
    ),
    path("<slug:slug>/thuat-ngu/", public_views.glossary, name="regulation_glossary"),
    path("<slug:slug>/luoc-do/", public_views.lineage, name="regulation_lineage"),
]
