"""How long answers of the rows API may be kept, for whom, and what HEAD tells of them."""

from unittest.mock import patch

from tests.datasets.datasets_factory import V2, content
from tests.datasets.test_rows_api import RowsCase


class KeptAnswerTests(RowsCase):
    def test_a_fixed_public_version_is_kept_for_long_and_the_latest_asked_again(self):
        fixed, latest = self.rows("1"), self.rows("moi-nhat")

        self.assertEqual(fixed["Cache-Control"], "public, max-age=604800, immutable")
        self.assertEqual(latest["Cache-Control"], "public, no-cache")
        again = self.client.get(
            f"{self.base}/phien-ban/1/dong/", headers={"if-none-match": fixed["ETag"]}
        )
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.publish(V2, period="2026")
        changed = self.client.get(
            f"{self.base}/phien-ban/moi-nhat/dong/", headers={"if-none-match": latest["ETag"]}
        )
        self.assertEqual((changed.status_code, changed.json()["version"]), (200, 2))

    def test_a_cache_gives_nobody_with_a_token_what_everybody_gets(self):
        self.assertIn("Authorization", self.rows("1")["Vary"])
        self.assertIn("Authorization", self.client.get("/du-lieu-tai/dan-so/1.csv")["Vary"])

    def test_head_is_answered_like_get_without_making_the_rows(self):
        asked = self.rows("1")

        with patch("portal.datasets.rows.whole_answers.asking") as asking:
            for address in (asked.request["PATH_INFO"], "/du-lieu-tai/dan-so/1.csv"):
                answer = self.client.head(address)
                self.assertEqual((answer.status_code, content(answer)), (200, b""))

        asking.assert_not_called()
        self.assertEqual(self.client.head(asked.request["PATH_INFO"])["ETag"], asked["ETag"])

    def test_nothing_is_kept_of_what_somebody_sees_who_logged_in(self):
        self.client.force_login(self.officer)

        self.assertEqual(self.rows("1")["Cache-Control"], "private, no-store")
