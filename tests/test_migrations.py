"""Migrations are part of the text: complete, named, and careful with data."""

import re
from io import StringIO

from django.core.management import call_command
from django.test import SimpleTestCase, TestCase

from tests.source_tree import migration_files, own_apps, relative

DESTRUCTIVE = re.compile(r"migrations\.(RemoveField|DeleteModel|RenameField|RenameModel)\(")
EXCUSE = re.compile(r"# allow-destructive: \S")


class CompleteMigrationTests(TestCase):
    def test_every_model_change_has_its_migration(self):
        output = StringIO()
        try:
            call_command(
                "makemigrations",
                *(config.label for config in own_apps()),
                check=True,
                dry_run=True,
                stdout=output,
            )
        except SystemExit:
            self.fail(output.getvalue())


class MigrationTextTests(SimpleTestCase):
    def test_every_migration_has_a_name_that_says_what_it_does(self):
        found = [relative(path) for path in migration_files() if "_auto_" in path.name]

        self.assertEqual(found, [])

    def test_a_migration_that_loses_data_says_why_that_is_safe(self):
        found = [
            relative(path)
            for path in migration_files()
            if DESTRUCTIVE.search(path.read_text()) and not EXCUSE.search(path.read_text())
        ]

        self.assertEqual(found, [])
