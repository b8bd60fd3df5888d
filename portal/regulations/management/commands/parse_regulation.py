"""Print the structure of a regulation as JSON, without a database."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.regulations.parsing import UnreadableSource, as_json, parse_text, read_source


class Command(BaseCommand):
    """Read a file, parse it, print it."""

    help = _("Print the structure of a regulation (txt, md, docx) as JSON.")
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        """Take the file to read."""
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        """Read, parse, print."""
        parsed = parse_text(self._read(file))
        text = json.dumps(as_json(parsed), ensure_ascii=False, indent=2)
        self._write(text)

    def _read(self, file):
        try:
            return read_source(file.read_bytes(), file.name)
        except OSError as error:
            names = {"file": file, "reason": error.strerror or error}
            raise CommandError(gettext("%(file)s cannot be opened: %(reason)s.") % names) from error
        except UnreadableSource as error:
            raise CommandError(f"{file}: {error}") from error

    def _write(self, text):
        """Write UTF-8 whatever the terminal's own encoding is."""
        stream = getattr(self.stdout, "_out", None)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
        self.stdout.write(text)
