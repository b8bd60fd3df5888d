"""The reading view: addresses, links that editors decide on, related documents, the glossary."""

import json
from datetime import date, timedelta

from django.db import connection
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.core.roles import Role
from portal.regulations.models import (
    AnnexPage,
    ArticlePage,
    CrossReference,
    LegalBasis,
    RegulationPage,
    RelatedDocument,
)
from tests.factories import make_regulation, make_user
from tests.regulations.test_drafts import WITH_EVERYTHING
from tests.regulations.test_thread import published

TEXT = """QUY CHẾ
Quản lý thử nghiệm

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi
Quy chế này quy định việc của Trung tâm Dữ liệu (sau đây gọi tắt là Trung tâm).

Điều 2. Giải thích từ ngữ
1. Dữ liệu mở là dữ liệu công khai.
2. Ảnh là hình.

Chương II
TRÁCH NHIỆM

Điều 3. Nguyên tắc
1. Trung tâm công bố dữ liệu mở theo khoản 2 Điều 4 Quy chế này và Điều 5 Luật Dữ liệu.
2. Gồm:
a) Kịp thời;
đ) Đầy đủ.

Điều 4. Thời hạn
1. Hằng tháng, theo điểm đ khoản 2 Điều 3.
2. Hằng năm.
"""


class ReadingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(Role.ADMINISTRATOR)
        cls.regulation = published(TEXT, user=cls.user)
        cls.base = cls.regulation.url

    def html(self, path=""):
        answer = self.client.get(f"{self.base}{path}")
        self.assertEqual(answer.status_code, 200)
        return answer.content.decode()

    def reference(self, words):
        return CrossReference.objects.get(regulation=self.regulation, words=words)

    def provision(self, path):
        return self.regulation.provisions.get(path=path)

    def change_article(self, number, old, new):
        page = ArticlePage.objects.descendant_of(self.regulation).get(number=number)
        page.clauses = [
            {
                "type": "clause",
                "id": block.id,
                "value": {
                    "number": block.value["number"],
                    "text": block.value["text"].replace(old, new),
                    "points": [],
                },
            }
            for block in page.clauses
        ]
        page.save_revision(user=self.user).publish(user=self.user)


class PageTests(ReadingCase):
    def test_the_whole_text_stays_on_its_page_and_an_article_leads_to_addresses(self):
        self.assertIn('href="#dieu-4-khoan-2"', self.html())
        self.assertIn(f'href="{self.base}dieu-4/khoan-2/"', self.html("dieu-3/"))

    def test_the_articles_of_the_decision_stand_apart_from_those_of_the_regulation(self):
        whole = published(WITH_EVERYTHING, user=self.user)

        answer = self.client.get(whole.url)

        self.assertContains(answer, '<h2 class="legal__component">', count=2)
        self.assertNotIn("legal__component", self.html())

    def test_another_law_is_no_link_of_ours(self):
        self.assertNotIn('href="#dieu-5"', self.html())

    def test_a_term_explains_itself_without_script(self):
        page = self.html("dieu-3/")
        self.assertIn(f'class="term" href="{self.base}dieu-2/khoan-1/"', page)
        self.assertIn('id="tu-du-lieu-mo" popover', page)

    def test_headings_are_not_annotated(self):
        self.assertNotIn('class="term"', self.html().split("</h1>")[0])

    def test_every_provision_offers_its_address_and_citation(self):
        page = self.html()
        self.assertIn(f'href="{self.base}dieu-3/khoan-2/diem-dd/"', page)
        self.assertIn('data-provision="điểm đ khoản 2 Điều 3"', page)

    def test_an_article_tells_where_it_is_cited(self):
        page = self.html("dieu-3/")
        panel = page[page.index("panel-cited-at") :]
        self.assertIn("khoản 1 Điều 4", panel)
        self.assertNotIn("panel-cited-at", self.html("dieu-1/"))

    def test_what_readers_of_other_sites_type_leads_to_our_address(self):
        answer = self.client.get(f"{self.base}?anchor=khoan_2_3")
        self.assertRedirects(answer, f"{self.base}dieu-3/khoan-2/")

    def test_reading_costs_no_more_for_a_longer_text(self):
        def queries(base):
            self.client.get(base)
            with CaptureQueriesContext(connection) as captured:
                self.client.get(base)
            return len(captured)

        longer = "".join(
            f"\nĐiều {n}. Việc\n1. Dữ liệu mở theo khoản 1 Điều {n - 1}.\n" for n in range(5, 40)
        )
        long = published(TEXT + longer, user=self.user)
        self.assertEqual(queries(self.base), queries(long.url))

    def test_an_annex_by_itself_leads_to_the_articles_of_its_regulation(self):
        annex = self.regulation.add_child(
            instance=AnnexPage(title="Phụ lục", number="1", body="Theo khoản 2 Điều 4.")
        )
        page = self.client.get(annex.url)
        self.assertContains(page, f'href="{self.base}dieu-4/khoan-2/"')
        self.assertNotContains(page, "Hằng năm")

    def test_search_engines_read_what_it_is(self):
        RegulationPage.objects.filter(pk=self.regulation.pk).update(title="Quy chế </script><b>")
        page = self.html()
        written = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
        data = json.loads(written)
        self.assertEqual(data["name"], "Quy chế </script><b>")
        self.assertEqual(data["legislationLegalForce"], "https://schema.org/InForce")

    def test_a_draft_is_previewed_with_its_references(self):
        page = ArticlePage.objects.descendant_of(self.regulation).get(number="1")
        page.intro = "Theo khoản 1 Điều 2."
        request = RequestFactory().get("/")
        request.user, request.is_preview = self.user, True
        context = page.get_preview_context(request, "")
        html = context["reading"].html_of(context["article"], "intro")
        self.assertIn("dieu-2/khoan-1/", html)

    def test_a_regulation_that_is_being_created_has_a_preview(self):
        page = RegulationPage(title="Quy chế mới", slug="moi")
        request = RequestFactory().get("/")
        request.user, request.is_preview = self.user, True
        page.path, page.depth = "00010001000100019999", 5
        self.assertEqual(page.get_preview_context(request, "")["text"].parts, ())


