"""The command that prints what a regulation proposes."""

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase

from tests.regulations.texts import SMALL


class SetupCentreTests(SimpleTestCase):
    """A SimpleTestCase refuses every query: the command needs no database."""

    def run_on(self, text, *options):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "quy-che.txt"
            path.write_text(text, encoding="utf-8")
            printed = io.StringIO()
            call_command("setup_centre", str(path), *options, stdout=printed)
        return printed.getvalue()

    def test_it_prints_the_proposals_without_a_database(self):
        proposals = json.loads(self.run_on(SMALL, "--dry-run"))

        self.assertEqual([unit["name"] for unit in proposals["units"]], ["Sở Y tế"])
        [obligation] = [each for each in proposals["obligations"] if each["kind"] == "supply_data"]
        self.assertEqual(obligation["units"], ["so-y-te"])

    def test_without_dry_run_it_says_what_to_do(self):
        with self.assertRaisesMessage(CommandError, "--dry-run"):
            self.run_on(SMALL)

    def test_a_file_that_is_not_there_is_one_sentence(self):
        with self.assertRaisesMessage(CommandError, "/khong-co.txt"):
            call_command("setup_centre", "/khong-co.txt", "--dry-run")
