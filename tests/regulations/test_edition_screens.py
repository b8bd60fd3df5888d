"""Editions as people meet them: lists, texts of a day, comparisons, tables, JSON, enactment.

Longer than 300 lines because every screen and every address of editions is tried here.
"""

import csv
import io
import json
from datetime import timedelta

import time_machine
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import PageViewRestriction, Workflow, WorkflowTask
from wagtail.models.workflows import GroupApprovalTask

from portal.core.roles import Role
from portal.home.role_groups import group_of
from portal.regulations.actions import enact_edition, withdraw_edition
from portal.regulations.amendments import unapplied_amendments
from portal.regulations.models import ArticlePage, RelatedDocument
from portal.regulations.schedule import bring_editions_into_force
from tests.factories import make_user
from tests.regulations.edition_texts import (
    FIRST_DAY,
    article,
    chosen,
    draft_of,
    enact,
    enacted,
    in_days,
    new_article,
)
from tests.regulations.test_thread import published

INTRO = "Quy chế này quy định việc thử nghiệm và vận hành."


class ScreenCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(Role.ADMINISTRATOR)
        cls.regulation = enacted(cls.user)
        cls.slug = cls.regulation.slug

    def amend(self, days=0):
        draft = draft_of(self.regulation, "1", intro=INTRO)
        reason = "Mở rộng phạm vi"
        [edition] = enact(self.regulation, chosen(draft, reason=reason), user=self.user, days=days)
        return edition

    def get(self, name, *args, query="", status=200):
        answer = self.client.get(f"{reverse(name, args=[self.slug, *args])}{query}")
        self.assertEqual(answer.status_code, status)
        return answer

    def close(self, number):
        """Shut an article to everybody who is not logged in."""
        PageViewRestriction.objects.create(
            page=article(self.regulation, number), restriction_type=PageViewRestriction.LOGIN
        )


