"""Addresses of single meetings, reports and years, beside the pages that list them."""

from django.urls import path

from portal.meetings import public_report_views, public_views

urlpatterns = [
    path("hop-giao-ban/lich.ics", public_views.calendar, name="meetings_ics"),
    path("hop-giao-ban/<int:pk>/", public_views.meeting, name="meeting"),
    path("hop-giao-ban/<int:pk>/lich.ics", public_views.meeting_calendar, name="meeting_ics"),
    path(
        "hop-giao-ban/<int:pk>/bien-ban.pdf", public_views.minutes_pdf, name="meeting_minutes_pdf"
    ),
    path("hop-giao-ban/<int:pk>/ket-luan.pdf", public_views.notice_pdf, name="meeting_notice_pdf"),
    path("bao-cao/<int:pk>/", public_report_views.report, name="report"),
    path("bao-cao/<int:pk>/bao-cao.pdf", public_report_views.report_pdf, name="report_pdf"),
    path("danh-gia/<int:year>/", public_views.result, name="assessment_result"),
    path("danh-gia/<int:year>/ket-qua.pdf", public_views.result_pdf, name="assessment_pdf"),
]
