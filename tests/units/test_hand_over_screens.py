"""The screens of a hand-over: three steps, the record, its paper."""

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.roles import Role
from portal.meetings.models import Meeting
from portal.units.hand_over import candidates, hand_over_person
from portal.units.models import Membership, PersonHandOver
from portal.units.personal_holdings import holdings_of
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_unit, make_user
from tests.units.test_hand_over import HandOverCase, receive, today


class ScreenTests(HandOverCase):
    def setUp(self):
        self.client.force_login(self.boss)
        self.address = reverse("units:hand_over", args=[self.leaver.pk])
        self.said = {"last_day": f"{today():%Y-%m-%d}", "unit": "", "reason": "QĐ 12"}

    def choices(self):
        wanted = self.to(self.leaving())
        return {key: str(person.pk) if person else "-" for key, person in wanted.items()}

    def test_three_steps_lead_to_the_paper(self):
        self.assertContains(self.client.get(self.address), 'name="last_day"')
        second = self.client.get(self.address, self.said)
        self.assertContains(second, "Người nhận")
        self.assertNotContains(second, "Người ngoài")
        answers = {**self.said, **self.choices()}
        third = self.client.post(self.address, {**answers, "preview": "1"})
        self.assertTemplateUsed(third, "units/admin/hand_over_preview.html")
        self.assertFalse(PersonHandOver.objects.exists())
        done = self.client.post(self.address, {**answers, "confirm": "1"}, follow=True)

        self.assertContains(done, "Người nhận")
        paper = PersonHandOver.objects.get()
        self.assertEqual(
            done.redirect_chain[-1][0], reverse("units:hand_over_record", args=[paper.pk])
        )

    def test_the_account_goes_only_with_all_units(self):
        answer = self.client.get(
            self.address, {**self.said, "unit": self.unit.pk, "ends_account": "on"}
        )

        self.assertTemplateUsed(answer, "units/admin/hand_over_begin.html")

    def test_what_is_missing_or_forged_is_refused_in_place_and_the_rest_is_kept(self):
        for forged in ("", str(self.stranger.pk), "x" * 50):
            with self.subTest(forged=forged):
                answers = {**self.said, **self.choices(), f"steward-{self.dataset.pk}": forged}
                answer = self.client.post(self.address, {**answers, "confirm": "1"})
                self.assertTemplateUsed(answer, "units/admin/hand_over_who.html")
                self.assertContains(answer, "error-message", count=1)
                self.assertContains(answer, f'value="{self.heir.pk}" selected')
        self.assertFalse(PersonHandOver.objects.exists())

    def test_a_wrong_day_is_one_sentence(self):
        answer = self.client.get(self.address, {**self.said, "last_day": "31/02/2026"})

        self.assertEqual(answer.status_code, 200)
        self.assertTemplateUsed(answer, "units/admin/hand_over_begin.html")

    def test_others_get_nowhere(self):
        paper = hand_over_person(self.leaving(), self.to(self.leaving()), user=self.boss)
        for who in (make_user(Role.IOC_LEADER), make_user(Role.UNIT_HEAD, unit=self.unit)):
            self.client.force_login(who)
            for name, pk in (
                ("person", self.leaver.pk),
                ("hand_over", self.leaver.pk),
                ("hand_over_record", paper.pk),
                ("hand_over_pdf", paper.pk),
            ):
                with self.subTest(name=name):
                    answer = self.client.get(reverse(f"units:{name}", args=[pk]))
                    self.assertNotEqual(answer.status_code, 200)

    def test_the_paper_has_the_layout_of_the_decree(self):
        paper = hand_over_person(self.leaving(), self.to(self.leaving()), user=self.boss)
        html = render_to_string("units/papers/hand_over.html", {"paper": paper})

        for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Biên bản", "Người đi", "Người nhận"):
            self.assertIn(words, html)
        answer = self.client.get(reverse("units:hand_over_pdf", args=[paper.pk]))
        self.assertIn(answer.status_code, (200, 202))


class GrowthTests(HandOverCase):
    def test_listing_what_is_in_hand_costs_the_same_however_much_it_is(self):
        counts = []
        for round_number in range(2):
            with CaptureQueriesContext(connection) as captured:
                leaving = self.leaving()
                found = holdings_of(self.leaver)
                candidates(leaving, found)
            counts.append(len(captured))
            for number in range(5 * (1 - round_number)):
                unit = make_unit()
                Membership.objects.create(user=self.leaver, unit=unit, role="unit_head")
                make_user(Role.DATA_OFFICER, unit=unit)
                make_dataset(unit, f"tap-{number}", steward=self.leaver)
                receive(self.dataset, self.leaver)
                Meeting.objects.create(title="Họp", convenor=unit, secretary=self.leaver)
        self.assertEqual(counts[0], counts[1])
