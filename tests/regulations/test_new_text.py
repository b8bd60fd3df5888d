"""A whole new text becomes the next edition: what goes on, what leaves, what returns."""

from datetime import timedelta

import time_machine
from django.test import TestCase
from django.utils import timezone

from portal.core.roles import Role
from portal.regulations.actions import (
    Decision,
    create_draft_pages,
    enact_edition,
    enact_new_text,
)
from portal.regulations.enactable import base_text
from portal.regulations.models import ArticlePage, Provision, RegulationIndexPage, RegulationPage
from portal.regulations.outline import text_of
from portal.regulations.parsing import as_json, parse_text
from portal.regulations.redline import compare_texts
from portal.regulations.schedule import bring_editions_into_force
from portal.regulations.sealing import first_break
from tests.factories import make_user
from tests.regulations.edition_texts import FIRST_DAY, in_days
from tests.regulations.test_thread import published
from tests.regulations.whole_text import (
    ANNEX_I,
    ARTICLE_4,
    CHAPTER_III,
    CLAUSE_3,
    POINT_B,
    SHIFTED,
    WHOLE,
)


class NewTextCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(Role.ADMINISTRATOR)
        regulation = published(WHOLE, user=cls.user)
        enact_edition(regulation, effective_on=FIRST_DAY, decision_number="12", user=cls.user)
        cls.pk = regulation.pk

    @property
    def regulation(self):
        return RegulationPage.objects.get(pk=self.pk)

    def enact(self, text, days=0):
        """Enact ``text`` as the next edition, and see that the pages then say just that."""
        parsed = as_json(parse_text(text))
        decision = Decision(kind="amendment", effective_on=in_days(days), number="45/QĐ-UBND")
        editions = enact_new_text(self.regulation, parsed, decision, user=self.user)
        self.assert_says(base_text(self.regulation), text)
        self.assertIsNone(first_break(self.regulation))
        return editions

    def assert_says(self, found, text):
        self.assertEqual(printed(found), printed(self.as_alone(text)))

    def as_alone(self, text):
        """Return ``text`` as a regulation that was never another one."""
        parent = RegulationIndexPage.objects.get()
        page = create_draft_pages(as_json(parse_text(text)), parent=parent, user=self.user)
        alone = text_of(page, live_only=False)
        page.delete()
        return alone

    def provision(self, words):
        return Provision.objects.get(text__contains=words)

    def kinds(self, edition):
        return {change.label: change.kinds for change in edition.changes.all() if change.label}

    def address(self, words):
        row = self.provision(words)
        return self.client.get(row.url).status_code


def printed(text):
    """Return what a text prints, identifiers of pages and blocks apart."""
    return [
        (part.kind, part.title, part.eid, getattr(part, "body", ""), getattr(part, "intro", ""))
        + tuple(
            (
                clause.eid,
                clause.number,
                clause.text,
                [(p.eid, p.label, p.text) for p in clause.points],
            )
            for clause in getattr(part, "clauses", ())
        )
        for part in text.parts
    ]


