"""A whole new text in the staff area: brought in, compared, enacted as it was seen."""

from datetime import timedelta

import time_machine
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from portal.core.formats import format_date
from portal.core.jobs import at_once
from portal.core.models import Job
from portal.core.roles import Role
from portal.home.models import SetupRun
from portal.regulations.importing.actions import MOST_ARTICLES_AT_ONCE
from portal.regulations.models import RegulationImport, RegulationPage
from portal.regulations.outline import text_of
from portal.regulations.schedule import bring_editions_into_force
from tests.factories import make_user
from tests.regulations.edition_texts import article, chosen, draft_of, enact, enacted, in_days
from tests.regulations.texts import SMALL

AMENDED = SMALL.replace("trước ngày 10", "trước ngày 5").replace("1. Kịp thời, đúng hạn.\n", "")


class NewTextScreens(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(Role.ADMINISTRATOR)
        cls.regulation = enacted(cls.user)

    def setUp(self):
        self.client.force_login(self.user)

    def bring_in(self, text=AMENDED):
        answer = self.client.post(
            reverse("editions:new_text", args=[self.regulation.pk]), {"text": text}
        )
        self.assertEqual(answer.status_code, 302)
        self.brought_in = RegulationImport.objects.latest("pk")
        return self.preview()

    def preview(self):
        return self.client.get(self.address())

    def address(self):
        return reverse("editions:new_text_preview", args=[self.brought_in.pk])

    def send(self, preview, **changes):
        """Send what the person saw on ``preview``, with the decision filled in."""
        initial = preview.context["form"].initial
        data = {
            "kind": "amendment",
            "number": "45/QĐ-UBND",
            "signed_on": format_date(in_days(-1)),
            "effective_on": format_date(in_days(0)),
            "note": "Sửa thời hạn",
            "revision": initial["revision"],
            "base": initial["base"],
        }
        return self.client.post(self.address(), {**data, **changes})

    def text(self):
        return text_of(RegulationPage.objects.get(pk=self.regulation.pk))

    def test_the_preview_shows_what_changes_and_changes_nothing(self):
        pages = self.regulation.get_descendants().count()

        preview = self.bring_in()

        changes = preview.context["changes"]
        [row] = [row for row in changes[1].part.rows if row.kinds]
        pieces = [(piece.kind, piece.text) for piece in row.pieces if piece.kind != "same"]
        self.assertEqual(pieces, [("deleted", "10"), ("inserted", "5")])
        self.assertContains(preview, ">5<")
        labels = [each.part.label for each in changes]
        self.assertEqual(labels, ["Điều 2", "Điều 3"])
        self.assertEqual(self.regulation.editions.count(), 1)
        self.assertEqual(self.regulation.get_descendants().count(), pages)
        self.assertEqual(article(self.regulation, "3").has_unpublished_changes, False)

    def test_what_was_seen_is_enacted_and_the_difference_is_one_step_away(self):
        self.send(self.bring_in())

        edition = self.regulation.editions.get(number=2)
        self.assertEqual((edition.decision_number, edition.note), ("45/QĐ-UBND", "Sửa thời hạn"))
        self.assertEqual(edition.decision_date, in_days(-1))
        self.assertIn("ngày 5", str(self.text()))
        done = self.preview()
        step = reverse("setup:start", args=[self.regulation.pk])
        self.assertContains(done, f'action="{step}"')
        self.client.post(step)
        self.assertEqual(SetupRun.objects.get().regulation, self.regulation)

    def test_a_coming_day_waits_and_the_step_comes_with_it(self):
        self.send(self.bring_in(), effective_on=format_date(in_days(9)))

        self.assertEqual(self.regulation.editions.get(number=2).status, "enacted")
        self.assertNotContains(self.preview(), reverse("setup:start", args=[self.regulation.pk]))
        with time_machine.travel(timezone.now() + timedelta(days=9)):
            bring_editions_into_force()
            self.client.force_login(self.user)
            self.assertContains(self.preview(), reverse("setup:start", args=[self.regulation.pk]))

    def test_a_day_before_the_last_edition_is_refused_and_nothing_typed_is_lost(self):
        preview = self.bring_in()

        answer = self.send(preview, effective_on="01/01/2020", signed_on="01/01/2020")

        self.assertContains(answer, "01/10/2025")
        self.assertContains(answer, "Sửa thời hạn")
        self.assertEqual(self.regulation.editions.count(), 1)

    def test_a_stale_preview_is_refused_and_the_next_look_enacts(self):
        preview = self.bring_in()
        enact(
            self.regulation,
            chosen(draft_of(self.regulation, "1", intro="Chữ khác hẳn.")),
            user=self.user,
        )

        answer = self.send(preview)

        self.assertContains(answer, "portal-refusal")
        self.assertEqual(self.regulation.editions.count(), 2)
        again = {"base": answer.context["form"]["base"].value()}
        self.send(preview, **again)
        self.assertEqual(self.regulation.editions.count(), 3)
        self.assertNotIn("Chữ khác hẳn", str(self.text()))

    def test_a_structure_corrected_elsewhere_is_refused(self):
        preview = self.bring_in()
        RegulationImport.objects.update(revision=7)

        self.assertContains(self.send(preview), "portal-refusal")
        self.assertEqual(self.regulation.editions.count(), 1)

    def test_it_is_enacted_once(self):
        preview = self.bring_in()
        self.send(preview)

        self.send(preview)

        self.assertEqual(self.regulation.editions.count(), 2)

    def test_the_decision_needs_date_and_reason(self):
        answer = self.send(self.bring_in(), signed_on="", note="")

        self.assertEqual({*answer.context["form"].errors}, {"signed_on", "note"})
        self.assertEqual(self.regulation.editions.count(), 1)

    def test_the_same_text_has_nothing_to_enact(self):
        preview = self.bring_in(SMALL)

        self.assertEqual(preview.context["changes"], [])
        self.assertNotContains(preview, 'name="effective_on"')

    def test_a_text_without_a_dieu_is_refused_in_place(self):
        self.assertContains(self.bring_in("Thư ngỏ\n\nKính gửi các đơn vị."), "portal-refusal")

    def test_a_list_of_amendments_is_warned_of(self):
        self.assertIs(
            self.bring_in("QUY CHẾ\nSửa\n\nĐiều 9. Bãi bỏ\nBãi bỏ.")
            .context["preview"]
            .repeals_most,
            True,
        )

    def test_a_text_meant_to_amend_makes_no_regulation_of_its_own(self):
        self.bring_in()

        self.client.post(reverse("regulations:import_create", args=[self.brought_in.pk]))

        self.assertEqual(RegulationPage.objects.count(), 1)

    def test_a_long_text_is_enacted_by_the_worker(self):
        extra = "".join(
            f"\nĐiều {n}. Việc thứ {n}\nNội dung {n}.\n"
            for n in range(4, MOST_ARTICLES_AT_ONCE + 2)
        )
        preview = self.bring_in(SMALL + extra)
        with at_once(), self.captureOnCommitCallbacks(execute=True):
            self.send(preview)

        self.assertEqual(Job.objects.get().status, "done")
        self.assertEqual(len(self.text().articles()), MOST_ARTICLES_AT_ONCE + 1)
        self.assertContains(self.preview(), reverse("setup:start", args=[self.regulation.pk]))

    def test_who_may_not_publish_may_not_look(self):
        self.bring_in()
        self.client.force_login(make_user(Role.DATA_OFFICER))
        for address in (self.address(), reverse("editions:new_text", args=[self.regulation.pk])):
            self.assertNotEqual(self.client.get(address).status_code, 200)
