"""Readers of an old version are told what became of its figures, and why."""

from portal.core.roles import Role
from portal.datasets.actions.restoring import restore_version
from portal.datasets.actions.review import submit_version, verify_and_publish, withdraw_version
from tests.datasets.datasets_factory import V2, DatasetTestCase
from tests.factories import make_user


class OldVersionTests(DatasetTestCase):
    def test_the_old_figures_say_by_which_version_they_were_corrected_and_why(self):
        self.publish()
        again = submit_version(self.receive(V2), user=self.officer, note="Bình Minh báo lại.")
        verify_and_publish(again, user=self.verifier)
        told = "đã được đính chính ở phiên bản 2: Bình Minh báo lại."

        old = self.client.get(self.dataset.get_url(), {"phien-ban": 1})
        self.assertContains(old, told)
        self.assertContains(old, "?phien-ban=2")
        self.assertNotContains(self.client.get(self.dataset.get_url()), told)

        withdraw_version(again, user=self.verifier, note="Nhầm tệp.")
        standing = self.client.get(self.dataset.get_url(), {"phien-ban": 1})
        self.assertNotContains(standing, told)

    def test_readers_of_what_was_replaced_are_told_and_those_of_what_stands_again_are_not(self):
        first, _second = self.publish(), self.publish(V2)
        first.refresh_from_db()
        with self.captureOnCommitCallbacks(execute=True):
            restored = restore_version(first, user=self.verifier, note="Bản 2 nhầm đơn vị tính.")
        restored.refresh_from_db()
        verify_and_publish(restored, user=make_user(Role.IOC_OFFICER))

        replaced, again = (
            self.client.get(self.dataset.get_url(), {"phien-ban": number}) for number in (2, 1)
        )

        self.assertContains(replaced, "thay thế bởi phiên bản 3, khôi phục phiên bản 1:")
        self.assertIsNone(again.context["replaced_by"])

    def test_an_address_of_a_withdrawn_version_says_so(self):
        self.publish()
        withdraw_version(self.publish(V2), user=self.verifier, note="Nhầm tệp.")

        page = self.client.get(self.dataset.get_url(), {"phien-ban": 2})

        self.assertContains(
            page, "Phiên bản 2 đã được thu hồi. Phiên bản hiện hành là phiên bản 1."
        )
        self.assertNotContains(page, "Nhầm tệp.")
        self.assertEqual(page.context["version"].number, 1)

    def test_an_address_of_a_version_that_never_was_says_so(self):
        self.publish()

        for number in ("7", "0", "abc"):
            with self.subTest(number):
                page = self.client.get(self.dataset.get_url(), {"phien-ban": number})
                self.assertContains(page, "Không có phiên bản này. Phiên bản hiện hành")
        current = self.client.get(self.dataset.get_url(), {"phien-ban": 1})
        self.assertNotContains(current, "Không có phiên bản này.")
