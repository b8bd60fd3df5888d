"""Provisions keep who they are: renumbered, moved, replaced, gone and back."""

from dataclasses import replace

from django.test import TestCase

from portal.core.roles import Role
from portal.regulations.models import ArticlePage, Provision
from portal.regulations.outline import text_of
from portal.regulations.redline import compare_texts
from portal.regulations.snapshots import as_snapshot, from_snapshot
from tests.factories import make_user
from tests.regulations.test_drafts import WITH_EVERYTHING
from tests.regulations.test_thread import published


def clause(number, text):
    return {"type": "clause", "value": {"number": number, "text": text, "points": []}}


class Identity(TestCase):
    def setUp(self):
        self.regulation = published(user=make_user(Role.ADMINISTRATOR))
        self.article = ArticlePage.objects.get(number="2")

    def provision(self, eid):
        return Provision.objects.get(regulation=self.regulation, eid=eid, repealed=False)

    def publish(self, clauses, **fields):
        page = ArticlePage.objects.get(pk=self.article.pk)
        page.clauses = clauses
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()

    def blocks(self):
        return list(ArticlePage.objects.get(pk=self.article.pk).clauses.raw_data)

    def renumber_by_insertion(self):
        first, second = self.blocks()
        self.publish(
            [
                first,
                clause("2", "Khoản mới."),
                second | {"value": {**second["value"], "number": "3"}},
            ]
        )

    def test_a_clause_that_gets_another_number_stays_itself(self):
        old = self.provision("qc__dieu_2__khoan_2")

        self.renumber_by_insertion()

        old.refresh_from_db()
        self.assertEqual(
            (old.eid, old.path, old.repealed), ("qc__dieu_2__khoan_3", "dieu-2/khoan-3", False)
        )
        self.assertEqual(self.provision("qc__dieu_2__khoan_2").text, "Khoản mới.")
        self.assertEqual(self.provision("qc__dieu_2__khoan_3__diem_dd").parent, old)

    def test_points_follow_their_clause(self):
        point = self.provision("qc__dieu_2__khoan_2__diem_dd")

        self.renumber_by_insertion()

        point.refresh_from_db()
        self.assertEqual(point.label, "điểm đ khoản 3 Điều 2")

    def test_an_old_address_leads_on_unless_it_has_a_new_holder(self):
        self.renumber_by_insertion()
        base = self.regulation.url

        taken = self.client.get(f"{base}dieu-2/khoan-2/")
        moved = self.client.get(f"{base}dieu-2/khoan-2/diem-dd/")

        self.assertContains(taken, "Khoản mới.")
        self.assertRedirects(moved, f"{base}dieu-2/khoan-3/diem-dd/")

    def test_a_renumbered_article_keeps_its_provisions_and_its_old_address(self):
        old = self.provision("qc__dieu_2")

        self.publish(self.blocks(), number="9", title="Điều 9. Nguyên tắc")

        old.refresh_from_db()
        self.assertEqual(old.eid, "qc__dieu_9")
        base = self.regulation.url
        self.assertRedirects(self.client.get(f"{base}dieu-2/"), f"{base}dieu-9/")
        self.assertEqual(ArticlePage.objects.get(pk=self.article.pk).url, f"{base}dieu-9/")

    def test_two_articles_change_numbers(self):
        first, second = self.provision("qc__dieu_2"), self.provision("qc__dieu_3")
        other = ArticlePage.objects.get(number="3")

        other.number = "2"
        other.save_revision().publish()
        self.publish(self.blocks(), number="3")

        first.refresh_from_db()
        second.refresh_from_db()
        self.assertEqual((first.eid, second.eid), ("qc__dieu_3", "qc__dieu_2"))
        self.assertFalse(first.repealed or second.repealed)

    def test_a_block_replaced_by_another_with_the_same_number_is_the_same_clause(self):
        old = self.provision("qc__dieu_2__khoan_1")
        _first, second = self.blocks()

        self.publish([clause("1", "Viết lại từ đầu."), second])

        old.refresh_from_db()
        self.assertEqual((old.text, old.repealed), ("Viết lại từ đầu.", False))

    def test_what_is_gone_and_comes_back_as_itself_is_no_new_provision(self):
        old = self.provision("qc__dieu_2__khoan_2")
        first, second = self.blocks()

        self.publish([first])
        old.refresh_from_db()
        gone = old.repealed
        self.publish([first, second])

        old.refresh_from_db()
        self.assertEqual((gone, old.repealed), (True, False))

    def test_a_new_clause_does_not_inherit_what_cites_a_repealed_one(self):
        old = self.provision("qc__dieu_2__khoan_2")
        first, _second = self.blocks()

        self.publish([first])
        self.publish([first, clause("2", "Một khoản khác.")])

        old.refresh_from_db()
        self.assertTrue(old.repealed)
        self.assertNotEqual(self.provision("qc__dieu_2__khoan_2").pk, old.pk)

    def test_what_has_left_the_text_shows_its_last_words(self):
        first, _second = self.blocks()
        self.publish([first])

        answer = self.client.get(f"{self.regulation.url}dieu-2/khoan-2/")

        self.assertContains(answer, "Bảo đảm", status_code=410)

    def test_an_address_that_never_was_leads_to_the_part_above(self):
        base = self.regulation.url
        answer = self.client.get(f"{base}dieu-2/khoan-77/diem-a/")
        self.assertRedirects(answer, f"{base}dieu-2/")
        self.assertEqual(self.client.get(f"{base}dieu-77/").status_code, 404)

    def test_machines_are_led_on_as_people_are(self):
        first, _second = self.blocks()
        self.renumber_by_insertion()
        address = f"/api/v1/quy-che/{self.regulation.slug}"

        taken = self.client.get(f"{address}/qc__dieu_2__khoan_2/").json()
        moved = self.client.get(f"{address}/qc__dieu_2__khoan_2__diem_dd/").json()
        self.publish([first])
        gone = self.client.get(f"{address}/qc__dieu_2__khoan_3/").json()
        self.publish([first, clause("3", "Khoản khác hẳn.")])
        new = self.client.get(f"{address}/qc__dieu_2__khoan_3/").json()

        self.assertEqual(taken["text"], "Khoản mới.")
        self.assertEqual(moved["eid"], "qc__dieu_2__khoan_3__diem_dd")
        self.assertEqual((gone["text"], gone["repealed"]), ("Bảo đảm:", True))
        self.assertEqual((new["text"], new["repealed"]), ("Khoản khác hẳn.", False))

    def test_publishing_the_same_text_again_writes_nothing(self):
        before = list(Provision.objects.values())

        self.publish(self.blocks())

        self.assertEqual(list(Provision.objects.values()), before)


