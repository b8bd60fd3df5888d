"""Somebody leaves: all that is in hand goes to people of the unit, all of it or nothing."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.utils import timezone
from wagtail.models import WorkflowState

from portal.core.models import AuditEntry
from portal.core.models.generic import AppendOnly
from portal.core.roles import Role
from portal.datasets.models import DatasetPage, DatasetVersion
from portal.home.setup import ensure_site
from portal.meetings.models import Meeting
from portal.units.hand_over import (
    HandOverRefused,
    Leaving,
    end_accounts,
    hand_over_person,
)
from portal.units.models import Membership, PersonHandOver
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_unit, make_user

DAY = timedelta(days=1)


def today():
    return timezone.localdate()


def receive(dataset, user, **fields):
    """Return a file that waits for its unit."""
    number = DatasetVersion.objects.count() + 1
    return DatasetVersion.objects.create(
        dataset=dataset,
        unit=dataset.owner_unit,
        uploaded_by=user,
        receipt_number=f"TN-{number}",
        filename="so-lieu.csv",
        size=1,
        sha256="0" * 64,
        status="checked",
        **fields,
    )


class HandOverCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.boss = make_user(Role.ADMINISTRATOR, first_name="Quản trị viên")
        cls.unit, cls.second = make_unit("Sở Y tế"), make_unit("Sở Văn hóa")
        cls.leaver = make_user(Role.DATA_OFFICER, unit=cls.unit, first_name="Người đi")
        Membership.objects.create(user=cls.leaver, unit=cls.second, role="unit_head")
        cls.heir = make_user(unit=cls.unit, first_name="Người nhận")
        cls.cultural = make_user(unit=cls.second, first_name="Người văn hóa")
        cls.stranger = make_user(Role.DATA_OFFICER, unit=make_unit(), first_name="Người ngoài")
        cls.dataset = make_dataset(cls.unit)
        cls.dataset.steward = cls.leaver
        cls.dataset.save_revision().publish()
        cls.version = receive(cls.dataset, cls.leaver)

    def leaving(self, unit=None, last_day=None, **more):
        unit_id = unit.pk if unit else None
        return Leaving(self.leaver, unit_id, last_day or today(), **more)

    def to(self, leaving, **by_unit):
        """Return everything to the heir of its unit."""
        heirs = {self.unit.pk: self.heir, self.second.pk: self.cultural, None: None}
        return {each.key: heirs[each.unit_id] for each in leaving.holdings()}


class CarryingOverTests(HandOverCase):
    def test_memberships_end_and_begin_without_a_gap(self):
        leaving = self.leaving(last_day=today() + 5 * DAY)
        hand_over_person(leaving, self.to(leaving), user=self.boss)

        self.assertEqual(
            set(self.leaver.memberships.values_list("valid_to", flat=True)), {today() + 5 * DAY}
        )
        heirs = self.heir.memberships.get(role="data_officer")
        self.assertEqual((heirs.unit, heirs.valid_from), (self.unit, today() + 6 * DAY))
        self.assertTrue(self.cultural.memberships.filter(role="unit_head").exists())

    def test_stewardship_goes_over_in_public_and_in_the_history(self):
        leaving = self.leaving()
        hand_over_person(leaving, self.to(leaving), user=self.boss)

        page = DatasetPage.objects.get(pk=self.dataset.pk)
        self.assertEqual(page.steward, self.heir)
        self.assertEqual(page.get_latest_revision_as_object().steward, self.heir)
        first = page.revisions.order_by("pk").first()
        self.assertEqual(first.as_object().steward, self.leaver)

    def test_an_unpublished_draft_keeps_its_words_and_gets_the_steward(self):
        draft = DatasetPage.objects.get(pk=self.dataset.pk)
        draft.description = "Bản nháp"
        draft.save_revision()
        leaving = self.leaving()
        hand_over_person(leaving, self.to(leaving), user=self.boss)

        page = DatasetPage.objects.get(pk=self.dataset.pk)
        draft = page.get_latest_revision_as_object()
        self.assertEqual((page.steward, page.description), (self.heir, ""))
        self.assertEqual((draft.steward, draft.description), (self.heir, "Bản nháp"))
        self.assertTrue(page.has_unpublished_changes)

    def test_who_sent_a_file_stays_a_fact_and_who_goes_on_is_written_down(self):
        leaving = self.leaving()
        hand_over_person(leaving, self.to(leaving), user=self.boss)
        self.version.refresh_from_db()

        self.assertEqual(self.version.uploaded_by, self.leaver)
        entry = AuditEntry.objects.about(self.version).get()
        self.assertEqual(
            (entry.data, entry.actor), ({"from": "Người đi", "to": "Người nhận"}, self.boss)
        )

    def test_one_unit_is_left_and_the_other_stays(self):
        leaving = self.leaving(self.second)
        hand_over_person(leaving, self.to(leaving), user=self.boss)

        current = self.leaver.memberships.current(today() + DAY)
        self.assertEqual([row.unit for row in current], [self.unit])
        self.assertEqual(DatasetPage.objects.get().steward, self.leaver)

    def test_minutes_go_to_somebody_who_can_write_them(self):
        taker = make_user(Role.MINUTE_TAKER, unit=self.unit)
        meeting = Meeting.objects.create(
            title="Giao ban", convenor=self.unit, secretary=self.leaver
        )
        over = Meeting.objects.create(
            title="Đã đóng", convenor=self.unit, secretary=self.leaver, status="closed"
        )
        leaving = self.leaving()
        wanted = self.to(leaving)
        with self.assertRaises(HandOverRefused):
            hand_over_person(leaving, wanted, user=self.boss)
        hand_over_person(leaving, {**wanted, f"minutes-{meeting.pk}": taker}, user=self.boss)
        meeting.refresh_from_db()
        over.refresh_from_db()

        self.assertEqual((meeting.secretary, over.secretary), (taker, self.leaver))
        self.assertEqual(meeting.history.first().history_user, self.boss)

    def test_submitted_pages_and_locks_go_over(self):
        ensure_site()
        revision = self.unit.save_revision(user=self.leaver)
        self.unit.get_workflow().start(self.unit, self.leaver)
        self.second.locked, self.second.locked_by = True, self.leaver
        self.second.save()
        leaving = self.leaving()
        hand_over_person(leaving, self.to(leaving), user=self.boss)
        self.second.refresh_from_db()

        self.assertEqual(WorkflowState.objects.get().requested_by, self.heir)
        self.assertEqual(self.second.locked_by, self.cultural)
        self.assertEqual(revision.user, self.leaver)

    def test_whoever_has_the_role_already_keeps_one_membership(self):
        Membership.objects.create(user=self.heir, unit=self.unit, role="data_officer")
        leaving = self.leaving(self.unit)
        hand_over_person(leaving, self.to(leaving), user=self.boss)

        self.assertEqual(self.heir.memberships.filter(role="data_officer").count(), 1)

    def test_what_never_began_goes_and_leaves_its_history(self):
        Membership.objects.filter(user=self.leaver, unit=self.second).update(
            valid_from=today() + 30 * DAY
        )
        leaving = self.leaving()
        hand_over_person(leaving, self.to(leaving), user=self.boss)

        self.assertFalse(self.leaver.memberships.filter(unit=self.second).exists())
        self.assertTrue(Membership.history.filter(history_type="-").exists())


class RefusalTests(HandOverCase):
    def test_nothing_goes_to_somebody_who_does_not_act_for_the_unit(self):
        leaving = self.leaving()
        wanted = {**self.to(leaving), f"steward-{self.dataset.pk}": self.stranger}
        with self.assertRaisesMessage(HandOverRefused, "Người ngoài"):
            hand_over_person(leaving, wanted, user=self.boss)

        self.assertEqual(DatasetPage.objects.get().steward, self.leaver)
        self.assertEqual(self.leaver.memberships.current(today() + DAY).count(), 2)
        self.assertFalse(PersonHandOver.objects.exists())

    def test_a_successor_who_is_gone_by_then_is_refused(self):
        self.heir.memberships.update(valid_to=today() + 3 * DAY)
        leaving = self.leaving(last_day=today() + 5 * DAY)
        with self.assertRaises(HandOverRefused):
            hand_over_person(leaving, self.to(leaving), user=self.boss)

    def test_a_list_that_has_changed_meanwhile_is_refused(self):
        leaving = self.leaving()
        wanted = self.to(leaving)
        receive(self.dataset, self.leaver)
        with self.assertRaises(HandOverRefused):
            hand_over_person(leaving, wanted, user=self.boss)

    def test_a_failure_anywhere_takes_everything_back(self):
        leaving = self.leaving()
        wanted = self.to(leaving)
        DatasetPage.objects.filter(pk=self.dataset.pk).update(slug="")
        DatasetPage.objects.filter(pk=self.dataset.pk).update(title="")
        with self.assertRaises(Exception):  # noqa: B017 - whatever the page refuses with
            hand_over_person(leaving, wanted, user=self.boss)

        self.assertEqual(self.leaver.memberships.current(today() + DAY).count(), 2)

    def test_only_administrators_have_people_hand_over(self):
        leaving = self.leaving()
        for who in (
            self.heir,
            make_user(Role.IOC_LEADER),
            make_user(Role.UNIT_HEAD, unit=self.unit),
        ):
            with self.subTest(who=who), self.assertRaises(PermissionDenied):
                hand_over_person(leaving, self.to(leaving), user=who)

    def test_an_administrator_does_not_touch_a_superuser(self):
        chief = make_user(is_superuser=True)
        with self.assertRaises(PermissionDenied):
            hand_over_person(Leaving(chief, None, today()), {}, user=self.boss)

    def test_nobody_ends_the_own_account(self):
        with self.assertRaises(HandOverRefused):
            hand_over_person(
                Leaving(self.boss, None, today(), ends_account=True), {}, user=self.boss
            )


class PaperTests(HandOverCase):
    def hand_over(self, **more):
        leaving = self.leaving(reason="Quyết định 12", **more)
        return hand_over_person(leaving, self.to(leaving), user=self.boss)

    def test_the_paper_says_what_went_to_whom_in_the_names_of_that_day(self):
        paper = self.hand_over()
        self.heir.first_name = "Tên mới"
        self.heir.save()
        self.unit.title = "Sở Y tế và Dân số"
        self.unit.save()
        paper = PersonHandOver.objects.get(pk=paper.pk)

        self.assertEqual(paper.person_name, "Người đi")
        self.assertIn("Sở Y tế", paper.units.splitlines())
        self.assertEqual({item["to"] for item in paper.items}, {"Người nhận", "Người văn hóa"})

    def test_the_paper_never_changes(self):
        paper = self.hand_over()
        paper.person_name = "Khác"
        with self.assertRaises(AppendOnly):
            paper.save()
        with self.assertRaises(AppendOnly):
            paper.delete()

    def test_the_account_ends_with_the_last_day(self):
        self.hand_over(last_day=today() + DAY, ends_account=True)
        end_accounts()
        self.leaver.refresh_from_db()
        self.assertTrue(self.leaver.is_active)

        self.assertEqual(end_accounts(today() + 2 * DAY), 1)
        self.assertEqual(end_accounts(today() + 2 * DAY), 0)
        self.leaver.refresh_from_db()
        self.assertFalse(self.leaver.is_active)
        self.assertTrue(AuditEntry.objects.filter(action="units.account_ended").exists())

    def test_a_last_day_that_is_over_ends_the_account_at_once(self):
        self.hand_over(last_day=today() - DAY, ends_account=True)
        self.leaver.refresh_from_db()

        self.assertFalse(self.leaver.is_active)

    def test_who_came_back_keeps_the_account(self):
        self.hand_over(last_day=today() - DAY, ends_account=False)
        PersonHandOver.objects.update(ends_account=True)
        Membership.objects.create(
            user=self.leaver, unit=self.unit, role="member", valid_from=today()
        )
        self.assertEqual(end_accounts(), 0)
        self.leaver.refresh_from_db()

        self.assertTrue(self.leaver.is_active)
        self.assertFalse(PersonHandOver.objects.get().ends_account)