class GoToTests(ReadingCase):
    def go(self, typed):
        return self.client.get(
            reverse("regulation_go_to", args=[self.regulation.slug]), {"so": typed}
        )

    def test_people_type_what_they_like(self):
        for typed, place in (
            ("3", "dieu-3/"),
            ("Điều 3", "dieu-3/"),
            ("khoan 2 dieu 3", "dieu-3/khoan-2/"),
            ("điểm đ khoản 2 Điều 3", "dieu-3/khoan-2/diem-dd/"),
            ("3.2.đ", "dieu-3/khoan-2/diem-dd/"),
            ("Chương II", "#chuong-ii"),
        ):
            with self.subTest(typed):
                self.assertEqual(self.go(typed)["Location"], f"{self.base}{place}")

    def test_what_is_not_there_is_said_and_kept(self):
        for typed in ("99", "khoản 9 Điều 3", "<b>"):
            page = self.client.get(self.go(typed)["Location"])
            self.assertContains(page, "notice--warn")
            self.assertEqual(page.context["looked_for"], typed)
            self.assertNotContains(page, "<b></b>")

    def test_nothing_typed_shows_the_text(self):
        self.assertRedirects(self.go(" "), self.base)


class GlossaryTests(ReadingCase):
    def test_terms_stand_in_vietnamese_order(self):
        page = self.client.get(reverse("regulation_glossary", args=[self.regulation.slug]))
        letters = [letter for letter, _entries in page.context["letters"]]
        self.assertEqual(letters, ["A", "D", "T"])
        self.assertContains(page, f"{self.base}dieu-2/khoan-1/")

    def test_a_closed_regulation_has_no_glossary_for_others(self):
        PageViewRestriction.objects.create(
            page=self.regulation, restriction_type=PageViewRestriction.LOGIN
        )
        for name in ("regulation_glossary", "regulation_lineage", "regulation_go_to"):
            answer = self.client.get(reverse(name, args=[self.regulation.slug]), {"so": "1"})
            self.assertEqual(answer.status_code, 404, name)


class LineageTests(ReadingCase):
    def page(self, regulation):
        return self.client.get(reverse("regulation_lineage", args=[regulation.slug]))

    def test_bases_and_relations_stand_with_their_status(self):
        LegalBasis.objects.create(
            regulation=self.regulation,
            text="Căn cứ Nghị định số 47/2020/NĐ-CP",
            legal_status="expired",
            replaced_by="Nghị định 278/2025/NĐ-CP",
        )
        RelatedDocument.objects.create(
            regulation=self.regulation,
            relation="amended_by",
            kind="Quyết định",
            number="15/2026/QĐ-UBND",
            scope="khoản 2 Điều 3",
        )
        page = self.page(self.regulation)
        for words in (
            "278/2025",
            "hết hiệu lực toàn bộ",
            "Quyết định số 15/2026/QĐ-UBND",
            "khoản 2 Điều 3",
        ):
            self.assertContains(page, words)

    def test_the_other_regulation_shows_it_the_other_way_round_unless_closed(self):
        older = make_regulation("Quy chế cũ", document_number="1/QĐ-UBND")
        RelatedDocument.objects.create(regulation=self.regulation, relation="replaces", page=older)
        self.assertContains(self.page(self.regulation), "Quy chế cũ")
        self.assertContains(self.page(older), self.regulation.title)
        self.assertContains(self.page(older), "Bị thay thế bởi")

        PageViewRestriction.objects.create(
            page=self.regulation, restriction_type=PageViewRestriction.LOGIN
        )
        self.assertNotContains(self.page(older), self.regulation.title)

    def test_a_closed_page_is_named_by_its_number_only(self):
        closed = make_regulation("Quy chế kín", document_number="9/QĐ-UBND")
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        RelatedDocument.objects.create(
            regulation=self.regulation, relation="related", page=closed, number="9/QĐ-UBND"
        )
        self.assertNotContains(self.page(self.regulation), "Quy chế kín")

    def test_an_amendment_is_in_force_from_its_day(self):
        today = timezone.localdate()
        amendment = RelatedDocument(relation="amended_by", effective_on=today + timedelta(days=1))
        self.assertIs(amendment.is_amendment_in_force(), False)
        self.assertIs(amendment.is_amendment_in_force(today + timedelta(days=1)), True)
        self.assertIs(RelatedDocument(relation="cites").is_amendment_in_force(), False)
        unknown = RelatedDocument(relation="repealed_by", issued_on=date(2025, 1, 1))
        self.assertIs(unknown.is_amendment_in_force(), True)

    def test_every_relation_has_its_reverse(self):
        for relation in RelatedDocument.Relation:
            reverse_of = RelatedDocument(relation=relation).reverse_relation
            with self.subTest(relation):
                if relation not in ("basis",):
                    self.assertEqual(
                        RelatedDocument(relation=reverse_of).reverse_relation, relation
                    )
