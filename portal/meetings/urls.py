"""Addresses of the staff screens, below the admin."""

from django.urls import path

from portal.meetings.views import assessment, criteria, meetings, report, reports, sittings, tasks

app_name = "meetings"
urlpatterns = [
    path("", meetings.meeting_list, name="index"),
    path("tao/", meetings.meeting_create, name="create"),
    path("de-xuat/", meetings.propose, name="propose"),
    path("<int:pk>/", meetings.MeetingPage.as_view(), name="meeting"),
    path("<int:pk>/sua/", meetings.meeting_edit, name="edit"),
    path("<int:pk>/thanh-phan/", sittings.AttendancePage.as_view(), name="attendance"),
    path("<int:pk>/ra-soat/", sittings.ReviewsPage.as_view(), name="reviews"),
    path("<int:pk>/bien-ban/", sittings.MinutesPage.as_view(), name="minutes"),
    path("noi-dung/<int:pk>/", sittings.ItemPage.as_view(), name="item"),
    path("noi-dung/<int:pk>/<str:step>/", meetings.item_step, name="item_step"),
    path("ket-luan/<int:pk>/", sittings.ConclusionPage.as_view(), name="conclusion"),
    path("nhiem-vu/", tasks.task_list, name="tasks"),
    path("nhiem-vu/tao/", tasks.task_create, name="task_create"),
    path("nhiem-vu/<int:pk>/", tasks.TaskPage.as_view(), name="task"),
    path("bao-cao/", reports.report_board, name="reports"),
    path("bao-cao/tat-ca/", reports.report_list, name="report_list"),
    path("bao-cao/viet/", reports.report_create, name="report_create"),
    path("bao-cao/yeu-cau/", reports.report_request, name="report_request"),
    path("bao-cao/han.ics", reports.report_calendar, name="report_calendar"),
    path("bao-cao/che-do/<int:pk>/", reports.ReportSchedulePage.as_view(), name="report_schedule"),
    path("bao-cao/<int:pk>/", report.ReportPage.as_view(), name="report"),
    path("bao-cao/<int:pk>/tep/<int:file_pk>/", report.report_file, name="report_file"),
    path("danh-gia/", assessment.cycle_list, name="cycles"),
    path("danh-gia/tao/", assessment.cycle_create, name="cycle_create"),
    path("danh-gia/<int:pk>/", assessment.CyclePage.as_view(), name="cycle"),
    path("danh-gia/phieu/<int:pk>/", assessment.UnitFormPage.as_view(), name="unit_form"),
    path("bo-tieu-chi/", criteria.criteria_list, name="criteria_sets"),
    path("bo-tieu-chi/<int:pk>/", criteria.criteria_page, name="criteria"),
    path("bo-tieu-chi/<int:pk>/sao-chep/", criteria.criteria_copy, name="criteria_copy"),
]
