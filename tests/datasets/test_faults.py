"""Killed, crowded and starved imports lose nothing; ``benchmarks/faults.py`` does more of them."""

from django.test import TransactionTestCase, tag

from tests.fault_runs import run_faults


@tag("faults")
class Faults(TransactionTestCase):
    def test_imports_killed_at_any_moment_lose_nothing_and_publish_nothing_by_half(self):
        found = run_faults("kill", 14)

        self.assertEqual(found["broken"], [])
        self.assertGreater(found["killed"], 3)

    def test_imports_at_the_same_moment_are_all_kept_and_numbered_without_gaps(self):
        found = run_faults("crowd", 8)

        self.assertEqual(found, {"published": 8, "broken": []})

    def test_a_full_disk_is_told_and_nothing_changes_for_readers(self):
        found = run_faults("starve", 1)

        self.assertEqual(found["broken"], [])
        self.assertIn("hết dung lượng", found["said"])
