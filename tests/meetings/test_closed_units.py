"""A public meeting names closed units only to those who may see them."""

from django.test import TestCase, override_settings
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.small_site import build_small_site


@override_settings(SECURE_SSL_REDIRECT=False)
class ClosedUnitTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = build_small_site(cls)
        cls.meeting = cls.site.meeting
        cls.unit = cls.meeting.attendances.first().unit
        cls.others = {row.unit.title for row in cls.meeting.attendances.all()} - {cls.unit.title}
        PageViewRestriction.objects.create(page=cls.unit, restriction_type="login")

    def invited(self):
        """Return the units that the page lists."""
        answer = self.client.get(reverse("meeting", args=[self.meeting.pk]))
        return {unit["unit"] for unit in answer.context["record"]["units"]}

    def leads(self):
        """Return the units that JSON names behind tasks and items."""
        answer = self.client.get(reverse("api:get_meeting", args=[self.meeting.pk])).json()
        tasks = [
            task
            for item in answer["items"]
            for conclusion in item["conclusions"]
            for task in conclusion["tasks"]
        ]
        return {task["lead"] for task in tasks} | {item["presenter"] for item in answer["items"]}

    def test_the_public_reads_the_names_of_open_units_only(self):
        self.assertTrue(self.meeting.is_public)

        self.assertEqual(self.invited(), self.others)
        self.assertNotIn(self.unit.title, self.leads())

    def test_who_runs_meetings_reads_all(self):
        self.client.force_login(self.site.people["ioc_leader"])

        self.assertEqual(self.invited(), {*self.others, self.unit.title})

    def test_an_opened_unit_is_named_again_though_the_record_is_frozen(self):
        PageViewRestriction.objects.all().delete()

        self.assertEqual(self.invited(), {*self.others, self.unit.title})
