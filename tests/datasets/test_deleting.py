"""A dataset about which something is kept is not deleted, and whoever tries is told why."""

from django.urls import reverse

from portal.core.roles import Role
from portal.datasets.models import DatasetPage
from tests.datasets.datasets_factory import DatasetTestCase, make_indicator, make_source
from tests.datasets.request_makers import ask_for
from tests.factories import make_home, make_user


class DeletingTests(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.administrator = make_user(Role.ADMINISTRATOR, is_superuser=True)

    def setUp(self):
        self.client.force_login(self.administrator)

    def delete(self, page=None):
        address = reverse("wagtailadmin_pages:delete", args=[(page or self.dataset).pk])
        return self.client.post(address, follow=True)

    def assert_kept(self, answer, thing):
        self.assertTrue(DatasetPage.objects.filter(pk=self.dataset.pk).exists())
        self.assertContains(answer, f"Không xóa được “Dân số” vì còn lưu: {thing}.")

    def test_nothing_known_of_it_is_no_reason_to_keep_it(self):
        self.delete()

        self.assertFalse(DatasetPage.objects.exists())

    def test_with_a_source(self):
        make_source(self.dataset, self.head)

        self.assert_kept(self.delete(), "nguồn dữ liệu")

    def test_with_a_source_that_has_ended(self):
        source = make_source(self.dataset, self.head)
        type(source).objects.update(status="ended")

        self.assert_kept(self.delete(), "nguồn dữ liệu")

    def test_with_files(self):
        self.receive()

        self.assert_kept(self.delete(), "phiên bản dữ liệu")

    def test_with_a_special_request(self):
        ask_for(self.dataset, user=self.verifier)

        self.assert_kept(self.delete(), "yêu cầu đột xuất đối với bộ dữ liệu")

    def test_with_an_indicator(self):
        make_indicator(self.dataset)

        self.assert_kept(self.delete(), "chỉ tiêu")

    def test_with_the_page_above_it(self):
        make_source(self.dataset, self.head)

        self.assert_kept(self.delete(self.dataset.get_parent()), "nguồn dữ liệu")

    def test_among_several_at_once(self):
        make_source(self.dataset, self.head)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

        answer = self.client.post(f"{address}?id={self.dataset.pk}", follow=True)

        self.assert_kept(answer, "nguồn dữ liệu")

    def test_its_explorer_page_opens_afterwards(self):
        make_source(self.dataset, self.head)

        answer = self.delete()

        self.assertRedirects(answer, reverse("wagtailadmin_explore", args=[self.dataset.pk]))
        self.assertTrue(make_home().get_descendants().filter(pk=self.dataset.pk).exists())
