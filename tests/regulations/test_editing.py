"""Editors at work on single pages of a regulation."""

from django.test import TestCase
from django.urls import reverse
from wagtail.models import GroupApprovalTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from portal.core.roles import Role
from portal.regulations.models import AnnexPage, ArticlePage, DivisionPage, Provision
from tests.factories import make_user
from tests.regulations.test_drafts import WITH_EVERYTHING
from tests.regulations.test_thread import published


def article_form(heading, text="Khoản viết lại.", **more):
    """Return what the editor's form sends for an article with one clause."""
    return nested_form_data(
        {
            "number": "1",
            "component": "qc",
            "heading": heading,
            "intro": "",
            "slug": "dieu-1",
            "clauses": streamfield(
                [("clause", {"number": "1", "text": text, "points": streamfield([])})]
            ),
            "footnotes": streamfield([]),
            "comments": inline_formset([]),
            **more,
        }
    )


class SinglePages(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.administrator = make_user(Role.ADMINISTRATOR)
        cls.regulation = published(WITH_EVERYTHING, user=cls.administrator)
        cls.article = ArticlePage.objects.get(number="1", eid="qc__dieu_1")

    def setUp(self):
        self.client.force_login(self.administrator)

    def pages(self):
        parts = [model.objects.first() for model in (DivisionPage, ArticlePage, AnnexPage)]
        return [self.regulation, *parts]

    def edit(self, page, data):
        return self.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    def test_every_kind_of_page_opens_for_editing_and_shows_its_history(self):
        for page in self.pages():
            for name in ("edit", "history", "workflow_history"):
                with self.subTest(page=page, screen=name):
                    url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
                    self.assertEqual(self.client.get(url).status_code, 200)

    def test_every_kind_of_page_has_a_preview_of_its_draft(self):
        for page in self.pages():
            with self.subTest(page=page):
                answer = page.make_preview_request()
                self.assertEqual(answer.status_code, 200)

    def test_a_draft_heading_is_previewed_in_the_whole_text(self):
        chapter = DivisionPage.objects.filter(level="chapter").first()
        chapter.heading = "CHƯƠNG ĐANG SỬA"
        self.assertContains(chapter.make_preview_request().render(), "CHƯƠNG ĐANG SỬA")

    def test_the_title_follows_number_and_heading(self):
        self.edit(self.article, article_form("Tên mới"))

        draft = ArticlePage.objects.get(pk=self.article.pk).get_latest_revision_as_object()
        self.assertEqual(draft.title, "Điều 1. Tên mới")

    def test_dates_stand_day_before_month(self):
        self.regulation.issued_on = "2026-01-05"
        self.regulation.save_revision()

        editor = self.client.get(reverse("wagtailadmin_pages:edit", args=[self.regulation.pk]))

        self.assertContains(editor, 'value="05/01/2026"')

    def test_what_stands_below_is_listed_in_the_order_of_the_text(self):
        listing = self.client.get(reverse("wagtailadmin_explore", args=[self.regulation.pk]))

        shown = [page.pk for page in listing.context["pages"]]
        self.assertEqual(shown, [page.pk for page in self.regulation.get_children()])

    def test_a_draft_changes_nothing_that_readers_see(self):
        self.edit(self.article, article_form("Tên mới"))

        self.assertNotContains(self.client.get(self.article.url), "Khoản viết lại.")
        self.assertFalse(Provision.objects.filter(text="Khoản viết lại.").exists())

    def test_an_officer_submits_and_a_leader_approves(self):
        officer, leader = make_user(Role.IOC_OFFICER), make_user(Role.IOC_LEADER)
        self.client.force_login(officer)
        self.edit(self.article, article_form("Tên mới", **{"action-submit": "1"}))
        article = ArticlePage.objects.get(pk=self.article.pk)
        waiting = article.current_workflow_task_state
        self.assertIsInstance(waiting.task.specific, GroupApprovalTask)

        self.client.force_login(leader)
        self.client.post(
            reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", waiting.pk]),
            {"comment": "Đồng ý"},
        )

        self.assertContains(self.client.get(article.url), "Khoản viết lại.")

    def test_an_officer_cannot_publish(self):
        self.client.force_login(make_user(Role.IOC_OFFICER))

        self.edit(self.article, article_form("Tên mới", **{"action-publish": "1"}))

        self.assertNotContains(self.client.get(self.article.url), "Khoản viết lại.")

    def test_published_text_is_archived_but_never_deleted(self):
        for page in self.pages():
            with self.subTest(page=page):
                self.client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
                self.assertTrue(type(page).objects.filter(pk=page.pk).exists())
        self.client.post(reverse("wagtailadmin_pages:unpublish", args=[self.article.pk]))
        self.assertFalse(ArticlePage.objects.get(pk=self.article.pk).live)
        self.assertEqual(self.client.get(f"{self.regulation.url}dieu-1/").status_code, 410)

    def test_many_at_once_are_not_deleted_either(self):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        self.client.post(f"{url}?id={self.article.pk}")
        self.assertTrue(ArticlePage.objects.filter(pk=self.article.pk).exists())