class ReturningTests(NewTextCase):
    def test_an_article_that_returns_gets_back_its_page_and_its_address(self):
        clause = self.provision("giao thông hằng quý")
        page, url = clause.article, clause.url
        without = WHOLE.replace(ARTICLE_4, "")

        self.enact(without)
        self.assertEqual(self.client.get(url).status_code, 410)
        [edition] = self.enact(WHOLE)

        clause.refresh_from_db()
        self.assertEqual((clause.article, clause.url, clause.repealed), (page, url, False))
        self.assertEqual(self.client.get(url).status_code, 200)
        self.assertEqual(self.kinds(edition), {"Điều 4": ["added"]})
        self.assertEqual(ArticlePage.objects.descendant_of(self.regulation).count(), 7)
        self.assertEqual(page.revisions.count(), 2)
        self.enact(without)
        [again] = self.enact(WHOLE)
        self.assertEqual(again.number, 5)

    def test_it_returns_with_other_words_where_it_still_reads_like_itself(self):
        clause = self.provision("giao thông hằng quý")
        self.enact(WHOLE.replace(ARTICLE_4, ""))

        self.enact(WHOLE.replace("giao thông hằng quý", "giao thông và quy hoạch hằng quý"))

        clause.refresh_from_db()
        self.assertIn("quy hoạch", clause.text)
        self.assertIs(clause.repealed, False)

    def test_something_else_under_its_number_is_another_article(self):
        gone = self.provision("giao thông hằng quý")
        self.enact(WHOLE.replace(ARTICLE_4, ""))

        other = "Điều 4. Chế độ họp\n1. Văn phòng tổ chức họp giao ban định kỳ sáu tháng.\n\n"
        self.enact(WHOLE.replace(ARTICLE_4, other))

        gone.refresh_from_db()
        self.assertIs(gone.repealed, True)
        met = self.provision("giao ban")
        self.assertEqual(met.url, gone.url)
        self.assertNotEqual(met.article, gone.article)

    def test_numbers_shift_and_shift_back_and_provisions_keep_their_words(self):
        words = ["giao thông hằng quý", "Cử cán bộ", "khám chữa bệnh"]
        rows = {each: self.provision(each) for each in words}

        [shifted] = self.enact(SHIFTED)
        after = {each: self.provision(each) for each in words}
        self.assertEqual(after["Cử cán bộ"].pk, rows["Cử cán bộ"].pk)
        self.assertEqual(after["Cử cán bộ"].path, "dieu-4/khoan-1")
        self.assertIs(after["giao thông hằng quý"].repealed, True)
        self.assertEqual(self.kinds(shifted)["Điều 4"], ["renumbered"])
        self.enact(WHOLE)

        for each in words:
            back = self.provision(each)
            self.assertEqual((back.pk, back.eid), (rows[each].pk, rows[each].eid))
            self.assertIs(back.repealed, False)
            self.assertEqual(self.address(each), 200)

    def test_it_returns_under_another_number_and_its_old_address_leads_on(self):
        clause = self.provision("giao thông hằng quý")
        old = clause.url
        self.enact(WHOLE.replace(ARTICLE_4, ""))

        self.enact(WHOLE.replace(ARTICLE_4, ARTICLE_4.replace("Điều 4", "Điều 3a")))

        clause.refresh_from_db()
        self.assertEqual(clause.path, "dieu-3a/khoan-1")
        self.assertRedirects(self.client.get(old), clause.url)

    def test_clauses_and_points_return_to_their_rows(self):
        point, clause = self.provision("Đầy đủ về số lượng"), self.provision("Công khai kết quả")

        self.enact(WHOLE.replace(POINT_B, "").replace("c) Thống", "b) Thống").replace(CLAUSE_3, ""))
        self.assertEqual(Provision.objects.filter(repealed=True).count(), 2)
        self.enact(WHOLE)

        for row in (point, clause):
            was = (row.pk, row.eid)
            row.refresh_from_db()
            self.assertEqual((row.pk, row.eid, row.repealed), (*was, False))

    def test_a_chapter_returns_with_what_stands_below_it(self):
        article = self.provision("Văn phòng kiểm tra")

        [edition] = self.enact(WHOLE.replace(CHAPTER_III, ""))
        self.assertIn("Điều 6", self.kinds(edition))
        self.enact(WHOLE)

        row = self.provision("Văn phòng kiểm tra")
        self.assertEqual((row.pk, row.article), (article.pk, article.article))
        self.assertEqual(self.address("Văn phòng kiểm tra"), 200)

    def test_an_annex_returns_to_its_page(self):
        annex = next(part for part in text_of(self.regulation).annexes() if part.number == "I")

        self.enact(WHOLE.replace(ANNEX_I, ""))
        self.enact(WHOLE)

        self.assertEqual(text_of(self.regulation).annexes()[0].id, annex.id)

    def test_it_returns_on_a_coming_day_while_another_edition_waits(self):
        clause = self.provision("giao thông hằng quý")
        self.enact(WHOLE.replace(ARTICLE_4, ""), days=5)
        [back] = self.enact(WHOLE.replace("Kịp thời", "Nhanh chóng"), days=9)

        self.assertEqual(back.status, "enacted")
        with time_machine.travel(timezone.now() + timedelta(days=5)):
            bring_editions_into_force()
            self.assertIs(self.provision("giao thông hằng quý").repealed, True)
        with time_machine.travel(timezone.now() + timedelta(days=9)):
            bring_editions_into_force()
            clause.refresh_from_db()
            self.assertIs(clause.repealed, False)
            self.assertIsNone(first_break(self.regulation))


