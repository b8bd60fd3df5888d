"""A person leaves in whose name machines send, read and fetch."""

from datetime import timedelta

from django.utils import timezone

from portal.core.roles import Role
from portal.datasets.actions.tokens import issue_token
from portal.datasets.sharing.grants import issue_read_token
from portal.datasets.sources.rights import source_reaches
from portal.units.hand_over import Leaving, hand_over_person
from portal.units.personal_holdings import holdings_of
from tests.datasets.datasets_factory import DatasetTestCase, make_source
from tests.factories import make_user


class MachinesHandedOver(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.administrator = make_user(Role.ADMINISTRATOR)
        cls.source = make_source(cls.dataset, cls.head)
        cls.token, _secret = issue_token(
            cls.unit, [cls.dataset], user=cls.head, title="Kho", days=30
        )
        cls.read_token, _secret = issue_read_token(
            cls.unit, user=cls.head, title="Bảng điều hành", days=30
        )

    def leave(self, heir, last_day=None):
        leaving = Leaving(self.head, None, last_day or timezone.localdate() - timedelta(days=1))
        holdings = {holding.key: heir for holding in leaving.holdings()}
        hand_over_person(leaving, holdings, user=self.administrator)
        for thing in (self.source, self.token, self.read_token):
            thing.refresh_from_db()

    def test_they_are_among_what_the_person_holds(self):
        found = {holding.kind for holding in holdings_of(self.head)}

        self.assertLessEqual({"source", "token", "read_token"}, found)

    def test_who_becomes_head_in_the_same_hand_over_goes_on_with_them(self):
        self.leave(self.officer)

        self.assertEqual(self.source.set_up_by, self.officer)
        self.assertTrue(source_reaches(self.source, self.dataset))
        self.assertEqual(
            (self.token.issued_by, self.read_token.issued_by), (self.officer, self.officer)
        )

    def test_tokens_that_nobody_takes_end(self):
        leaving = Leaving(self.head, None, timezone.localdate())
        heirs = {
            holding.key: None if not holding.needs_successor else self.officer
            for holding in leaving.holdings()
        }

        hand_over_person(leaving, heirs, user=self.administrator)

        self.token.refresh_from_db()
        self.read_token.refresh_from_db()
        self.assertFalse(self.token.is_valid or self.read_token.is_valid)

    def test_until_the_last_day_they_work_for_the_leaver(self):
        self.leave(self.officer, timezone.localdate() + timedelta(days=5))

        self.assertTrue(source_reaches(self.source, self.dataset))
        self.assertEqual((self.source.set_up_by, self.token.issued_by), (self.head, self.head))

    def test_what_has_ended_is_nobody_s_any_more(self):
        type(self.source).objects.update(status="ended")
        type(self.token).objects.update(revoked_at=timezone.now())

        found = {holding.kind for holding in holdings_of(self.head)}

        self.assertFalse(found & {"source", "token"})
