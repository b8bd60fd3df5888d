"""What editors decide on references and terms, and that it stays."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.core.roles import Role
from portal.core.statuses import TransitionRefused
from portal.regulations.actions import publish_regulation
from portal.regulations.actions.findings import (
    WordsNotFound,
    add_definition,
    add_reference,
    decide_definition,
    decide_reference,
)
from portal.regulations.models import CrossReference, Definition
from tests.factories import make_user
from tests.regulations.test_reading import ReadingCase


class DecisionTests(ReadingCase):
    def test_what_was_found_stands_as_proposals(self):
        reference = self.reference("khoản 2 Điều 4")
        self.assertEqual(reference.status, "proposed")
        self.assertEqual(reference.target.path, "dieu-4/khoan-2")
        self.assertEqual(
            set(Definition.objects.values_list("term", flat=True)),
            {"Trung tâm", "Dữ liệu mở", "Ảnh"},
        )

    def test_a_rejected_reference_is_no_link_also_after_the_next_publication(self):
        decide_reference(self.reference("khoản 2 Điều 4"), "rejected", user=self.user)
        publish_regulation(self.regulation, user=self.user)

        self.assertEqual(self.reference("khoản 2 Điều 4").status, "rejected")
        self.assertNotIn("dieu-4-khoan-2", self.html().replace('id="dieu-4-khoan-2"', ""))
        self.assertNotIn("panel-cited-at", self.html("dieu-4/"))

    def test_a_corrected_target_stays_corrected(self):
        target = self.provision("dieu-2")
        decide_reference(
            self.reference("khoản 2 Điều 4"), "confirmed", target=target, user=self.user
        )
        publish_regulation(self.regulation, user=self.user)

        self.assertEqual(self.reference("khoản 2 Điều 4").target, target)
        self.assertIn('href="#dieu-2"', self.html().split('id="dieu-3-khoan-1"')[1])

    def test_a_link_made_by_hand_is_drawn_and_survives(self):
        add_reference(
            self.provision("dieu-3/khoan-1"), "công bố", self.provision("dieu-1"), user=self.user
        )
        publish_regulation(self.regulation, user=self.user)

        self.assertIn(">công bố</a>", self.html("dieu-3/"))

    def test_words_that_are_not_there_become_no_link(self):
        source, target = self.provision("dieu-3/khoan-1"), self.provision("dieu-1")
        with self.assertRaises(WordsNotFound):
            add_reference(source, "không có", target, user=self.user)

    def test_a_proposal_goes_with_its_words_a_decision_waits_for_them(self):
        decide_reference(self.reference("khoản 2 Điều 4"), "rejected", user=self.user)
        self.change_article("3", " theo khoản 2 Điều 4 Quy chế này và Điều 5 Luật Dữ liệu", "")
        rejected = self.reference("khoản 2 Điều 4")
        self.assertIs(rejected.is_present, False)
        self.assertFalse(CrossReference.objects.filter(document__contains="Luật").exists())

        self.change_article("3", "dữ liệu mở", "dữ liệu mở theo khoản 2 Điều 4")
        rejected.refresh_from_db()
        self.assertIs(rejected.is_present, True)
        self.assertEqual(rejected.status, "rejected")

    def test_terms_are_decided_alike(self):
        photo, open_data = (Definition.objects.get(term=term) for term in ("Ảnh", "Dữ liệu mở"))
        decide_definition(photo, "rejected", user=self.user)
        decide_definition(open_data, "confirmed", user=self.user, meaning="Ai cũng dùng được")
        add_definition(self.provision("dieu-3/khoan-2"), "Kịp thời", "Đúng hạn", user=self.user)
        publish_regulation(self.regulation, user=self.user)

        page = self.client.get(reverse("regulation_glossary", args=[self.regulation.slug]))
        self.assertNotContains(page, "Hình.")
        self.assertContains(page, "Ai cũng dùng được")
        self.assertContains(page, "Đúng hạn")

    def test_back_to_a_proposal_leads_no_way(self):
        reference = decide_reference(self.reference("khoản 2 Điều 4"), "rejected", user=self.user)
        with self.assertRaises(TransitionRefused):
            decide_reference(reference, "proposed", user=self.user)

    def test_only_who_edits_the_regulation_decides(self):
        for role in (Role.READER, Role.UNIT_HEAD):
            with self.assertRaises(PermissionDenied):
                decide_reference(self.reference("khoản 2 Điều 4"), "rejected", user=make_user(role))


class FindingScreenTests(ReadingCase):
    def setUp(self):
        self.client.force_login(self.user)

    def test_the_list_leads_to_the_decision(self):
        reference = self.reference("khoản 2 Điều 4")
        self.assertContains(self.client.get(reverse("cross_references:index")), "khoản 2 Điều 4")
        edit = reverse("cross_references:edit", args=[reference.pk])
        self.assertContains(self.client.get(edit), "decision")

        answer = self.client.post(edit, {"decision": "rejected", "target": ""})

        self.assertEqual(answer.status_code, 302)
        reference.refresh_from_db()
        self.assertEqual(reference.status, "rejected")

    def test_adding_keeps_what_was_typed_when_the_words_are_not_there(self):
        data = {
            "source": self.provision("dieu-3/khoan-1").pk,
            "words": "không có",
            "target": self.provision("dieu-1").pk,
        }
        refused = self.client.post(reverse("cross_references:add"), data)
        self.assertContains(refused, "không có")
        self.assertTrue(refused.context["form"].errors["words"])

        self.client.post(reverse("cross_references:add"), {**data, "words": "công bố"})

        self.assertEqual(self.reference("công bố").origin, "hand")

    def test_a_term_is_worded_better(self):
        term = Definition.objects.get(term="Ảnh")
        edit = reverse("definitions:edit", args=[term.pk])
        self.client.post(edit, {"decision": "confirmed", "meaning": "Hình chụp", "other_names": ""})
        term.refresh_from_db()
        self.assertEqual((term.status, term.meaning), ("confirmed", "Hình chụp"))

    def test_others_do_not_see_the_screens(self):
        self.client.force_login(make_user(Role.DATA_OFFICER))
        answer = self.client.get(reverse("cross_references:index"))
        self.assertNotEqual(answer.status_code, 200)
