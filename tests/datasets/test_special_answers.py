"""A file sent for a special request: what its sender says is stored, and travels with it."""

from django.core.exceptions import ValidationError

from portal.datasets.actions.review import return_version, submit_version
from portal.datasets.actions.special_requests import ask_for_data, withdraw_requested
from portal.datasets.actions.trials import send_trial
from portal.datasets.actions.uploads import receive_file
from portal.datasets.models import DatasetVersion
from portal.datasets.timeliness import timeliness_of_dataset
from tests.datasets.datasets_factory import DatasetTestCase, csv_file, make_dataset
from tests.datasets.request_makers import ask_for
from tests.datasets.test_timeliness import moment
from tests.datasets.test_upload_api import ApiCase


class SendingTests(DatasetTestCase):
    """A version is bound to a request by what its sender says, from the trial to the answer."""

    def setUp(self):
        self.asked = ask_for_data(
            [self.dataset],
            user=self.verifier,
            due_at=moment("2099-01-01T10:00"),
            instrument="15/CV-IOC",
            reason="Họp",
        ).datasets.get()
        self.client.force_login(self.officer)
        self.address = f"/quan-tri/du-lieu/{self.dataset.pk}/tai-len/"

    def test_the_form_offers_the_request_and_chooses_the_one_it_was_opened_for(self):
        page = self.client.get(self.address, {"yeu-cau": self.asked.pk})

        field = page.context["form"]["sent_for"]
        self.assertEqual(field.value(), str(self.asked.pk))
        self.assertEqual(
            [value for value, _label in field.field.choices],
            ["", str(self.asked.pk), f"{self.asked.pk}+"],
        )

    def test_what_the_sender_chooses_is_stored(self):
        for chosen, answers, counts in (
            ("", None, True),
            (str(self.asked.pk), self.asked, False),
            (f"{self.asked.pk}+", self.asked, True),
        ):
            with self.subTest(chosen):
                words = {"period": "2025", "note": "", "sent_for": chosen}
                self.client.post(self.address, {"file": csv_file(), **words})
                version = DatasetVersion.objects.latest("pk")
                self.assertEqual((version.answers, version.counts_for_period), (answers, counts))
                self.assertEqual(
                    self.client.get(f"/quan-tri/du-lieu/phien-ban/{version.pk}/").status_code, 200
                )

    def test_submitting_answers_and_returning_opens_it_again(self):
        version = self.receive(answers=self.asked, counts_for_period=False)
        self.assertIs(self.is_open(), True)

        submit_version(version, user=self.officer)
        self.assertIs(self.is_open(), False)
        return_version(version, user=self.verifier, note="Sai.")
        self.assertIs(self.is_open(), True)
        page = self.client.get(f"/quan-tri/du-lieu/phien-ban/{version.pk}/")
        self.assertIn(f"yeu-cau={self.asked.pk}", page.context["upload_address"])

    def is_open(self):
        return next(e.is_open for e in timeliness_of_dataset(self.dataset) if e.request)

    def test_a_request_for_another_dataset_or_a_withdrawn_one_is_refused(self):
        other = make_dataset(self.unit, "khac")
        with self.assertRaises(ValidationError):
            receive_file(other, csv_file(), user=self.officer, period="2025", answers=self.asked)
        withdraw_requested([self.asked], user=self.verifier, reason="Thôi.")
        self.asked.refresh_from_db()
        with self.assertRaises(ValidationError):
            receive_file(
                self.dataset, csv_file(), user=self.officer, period="2025", answers=self.asked
            )

    def test_a_trial_that_is_sent_keeps_what_was_said(self):
        trial = self.receive(is_trial=True, answers=self.asked, counts_for_period=True)

        version = send_trial(trial, user=self.officer)

        self.assertEqual((version.answers, version.counts_for_period), (self.asked, True))


class SystemTests(ApiCase):
    def test_a_units_system_names_the_request_that_it_answers(self):
        asked = ask_for(self.dataset, user=self.verifier).datasets.get()

        answer = self.send(special_request=asked.code, counts_for_period="1")

        self.assertEqual(answer.status_code, 202)
        version = DatasetVersion.objects.get()
        self.assertEqual((version.answers, version.counts_for_period), (asked, True))

    def test_a_request_of_another_dataset_is_refused(self):
        other = make_dataset(self.unit, "khac")
        asked = ask_for(other, user=self.verifier).datasets.get()

        answer = self.send(special_request=asked.code)

        self.assertEqual(answer.status_code, 422)
        self.assertIn("special_request", answer.json()["fields"])
