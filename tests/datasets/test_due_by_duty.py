"""Datasets that take their due day from a duty, and the rules that held before."""

from datetime import datetime

import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.core.roles import Role
from portal.datasets.actions.drafts import draft_dataset_for
from portal.datasets.actions.uploads import clean_period
from portal.datasets.forms import UploadForm
from portal.datasets.models import DatasetIndexPage, DatasetPage, DueTerm
from portal.datasets.timeliness import (
    expected_periods,
    sendable_periods,
    timeliness_of_dataset,
    timeliness_of_datasets,
)
from portal.units.duty_means import DutyState, standings_of, state_of
from portal.units.models import Obligation
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_article, make_index, make_provision, make_unit, make_user

BEFORE_10TH = {"day": 10, "month_of_period": "next", "strictly_before": True}


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


class DutyCase(TestCase):
    """A duty before the 10th of the month after, and a dataset that follows it."""

    @classmethod
    def setUpTestData(cls):
        article = make_article()
        cls.provision = make_provision(article.get_parent().get_parent().specific, article=article)
        cls.unit = make_unit("Sở Y tế", code="SYT")
        cls.administrator = make_user(Role.ADMINISTRATOR, is_superuser=True)
        cls.leader = make_user(Role.IOC_LEADER)
        with time_machine.travel(moment("2026-01-02T08:00"), tick=False):
            cls.duty = cls.make_duty(due_rule=BEFORE_10TH)
            cls.dataset = make_dataset(
                cls.unit, "kham", obligation=cls.duty, due_by_obligation=True,
                first_period="2026-01",
            )  # fmt: skip

    @classmethod
    def make_duty(cls, **fields):
        values = {"unit": cls.unit, "provision": cls.provision, "kind": "supply_data",
                  "cadence": "monthly"}  # fmt: skip
        return Obligation.objects.create(**{**values, **fields})


