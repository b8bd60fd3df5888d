"""The year's assessment: opened, counted, scored, reviewed by others, ranked, published."""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.utils import timezone

from portal.core.statuses import TransitionRefused
from portal.meetings.actions import assessment, scores, tasks
from portal.meetings.actions.criteria import new_version, save_criteria
from portal.meetings.actions.evidence import compute_evidence
from portal.meetings.evidence import Evidence, register_evidence, rule
from portal.meetings.models import AssessmentCycle, UnitAssessment
from portal.meetings.scoring import Total, places
from tests.meetings.people import MeetingPeople, make_criteria

Status = UnitAssessment.Status


class CycleCase(MeetingPeople, TestCase):
    def open(self, *sources, **fields):
        fields.setdefault("title", "Kiểm điểm năm")
        fields.setdefault("evidence_cutoff", timezone.now() + timedelta(days=1))
        fields.setdefault("units", [self.health, self.culture])
        self.criteria_set = make_criteria(*sources) if sources else None
        return assessment.open_cycle(
            timezone.localdate().year, self.criteria_set, user=self.officer, **fields
        )

    def form_of(self, cycle, unit):
        return cycle.unit_assessments.get(unit=unit)

    def review(self, form, value):
        rows = {row.pk: (Decimal(value), False, "Theo hồ sơ") for row in form.scores.all()}
        return scores.review_form(form, rows, user=self.officer)

    def finalised(self, *values):
        """Return a cycle in which the two units got ``values`` on a single criterion."""
        cycle = self.open("")
        assessment.start_review(cycle, user=self.officer)
        for unit, value in zip((self.health, self.culture), values, strict=True):
            self.review(self.form_of(cycle, unit), value)
        assessment.start_explanation(cycle, user=self.officer)
        return assessment.finalise_cycle(cycle, user=self.leader)


class OpeningTests(CycleCase):
    def test_opening_freezes_the_criteria_and_gives_each_unit_a_form(self):
        cycle = self.open("", "tasks_on_time")

        self.assertEqual(cycle.status, AssessmentCycle.Status.SELF_ASSESSMENT)
        self.assertEqual(cycle.unit_assessments.count(), 2)
        self.assertEqual(self.form_of(cycle, self.health).scores.count(), 2)
        self.criteria_set.refresh_from_db()
        with self.assertRaises(ValidationError):
            save_criteria(self.criteria_set, [], user=self.officer)

    def test_a_new_version_can_be_changed(self):
        self.open("")
        copy = new_version(self.criteria_set, user=self.officer)

        self.assertEqual((copy.version, copy.criteria.count(), copy.frozen_at), (2, 1, None))
        self.assertEqual(self.criteria_set.criteria.count(), 1)

    def test_every_live_unit_is_assessed_when_none_is_named(self):
        cycle = assessment.open_cycle(
            2031, None, user=self.officer, title="Năm 2031", evidence_cutoff=timezone.now()
        )
        self.assertEqual(cycle.unit_assessments.count(), 3)

    def test_only_the_centre_opens(self):
        with self.assertRaises(PermissionDenied):
            assessment.open_cycle(
                2031, None, user=self.health_head, title="Năm", evidence_cutoff=timezone.now()
            )


class EvidenceTests(CycleCase):
    def test_tasks_done_in_time_become_a_score(self):
        self.issued_meeting(due_on=timezone.localdate())
        tasks.accept_task(self.task, user=self.health_head)
        tasks.start_task(self.task, user=self.health_head)
        tasks.submit_task(self.task, user=self.health_head, text="Xong")
        cycle = self.open("tasks_on_time")
        compute_evidence(cycle, user=self.officer)

        score = self.form_of(cycle, self.health).scores.get()
        self.assertEqual(score.system_score, Decimal("10.00"))
        self.assertEqual((score.evidence.numerator, score.evidence.denominator), (1, 1))
        self.assertEqual(score.evidence.objects_counted[0]["task"], self.task.pk)
        self.assertEqual(score.evidence.rule, "tasks_on_time/1")

    def test_nothing_owed_is_nothing_to_be_judged_by(self):
        cycle = self.open("tasks_on_time")
        compute_evidence(cycle, user=self.officer)

        score = self.form_of(cycle, self.culture).scores.get()
        self.assertTrue(score.not_assigned)
        self.assertIsNone(score.system_score)

    def test_figures_taken_after_the_cut_off_stand(self):
        count = [3]
        register_evidence("thu-nghiem", "Thử", lambda *_: Evidence(count[0], 4))
        self.addCleanup(lambda: register_evidence("thu-nghiem", "Thử", lambda *_: Evidence(0, 0)))
        cycle = self.open("thu-nghiem", evidence_cutoff=timezone.now() - timedelta(days=1))
        self.assertEqual(compute_evidence(cycle, user=self.officer), 2)
        count[0] = 1
        self.assertEqual(compute_evidence(cycle, user=self.officer), 0)

        score = self.form_of(cycle, self.health).scores.get()
        self.assertEqual(score.system_score, Decimal("7.50"))

    def test_data_in_time_is_counted_too(self):
        cycle = self.open("data_on_time")
        compute_evidence(cycle, user=self.officer)

        self.assertEqual(self.form_of(cycle, self.health).scores.get().evidence.denominator, 0)

    def test_both_rules_are_offered(self):
        self.assertIsNotNone(rule("tasks_on_time"))
        self.assertIsNotNone(rule("data_on_time"))


