"""Choosing a provision in the admin."""

from django.test import TestCase
from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.regulations.models import Provision
from portal.units.models import UnitPage
from portal.units.page_forms import UnitPageForm
from tests.factories import make_unit, make_user
from tests.regulations.test_thread import published
from tests.regulations.texts import demo_text


class ChooserTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.administrator = make_user(Role.ADMINISTRATOR)
        cls.regulation = published(demo_text(), cls.administrator)

    def setUp(self):
        self.client.force_login(self.administrator)

    def found(self, typed):
        """Return the labels that the chooser offers for what was typed."""
        answer = self.client.get(reverse("provision_chooser:choose_results"), {"q": typed})
        self.assertEqual(answer.status_code, 200)
        return [row.label for row in answer.context["results"]]

    def test_a_place_is_found_however_it_is_written(self):
        for typed in ("khoản 2 Điều 9", "khoan 2 dieu 9", "9.2", "k2 đ9"):
            with self.subTest(typed):
                self.assertEqual(self.found(typed), ["khoản 2 Điều 9"])
        self.assertEqual(self.found("điểm b khoản 1 Điều 6"), ["điểm b khoản 1 Điều 6"])

    def test_an_article_brings_what_is_below_it(self):
        found = self.found("Điều 9")

        self.assertEqual(found[0], "Điều 9")
        self.assertIn("khoản 5 Điều 9", found)

    def test_words_are_found_without_accents(self):
        self.assertIn("khoản 2 Điều 10", self.found("an toan thong tin mang"))
        self.assertEqual(self.found("khong co trong van ban nay"), [])

    def test_hostile_words_are_no_fault(self):
        for typed in ("%", '"', "\x00", "điều " + "9" * 300, "<b>"):
            with self.subTest(typed):
                self.found(typed)

    def test_only_what_is_in_force_and_open_is_offered(self):
        clause = Provision.objects.get(eid="qc__dieu_9__khoan_2")
        Provision.objects.filter(pk=clause.pk).update(repealed=True)
        self.assertEqual(self.found("khoản 2 Điều 9"), [])
        Provision.objects.filter(pk=clause.pk).update(repealed=False)

        restriction = PageViewRestriction.objects.create(
            page=clause.article, restriction_type="groups"
        )
        self.assertEqual(self.found("khoản 2 Điều 9"), [])
        chosen = reverse("provision_chooser:chosen", args=[clause.pk])
        self.assertEqual(self.client.get(chosen).status_code, 404)
        restriction.delete()
        title = self.client.get(chosen).json()["result"]["title"]
        self.assertTrue(title.startswith("khoản 2 Điều 9 Quy chế"))

    def test_what_is_no_number_is_not_found(self):
        for pk in ("x", "9" * 40):
            with self.subTest(pk):
                chosen = reverse("provision_chooser:chosen", args=[pk])
                self.assertEqual(self.client.get(chosen).status_code, 404)

    def test_readers_do_not_get_in(self):
        self.client.force_login(make_user(Role.READER))

        self.assertEqual(self.client.get(reverse("provision_chooser:choose")).status_code, 302)

    def test_the_page_of_a_unit_offers_it_instead_of_a_list(self):
        unit = make_unit()
        answer = self.client.get(reverse("wagtailadmin_pages:edit", args=[unit.pk]))

        self.assertContains(answer, reverse("provision_chooser:choose"))
        self.assertNotContains(answer, '<select name="responsibilities-__prefix__-provision"')
        self.assertContains(answer, "Công khai chức vụ")

    def test_a_page_cites_only_what_its_editor_may_read(self):
        clause = Provision.objects.get(eid="qc__dieu_9__khoan_2")
        form_class = UnitPage.get_edit_handler().get_form_class()
        self.assertTrue(issubclass(form_class, UnitPageForm))
        form = form_class(instance=make_unit(), for_user=self.administrator)

        self.assertTrue(form._may_read(clause))
        PageViewRestriction.objects.create(page=clause.article, restriction_type="groups")
        self.assertFalse(form._may_read(clause))
