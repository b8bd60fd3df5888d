"""Who looks after a dataset acts for the unit that owes it."""

from django.test import TestCase
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from portal.core.roles import Role
from portal.datasets.models import DatasetPage
from portal.home.setup import ensure_site
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_unit, make_user


class StewardTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.unit = make_unit("Sở Y tế")
        cls.officer = make_user(Role.DATA_OFFICER, unit=cls.unit)
        cls.stranger = make_user(Role.DATA_OFFICER, unit=make_unit("Sở Khác"))
        cls.nobody = make_user()
        cls.dataset = make_dataset(cls.unit)
        cls.boss = make_user(Role.ADMINISTRATOR)

    def name(self, steward):
        self.client.force_login(self.boss)
        address = reverse("wagtailadmin_pages:edit", args=[self.dataset.pk])
        answers = querydict_from_html(
            self.client.get(address).content.decode(), form_id="page-edit-form"
        )
        answers["steward"] = str(steward.pk)
        return self.client.post(address, answers)

    def steward(self):
        page = DatasetPage.objects.get(pk=self.dataset.pk)
        return page.get_latest_revision_as_object().steward

    def test_somebody_of_the_unit_is_named(self):
        self.name(self.officer)

        self.assertEqual(self.steward(), self.officer)

    def test_nobody_else_is(self):
        for who in (self.stranger, self.nobody):
            with self.subTest(who=who):
                self.assertEqual(self.name(who).status_code, 200)
                self.assertIsNone(self.steward())
