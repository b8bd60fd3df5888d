"""Editions: drafts enacted together, on their day the pages, and nothing outside the record.

Longer than 300 lines because each way in which a text becomes public is tried here.
"""

from datetime import timedelta
from importlib import import_module
from io import StringIO
from itertools import product

import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import QuerySet
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Page

from portal.core.models.generic import AppendOnly
from portal.core.models.status import StatusEvent
from portal.core.roles import Role
from portal.core.statuses import TransitionRefused, move
from portal.regulations.actions import (
    ChosenChange,
    EnactmentRefused,
    EverPublished,
    PagesDiffer,
    apply_due_editions,
    enact_edition,
    publish_regulation,
    refuse_deleting_published_text,
    withdraw_edition,
)
from portal.regulations.edition_papers import keep_papers
from portal.regulations.enactable import drafts_of
from portal.regulations.models import AnnexPage, ArticlePage, Edition, EditionChange, Provision
from portal.regulations.outline import text_of
from portal.regulations.redline import compare_texts
from portal.regulations.schedule import bring_editions_into_force
from portal.regulations.sealing import first_break
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


class EditionCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(Role.ADMINISTRATOR)
        cls.regulation = enacted(cls.user)

    def enact(self, *choices, **more):
        return enact(self.regulation, *choices, user=self.user, **more)

    def in_force(self):
        return self.regulation.editions.on(timezone.localdate())

    def assert_pages_are_the_edition_in_force(self):
        """Hold the invariant: what is published is what was enacted."""
        self.regulation.refresh_from_db()
        self.assertEqual(self.in_force().text, text_of(self.regulation))
        self.assertIsNone(first_break(self.regulation))


