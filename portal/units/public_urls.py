"""Addresses of what readers take with them of the directory."""

from django.urls import path

from portal.units import public_views

urlpatterns = [
    path("don-vi-ma-tran/", public_views.unit_matrix, name="unit_matrix"),
    path("don-vi-ma-tran/ma-tran.xlsx", public_views.unit_matrix_book, name="unit_matrix_book"),
    path("don-vi-ma-tran/ma-tran.pdf", public_views.unit_matrix_pdf, name="unit_matrix_pdf"),
    path("phieu-trach-nhiem/<path:code>/phieu.pdf", public_views.unit_sheet, name="unit_sheet"),
]
