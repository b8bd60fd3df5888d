"""Two files of a period at once: whichever comes second corrects, and somebody says why."""

from django.core.exceptions import ValidationError

from portal.core.models import Job
from portal.datasets.actions.review import compare_again, verify_and_publish, verify_version
from portal.datasets.models import DatasetVersion
from portal.datasets.steps import possible_steps
from tests.datasets.datasets_factory import V2, DatasetTestCase


class LateCorrectionTests(DatasetTestCase):
    def second_of_two(self, **kwargs):
        """Return a file that was handed in before another one of its period was published."""
        first, second = self.submit(), self.submit(V2, **kwargs)
        verify_and_publish(first, user=self.verifier)
        with self.captureOnCommitCallbacks(execute=True):
            compare_again(second, user=self.verifier)
        self.assertFalse(Job.objects.about(second).unfinished().exists())
        second.refresh_from_db()
        return second

    def test_nobody_corrects_without_saying_why(self):
        second = self.second_of_two()

        for act in (verify_and_publish, verify_version):
            with self.subTest(act.__name__), self.assertRaises(ValidationError) as caught:
                act(second, user=self.verifier, note="  ")
            self.assertIn("note", caught.exception.message_dict)
        second.refresh_from_db()
        self.assertEqual(second.status, DatasetVersion.Status.SUBMITTED)

    def test_the_verifier_says_why_and_readers_see_it(self):
        second = self.second_of_two()
        step = possible_steps(self.verifier, second, None).main
        self.assertEqual((step.key, step.note), ("xac-minh", "required"))

        verify_and_publish(second, user=self.verifier, note="Tệp đầu gửi nhầm.")

        second.refresh_from_db()
        self.assertEqual((second.number, second.corrects.number), (2, 1))
        self.assertEqual(second.manifest["corrects"]["reason"], "Tệp đầu gửi nhầm.")
        self.assertContains(self.client.get(self.dataset.url), "Tệp đầu gửi nhầm.")

    def test_what_the_unit_wrote_with_the_file_is_reason_enough(self):
        second = self.second_of_two(note="Bổ sung hai xã.")

        verify_and_publish(second, user=self.verifier)

        second.refresh_from_db()
        self.assertEqual(second.correction_reason, "Bổ sung hai xã.")
