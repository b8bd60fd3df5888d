"""What our commands share: they speak the portal's language and print JSON for people, too."""

import json

from django.core.management.base import BaseCommand


class SpokenCommand(BaseCommand):
    """A command whose ``help`` is a sentence of the catalogue."""

    def create_parser(self, *args, **kwargs):
        self.help = str(self.help)  # argparse takes no sentence that is only found when it is read
        return super().create_parser(*args, **kwargs)

    def print_json(self, data):
        """Print ``data`` as JSON in UTF-8, whatever the terminal's own encoding is."""
        stream = getattr(self.stdout, "_out", None)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