class Reading(ScreenCase):
    def test_the_list_says_what_changed_and_why(self):
        self.amend()

        answer = self.get("regulation_editions")

        self.assertContains(answer, "Mở rộng phạm vi")
        self.assertContains(answer, self.regulation.editions.last().sha256)
        self.assertContains(answer, reverse("regulation_compare", args=[self.slug, 1, 2]))

    def test_a_former_edition_is_read_as_it_was_and_is_not_indexed(self):
        self.amend()

        answer = self.get("regulation_edition", 1)

        self.assertNotContains(answer, INTRO)
        self.assertEqual(answer["X-Robots-Tag"], "noindex")
        self.assertEqual(answer["Cache-Control"], "private, no-store")
        self.assertNotIn("X-Robots-Tag", self.get("regulation_edition", 2))

    def test_an_article_and_a_clause_of_an_edition_have_addresses(self):
        for path in ("dieu-2", "dieu-2/khoan-2", "dieu-2/khoan-2/diem-dd"):
            self.assertContains(self.get("regulation_edition_part", 1, path), "Thống nhất")
        self.get("regulation_edition_part", 1, "dieu-99", status=404)
        self.get("regulation_edition_part", 1, "dieu-2/khoan-9", status=404)

    def test_the_decision_stands_among_the_related_documents(self):
        self.amend()
        edition = self.regulation.editions.last()

        for_all = self.get("regulation_lineage")
        self.close("1")
        for_strangers = self.get("regulation_lineage")

        self.assertContains(for_all, edition.decision_number)
        self.assertContains(for_all, "Phạm vi: Điều 1")
        self.assertNotContains(for_strangers, "Phạm vi: Điều 1")

    def test_an_edition_has_the_links_of_its_own_text_and_its_downloads(self):
        self.amend()

        answer = self.get("regulation_edition", 1)

        self.assertContains(answer, reverse("edition_document", args=[self.slug, 1, "docx"]))
        self.assertContains(answer, reverse("regulation_edition", args=[self.slug, 1]) + "dieu-2/")

    def test_the_text_of_a_day(self):
        self.amend(days=10)

        before = self.get("regulation_on_day", in_days(9).isoformat())
        after = self.get("regulation_on_day", in_days(10).isoformat())
        too_early = self.get("regulation_on_day", (FIRST_DAY - timedelta(days=1)).isoformat())

        self.assertNotContains(before, INTRO)
        self.assertContains(after, INTRO)
        self.assertEqual(after["X-Robots-Tag"], "noindex")
        self.assertContains(too_early, "01/10/2025")
        self.get("regulation_on_day", "hom-qua", status=404)

    def test_a_day_is_typed_as_people_write_it(self):
        answer = self.get("regulation_choose_day", query="?ngay=31/12/2030", status=302)
        self.assertEqual(answer.url, reverse("regulation_on_day", args=[self.slug, "2030-12-31"]))

        again = self.get("regulation_choose_day", query="?ngay=31/02/2030")
        self.assertContains(again, 'value="31/02/2030"')
        self.assertContains(again, 'role="alert"')

    def test_the_pages_say_what_is_coming(self):
        edition = self.amend(days=10)
        link = reverse("regulation_edition", args=[self.slug, edition.number])

        self.assertContains(self.client.get(self.regulation.url), link)
        self.assertContains(self.client.get(f"{self.regulation.url}dieu-1/"), link)
        self.assertNotContains(self.client.get(f"{self.regulation.url}dieu-2/"), link)

    def test_a_first_edition_may_hold_from_a_coming_day(self):
        coming = published(user=self.user)
        type(coming).objects.filter(pk=coming.pk).update(effective_on=in_days(5))
        enact_edition(coming, effective_on=in_days(5), decision_number="9/QĐ", user=self.user)
        coming.refresh_from_db()

        self.assertEqual(coming.status_today, "not_yet")
        for address in (coming.url, f"{coming.url}dieu-1/"):
            self.assertContains(self.client.get(address), "chưa có hiệu lực")
        with time_machine.travel(timezone.now() + timedelta(days=5)):
            bring_editions_into_force()
            self.assertEqual(coming.status_today, "in_force")
            self.assertNotContains(self.client.get(coming.url), "chưa có hiệu lực")

    def test_a_withdrawn_edition_says_so(self):
        withdraw_edition(self.amend(days=10), user=self.user, reason="Nhầm")

        self.assertContains(self.get("regulation_edition", 2), "đã bị rút")
        self.assertContains(self.get("regulation_editions"), "Nhầm")
        self.assertNotContains(self.client.get(self.regulation.url), "phien-ban/2/")

    def test_of_two_editions_of_one_day_the_later_holds(self):
        self.amend()
        again = draft_of(self.regulation, "1", intro="Lời thứ ba.")
        enact(self.regulation, chosen(again), user=self.user)

        self.assertContains(self.get("regulation_editions"), "trong cùng ngày")
        self.assertContains(self.get("regulation_on_day", in_days(0).isoformat()), "Lời thứ ba.")

    def test_who_may_not_read_an_article_finds_it_in_no_edition(self):
        self.amend(days=10)
        self.close("1")
        part = reverse("regulation_edition_part", args=[self.slug, 2, "dieu-1"])
        addresses = [
            self.regulation.url,
            reverse("regulation_editions", args=[self.slug]),
            reverse("regulation_edition", args=[self.slug, 2]),
            reverse("regulation_on_day", args=[self.slug, in_days(10).isoformat()]),
            reverse("regulation_compare", args=[self.slug, 1, 2]),
            reverse("regulation_compare_csv", args=[self.slug, 1, 2]),
            f"/api/v1/quy-che/{self.slug}/phien-ban/",
            f"/api/v1/quy-che/{self.slug}/phien-ban/2/",
            f"/api/v1/quy-che/{self.slug}/ngay/{in_days(10)}/",
            f"/api/v1/quy-che/{self.slug}/so-sanh/1/2/",
        ]
        for address in addresses:
            with self.subTest(address):
                words = self.words(address)
                for secret in ("Phạm vi", "vận hành", "Mở rộng", "Điều 1 "):
                    self.assertNotIn(secret, words)
        self.assertEqual(self.client.get(part).status_code, 404)
        self.client.force_login(self.user)
        self.assertEqual(self.client.get(part).status_code, 200)
        for address in addresses:
            self.assertIn("Phạm vi", self.words(address))

    def words(self, address):
        """Return what an address answers, as people read it."""
        answer = self.client.get(address)
        self.assertEqual(answer.status_code, 200, address)
        if answer["Content-Type"].startswith("application/json"):
            return json.dumps(answer.json(), ensure_ascii=False)
        return answer.content.decode()

    def test_the_paper_of_an_edition(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.get("edition_document", 1, "pdf", status=202)

        answer = self.get("edition_document", 1, "pdf")

        self.assertEqual(answer["Content-Type"], "application/pdf")


class Comparing(ScreenCase):
    def test_words_that_went_and_came_are_marked(self):
        self.amend()

        for query in ("", "?xem=lien-mach", "?dieu=dieu-1"):
            answer = self.get("regulation_compare", 1, 2, query=query)
            self.assertContains(answer, "<ins>")
            self.assertContains(answer, "Mở rộng phạm vi")
        other = self.get("regulation_compare", 1, 2, query="?dieu=dieu-3")
        self.assertNotContains(other, "vận hành")

    def test_backwards_it_says_the_reverse(self):
        self.amend()

        self.assertContains(self.get("regulation_compare", 2, 1), "<del>")

    def test_drafts_are_for_editors(self):
        draft_of(self.regulation, "1", intro=INTRO)

        self.get("regulation_compare", 1, "du-thao", status=404)
        self.client.force_login(self.user)
        self.assertContains(self.get("regulation_compare", 1, "du-thao"), "vận hành")
        self.assertContains(self.get("regulation_editions"), 'value="du-thao"')

    def test_what_does_not_exist_is_not_compared(self):
        for old, new in (("1", "7"), ("x", "1"), ("1", "999999999999")):
            self.get("regulation_compare", old, new, status=404)
        self.assertContains(
            self.get("regulation_choose_comparison", query="?tu=1&den=7"), 'role="alert"'
        )

    def test_the_changes_as_a_table(self):
        draft = draft_of(self.regulation, "1", intro='=HYPERLINK("http://x")')
        enact(self.regulation, chosen(draft, reason="Thử"), user=self.user)

        content = self.get("regulation_compare_csv", 1, 2).content.decode()

        self.assertTrue(content.startswith("\ufeff"))
        _head, row = csv.reader(io.StringIO(content[1:]))
        self.assertEqual(row[0], "Điều 1. Phạm vi")
        self.assertTrue(row[4].startswith("'="))
        self.assertEqual(row[5], "Thử")

    def test_queries_do_not_grow_with_the_text(self):
        self.amend()
        self.get("regulation_compare", 1, 2)
        before = self._count(1, 2)

        enact(self.regulation, chosen(new_article(self.regulation, "4", "Mới.")), user=self.user)
        self.get("regulation_compare", 1, 3)

        self.assertEqual(self._count(1, 3), before)

    def _count(self, old, new):
        with CaptureQueriesContext(connection) as captured:
            self.get("regulation_compare", old, new)
        return len(captured)


class Json(ScreenCase):
    def api(self, path, status=200):
        answer = self.client.get(f"/api/v1/quy-che/{self.slug}/{path}")
        self.assertEqual(answer.status_code, status)
        return answer.json()

    def test_editions_and_their_texts(self):
        self.amend(days=10)

        first, second = self.api("phien-ban/")
        self.assertEqual((first["standing"], second["standing"]), ("current", "coming"))
        self.assertEqual(second["changes"][0]["reason"], "Mở rộng phạm vi")
        whole = self.api("phien-ban/2/")
        articles = [part for part in whole["text"]["parts"] if part["kind"] == "article"]
        self.assertEqual(articles[0]["intro"], INTRO)
        self.assertEqual(self.api(f"ngay/{in_days(9)}/")["edition"]["number"], 1)
        self.api("ngay/2000-01-01/", status=404)
        self.api("ngay/hom-qua/", status=422)
        self.api("phien-ban/9/", status=404)

    def test_the_redline_in_pieces(self):
        self.amend()

        [change] = self.api("so-sanh/1/2/")["changed"]

        pieces = [piece for row in change["rows"] for piece in row["pieces"]]
        self.assertIn({"kind": "inserted", "text": INTRO}, pieces)
        self.assertEqual(change["reasons"], ["Mở rộng phạm vi"])
        self.api("so-sanh/1/9/", status=404)

    def test_the_description_knows_them(self):
        paths = self.client.get("/api/v1/openapi.json").json()["paths"]

        self.assertIn("/api/v1/quy-che/{slug}/so-sanh/{old}/{new}/", paths)


class EnactScreen(ScreenCase):
    def setUp(self):
        self.client.force_login(self.user)
        self.url = reverse("editions:enact", args=[self.regulation.pk])

    def data(self, *drafts, repeal=(), **more):
        """Return the form as sent, with these drafts ticked."""
        data = {
            "kind": "amendment",
            "number": "45/QĐ-UBND",
            "effective_on": f"{timezone.localdate():%d/%m/%Y}",
            "bai-bo-parts": [page.pk for page in repeal],
        }
        for page, revision in drafts:
            data[f"trang-{page.pk}-is_chosen"] = "on"
            data[f"trang-{page.pk}-revision"] = revision.pk
            data[f"trang-{page.pk}-reason"] = f"Lý do {page.number}"
        return data | more

    def test_ticked_drafts_are_enacted(self):
        first = draft_of(self.regulation, "1", intro=INTRO)
        second = draft_of(self.regulation, "2", heading="Nguyên tắc phối hợp")
        self.assertContains(self.client.get(self.url), "<ins>")

        answer = self.client.post(
            self.url, self.data(first, second, repeal=[article(self.regulation, "3")])
        )

        self.assertRedirects(answer, reverse("editions:editions", args=[self.regulation.pk]))
        changes = self.regulation.editions.get(number=2).changes.all()
        self.assertEqual([c.label for c in changes], ["Điều 1", "Điều 2", "Điều 3"])
        self.assertEqual(changes[1].reason, "Lý do 2")

    def test_a_refusal_keeps_what_was_typed(self):
        draft = draft_of(self.regulation, "1", intro=INTRO)
        for more in (
            {"effective_on": "2001-01-01"},
            {"effective_on": "hôm nay"},
            {"kind": "first"},
            {"signed_on": "2999-01-01"},
        ):
            with self.subTest(more):
                answer = self.client.post(
                    self.url, self.data(draft, title="Sửa đổi một số điều", **more)
                )
                self.assertEqual(answer.status_code, 200)
                for typed in ("45/QĐ-UBND", "Sửa đổi một số điều", "Lý do 1", "checked"):
                    self.assertContains(answer, typed)
        self.assertEqual(self.regulation.editions.count(), 1)

    def test_words_that_were_not_on_the_screen_are_not_enacted(self):
        page, shown = draft_of(self.regulation, "1", intro=INTRO)
        draft_of(self.regulation, "1", intro="Chữ của người khác.")

        answer = self.client.post(self.url, self.data((page, shown)))

        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.regulation.editions.count(), 1)

    def test_a_coming_edition_is_withdrawn_with_a_reason(self):
        edition = self.amend(days=10)
        url = reverse("editions:withdraw", args=[edition.pk])

        again = self.client.post(url, {f"{edition.pk}-reason": ""})
        self.assertEqual(again.status_code, 200)
        self.client.post(url, {f"{edition.pk}-reason": "Nhầm"})

        edition.refresh_from_db()
        self.assertEqual(edition.status, "withdrawn")
        self.assertContains(
            self.client.post(url, {f"{edition.pk}-reason": "Nhầm"}),
            "portal-refusal",
            status_code=200,
        )

    def test_the_way_there_stands_on_every_page_of_the_text(self):
        for page in (self.regulation, article(self.regulation, "1")):
            answer = self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
            self.assertContains(answer, self.url)

    def test_the_editor_says_what_waits_for_its_day(self):
        self.amend(days=10)

        for number, told in (("1", True), ("2", False)):
            page = article(self.regulation, number)
            answer = self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
            self.assertEqual("đã ban hành sẽ thay đổi" in answer.content.decode(), told)

    def test_only_who_may_publish(self):
        edition = self.amend(days=10)
        self.client.force_login(make_user(Role.DATA_OFFICER))

        for url in (
            self.url,
            reverse("editions:editions", args=[self.regulation.pk]),
            reverse("editions:withdraw", args=[edition.pk]),
        ):
            self.assertIn(self.client.post(url, {}).status_code, (302, 403))
        edition.refresh_from_db()
        self.assertEqual(edition.status, "enacted")

    def test_without_a_first_edition_the_screen_says_what_to_do(self):
        bare = published(user=self.user)

        answer = self.client.get(reverse("editions:enact", args=[bare.pk]))

        self.assertContains(answer, reverse("regulations:publish", args=[bare.pk]))


