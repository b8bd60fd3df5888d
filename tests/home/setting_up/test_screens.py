"""The wizard: choose, decide, correct, let it stand."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.roles import Role
from portal.home.models import SetupProposal, SetupRun
from portal.units.models import Obligation, UnitPage
from tests.factories import make_user
from tests.home.setting_up.case import SetupCase


class WizardTests(SetupCase):
    def setUp(self):
        self.client.force_login(self.administrator)

    def step(self, run, word):
        return reverse("setup:step", args=[run.pk, word])

    def test_from_the_regulation_to_the_standing_portal(self):
        self.assertContains(self.client.get(reverse("setup:choose")), self.regulation.title)
        answer = self.client.post(reverse("setup:start", args=[self.regulation.pk]))
        run = SetupRun.objects.get()
        self.assertRedirects(answer, self.step(run, "trung-tam"))

        for word in ("don-vi", "trach-nhiem", "nghia-vu", "dung"):
            self.assertEqual(self.client.get(self.step(run, word)).status_code, 200)
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(reverse("setup:apply", args=[run.pk]))
        answer = self.client.get(self.step(run, "dung"))

        self.assertContains(answer, UnitPage.objects.first().get_parent().url)
        self.assertTrue(Obligation.objects.filter(kind="meet").exists())
        self.assertEqual(self.client.get(reverse("setup:choose")).status_code, 200)

    def test_each_proposal_shows_its_words_and_leads_to_its_provision(self):
        run = self.start()

        page = self.client.get(self.step(run, "nghia-vu"))

        self.assertContains(page, "định kỳ hằng tháng trước ngày 25")
        self.assertContains(page, f"{self.regulation.url}dieu-3/khoan-2/")

    def test_what_is_unticked_is_dropped_and_the_next_step_follows(self):
        run = self.start()
        units = list(run.proposals.filter(kind="unit"))

        answer = self.client.post(
            self.step(run, "don-vi"),
            {"seen": [unit.pk for unit in units], "accepted": [units[0].pk]},
        )

        self.assertRedirects(answer, self.step(run, "trach-nhiem"), fetch_redirect_response=False)
        accepted = run.proposals.filter(kind="unit").accepted()
        self.assertEqual([unit.pk for unit in accepted], [units[0].pk])
        self.assertFalse(
            run.proposals.filter(kind="obligation", decision="dropped").exists(), "other steps stay"
        )

    def test_a_duty_is_corrected_with_a_due_day_of_its_own(self):
        run = self.start()
        duty = run.proposals.get(kind="obligation", values__kind="report")
        url = reverse("setup:proposal", args=[duty.pk])
        self.assertContains(self.client.get(url), "trước ngày 25")

        self.client.post(
            url,
            {
                "kind": "report",
                "text": "Báo cáo tháng",
                "units": duty.values["units"],
                "cadence": "quarterly",
                "day": "15",
                "month_of_period": "last",
            },
        )

        duty.refresh_from_db()
        self.assertEqual(
            (duty.values["cadence"], duty.values["due"]),
            ("quarterly", {"day": 15, "month_of_period": "last", "strictly_before": False}),
        )
        self.assertEqual(duty.decided_by, self.administrator)

    def test_a_correction_without_a_unit_is_told_in_place_and_keeps_what_was_typed(self):
        duty = self.start().proposals.get(kind="obligation", values__kind="report")

        page = self.client.post(
            reverse("setup:proposal", args=[duty.pk]),
            {"kind": "report", "text": "Lời mới viết", "cadence": "monthly"},
        )

        self.assertContains(page, "Lời mới viết")
        self.assertIn("units", page.context["form"].errors)

    def test_a_month_without_a_day_is_told_in_place(self):
        duty = self.start().proposals.get(kind="obligation", values__kind="report")

        page = self.client.post(
            reverse("setup:proposal", args=[duty.pk]),
            {
                "kind": "report",
                "text": "x",
                "units": duty.values["units"],
                "cadence": "monthly",
                "month_of_period": "last",
            },
        )

        self.assertIn("day", page.context["form"].errors)

    def test_every_kind_of_proposal_can_be_corrected(self):
        run = self.start()
        for kind in SetupProposal.Kind:
            with self.subTest(kind):
                thing = run.proposals.filter(kind=kind).first()
                url = reverse("setup:proposal", args=[thing.pk])
                self.assertEqual(self.client.get(url).status_code, 200)

    def test_a_finished_run_is_told_and_changes_nothing(self):
        run = self.set_up()
        duty = run.proposals.filter(kind="unit").first()

        answer = self.client.post(
            reverse("setup:proposal", args=[duty.pk]),
            {"name": "Tên khác", "kind": "other", "centre_role": "owner"},
        )
        self.client.post(reverse("setup:apply", args=[run.pk]))

        self.assertEqual(answer.status_code, 200)
        duty.refresh_from_db()
        self.assertNotEqual(duty.values["name"], "Tên khác")

    def test_nobody_else_comes_in(self):
        run = self.start()
        for role in (Role.IOC_LEADER, Role.IOC_OFFICER, Role.UNIT_HEAD, Role.DATA_OFFICER):
            self.client.force_login(make_user(role))
            with self.subTest(role):
                for url in (reverse("setup:choose"), self.step(run, "don-vi")):
                    self.assertEqual(self.client.get(url).status_code, 302)
                self.client.post(reverse("setup:apply", args=[run.pk]))
        run.refresh_from_db()
        self.assertIs(run.is_open, True)
        self.assertFalse(UnitPage.objects.filter(title="Sở Y tế").exists())

    def test_the_number_of_queries_does_not_grow_with_the_proposals(self):
        run = self.start()
        urls = [self.step(run, word) for word in ("don-vi", "trach-nhiem", "nghia-vu", "dung")]
        for url in urls:
            self.client.get(url)
        before = [self.count(url) for url in urls]
        for duty in run.proposals.exclude(kind="centre"):
            for number in range(4):
                duty.pk, duty.key = None, f"{duty.key}-{number}"[:255]
                duty.save()

        self.assertEqual([self.count(url) for url in urls], before)

    def count(self, url):
        with CaptureQueriesContext(connection) as captured:
            self.client.get(url)
        return len(captured)
