"""A year that was assessed: two units, two criteria, one of them counted by the system."""

from datetime import timedelta
from decimal import Decimal

from portal.home.demo.people import head_of, officer_of
from portal.home.demo.uploads import at, local_moment
from portal.home.demo.work import Cast
from portal.meetings.actions import assessment, criteria, evidence, scores
from portal.meetings.models import CriteriaSet, Criterion


def assess_last_year(regulation, today):
    """Run an assessment of two units to its published result."""
    cast = Cast(regulation)
    year = today.year
    with at(local_moment(today - timedelta(days=20), 9)):
        chosen = CriteriaSet.objects.create(title="Bộ tiêu chí cung cấp dữ liệu")
        criteria.save_criteria(chosen, _criteria(cast), user=cast.leader)
        units = [cast.units["Sở Y tế"], cast.units["Sở Nông nghiệp và Môi trường"]]
        cycle = assessment.open_cycle(
            year,
            chosen,
            user=cast.leader,
            units=units,
            title=f"Đánh giá việc cung cấp dữ liệu năm {year}",
            provision=cast.provision("qc__dieu_22__khoan_1"),
            evidence_cutoff=local_moment(today - timedelta(days=18), 17),
        )
    with at(local_moment(today - timedelta(days=17), 9)):
        evidence.compute_evidence(cycle, user=cast.leader)
        for form in cycle.unit_assessments.select_related("unit"):
            _score_itself(form)
    with at(local_moment(today - timedelta(days=12), 9)):
        assessment.start_review(cycle, user=cast.leader)
        for form in cycle.unit_assessments.all():
            _review(form, cast)
        assessment.start_explanation(cycle, user=cast.leader)
    with at(local_moment(today - timedelta(days=6), 9)):
        assessment.finalise_cycle(cycle, user=cast.leader)
        assessment.publish_cycle(cycle, user=cast.authority)


def _criteria(cast):
    return [
        Criterion(
            code="1",
            title="Tỷ lệ gửi dữ liệu đúng hạn",
            max_score=60,
            method=Criterion.Method.RATIO,
            evidence_source="data_on_time",
            provision=cast.provision("qc__dieu_5__khoan_1"),
        ),
        Criterion(
            code="2",
            title="Chất lượng dữ liệu và phối hợp với Trung tâm",
            max_score=40,
            method=Criterion.Method.MANUAL,
            provision=cast.provision("qc__dieu_22__khoan_1"),
        ),
    ]


def _score_itself(form):
    values = {
        row.pk: (row.system_score if row.system_score is not None else Decimal(36), "")
        for row in form.scores.all()
    }
    scores.save_self_scores(
        form,
        values,
        user=officer_of(form.unit),
        narrative="Đơn vị gửi dữ liệu theo lịch, phối hợp tốt khi được yêu cầu kiểm tra lại.",
    )
    head = head_of(form.unit)
    scores.approve_form(form, user=head)
    scores.submit_form(form, user=head)


def _review(form, cast):
    values = {}
    for row in form.scores.select_related("criterion"):
        lowered = row.criterion.code == "2"
        value = row.self_score - 2 if lowered else row.self_score
        note = "Còn một lần phải trả lại số liệu." if lowered else ""
        values[row.pk] = (value, False, note)
    scores.review_form(
        form, values, user=cast.officer, review_note="Nhất trí với số liệu hệ thống."
    )
