"""Units taken over from a regulation: created once, given what they lack, never doubled."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Revision

from portal.core.models import AuditEntry
from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.units.actions import proposals_for, take_over_units
from portal.units.models import UnitIndexPage, UnitPage, UnitResponsibility
from tests.factories import make_unit, make_user
from tests.regulations.test_thread import published
from tests.regulations.texts import demo_text
from tests.units.proposing.test_units import DEMO_UNITS


class TakeOverTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.administrator = make_user(Role.ADMINISTRATOR)
        cls.regulation = published(demo_text(), cls.administrator)

    def proposals(self):
        return [proposal for proposal, _unit, _new in proposals_for(self.regulation)]

    def take_over(self, user=None):
        return take_over_units(self.regulation, self.proposals(), user=user or self.administrator)


class CreatingTests(TakeOverTestCase):
    def test_every_unit_of_the_text_stands_with_its_role_and_duties(self):
        taken = self.take_over()

        self.assertEqual(
            [(unit.title, unit.centre_role, unit.responsibilities.count()) for unit in taken],
            DEMO_UNITS,
        )
        self.assertEqual(UnitPage.objects.live().count(), len(DEMO_UNITS))
        group = UnitPage.objects.get(is_group=True)
        self.assertEqual((group.title, group.kind), (DEMO_UNITS[-1][0], "commune"))

    def test_every_duty_cites_its_provision_and_keeps_the_name_as_written(self):
        self.take_over()

        for duty in UnitResponsibility.objects.select_related("provision", "unit"):
            with self.subTest(duty):
                self.assertEqual(duty.provision.regulation_id, self.regulation.pk)
                self.assertTrue(duty.name_as_written)
        tax = UnitPage.objects.get(title="Sở Tài chính").responsibilities.all()
        self.assertEqual(
            [duty.provision.eid for duty in tax], [f"qc__dieu_11__khoan_{n}" for n in (1, 2, 3)]
        )

    def test_codes_are_unique_and_made_of_initials(self):
        make_unit("Sở có mã trùng", code="SYT")
        self.take_over()

        codes = Counter(UnitPage.objects.values_list("code", flat=True))
        self.assertEqual(codes.most_common(1)[0][1], 1)
        self.assertEqual(UnitPage.objects.get(title="Sở Y tế").code, "SYT2")
        self.assertEqual(UnitPage.objects.get(title="Công an tỉnh").code, "CAT")

    def test_the_pages_are_public_and_addressed_without_accents(self):
        self.take_over()

        unit = UnitPage.objects.get(title="Sở Nông nghiệp và Môi trường")
        self.assertTrue(unit.url.endswith("/so-nong-nghiep-va-moi-truong/"))
        self.assertContains(self.client.get(unit.url), "quan trắc môi trường")

    def test_it_is_written_down(self):
        self.take_over()

        entry = AuditEntry.objects.get(action="units.take_over")
        self.assertEqual(
            (entry.actor, entry.subject, entry.data),
            (self.administrator, self.regulation, {"units": 13}),
        )

    def test_only_the_proposals_that_were_chosen_are_taken(self):
        chosen = [each for each in self.proposals() if each.name == "Sở Y tế"]

        take_over_units(self.regulation, chosen, user=self.administrator)

        self.assertEqual(UnitPage.objects.get().title, "Sở Y tế")


class RepeatingTests(TakeOverTestCase):
    def state(self):
        return (
            list(UnitPage.objects.order_by("pk").values_list("pk", "code", "latest_revision")),
            list(UnitResponsibility.objects.order_by("pk").values_list("pk", "text")),
            Revision.objects.count(),
        )

    def test_taking_over_twice_changes_nothing(self):
        make_unit("Sở Y tế", live=False)
        self.take_over()
        before = self.state()

        self.take_over()

        self.assertEqual(self.state(), before)
        rows = proposals_for(self.regulation)
        self.assertEqual([new for _proposal, unit, new in rows if unit.live], [0] * 12)

    def test_a_unit_known_by_a_short_name_gets_the_duties(self):
        known = make_unit("Sở Y tế và Sức khỏe", short_names="SYT tỉnh\nSở Y tế", code="Y")

        self.take_over()

        self.assertEqual(known.responsibilities.count(), 2)
        self.assertFalse(UnitPage.objects.filter(title="Sở Y tế").exists())
        known.refresh_from_db()
        self.assertEqual((known.title, known.code), ("Sở Y tế và Sức khỏe", "Y"))

    def test_a_unit_only_gets_what_it_lacks(self):
        self.take_over()
        unit = UnitPage.objects.get(title="Sở Tài chính")
        first = unit.responsibilities.first()
        UnitResponsibility.objects.filter(unit=unit).exclude(pk=first.pk).delete()
        UnitResponsibility.objects.filter(pk=first.pk).update(text="Do biên tập viên viết lại")

        self.take_over()

        texts = list(unit.responsibilities.values_list("text", flat=True))
        self.assertEqual((len(texts), texts[0]), (3, "Do biên tập viên viết lại"))

    def test_what_an_editor_has_not_published_yet_is_neither_published_nor_lost(self):
        unit = make_unit("Sở Y tế")
        unit.address = "Số 1 đường Mới"
        unit.save_revision()

        self.take_over()

        unit = UnitPage.objects.get(pk=unit.pk)
        draft = unit.get_latest_revision_as_object()
        self.assertEqual((unit.address, draft.address), ("", "Số 1 đường Mới"))
        self.assertEqual((unit.responsibilities.count(), draft.responsibilities.count()), (2, 2))

    def test_a_unit_that_is_not_public_stays_so_and_gets_the_duties_in_its_draft(self):
        draft = make_unit("Sở Y tế", live=False)

        self.take_over()

        draft.refresh_from_db()
        self.assertIs(draft.live, False)
        self.assertEqual(draft.get_latest_revision_as_object().responsibilities.count(), 2)
        self.assertEqual(UnitPage.objects.filter(title="Sở Y tế").count(), 1)


class ScreenTests(TakeOverTestCase):
    def url(self, regulation=None):
        return reverse("units:from_regulation", args=[(regulation or self.regulation).pk])

    def test_an_administrator_sees_the_units_and_takes_those_that_are_ticked(self):
        self.client.force_login(self.administrator)
        make_unit("Sở Y tế")

        page = self.client.get(self.url())
        self.assertEqual(len(page.context["rows"]), 13)
        keys = [proposal.key for proposal in self.proposals() if "Sở" in proposal.name]
        answer = self.client.post(self.url(), {"unit": keys})

        self.assertRedirects(
            answer,
            reverse("wagtailadmin_explore", args=[UnitIndexPage.objects.get().pk]),
            fetch_redirect_response=False,
        )
        self.assertEqual(UnitPage.objects.count(), len(keys))

    def test_who_may_not_publish_units_takes_none_over(self):
        keys = [proposal.key for proposal in self.proposals()]
        for role in (Role.IOC_OFFICER, Role.DATA_OFFICER, Role.READER):
            user = make_user(role)
            self.client.force_login(user)
            with self.subTest(role), self.assertRaises(PermissionDenied):
                self.take_over(user)
            for answer in (
                self.client.get(self.url()),
                self.client.post(self.url(), {"unit": keys}),
            ):
                with self.subTest(role):
                    self.assertEqual(answer.status_code, 302)
        self.assertFalse(UnitPage.objects.exists())

    def test_a_text_that_is_not_public_has_no_units_yet(self):
        self.client.force_login(self.administrator)
        self.regulation.unpublish()

        self.assertEqual(self.client.get(self.url()).status_code, 404)