class PublishedInTheEditor(ScreenCase):
    def test_who_publishes_stands_in_the_record(self):
        other = make_user(Role.ADMINISTRATOR)
        _page, revision = draft_of(self.regulation, "1", intro=INTRO)

        with LogContext(user=other):  # as every view of the editor does
            revision.publish(user=other)

        edition = self.regulation.editions.last()
        self.assertEqual((edition.kind, edition.created_by), ("correction", other))

    def test_the_words_of_the_approval_are_the_reason(self):
        page, _revision = draft_of(self.regulation, "1", intro=INTRO)
        page = ArticlePage.objects.get(pk=page.pk)
        task = GroupApprovalTask.objects.create(name="Duyệt")
        task.groups.add(group_of(Role.ADMINISTRATOR))
        workflow = Workflow.objects.create(name="Duyệt điều")
        WorkflowTask.objects.create(workflow=workflow, task=task)
        state = workflow.start(page, self.user)

        state.current_task_state.approve(user=self.user, comment="Đúng với bản ký")

        edition = self.regulation.editions.last()
        self.assertEqual(edition.changes.get().reason, "Đúng với bản ký")

    def test_copying_a_published_page_is_recorded(self):
        page = article(self.regulation, "1")
        self.client.force_login(self.user)

        self.client.post(
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            {
                "new_title": "Điều 1 bản sao",
                "new_slug": "dieu-1-ban-sao",
                "new_parent_page": page.get_parent().pk,
                "publish_copies": "on",
            },
        )

        edition = self.regulation.editions.last()
        self.assertEqual((edition.number, edition.kind), (2, "correction"))
        self.assertEqual(edition.changes.get().kinds, ["added"])


class Amendments(ScreenCase):
    def amended_by(self, number, day):
        return RelatedDocument.objects.create(
            regulation=self.regulation,
            relation=RelatedDocument.Relation.AMENDED_BY,
            number=number,
            effective_on=day,
        )

    def test_what_amends_the_text_and_no_edition_names_is_told(self):
        self.amended_by("12/QĐ-UBND", in_days(-5))
        waiting = self.amended_by("99/QĐ-UBND", in_days(-5))
        self.amended_by("100/QĐ-UBND", in_days(5))

        found = unapplied_amendments(self.regulation, timezone.localdate())

        self.assertEqual(found, [waiting])
        self.assertContains(self.client.get(self.regulation.url), "99/QĐ-UBND")

    def test_without_such_documents_there_is_nothing_to_tell(self):
        self.assertEqual(unapplied_amendments(self.regulation, timezone.localdate()), [])
