"""From a pasted text to pages with addresses, provisions, JSON, PDF and the units it names."""

import io

from django.test import TestCase
from django.urls import reverse
from pypdf import PdfReader

from portal.core.paper import render_pdf
from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.regulations.actions import (
    EverPublished,
    create_draft_pages,
    publish_regulation,
    rebuild_provisions,
    refuse_deleting_published_text,
)
from portal.regulations.models import (
    ArticlePage,
    Provision,
    RegulationImport,
    RegulationIndexPage,
    RegulationPage,
)
from portal.regulations.parsing import as_json, parse_text
from tests.factories import make_user
from tests.regulations.texts import SMALL


def published(text=SMALL, user=None):
    """Return the regulation of ``text``, published."""
    ensure_site()
    user = user or make_user(Role.ADMINISTRATOR)
    page = create_draft_pages(
        as_json(parse_text(text)), parent=RegulationIndexPage.objects.get(), user=user
    )
    return publish_regulation(page, user=user)


class BringingIn(TestCase):
    def setUp(self):
        ensure_site()
        self.client.force_login(make_user(Role.ADMINISTRATOR))

    def bring_in(self, text=SMALL):
        self.client.post(reverse("regulations:import_text"), {"text": text})
        return RegulationImport.objects.get()

    def test_paste_look_create_publish(self):
        brought_in = self.bring_in()
        preview = self.client.get(reverse("regulations:import_preview", args=[brought_in.pk]))
        self.assertContains(preview, "Trách nhiệm của Sở Y tế")
        self.client.post(reverse("regulations:import_create", args=[brought_in.pk]))
        regulation = RegulationPage.objects.get()
        self.assertFalse(regulation.live)
        self.assertEqual(self.client.get(regulation.get_url() or "/quy-che/x/").status_code, 404)
        self.client.post(reverse("regulations:publish", args=[regulation.pk]))
        regulation.refresh_from_db()
        self.assertEqual(self.client.get(regulation.url).status_code, 200)
        self.assertEqual(regulation.editions.count(), 1)

    def test_twice_makes_one_regulation(self):
        brought_in = self.bring_in()
        for _attempt in range(2):
            self.client.post(reverse("regulations:import_create", args=[brought_in.pk]))
        self.assertEqual(RegulationPage.objects.count(), 1)

    def test_nothing_chosen_says_so_in_place(self):
        answer = self.client.post(reverse("regulations:import_text"), {"text": " "})
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.context["form"].errors)

    def test_only_who_may_add_pages_brings_in(self):
        self.client.force_login(make_user(Role.DATA_OFFICER))
        answer = self.client.get(reverse("regulations:import_text"))
        self.assertNotEqual(answer.status_code, 200)


class Reading(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.regulation = published()
        cls.base = cls.regulation.url

    def test_each_article_clause_and_point_has_an_address(self):
        for path in ("dieu-2/", "dieu-2/khoan-2/", "dieu-2/khoan-2/diem-dd/"):
            answer = self.client.get(f"{self.base}{path}")
            self.assertContains(answer, "Thống nhất", msg_prefix=path)

    def test_the_point_asked_for_is_cited(self):
        answer = self.client.get(f"{self.base}dieu-2/khoan-2/diem-dd/")
        self.assertContains(answer, "điểm đ khoản 2 Điều 2")

    def test_the_full_text_holds_every_article(self):
        answer = self.client.get(self.base)
        for article in ArticlePage.objects.all():
            self.assertContains(answer, article.heading)

    def test_the_go_to_box_leads_to_the_article(self):
        go_to = reverse("regulation_go_to", args=[self.regulation.slug])
        answer = self.client.get(go_to, {"so": "3"})
        self.assertRedirects(answer, f"{self.base}dieu-3/")

    def test_queries_do_not_grow_with_the_text(self):
        small = self.count(self.regulation)
        longer = published(SMALL + "\n".join(f"\nĐiều {n}. Thêm\n1. Chữ." for n in range(4, 30)))
        self.assertLessEqual(self.count(longer), small + 2)

    def count(self, regulation):
        with self.assertNumQueries(FewerThan(40)) as context:
            self.client.get(regulation.url)
        return len(context)

    def test_article_as_json(self):
        answer = self.client.get(f"/api/v1/quy-che/{self.regulation.slug}/dieu/2/").json()
        self.assertEqual(answer["clauses"][1]["points"][2]["eid"], "qc__dieu_2__khoan_2__diem_dd")

    def test_what_left_the_text_keeps_its_identifier(self):
        article = ArticlePage.objects.get(number="2")
        old = Provision.objects.get(eid="qc__dieu_2__khoan_2")
        article.clauses = article.clauses.raw_data[:1]
        article.save_revision().publish()
        rebuild_provisions(self.regulation)
        old.refresh_from_db()
        self.assertTrue(old.repealed)

    def test_published_text_is_not_deleted(self):
        with self.assertRaises(EverPublished):
            refuse_deleting_published_text(self.regulation)

    def test_the_regulation_on_paper(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.client.get(reverse("regulation_pdf", args=[self.regulation.slug]))
        answer = self.client.get(reverse("regulation_pdf", args=[self.regulation.slug]))
        self.assertEqual(answer["Content-Type"], "application/pdf")
        text = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages[0].extract_text()
        self.assertIn("Điều 1", text)

    def test_headings_keep_their_letters_in_addresses(self):
        slugs = self.regulation.get_children().values_list("slug", flat=True)
        self.assertIn("chuong-i-quy-dinh-chung", slugs)

    def test_paper_of_hostile_text_fetches_nothing(self):
        pdf, _pages = render_pdf('<p>Chữ <img src="file:///etc/passwd"></p>')
        self.assertNotIn("root:", PdfReader(io.BytesIO(pdf)).pages[0].extract_text())


class FewerThan(int):
    """Equal to every smaller number, so that assertNumQueries checks a ceiling."""

    def __eq__(self, other):
        return other < int(self)

    def __hash__(self):
        return int(self)
