"""What is shared with a unit when the unit merges, changes its name or ends."""

from datetime import timedelta

from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.roles import Role
from portal.datasets.models import AccessGrant, DatasetPage
from portal.datasets.sharing.grants import issue_read_token
from portal.datasets.sharing.requests import ask_access
from portal.home.setup import ensure_site
from portal.units.events import actions
from tests.datasets.sharing.sharing_case import SharingTestCase
from tests.factories import make_unit, make_user
from tests.units.event_makers import merged, perform, prepared, renamed


class SuccessionTests(SharingTestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        super().setUpTestData()
        cls.head.email = "thu-truong@example.vn"
        cls.head.save()

    def rename(self):
        with self.captureOnCommitCallbacks(execute=True):
            return renamed(self.asker_unit, "Phòng Nội vụ", user=self.administrator)

    def undo(self, successor):
        event = successor.events_as_successor.get()
        return actions.undo_event(event, user=self.administrator, reason="Nhầm")

    def name_asker(self):
        self.closed.sharing = "named"
        self.closed.named_units = [self.asker_unit]
        self.closed.save_revision().publish()

    def named(self):
        return list(DatasetPage.objects.get(pk=self.closed.pk).named_units.all())

    def test_a_grant_passes_on_and_the_owner_is_told(self):
        grant = self.grant("ma", "xa", limits=[[self.ids("xa")[0], "exact", "An Bình"]])
        new = self.rename()
        reader = make_user(Role.DATA_OFFICER, unit=new)
        self.client.force_login(reader)

        found = self.rows().json()

        self.assertEqual((found["columns"], found["total"]), (["ma", "xa"], 2))
        self.assertIn("thu-truong@example.vn", [to for letter in mail.outbox for to in letter.to])
        self.client.force_login(self.head)
        page = self.client.get(f"/quan-tri/du-lieu/chia-se/quyen/{grant.pk}/")
        self.assertContains(page, "Phòng Nội vụ")
        self.assertContains(page, "Phòng Lao động")

    def test_a_token_of_the_old_unit_opens_nothing_any_more(self):
        _token, secret = issue_read_token(
            self.asker_unit, user=self.asker_head, title="Máy", days=9, grant=self.grant("ma")
        )
        self.assertEqual(self.rows(token=secret).status_code, 200)

        self.rename()

        self.assertEqual(self.rows(token=secret).status_code, 401)

    def test_the_name_of_a_unit_among_those_it_is_shared_with_passes_on(self):
        self.name_asker()
        new = self.rename()

        self.assertEqual(self.named(), [new])
        revision = DatasetPage.objects.get(pk=self.closed.pk).get_latest_revision_as_object()
        self.assertEqual(list(revision.named_units.all()), [new])

    def test_nobody_is_named_twice(self):
        other = make_unit("Phòng Y tế")
        self.name_asker()
        self.closed.named_units = [self.asker_unit, other]
        self.closed.save_revision().publish()

        event = merged([self.asker_unit, other], user=self.administrator)

        self.assertEqual(self.named(), [event.successors.get()])

    def test_what_the_owner_itself_takes_over_needs_no_grant(self):
        grant = self.grant("ma")
        self.name_asker()

        merged([self.asker_unit, self.unit], user=self.administrator, existing=[self.unit])

        grant.refresh_from_db()
        self.assertEqual((grant.state, self.named()), ("revoked", []))
        self.assertIn("12/QĐ-UBND", grant.revocation_reason)

    def test_an_open_request_passes_on(self):
        asked = self.ask()
        new = self.rename()

        asked.refresh_from_db()
        self.assertEqual(asked.unit, new)

    def test_an_open_request_stays_where_the_successor_asks_itself(self):
        asked, other = self.ask(), make_unit("Phòng Y tế")
        officer = make_user(Role.DATA_OFFICER, unit=other)
        words = {"purpose": "Khám sức khỏe.", "legal_ground": "Điều 6."}
        ask_access(self.closed, other, user=officer, **words)

        merged([self.asker_unit, other], user=self.administrator, existing=[other])

        asked.refresh_from_db()
        self.assertEqual((asked.unit, asked.status), (self.asker_unit, "sent"))

    def test_a_grant_may_end_with_the_unit(self):
        grant = self.grant("ma")
        event = prepared("dissolve", [self.asker_unit], user=self.administrator)
        actions.decide_all(event, "stay", user=self.administrator, reason="Lưu để tra cứu")
        actions.decide_all(event, "end", user=self.administrator, reason="Hết nhiệm vụ")

        perform(event, user=self.administrator)

        grant.refresh_from_db()
        self.assertEqual(grant.state, "revoked")
        self.assertIn("Hết nhiệm vụ", grant.revocation_reason)

    def test_a_mistaken_event_gives_all_of_it_back(self):
        grant, asked = self.grant("ma"), self.ask()
        self.name_asker()
        new = self.rename()

        self.undo(new)

        grant.refresh_from_db()
        asked.refresh_from_db()
        self.assertEqual((grant.unit, asked.unit), (self.asker_unit, self.asker_unit))
        self.assertEqual(self.named(), [self.asker_unit])

    def test_what_was_read_since_cannot_be_taken_back(self):
        self.grant("ma")
        new = self.rename()
        self.client.force_login(make_user(Role.DATA_OFFICER, unit=new))
        self.rows()

        with self.assertRaises(ValidationError):
            self.undo(new)

        self.assertEqual(AccessGrant.objects.get().unit, new)

    def test_a_grant_that_is_over_stays_with_whom_it_was_given(self):
        grant = self.grant("ma")
        today = timezone.localdate()
        AccessGrant.objects.update(
            valid_from=today - timedelta(days=9), valid_until=today - timedelta(days=1)
        )

        self.rename()

        grant.refresh_from_db()
        self.assertEqual(grant.unit, self.asker_unit)
