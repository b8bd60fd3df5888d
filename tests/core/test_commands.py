"""The commands of the portal say what they do, in its language."""

from django.core.management import get_commands, load_command_class
from django.test import SimpleTestCase

from portal.core.management.spoken_command import SpokenCommand


class HelpTests(SimpleTestCase):
    def test_every_command_says_what_it_does(self):
        """``--help`` is the first that somebody tries."""
        ours = {name: app for name, app in get_commands().items() if _is_ours(app)}
        self.assertGreater(len(ours), 10)
        spoken = 0
        for name, app in ours.items():
            with self.subTest(name):
                command = load_command_class(app, name)
                told = command.create_parser("manage.py", name).format_help()
                self.assertIn(" ".join(command.help.split()[:3]), " ".join(told.split()))
                if isinstance(command, SpokenCommand):
                    spoken += 1
                    self.assertFalse(command.help.isascii(), command.help)
        self.assertGreater(spoken, 7)


def _is_ours(app):
    return isinstance(app, str) and app.split(".")[0] in ("portal", "search")