class Snapshots(TestCase):
    def test_a_snapshot_reads_back_equal(self):
        text = text_of(published())

        self.assertEqual(from_snapshot(as_snapshot(text)), text)

    def test_an_edition_of_the_first_format_reads(self):
        article = {
            "kind": "article",
            "eid": "qc__dieu_1",
            "number": "1",
            "heading": "Phạm vi",
            "intro": "",
            "clauses": [
                {"eid": "qc__dieu_1__khoan_1", "number": None, "text": "Chữ.", "points": []}
            ],
        }
        old = {
            "title": "Quy chế",
            "document_number": "1/QĐ",
            "parts": [article, {"kind": "annex", "title": "Biểu", "text": "Nội dung"}],
        }

        text = from_snapshot(old)

        self.assertEqual(text.articles()[0].clauses[0].citation, "đoạn 1 Điều 1")
        self.assertEqual((text.annexes()[0].heading, text.annexes()[0].body), ("Biểu", "Nội dung"))

    def test_the_pages_of_an_upgraded_portal_say_what_its_old_edition_says(self):
        text = text_of(published(WITH_EVERYTHING))
        old = {"title": text.title, "document_number": text.document_number, "parts": []}
        for part in as_snapshot(text)["parts"]:
            kept = ("kind", "eid", "level", "number", "heading", "intro", "clauses")
            kept = kept[:1] + kept[2:5] if part["kind"] == "division" else kept
            if part["kind"] != "annex":
                old["parts"].append({name: part[name] for name in kept if name in part})
        without_annexes = replace(
            text,
            parts=tuple(
                replace(part, footnotes=()) if part.kind == "article" else part
                for part in text.parts
                if not part.component.startswith("pl_")
            ),
        )
        old["parts"] = [p for p in old["parts"] if not p.get("eid", "").startswith("pl_")]

        self.assertEqual(compare_texts(from_snapshot(old), without_annexes).changed, [])
