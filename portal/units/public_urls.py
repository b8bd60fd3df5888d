"""Public addresses of units beside their pages: matrix, sheets, the living list as files."""

from django.urls import path

from portal.units import public_views
from portal.units.duties import public_views as duty_views

urlpatterns = [
    path("nghia-vu/danh-muc.xlsx", duty_views.duty_list_xlsx, name="duty_list_xlsx"),
    path("nghia-vu/danh-muc.pdf", duty_views.duty_list_pdf, name="duty_list_pdf"),
    path("don-vi-ma-tran/", public_views.unit_matrix, name="unit_matrix"),
    path("don-vi-ma-tran/ma-tran.xlsx", public_views.unit_matrix_book, name="unit_matrix_book"),
    path("don-vi-ma-tran/ma-tran.pdf", public_views.unit_matrix_pdf, name="unit_matrix_pdf"),
    path("phieu-trach-nhiem/<path:code>/phieu.pdf", public_views.unit_sheet, name="unit_sheet"),
]
