"""Every command of ours says what it does."""

import io
from contextlib import redirect_stdout

from django.core.management import get_commands, load_command_class
from django.test import SimpleTestCase


class CommandHelpTests(SimpleTestCase):
    def test_each_command_prints_its_help(self):
        own = {name: app for name, app in get_commands().items() if str(app).startswith("portal.")}
        self.assertIn("import_dataset", own)

        for name, app in own.items():
            with self.subTest(command=name), redirect_stdout(io.StringIO()) as printed:
                load_command_class(app, name).print_help("manage.py", name)
                self.assertIn(name, printed.getvalue())