class Enacting(EditionCase):
    def test_several_drafts_become_one_edition(self):
        [edition] = self.enact(
            chosen(draft_of(self.regulation, "1", intro=INTRO), reason="Mở rộng phạm vi"),
            chosen(draft_of(self.regulation, "3", heading="Trách nhiệm")),
        )

        self.assertEqual((edition.number, edition.status), (2, "applied"))
        self.assertEqual([c.label for c in edition.changes.all()], ["Điều 1", "Điều 3"])
        self.assertEqual(edition.changes.first().reason, "Mở rộng phạm vi")
        self.assertEqual(article(self.regulation, "1").intro, INTRO)
        self.assert_pages_are_the_edition_in_force()

    def test_what_was_not_chosen_stays_a_draft(self):
        draft_of(self.regulation, "3", heading="Chưa xong")

        self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)))

        self.assertEqual(article(self.regulation, "3").heading, "Trách nhiệm của Sở Y tế")
        self.assertEqual([d.page.number for d in drafts_of(self.regulation)], ["3"])

    def test_a_coming_edition_waits_for_its_day(self):
        [edition] = self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)), days=10)

        bring_editions_into_force()
        self.assertNotEqual(article(self.regulation, "1").intro, INTRO)
        self.assert_pages_are_the_edition_in_force()
        with time_machine.travel(timezone.now() + timedelta(days=10)):
            bring_editions_into_force()
            bring_editions_into_force()
            edition.refresh_from_db()
            self.assertEqual(edition.status, "applied")
            self.assertEqual(article(self.regulation, "1").intro, INTRO)
            self.assert_pages_are_the_edition_in_force()

    def test_a_newer_draft_stays_a_draft_on_the_day(self):
        self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)), days=10)
        draft_of(self.regulation, "1", intro="Bản đang viết tiếp.")

        with time_machine.travel(timezone.now() + timedelta(days=10)):
            bring_editions_into_force()

            page = article(self.regulation, "1")
            self.assertEqual(page.intro, INTRO)
            self.assertIs(page.has_unpublished_changes, True)
            self.assertEqual(page.get_latest_revision_as_object().intro, "Bản đang viết tiếp.")

    def test_parts_may_have_days_of_their_own(self):
        editions = self.enact(
            chosen(draft_of(self.regulation, "1", intro=INTRO), effective_on=in_days(20)),
            chosen(draft_of(self.regulation, "3", heading="Trách nhiệm")),
            days=5,
        )

        self.assertEqual([e.effective_on for e in editions], [in_days(5), in_days(20)])
        self.assertEqual({e.decision_number for e in editions}, {"45/QĐ-UBND"})
        first, second = (edition.text for edition in editions)
        self.assertNotEqual(first.articles()[0].intro, INTRO)
        self.assertEqual(second.articles()[0].intro, INTRO)
        self.assertEqual(second.articles()[2].heading, "Trách nhiệm")
        on = self.regulation.editions.on
        self.assertEqual([on(in_days(d)).number for d in (0, 5, 19, 20)], [1, 2, 2, 3])
        self.assertIsNone(on(FIRST_DAY - timedelta(days=1)))

    def test_a_past_day_holds_from_that_day(self):
        [edition] = self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)), days=-30)

        self.assertEqual(self.regulation.editions.on(in_days(-30)), edition)
        self.assertEqual(self.regulation.editions.on(in_days(-31)).number, 1)

    def test_no_edition_before_the_last(self):
        self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)), days=10)

        with self.assertRaises(EnactmentRefused):
            self.enact(chosen(draft_of(self.regulation, "3", heading="Khác")), days=9)

        self.assertEqual(self.regulation.editions.count(), 2)

    def test_a_new_article_comes_with_its_edition(self):
        self.enact(chosen(new_article(self.regulation, "3a", "Chữ mới.")))

        page = article(self.regulation, "3a")
        self.assertIs(page.live, True)
        self.assertEqual(self.in_force().changes.get().kinds, ["added"])
        self.assertEqual(page.eid, "qc__dieu_3a")
        self.assert_pages_are_the_edition_in_force()

    def test_a_repealed_article_leaves_the_text_and_stays_in_the_portal(self):
        page = article(self.regulation, "2")

        self.enact(ChosenChange(page, reason="Không còn phù hợp"))

        page.refresh_from_db()
        self.assertIs(page.live, False)
        self.assertIs(Provision.objects.get(eid="qc__dieu_2").repealed, True)
        [change] = self.in_force().changes.all()
        self.assertEqual((change.kinds, change.reason), (["repealed"], "Không còn phù hợp"))
        self.assertEqual(drafts_of(self.regulation), [])
        self.assert_pages_are_the_edition_in_force()

    def test_a_repealed_chapter_takes_its_articles_along(self):
        chapter = article(self.regulation, "3").get_parent()

        self.enact(ChosenChange(chapter, reason="Chuyển sang văn bản khác"))

        self.assertEqual([a.number for a in self.in_force().text.articles()], ["1", "2"])
        self.assertEqual(
            {c.reason for c in self.in_force().changes.all()}, {"Chuyển sang văn bản khác"}
        )

    def test_the_head_is_enacted_like_an_article(self):
        self.regulation.closing_note = "Ghi chú mới."
        revision = self.regulation.save_revision()
        self.regulation.refresh_from_db()

        self.enact(ChosenChange(self.regulation, revision))

        self.assertEqual(self.in_force().text.closing_note, "Ghi chú mới.")
        self.assert_pages_are_the_edition_in_force()

    def test_refusals_leave_nothing_behind(self):
        amended = chosen(draft_of(self.regulation, "1", intro=INTRO))
        stale = chosen(draft_of(self.regulation, "2", heading="Một"))
        draft_of(self.regulation, "2", heading="Hai")
        stale = ChosenChange(article(self.regulation, "2"), stale.revision)
        later = draft_of(self.regulation, "3", go_live_at=timezone.now() + timedelta(days=3))
        same = self.regulation, self.regulation.save_revision()
        self.regulation.refresh_from_db()
        for name, choices in {
            "nothing chosen": [],
            "edited in the meantime": [stale],
            "scheduled by Wagtail": [chosen(later)],
            "amended and repealed": [amended, ChosenChange(amended.page)],
            "no word changes": [ChosenChange(*same)],
        }.items():
            with self.subTest(name), self.assertRaises(EnactmentRefused):
                self.enact(*choices)

        self.assertEqual(self.regulation.editions.count(), 1)

    def test_without_a_first_edition_nothing_is_enacted(self):
        bare = published(user=self.user)

        with self.assertRaises(EnactmentRefused):
            enact(bare, chosen(draft_of(bare, "1", intro=INTRO)), user=self.user)

    def test_there_is_one_first_edition(self):
        with self.assertRaises(EnactmentRefused):
            enact_edition(
                self.regulation, effective_on=FIRST_DAY, decision_number="x", user=self.user
            )

    def test_pages_that_say_something_else_are_not_published(self):
        [edition] = self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)), days=1)
        ArticlePage.objects.filter(number="3").update(heading="Sửa lén")

        with time_machine.travel(timezone.now() + timedelta(days=1)):
            with self.assertRaises(PagesDiffer):
                apply_due_editions(self.regulation)
            with self.assertLogs("portal.regulations.schedule", "ERROR"):
                bring_editions_into_force()

        edition.refresh_from_db()
        self.assertEqual(edition.status, "enacted")
        self.assertNotEqual(article(self.regulation, "1").intro, INTRO)


