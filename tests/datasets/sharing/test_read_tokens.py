"""Tokens with which systems read: what they reach, and what ends them."""

from django.utils import timezone

from portal.datasets.models import AccessEvent
from portal.datasets.sharing.grants import issue_read_token, revoke_grant, revoke_read_token
from portal.units.models import Membership
from tests.datasets.datasets_factory import content
from tests.datasets.sharing.sharing_case import SharingTestCase


class TokenTests(SharingTestCase):
    def test_a_system_reads_what_the_grant_gives_and_each_reading_is_told(self):
        grant = self.grant("ma", "xa")
        token, secret = issue_read_token(
            self.asker_unit, user=self.asker, title="Phần mềm", days=10, grant=grant
        )

        found = self.rows(token=secret, loc="xa:Cửa Tùng")
        file = self.client.get(
            "/du-lieu-tai/ho-so/1.csv", headers={"Authorization": f"Bearer {secret}"}
        )

        self.assertEqual(found.json()["rows"], [{"ma": "003", "xa": "Cửa Tùng"}])
        self.assertIn("Cửa Tùng", content(file).decode())
        told = [(each.way, each.grant, each.token, each.unit) for each in AccessEvent.objects.all()]
        self.assertEqual(
            sorted(told, key=lambda each: each[0]),
            [
                ("download", grant, token, self.asker_unit),
                ("rows", grant, token, self.asker_unit),
            ],
        )
        token.refresh_from_db()
        self.assertIsNotNone(token.last_used_at)

    def test_it_reads_nothing_else(self):
        _token, secret = issue_read_token(
            self.asker_unit, user=self.asker, title="x", days=10, grant=self.grant("ma")
        )
        bearer = {"Authorization": f"Bearer {secret}"}
        self.publish(dataset=self.dataset)

        other = self.client.get("/api/v1/du-lieu/dan-so/dong/", headers=bearer)

        self.assertEqual(other.status_code, 404)

    def test_it_ends_with_the_grant_the_token_its_term_and_its_issuer(self):
        grant = self.grant("ma")

        def issued():
            return issue_read_token(
                self.asker_unit, user=self.asker, title="x", days=10, grant=grant
            )

        (revoked, first), (over, second), (_orphan, third) = issued(), issued(), issued()
        self.assertEqual(
            [self.rows(token=each).status_code for each in (first, second, third)], [200, 200, 200]
        )

        revoke_read_token(revoked, user=self.asker_head)
        type(over).objects.filter(pk=over.pk).update(expires_at=timezone.now())
        self.assertEqual(
            [self.rows(token=each).status_code for each in (first, second, third)], [401, 401, 200]
        )

        Membership.objects.filter(user=self.asker).update(valid_to="2020-01-01")
        self.assertEqual(self.rows(token=third).status_code, 401)

    def test_a_revoked_grant_takes_its_tokens_along(self):
        grant = self.grant("ma")
        _token, secret = issue_read_token(
            self.asker_unit, user=self.asker, title="x", days=10, grant=grant
        )

        revoke_grant(grant, user=self.head, reason="Hết mục đích.")

        self.assertEqual(self.rows(token=secret).status_code, 401)
        self.assertEqual(self.rows(token="iocr_khong-co").status_code, 401)

    def test_a_units_token_reads_what_is_shared_by_default_and_no_more(self):
        _token, secret = issue_read_token(self.asker_unit, user=self.asker, title="x", days=10)
        self.assertEqual(self.rows(token=secret).status_code, 404)

        self.closed.on_request = False
        self.closed.save()
        found = self.rows(token=secret).json()

        self.assertNotIn("ghi_chu", found["columns"])
        self.assertEqual(found["rows"][0]["ho_ten"], "N***")

    def test_the_owners_own_system_gets_no_more_than_others_by_token(self):
        self.closed.on_request = False
        self.closed.save()
        _token, secret = issue_read_token(self.unit, user=self.officer, title="x", days=10)

        self.assertEqual(self.rows(token=secret).json()["rows"][0]["ho_ten"], "N***")

    def test_named_units_read_by_default_others_do_not_know_of_it(self):
        self.closed.sharing, self.closed.on_request = "named", False
        self.closed.named_units.add(self.asker_unit)
        self.closed.save()
        self.client.force_login(self.asker)
        self.assertEqual(self.rows().status_code, 200)
        _token, secret = issue_read_token(self.asker_unit, user=self.asker, title="x", days=10)
        self.assertEqual(self.rows(token=secret).status_code, 200)

        self.client.force_login(self.stranger)
        self.assertEqual(self.rows().status_code, 404)
        self.assertNotIn("ho-so", self.known_to(self.stranger))
