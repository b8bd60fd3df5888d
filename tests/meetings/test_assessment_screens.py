"""The staff screens of the year's assessment."""

from django.urls import reverse
from django.utils import timezone

from portal.meetings.actions.assessment import start_explanation, start_review
from portal.meetings.models import AssessmentCycle, CriteriaSet, UnitAssessment
from tests.meetings.test_assessment import CycleCase
from tests.meetings.test_staff_screens import ScreenCase


class AssessmentScreenTests(CycleCase, ScreenCase):
    do, open_page = ScreenCase.do, ScreenCase.open

    def test_a_year_is_opened_by_its_form(self):
        self.client.force_login(self.officer)
        self.client.post(
            reverse("meetings:cycle_create"),
            {"year": 2026, "title": "Kiểm điểm 2026", "evidence_cutoff": "2026-12-31T17:00"},
        )
        cycle = AssessmentCycle.objects.get()
        self.assertEqual(cycle.unit_assessments.count(), 3)
        self.assertContains(self.open_page(self.officer, "cycle", cycle.pk), "Phòng Y tế")

    def test_a_form_goes_its_way_by_its_buttons(self):
        cycle = self.open("")
        form = self.form_of(cycle, self.health)
        row = form.scores.get()
        scores = {f"value_{row.pk}": "8", f"note_{row.pk}": "", "narrative": "Tốt"}
        self.do(self.health_officer, "unit_form", form.pk, "self", **scores)
        self.do(self.health_head, "unit_form", form.pk, "approve")
        self.do(self.health_head, "unit_form", form.pk, "submit")
        start_review(cycle, user=self.officer)
        refused = self.do(
            self.officer, "unit_form", form.pk, "review", **{f"value_{row.pk}": "6.5"}
        )
        self.assertContains(refused, "6.5")
        self.do(
            self.officer,
            "unit_form",
            form.pk,
            "review",
            **{f"value_{row.pk}": "6.5", f"note_{row.pk}": "Thiếu minh chứng"},
        )
        form.refresh_from_db()

        self.assertEqual(form.status, UnitAssessment.Status.REVIEWED)
        self.assertEqual(str(form.scores.get().review_score), "6.50")

    def test_a_unit_sees_its_review_only_when_asked_to_explain(self):
        cycle = self.open("")
        start_review(cycle, user=self.officer)
        for unit in (self.health, self.culture):
            self.review(self.form_of(cycle, unit), "6.25")
        form = self.form_of(cycle, self.health)
        for user, sees in ((self.health_head, False), (self.officer, True)):
            text = self.open_page(user, "unit_form", form.pk).content.decode()
            self.assertIs("6,25" in text, sees)
        start_explanation(cycle, user=self.officer)

        self.assertContains(self.open_page(self.health_head, "unit_form", form.pk), "6,25")

    def test_a_unit_learns_its_place_when_everybody_does(self):
        cycle = self.finalised("7", "9")
        response = self.open_page(self.health_head, "cycle", cycle.pk)

        self.assertIsNone(response.context["forms"][0].ranking)

    def test_evidence_is_counted_by_a_job(self):
        cycle = self.open("tasks_on_time")
        with self.captureOnCommitCallbacks(execute=True):
            self.do(self.officer, "cycle", cycle.pk, "compute")
        response = self.open_page(self.officer, "cycle", cycle.pk)

        self.assertEqual(response.context["last_job"].status, "done")
        self.assertTrue(hasattr(self.form_of(cycle, self.health).scores.get(), "evidence"))

    def test_criteria_are_written_line_by_line_and_then_frozen(self):
        self.client.force_login(self.officer)
        self.client.post(reverse("meetings:criteria_sets"), {"title": "Bộ năm 2026"})
        pk = CriteriaSet.objects.get().pk
        page = reverse("meetings:criteria", args=[pk])
        line = {
            "tieu-chi-TOTAL_FORMS": "1",
            "tieu-chi-INITIAL_FORMS": "0",
            "tieu-chi-0-code": "1",
            "tieu-chi-0-title": "Nhiệm vụ đúng hạn",
            "tieu-chi-0-max_score": "10",
            "tieu-chi-0-method": "ratio",
            "tieu-chi-0-evidence_source": "tasks_on_time",
            "tieu-chi-0-ORDER": "1",
        }
        self.assertRedirects(self.client.post(page, line), page)
        self.assertContains(self.client.get(page), "Nhiệm vụ đúng hạn")
        CriteriaSet.objects.update(frozen_at=timezone.now())
        self.assertIsNone(self.client.get(page).context["rows"])
        self.client.post(reverse("meetings:criteria_copy", args=[pk]))

        self.assertEqual(CriteriaSet.objects.get(version=2).criteria.count(), 1)