class DueByDutyTests(DutyCase):
    def change_duty(self, at, **fields):
        with time_machine.travel(moment(at), tick=False):
            duty = Obligation.objects.get(pk=self.duty.pk)
            for name, value in fields.items():
                setattr(duty, name, value)
            duty.save()

    def due_days(self, now):
        dataset = DatasetPage.objects.get(pk=self.dataset.pk)
        states = timeliness_of_dataset(dataset, moment(now))
        return {state.period.code: f"{state.due_day:%d/%m/%Y}" for state in states}

    def test_frequency_and_day_are_the_dutys(self):
        dataset = DatasetPage.objects.get(pk=self.dataset.pk)

        self.assertEqual(
            (dataset.frequency, dataset.due_day, dataset.due_in, dataset.due_strictly_before),
            ("month", 10, "next", True),
        )
        self.assertEqual(self.due_days("2026-01-20T08:00"), {"2026-01": "09/02/2026"})

    def test_a_changed_duty_moves_what_is_still_to_come_and_judges_nothing_anew(self):
        self.change_duty("2026-03-20T08:00", due_rule={"day": 25, "month_of_period": "last"})

        self.assertEqual(
            self.due_days("2026-04-20T08:00"),
            {
                "2026-01": "09/02/2026",  # fell due before the change
                "2026-02": "09/03/2026",
                "2026-03": "25/03/2026",  # was still to come
                "2026-04": "25/04/2026",
            },
        )

    def test_two_changes_keep_both_rules(self):
        self.change_duty("2026-02-15T08:00", due_rule={"day": 20, "month_of_period": "next"})
        self.change_duty("2026-03-25T08:00", due_rule={"day": 5, "month_of_period": "next"})

        self.assertEqual(
            self.due_days("2026-03-28T08:00"),
            {"2026-01": "09/02/2026", "2026-02": "20/03/2026", "2026-03": "05/04/2026"},
        )

    def test_a_slip_corrected_on_the_same_day_never_held(self):
        self.change_duty("2026-03-20T08:00", due_rule={"day": 1, "month_of_period": "first"})
        self.change_duty("2026-03-20T09:00", due_rule={"day": 15, "month_of_period": "next"})

        self.assertEqual(self.due_days("2026-03-28T08:00")["2026-03"], "15/04/2026")
        self.assertEqual(self.due_days("2026-03-28T08:00")["2026-02"], "09/03/2026")

    def test_months_become_quarters_from_the_running_period_on(self):
        self.change_duty("2026-07-20T08:00", cadence="quarterly",
                         due_rule={"day": 15, "month_of_period": "next"})  # fmt: skip

        codes = list(self.due_days("2026-11-20T08:00"))

        self.assertEqual(codes, ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06",
                                 "2026-Q3", "2026-Q4"])  # fmt: skip

    def test_an_earlier_day_makes_nothing_overdue_on_the_day_of_the_change(self):
        self.change_duty("2026-03-20T08:00", due_rule={"day": 25, "month_of_period": "last"})
        self.change_duty("2026-04-12T08:00", due_rule={"day": 5, "month_of_period": "last"})
        self.change_duty("2026-04-14T08:00", due_rule={"day": 3, "month_of_period": "last"})

        due = self.due_days("2026-05-20T08:00")

        self.assertEqual(due["2026-04"], "25/04/2026")
        self.assertEqual(due["2026-05"], "03/05/2026")

    def test_shorter_periods_are_owed_from_the_change_on(self):
        self.change_duty("2026-01-02T08:00", cadence="annual", due_rule={})
        self.change_duty("2026-06-12T08:00", cadence="monthly",
                         due_rule={"day": 10, "month_of_period": "next"})  # fmt: skip

        codes = list(self.due_days("2026-07-20T08:00"))

        self.assertEqual(codes, ["2026-06", "2026-07"])

    def test_a_slip_on_the_first_day_never_held(self):
        with time_machine.travel(moment("2026-06-10T08:00"), tick=False):
            dataset = make_dataset(self.unit, "moi", frequency="irregular", first_period="2026-04")
            DatasetPage.objects.filter(pk=dataset.pk).update(first_published_at=timezone.now())
            dataset.refresh_from_db()
            dataset.frequency = "month"
            dataset.save()

            codes = [each.code for each in expected_periods(dataset)]

        self.assertEqual(codes, ["2026-04", "2026-05", "2026-06"])

    @time_machine.travel(moment("2026-07-20T08:00"), tick=False)
    def test_what_is_owed_by_a_former_rule_can_still_be_sent(self):
        self.change_duty("2026-06-12T08:00", cadence="quarterly",
                         due_rule={"day": 10, "month_of_period": "next"})  # fmt: skip
        dataset = DatasetPage.objects.get(pk=self.dataset.pk)

        codes = [each.code for each in sendable_periods(dataset)]

        self.assertEqual(codes[-3:], ["2026-05", "2026-Q2", "2026-Q3"])
        self.assertEqual([clean_period(dataset, code) for code in codes], codes)
        for refused in ("2026-06", "2025-Q4", "2026"):
            with self.subTest(refused), self.assertRaises(ValidationError):
                clean_period(dataset, refused)

    @time_machine.travel(moment("2026-07-20T08:00"), tick=False)
    def test_what_is_owed_can_be_sent_when_the_calendar_has_ended(self):
        with time_machine.travel(moment("2026-03-20T08:00"), tick=False):
            dataset = DatasetPage.objects.get(pk=self.dataset.pk)
            dataset.due_by_obligation, dataset.frequency = False, "irregular"
            dataset.save()

        form = UploadForm({"period": ""}, dataset=dataset)

        self.assertEqual([code for code, _ in form.fields["period"].choices],
                         ["", "2026-02", "2026-01"])  # fmt: skip
        self.assertFalse(form.fields["period"].required)
        for text, code in (("2026-02", "2026-02"), ("", ""), ("2026-05", "")):
            self.assertEqual(clean_period(dataset, text), code)

    @time_machine.travel(moment("2026-07-20T08:00"), tick=False)
    def test_periods_of_the_new_kind_before_the_change_can_be_sent_though_not_owed(self):
        self.change_duty("2026-01-02T08:00", cadence="annual", due_rule={})
        self.change_duty("2026-06-12T08:00", cadence="monthly",
                         due_rule={"day": 10, "month_of_period": "next"})  # fmt: skip
        dataset = DatasetPage.objects.get(pk=self.dataset.pk)

        codes = [each.code for each in sendable_periods(dataset)]

        self.assertEqual(codes, [f"2026-{month:02}" for month in range(1, 8)])
        self.assertEqual(clean_period(dataset, "2026-02"), "2026-02")

    def test_a_duty_without_a_day_leaves_the_datasets_own_target(self):
        self.change_duty("2026-03-20T08:00", due_rule={})

        dataset = DatasetPage.objects.get(pk=self.dataset.pk)
        self.assertEqual((dataset.frequency, dataset.due_day), ("month", 10))

    def test_a_draft_keeps_no_former_rule(self):
        draft = make_dataset(self.unit, "nhap", live=False, frequency="month", due_day=5)
        draft.due_day = 6
        draft.save()

        self.assertFalse(DueTerm.objects.filter(dataset=draft).exists())

    def test_former_rules_cost_one_query_for_any_number_of_datasets(self):
        with CaptureQueriesContext(connection) as few:
            timeliness_of_datasets([self.dataset])
        more = [make_dataset(self.unit, f"tap-{n}") for n in range(5)]
        with CaptureQueriesContext(connection) as many:
            timeliness_of_datasets([self.dataset, *more])

        self.assertEqual(len(few), len(many))

    def test_the_draft_for_a_duty_takes_what_the_duty_says(self):
        make_index(DatasetIndexPage, "Dữ liệu")
        duty = self.make_duty(text="Cung cấp dữ liệu hạ tầng số", due_rule=BEFORE_10TH)

        page = draft_dataset_for(duty, user=self.administrator, unit=self.unit, title="Hạ tầng số")

        self.assertFalse(page.live)
        self.assertEqual((page.owner_unit, page.provision, page.obligation, page.due_day),
                         (self.unit, self.provision, duty, 10))  # fmt: skip
        with self.assertRaises(PermissionDenied):
            draft_dataset_for(duty, user=make_user(), unit=self.unit, title="x")
        with self.assertRaises(ValidationError):
            draft_dataset_for(duty, user=self.administrator, unit=make_unit(), title="x")

    def test_the_screen_leads_from_the_duty_to_the_editor(self):
        self.client.force_login(self.administrator)
        duty = self.make_duty(text="Cung cấp dữ liệu hạ tầng số")
        address = reverse("datasets:draft_for_duty", args=[duty.pk])

        answer = self.client.post(address, {"unit": self.unit.pk, "title": "Hạ tầng số"})

        page = DatasetPage.objects.get(title="Hạ tầng số")
        self.assertRedirects(answer, reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def test_the_editor_wants_a_reason_for_another_due_day(self):
        self.client.force_login(self.administrator)
        page = draft_dataset_for(
            self.duty, user=self.administrator, unit=self.unit, title="Khám bệnh"
        )
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = self.client.get(address).context["form"]

        self.assertIn("obligation", form.fields)
        bound = type(form)(
            {**_posted(form), "due_by_obligation": "", "due_day": "20"},
            instance=page, for_user=self.administrator, parent_page=page.get_parent(),
        )  # fmt: skip
        self.assertIn("due_reason", bound.errors)
        follows = type(form)(
            {**_posted(form), "due_by_obligation": "on"},
            instance=page, for_user=self.administrator, parent_page=page.get_parent(),
        )  # fmt: skip
        self.assertNotIn("due_reason", follows.errors)


class StandingTests(DutyCase):
    def state(self, now, user=None):
        request = RequestFactory().get("/")
        request.user = user or self.leader
        with time_machine.travel(moment(now), tick=False):
            standings = standings_of([self.duty], request)[self.duty.pk]
        return state_of(standings), standings

    def test_what_is_overdue_makes_the_duty_late_and_says_what(self):
        state, [standing] = self.state("2026-02-20T08:00")

        self.assertIs(state, DutyState.LATE)
        self.assertIn("Dân số", standing.missing)
        self.assertEqual(self.state("2026-02-05T08:00")[0], DutyState.DUE_SOON)
        self.assertEqual(self.state("2026-01-20T08:00")[0], DutyState.MET)


def _posted(form):
    values = {name: form.initial.get(name) or "" for name in form.fields}
    for name, formset in form.formsets.items():
        values |= {f"{formset.prefix}-TOTAL_FORMS": "0", f"{formset.prefix}-INITIAL_FORMS": "0"}
        assert name
    values["description"] = "null"
    return values
