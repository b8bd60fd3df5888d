"""Set up again, only what the text says otherwise is proposed."""

from django.utils import timezone

from portal.home.setting_up.actions import correct, decide
from portal.units.models import Obligation, UnitPage
from tests.home.setting_up.case import SetupCase
from tests.home.setting_up.texts import AMENDED


class TheSameTextTests(SetupCase):
    is_set_up = True

    def test_nothing_is_proposed_twice(self):

        self.assertEqual(self.proposed(self.start()), {})

    def test_applying_an_empty_run_changes_nothing(self):
        before = list(Obligation.objects.values_list("pk", "valid_from", "valid_to"))
        units = list(UnitPage.objects.values_list("pk", "latest_revision"))

        run = self.apply(self.start())

        self.assertEqual(run.result["obligations"], 0)
        self.assertEqual(
            list(Obligation.objects.values_list("pk", "valid_from", "valid_to")), before
        )
        self.assertEqual(list(UnitPage.objects.values_list("pk", "latest_revision")), units)

    def test_duties_that_somebody_wrote_before_are_not_doubled(self):
        self.regulation.setup_runs.all().delete()

        run = self.start()

        self.assertEqual(self.proposed(run), {})


class DecidedTests(SetupCase):
    def test_what_was_dropped_stays_dropped(self):
        run = self.start()
        everything = set(run.proposals.values_list("pk", flat=True))
        duty = run.proposals.filter(kind="obligation").first()
        decide(run, everything - {duty.pk}, among=everything, user=self.administrator)
        self.apply(run)

        self.assertEqual(self.proposed(self.start()), {})

    def test_what_was_corrected_is_not_proposed_as_it_was_read(self):
        run = self.start()
        duty = run.proposals.get(
            kind="obligation", values__cadence="monthly", values__kind="report"
        )
        correct(duty, {"cadence": "quarterly"}, user=self.administrator)
        self.apply(run)

        self.assertEqual(self.proposed(self.start()), {})
        self.assertTrue(Obligation.objects.filter(kind="report", cadence="quarterly").exists())


class AmendedTextTests(SetupCase):
    is_set_up = True

    def amended_run(self):
        """Return a fresh run after the same number came with other words."""
        regulation = self.bring_in(AMENDED)
        self.assertEqual(regulation, self.regulation)
        self.assertEqual(regulation.editions.count(), 2)
        return self.start(regulation)

    def test_only_the_difference_is_proposed(self):
        run = self.amended_run()

        counts = self.proposed(run)
        self.assertEqual(counts["unit", "new"], 1)
        self.assertEqual(counts["responsibility", "new"], 1)
        self.assertEqual(counts["responsibility", "changed"], 1)
        self.assertEqual(counts["responsibility", "gone"], 1)
        self.assertEqual(counts["obligation", "new"], 1)
        self.assertEqual(counts["obligation", "gone"], 1)
        [changed] = run.proposals.filter(kind="obligation", change="changed")
        self.assertEqual(changed.values["due"]["day"], 20)
        self.assertEqual(changed.target["before"]["due"]["day"], 25)

    def test_a_changed_duty_ends_and_is_succeeded(self):
        self.apply(self.amended_run())

        today = timezone.localdate()
        before, after = Obligation.objects.filter(kind="report", cadence="monthly").order_by("pk")
        self.assertEqual(after.succeeds, before)
        self.assertEqual(after.valid_from, today)
        self.assertLess(before.valid_to, today)
        self.assertEqual((before.due_rule["day"], after.due_rule["day"]), (25, 20))
        self.assertEqual(list(Obligation.objects.in_force().filter(kind="report")), [after])

    def test_what_has_left_the_text_ends(self):
        self.apply(self.amended_run())

        ended = Obligation.objects.get(kind="name_focal_point")
        self.assertLess(ended.valid_to, timezone.localdate())
        health = UnitPage.objects.get(title="Sở Y tế")
        self.assertEqual(health.responsibilities.count(), 1)

    def test_what_nobody_touched_keeps_its_rows(self):
        kept = Obligation.objects.get(kind="meet")
        units = set(UnitPage.objects.values_list("pk", flat=True))

        self.apply(self.amended_run())

        kept.refresh_from_db()
        self.assertIsNone(kept.valid_to)
        self.assertLess(units, set(UnitPage.objects.values_list("pk", flat=True)))
        self.assertEqual(UnitPage.objects.count(), len(units) + 1)
        self.assertEqual(self.proposed(self.start(self.regulation)), {})

    def test_a_change_that_is_dropped_leaves_what_stands_and_does_not_come_back(self):
        run = self.amended_run()
        among = set(run.proposals.values_list("pk", flat=True))
        decide(run, set(), among=among, user=self.administrator)
        before = list(Obligation.objects.values_list("pk", "valid_to"))

        self.apply(run)

        self.assertEqual(list(Obligation.objects.values_list("pk", "valid_to")), before)
        self.assertEqual(self.proposed(self.start(self.regulation)), {})
