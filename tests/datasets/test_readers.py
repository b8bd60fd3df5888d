"""The kept query for visitors without a name finds what the rule of all readers finds."""

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, TestCase
from wagtail.models import PageViewRestriction

from portal.core.roles import Role
from portal.datasets.readers import dataset_for, datasets_for
from portal.datasets.rows.versions import NoSuchVersion, version_asked
from tests.datasets.datasets_factory import V1, V2, DatasetTestCase, make_dataset
from tests.factories import make_unit, make_user


class DatasetForTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit()
        cls.datasets = [
            make_dataset(cls.unit, "mo"),
            make_dataset(cls.unit, "noi-bo", sharing="internal"),
            make_dataset(cls.unit, "neu-ten", sharing="named"),
            make_dataset(cls.unit, "theo-yeu-cau", on_request=True),
            make_dataset(cls.unit, "da-go", live=False),
            make_dataset(cls.unit, "dong"),
        ]
        cls.restriction = PageViewRestriction.objects.create(
            page=cls.datasets[-1], restriction_type="login"
        )
        cls.people = [AnonymousUser(), make_user(Role.READER), make_user("ioc_officer")]

    def request(self, user):
        request = RequestFactory().get("/")
        request.user, request.session = user, {}
        return request

    def known(self, user):
        request = self.request(user)
        found = {each.code: dataset_for(request, each.code) for each in self.datasets}
        ruled = {
            each.code: datasets_for(self.request(user)).filter(code=each.code).first()
            for each in self.datasets
        }
        self.assertEqual(found, ruled)
        return {code for code, dataset in found.items() if dataset is not None}

    def test_whoever_asks_it_is_the_rule(self):
        self.assertEqual(self.known(self.people[0]), {"mo", "theo-yeu-cau"})
        for user in self.people[1:]:
            self.known(user)
        self.assertIsNone(dataset_for(self.request(AnonymousUser()), "khong-co"))

    def test_what_changes_is_told_at_once(self):
        visitor = AnonymousUser()
        self.known(visitor)

        self.restriction.delete()
        self.assertIn("dong", self.known(visitor))
        PageViewRestriction.objects.create(
            page=self.datasets[0].get_parent(), restriction_type="login"
        )
        self.assertEqual(self.known(visitor), set())
        PageViewRestriction.objects.all().delete()
        type(self.datasets[0]).objects.filter(code="mo").update(sharing="internal")
        self.assertNotIn("mo", self.known(visitor))

    def test_the_page_is_whole(self):
        found = dataset_for(self.request(AnonymousUser()), "mo")

        self.assertEqual(found.get_deferred_fields(), set())
        self.assertEqual((found.title, found.path), ("Dân số", self.datasets[0].path))


class VersionTests(DatasetTestCase):
    def test_a_version_is_found_by_its_number_and_as_the_latest(self):
        first, second = self.publish(V1), self.publish(V2)
        other = make_dataset(self.unit, "khac")

        self.assertEqual(version_asked(self.dataset, "1"), (first, True))
        self.assertEqual(version_asked(self.dataset, "2"), (second, True))
        self.assertEqual(version_asked(self.dataset, "moi-nhat"), (second, False))
        self.assertIs(version_asked(self.dataset, "1")[0].dataset, self.dataset)
        for text in ("3", "0", "123456789"):
            with self.assertRaises(NoSuchVersion):
                version_asked(self.dataset, text)
        with self.assertRaises(NoSuchVersion):
            version_asked(other, "1")
