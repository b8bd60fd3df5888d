"""The demo's amendment: two articles changed by one decision, so that there is a redline to see."""

import uuid
from datetime import timedelta

from django.utils import timezone

from portal.regulations.actions import ChosenChange, Decision, enact_changes
from portal.regulations.models import ArticlePage, Edition

REASONS = {
    "6": "Rút ngắn thời gian từ khi đơn vị trình đến khi công bố",
    "8": "Bổ sung trách nhiệm lưu nhật ký truy cập dữ liệu nội bộ",
}


def amend_regulation(regulation, user):
    """Amend two articles as an editor would: edit, save as drafts, enact together."""
    today = timezone.localdate()
    decision = Decision(
        kind=Edition.Kind.AMENDMENT,
        number="96/QĐ-UBND",
        signed_on=today - timedelta(days=7),
        title="Sửa đổi, bổ sung một số điều của Quy chế quản lý, vận hành Trung tâm Điều hành "
        "thông minh tỉnh An Thịnh",
        effective_on=today,
    )
    drafts = [_shorter_verification(regulation, user), _kept_logs(regulation, user)]
    return enact_changes(regulation, decision, drafts, user=user)


def _shorter_verification(regulation, user):
    page = _article(regulation, "6")
    clauses = list(page.clauses.raw_data)
    text = clauses[1]["value"]["text"]
    clauses[1]["value"]["text"] = text.replace(
        "trong 02 ngày làm việc kể từ khi đơn vị trình",
        "trong 01 ngày làm việc kể từ khi đơn vị trình; trường hợp phức tạp không quá 03 ngày "
        "làm việc",
    )
    return _draft(page, clauses, user)


def _kept_logs(regulation, user):
    page = _article(regulation, "8")
    clauses = list(page.clauses.raw_data)
    added = {
        "number": "3",
        "text": "Nhật ký truy cập dữ liệu nội bộ được lưu ít nhất 05 năm.",
        "points": [],
    }
    clauses.append({"type": "clause", "id": str(uuid.uuid4()), "value": added})
    return _draft(page, clauses, user)


def _article(regulation, number):
    articles = ArticlePage.objects.descendant_of(regulation)
    return articles.get(number=number, component=ArticlePage.Component.REGULATION)


def _draft(page, clauses, user):
    page.clauses = clauses
    revision = page.save_revision(user=user)
    stored = ArticlePage.objects.get(pk=page.pk)
    return ChosenChange(stored, revision, REASONS[page.number])