class PlacingTests(NewTextCase):
    def test_an_article_goes_to_another_chapter_and_its_provisions_stay(self):
        clause = self.provision("Cử cán bộ")
        article_5 = WHOLE[WHOLE.index("Điều 5.") : WHOLE.index("Chương III")]
        moved = WHOLE.replace("Mục 2\nCÁC XÃ\n\n" + article_5, "").replace(
            "KIỂM TRA\n\n", "KIỂM TRA\n\n" + article_5
        )

        self.enact(moved)
        self.assertEqual(self.provision("Cử cán bộ").pk, clause.pk)
        self.assertEqual(self.address("Cử cán bộ"), 200)
        self.enact(WHOLE)

        self.assertEqual(self.provision("Cử cán bộ").pk, clause.pk)

    def test_two_articles_that_change_places_keep_their_provisions(self):
        health, building = self.provision("khám chữa bệnh"), self.provision("giao thông hằng quý")
        article_3 = WHOLE[WHOLE.index("Điều 3.") : WHOLE.index("Điều 4.")]
        swapped = WHOLE.replace(article_3 + ARTICLE_4, "{}{}").format(
            ARTICLE_4.replace("Điều 4", "Điều 3"), article_3.replace("Điều 3", "Điều 4")
        )

        self.enact(swapped)

        self.assertEqual(self.provision("khám chữa bệnh").pk, health.pk)
        self.assertEqual(self.provision("giao thông hằng quý").pk, building.pk)

    def test_a_new_chapter_and_section_stand_where_the_text_has_them(self):
        new = "Chương II\nDỮ LIỆU\n\nMục 1\nCHIA SẺ\n\nĐiều 2a. Chia sẻ\nChia sẻ mặc định.\n\n"
        renumbered = WHOLE.replace("Chương III", "Chương IV").replace("Chương II\n", "Chương III\n")

        [edition] = self.enact(renumbered.replace("Chương III\n", new + "Chương III\n"))

        self.assertEqual(self.kinds(edition)["Điều 2a"], ["added"])

    def test_the_same_text_is_no_edition(self):
        self.assertEqual(self.enact(WHOLE), [])

    def test_a_waiting_edition_is_what_the_next_text_changes(self):
        self.enact(WHOLE.replace("Kịp thời", "Nhanh chóng"), days=5)

        self.assertEqual(self.enact(WHOLE.replace("Kịp thời", "Nhanh chóng"), days=6), [])
        [edition] = self.enact(WHOLE, days=6)

        self.assertEqual([*self.kinds(edition)], ["Điều 2"])


class RedlineTests(NewTextCase):
    def test_the_redline_says_what_returned(self):
        self.enact(WHOLE.replace(ARTICLE_4, ""))
        self.enact(WHOLE)

        texts = [edition.text for edition in self.regulation.editions.order_by("number")]
        [change] = compare_texts(texts[1], texts[2]).changed
        self.assertEqual((change.kinds, change.label), (("added",), "Điều 4"))
        self.assertEqual(compare_texts(texts[0], texts[2]).changed, [])
