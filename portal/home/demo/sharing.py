"""What the demo's units ask of each other: one grant that is used, one request that waits."""

from datetime import timedelta

from django.utils import timezone

from portal.datasets.models import DatasetPage, SharingTerm
from portal.datasets.sharing.grants import grant_access
from portal.datasets.sharing.requests import ask_access
from portal.home.demo.people import HEALTH, head_of, officer_of
from portal.home.demo.uploads import at
from portal.units.models import UnitPage

ANSWER_DAYS = 5
SCHOOLS = "Sở Giáo dục và Đào tạo"


def share_data():
    """Let the health department read of accidents, and the schools ask the health department."""
    term = SharingTerm.load()
    term.answer_days = ANSWER_DAYS
    term.save()
    now = timezone.now()
    health, schools = (UnitPage.objects.get(title=name) for name in (HEALTH, SCHOOLS))
    accidents = DatasetPage.objects.get(code="an-toan-giao-thong")
    words = {
        "purpose": "Bố trí cấp cứu và ngân hàng máu theo số người bị thương hằng tháng.",
        "legal_ground": "Nhiệm vụ phối hợp cấp cứu tai nạn theo Quy chế.",
    }
    with at(now - timedelta(days=20)):
        asked = ask_access(accidents, health, user=officer_of(health), **words)
    with at(now - timedelta(days=17)):
        grant_access(
            accidents,
            health,
            user=head_of(accidents.owner_unit),
            columns=accidents.columns.values_list("column_id", flat=True),
            valid_from=timezone.localdate(),
            valid_until=timezone.localdate() + timedelta(days=365),
            request=asked,
            answer="Chỉ dùng cho việc chuẩn bị cấp cứu.",
            **words,
        )
    with at(now - timedelta(days=2)):
        ask_access(
            DatasetPage.objects.get(code="kham-chua-benh"),
            schools,
            user=officer_of(schools),
            purpose="Lập kế hoạch phòng, chống dịch bệnh trong trường học.",
            legal_ground="Kế hoạch y tế trường học năm học này.",
            wanted="Số ca theo từng cơ sở khám chữa bệnh của phường có trường học.",
        )
