"""Public addresses of units beside their pages: the living list of duties as files."""

from django.urls import path

from portal.units.duties import public_views

urlpatterns = [
    path("nghia-vu/danh-muc.xlsx", public_views.duty_list_xlsx, name="duty_list_xlsx"),
    path("nghia-vu/danh-muc.pdf", public_views.duty_list_pdf, name="duty_list_pdf"),
]