class FormTests(CycleCase):
    def test_a_unit_scores_its_head_approves_and_submits(self):
        form = self.form_of(self.open(""), self.health)
        row = form.scores.get()
        scores.save_self_scores(
            form, {row.pk: (Decimal("8"), "")}, user=self.health_officer, narrative="Đã làm tốt"
        )
        with self.assertRaises(PermissionDenied):
            scores.approve_form(form, user=self.health_officer)
        scores.approve_form(form, user=self.health_head)
        with self.assertRaises(ValidationError):
            scores.save_self_scores(form, {row.pk: (Decimal("9"), "")}, user=self.health_officer)
        scores.submit_form(form, user=self.health_head)

        self.assertEqual(form.status, Status.SUBMITTED)

    def test_no_other_unit_fills_it_in(self):
        form = self.form_of(self.open(""), self.health)
        for user in (self.culture_head, self.officer, self.authority):
            with self.subTest(user.username), self.assertRaises(PermissionDenied):
                scores.save_self_scores(form, {}, user=user)

    def test_a_score_stays_within_its_criterion(self):
        form = self.form_of(self.open(""), self.health)
        with self.assertRaises(ValidationError):
            scores.save_self_scores(
                form, {form.scores.get().pk: (Decimal("10.5"), "")}, user=self.health_head
            )

    def test_an_unscored_criterion_keeps_the_head_from_approving(self):
        form = self.form_of(self.open(""), self.health)
        scores.save_self_scores(form, {}, user=self.health_head)
        with self.assertRaises(ValidationError):
            scores.approve_form(form, user=self.health_head)

    def test_nobody_reviews_the_own_unit(self):
        cycle = self.open("")
        assessment.start_review(cycle, user=self.officer)
        self.officer.memberships.create(unit=self.health, role="member")
        with self.assertRaises(PermissionDenied):
            self.review(self.form_of(cycle, self.health), "5")

    def test_a_reviewer_says_why_the_score_differs(self):
        cycle = self.open("")
        form = self.form_of(cycle, self.health)
        row = form.scores.get()
        scores.save_self_scores(form, {row.pk: (Decimal("8"), "")}, user=self.health_head)
        assessment.start_review(cycle, user=self.officer)
        with self.assertRaises(ValidationError):
            scores.review_form(form, {row.pk: (Decimal("5"), False, "")}, user=self.officer)
        scores.review_form(
            form, {row.pk: (Decimal("5"), False, "Thiếu minh chứng")}, user=self.officer
        )
        row.refresh_from_db()
        self.assertEqual((row.self_score, row.review_score), (Decimal("8"), Decimal("5")))


class ResultTests(CycleCase):
    def test_equal_scores_share_a_place(self):
        cycle = self.finalised("9", "9")

        self.assertEqual([row.rank for row in cycle.rankings.all()], [1, 1])

    def test_the_better_unit_comes_first(self):
        cycle = self.finalised("7", "9")
        ranked = [(row.unit, row.rank, row.score) for row in cycle.rankings.all()]

        self.assertEqual(
            ranked,
            [(self.culture, 1, Decimal("9.00")), (self.health, 2, Decimal("7.00"))],
        )
        self.assertEqual(self.form_of(cycle, self.health).status, Status.FINAL)

    def test_places_skip_after_a_tie(self):
        totals = {
            key: Total(Decimal(value), Decimal(10)) for key, value in zip("abc", "995", strict=True)
        }

        self.assertEqual(places(totals), {"a": 1, "b": 1, "c": 3})

    def test_finalising_waits_for_every_unit(self):
        cycle = self.open("")
        assessment.start_review(cycle, user=self.officer)
        self.review(self.form_of(cycle, self.health), "5")
        with self.assertRaises(ValidationError):
            assessment.start_explanation(cycle, user=self.officer)

    def test_the_head_explains_and_the_reviewer_looks_again(self):
        cycle = self.open("")
        assessment.start_review(cycle, user=self.officer)
        for unit in (self.health, self.culture):
            self.review(self.form_of(cycle, unit), "5")
        assessment.start_explanation(cycle, user=self.officer)
        form = self.form_of(cycle, self.health)
        scores.explain_form(form, user=self.health_head, explanation="Số liệu nộp bản giấy")
        self.review(form, "6")

        self.assertEqual(form.status, Status.REVIEWED)

    def test_the_authority_publishes(self):
        cycle = self.finalised("7", "9")
        with self.assertRaises(PermissionDenied):
            assessment.publish_cycle(cycle, user=self.leader)
        assessment.publish_cycle(cycle, user=self.authority)

        self.assertIn(cycle, AssessmentCycle.objects.readable_by(self.reader))

    def test_nothing_is_published_before_it_is_final(self):
        with self.assertRaises(TransitionRefused):
            assessment.publish_cycle(self.open(""), user=self.authority)

    def test_a_year_in_words_has_no_places(self):
        cycle = self.open()
        assessment.start_review(cycle, user=self.officer)
        for unit in (self.health, self.culture):
            scores.review_form(
                self.form_of(cycle, unit), {}, user=self.officer, review_note="Hoàn thành"
            )
        assessment.start_explanation(cycle, user=self.officer)
        assessment.finalise_cycle(cycle, user=self.leader)

        self.assertFalse(cycle.rankings.exists())