class Withdrawing(EditionCase):
    def test_a_coming_edition_is_taken_back_with_a_reason(self):
        [edition] = self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)), days=10)

        withdraw_edition(edition, user=self.user, reason="Ban hành nhầm")

        self.assertEqual(self.regulation.editions.on(in_days(30)).number, 1)
        step = StatusEvent.objects.about(edition).last()
        self.assertEqual((step.to_status, step.note), ("withdrawn", "Ban hành nhầm"))
        self.assertEqual([d.page.number for d in drafts_of(self.regulation)], ["1"])
        [again] = self.enact(
            chosen((article(self.regulation, "1"), article(self.regulation, "1").latest_revision))
        )
        self.assertEqual(again.number, 3)
        self.assert_pages_are_the_edition_in_force()

    def test_not_what_is_in_force_nor_what_others_build_on_nor_without_a_reason(self):
        [applied] = self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)))
        [below] = self.enact(chosen(draft_of(self.regulation, "2", heading="Hai")), days=3)
        [last] = self.enact(chosen(draft_of(self.regulation, "3", heading="Ba")), days=4)

        for edition, reason in ((applied, "Vì"), (below, "Vì"), (last, " ")):
            with self.subTest(edition.number), self.assertRaises(EnactmentRefused):
                withdraw_edition(edition, user=self.user, reason=reason)

    def test_every_pair_of_statuses(self):
        for source, target in product(Edition.Status, repeat=2):
            with self.subTest(source=source, target=target), transaction.atomic():
                edition = self.regulation.editions.get()
                Edition.objects.filter(pk=edition.pk).update(status=source)
                if target in Edition.TRANSITIONS.get(source, ()):
                    self.assertEqual(move(edition, target, user=None).status, target)
                else:
                    with self.assertRaises(TransitionRefused):
                        move(edition, target, user=None)
                transaction.set_rollback(True)


class PublishedAlone(EditionCase):
    def publish(self, number, **changes):
        page, revision = draft_of(self.regulation, number, **changes)
        revision.publish(user=self.user)
        return page

    def test_one_page_makes_a_correction_by_itself(self):
        self.publish("1", intro=INTRO)

        edition = self.in_force()
        self.assertEqual((edition.number, edition.kind), (2, "correction"))
        self.assertEqual(edition.effective_on, timezone.localdate())
        self.assertEqual([c.label for c in edition.changes.all()], ["Điều 1"])
        self.assertEqual(
            edition.changes.get().revision, article(self.regulation, "1").live_revision
        )
        self.assert_pages_are_the_edition_in_force()

    def test_without_other_words_there_is_no_edition(self):
        self.publish("1", search_description="Tả cho máy tìm")

        self.assertEqual(self.regulation.editions.count(), 1)

    def test_archiving_and_moving_are_recorded(self):
        article(self.regulation, "2").unpublish(user=self.user)
        self.assertEqual(self.in_force().changes.get().kinds, ["repealed"])
        first, last = article(self.regulation, "1"), article(self.regulation, "3")
        first.move(last, pos="right", user=self.user)

        self.assertEqual(self.in_force().number, 3)
        self.assertIn("moved", {k for c in self.in_force().changes.all() for k in c.kinds})
        self.assert_pages_are_the_edition_in_force()

    def test_publishing_the_whole_again_is_recorded(self):
        draft_of(self.regulation, "1", intro=INTRO)

        publish_regulation(self.regulation, user=self.user)

        self.assertEqual(self.in_force().kind, "correction")
        self.assert_pages_are_the_edition_in_force()

    def test_a_waiting_edition_is_enacted_anew_on_the_new_text(self):
        [waiting] = self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)), days=9)

        self.publish("3", heading="Trách nhiệm")

        waiting.refresh_from_db()
        self.assertEqual(waiting.status, "withdrawn")
        coming = self.regulation.editions.coming().get()
        self.assertEqual(coming.effective_on, waiting.effective_on)
        self.assertEqual([c.label for c in coming.changes.all()], ["Điều 1"])
        self.assertEqual(coming.text.articles()[2].heading, "Trách nhiệm")
        with time_machine.travel(timezone.now() + timedelta(days=9)):
            bring_editions_into_force()
            self.assert_pages_are_the_edition_in_force()

    def test_later_words_published_at_once_overtake_those_that_wait(self):
        self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)), days=9)

        self.publish("1", heading="Phạm vi áp dụng")

        self.assertEqual(self.in_force().text.articles()[0].intro, INTRO)
        self.assertIs(self.regulation.editions.coming().exists(), False)
        self.assert_pages_are_the_edition_in_force()

    def test_moving_a_new_draft_keeps_the_waiting_edition_true(self):
        draft = new_article(self.regulation, "3a", "Chữ mới.")
        self.enact(chosen(draft), days=9)

        draft[0].move(article(self.regulation, "3"), pos="left", user=self.user)

        coming = self.regulation.editions.coming().get()
        self.assertEqual([a.number for a in coming.text.articles()], ["1", "2", "3a", "3"])
        with time_machine.travel(timezone.now() + timedelta(days=9)):
            bring_editions_into_force()
            self.assert_pages_are_the_edition_in_force()

    def test_an_annex_published_alone_counts_too(self):
        annex = self.regulation.add_child(
            instance=AnnexPage(title="Phụ lục", label="Phụ lục", body="Biểu mẫu", live=False)
        )

        annex.save_revision().publish(user=self.user)

        self.assertEqual(self.in_force().changes.get().kinds, ["added"])
        self.assert_pages_are_the_edition_in_force()


