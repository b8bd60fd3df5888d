"""A dataset is found by its owner's name as long as that is open to everybody."""

from django.test import TestCase
from wagtail.models import PageViewRestriction

from portal.datasets.models import DatasetPage
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_home, make_unit


class OwnerNameTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_home()
        cls.unit = make_unit("Chi cục Zyqqwx")
        cls.dataset = make_dataset(cls.unit, "so-lieu", title="Số liệu mở", sharing="public")

    def found(self, words="Zyqqwx"):
        return [page.pk for page in DatasetPage.objects.all().search(words)]

    def test_closing_and_opening_a_unit_takes_its_name_out_and_puts_it_back(self):
        self.dataset.save_revision().publish()
        self.assertEqual(self.found(), [self.dataset.pk])

        for page in (self.unit, self.unit.get_parent()):
            closed = PageViewRestriction.objects.create(page=page, restriction_type="login")
            self.assertEqual(self.found(), [], page)
            self.assertEqual(self.found("số liệu"), [self.dataset.pk])
            closed.delete()
            self.assertEqual(self.found(), [self.dataset.pk])

    def test_a_dataset_published_while_its_unit_is_closed_says_no_name(self):
        PageViewRestriction.objects.create(page=self.unit, restriction_type="login")

        self.dataset.save_revision().publish()

        self.assertEqual(self.found(), [])

    def test_a_unit_that_is_renamed_is_found_by_its_new_name(self):
        self.unit.title = "Chi cục Wxqqyz"
        self.unit.save_revision().publish()

        self.assertEqual((self.found(), self.found("Wxqqyz")), ([], [self.dataset.pk]))
