"""Each command of the portal tells what it does."""

from django.core.management import get_commands, load_command_class
from django.test import SimpleTestCase


class CommandHelpTests(SimpleTestCase):
    def test_every_command_tells_its_use(self):
        ours = {name: app for name, app in get_commands().items() if app.startswith("portal.")}
        self.assertIn("dataset_diff", ours)
        for name, app in ours.items():
            with self.subTest(name):
                parser = load_command_class(app, name).create_parser("manage.py", name)

                self.assertIn(name, parser.format_help())