class Record(EditionCase):
    def test_an_edition_never_changes(self):
        edition = self.regulation.editions.get()
        for name, value in (("snapshot", {}), ("sha256", "x"), ("effective_on", in_days(0))):
            with self.subTest(name):
                changed = Edition.objects.get(pk=edition.pk)
                setattr(changed, name, value)
                with self.assertRaises(AppendOnly):
                    changed.save()
                with self.assertRaises(AppendOnly):
                    Edition.objects.filter(pk=edition.pk).update(**{name: value})
        for deed in (edition.delete, Edition.objects.all().delete):
            with self.assertRaises(AppendOnly):
                deed()

    def test_a_change_never_changes(self):
        [edition] = self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)))
        change = edition.changes.get()

        for deed in (change.save, change.delete, EditionChange.objects.all().delete):
            with self.assertRaises(AppendOnly):
                deed()

    def test_numbers_are_given_once(self):
        edition = Edition.objects.get(regulation=self.regulation)
        edition.pk, edition._state.adding = None, True

        with self.assertRaises(IntegrityError), transaction.atomic():
            edition.save()

    def test_the_first_break_is_named(self):
        self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)), title="Sửa đổi")
        out = StringIO()
        call_command("verify_editions", stdout=out)
        self.assertIn("2", out.getvalue())

        for values in (
            {"snapshot": {"title": "Khác", "parts": []}},
            {"decision_title": "Khác"},
            {"seal": "khác"},
        ):
            with self.subTest(values), transaction.atomic():
                QuerySet(Edition).filter(number=2).update(**values)  # past our own refusal
                with self.assertRaises(CommandError) as caught:
                    call_command("verify_editions", stdout=out)
                self.assertIn("2", str(caught.exception))
                transaction.set_rollback(True)

    def test_editions_from_before_the_seals_are_sealed(self):
        self.enact(chosen(draft_of(self.regulation, "1", intro=INTRO)))
        QuerySet(EditionChange).delete()
        QuerySet(Edition).update(seal="", kind="first")
        before = MigrationLoader(connection, replace_migrations=False).project_state(
            ("regulations", "0005_seal_editions")
        )

        import_module("portal.regulations.migrations.0005_seal_editions").seal(before.apps, None)

        self.assertIsNone(first_break(self.regulation))
        self.assertEqual(
            list(self.regulation.editions.values_list("kind", flat=True)), ["first", "correction"]
        )

    def test_words_that_came_past_the_record_are_found(self):
        ArticlePage.objects.filter(number="3").update(heading="Sửa lén")

        with self.assertRaises(CommandError):
            call_command("verify_editions", self.regulation.slug, stdout=StringIO())

    def test_a_regulation_that_does_not_exist_is_named(self):
        with self.assertRaises(CommandError) as caught:
            call_command("verify_editions", "khong-co", stdout=StringIO())

        self.assertIn("khong-co", str(caught.exception))

    def test_the_paper_is_kept_with_its_hash(self):
        edition = self.regulation.editions.get()
        with self.captureOnCommitCallbacks(execute=True):
            keep_papers()
        self.assertEqual(keep_papers(), 1)

        edition.refresh_from_db()
        self.assertEqual(edition.paper.open("rb").read(5), b"%PDF-")
        self.assertEqual(keep_papers(), 0)
        self.assertIsNone(first_break(self.regulation))
        Edition.objects.filter(pk=edition.pk).update(paper_sha256="khác")
        self.assertIsNotNone(first_break(self.regulation))

    def test_a_draft_that_was_enacted_is_not_deleted(self):
        page, revision = new_article(self.regulation, "3a", "Chữ mới.")
        self.enact(chosen((page, revision)), days=9)

        with self.assertRaises(EverPublished):
            refuse_deleting_published_text(Page.objects.get(pk=page.pk))

    def test_a_snapshot_says_what_the_pages_say(self):
        edition = self.regulation.editions.get()

        self.assertEqual(compare_texts(edition.text, text_of(self.regulation)).changed, [])
