"""A manifest that was saved is checked from its file, whatever is missing in it."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from portal.datasets.sealing.checking import checking_code
from tests.datasets.datasets_factory import DatasetTestCase


class SavedManifestTests(DatasetTestCase):
    def check(self, chain, *seals):
        """Return the exit code of the program, and what it said."""
        with tempfile.TemporaryDirectory() as name:
            saved, program = Path(name) / "ke-khai.json", Path(name) / "kiem-tra.py"
            saved.write_text(json.dumps(chain), encoding="utf-8")
            program.write_text(checking_code(), encoding="utf-8")
            done = subprocess.run(
                [sys.executable, program, saved.as_uri(), *seals],
                capture_output=True,
                encoding="utf-8",
                env={"PYTHONIOENCODING": "utf-8"},
                timeout=60,
            )
        return done.returncode, done.stdout + done.stderr

    def chain(self):
        return self.client.get("/du-lieu-tai/dan-so/ban-ke-khai.json").json()

    def test_a_dataset_without_versions_says_so_and_fails_who_noted_a_seal(self):
        code, said = self.check(self.chain())
        self.assertEqual(code, 0)
        self.assertIn("Chưa có phiên bản", said)

        self.assertEqual(self.check(self.chain(), "0" * 64)[0], 1)

    def test_a_part_that_is_gone_or_put_in_is_named(self):
        self.publish()
        for name, change in (
            ("table", lambda parts: parts.pop("table")),
            ("khac", lambda parts: parts.update(khac={"salt": "", "value": 1})),
        ):
            chain = self.chain()
            change(chain["versions"][0]["parts"])
            with self.subTest(name):
                code, said = self.check(chain)
                self.assertEqual(code, 1)
                self.assertNotIn("Traceback", said)
                self.assertIn(f"“{name}”", said)
