"""Print what a regulation proposes for a portal of its own, without a database."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.regulations.parsing import UnreadableSource, as_json, parse_text, read_source
from portal.units.proposing import propose_setup


class Command(BaseCommand):
    """Read a file, parse it, print centre, units, responsibilities and obligations."""

    help = _("Print the centre, units and obligations that a regulation proposes, as JSON.")
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        """Take the file to read, and the word that nothing is to be written."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help=_("only print, write nothing"))

    def handle(self, *args, file, dry_run, **options):
        """Read, propose, print."""
        if not dry_run:
            sentence = _(
                "This command only prints proposals: call it with --dry-run. "
                "Units are taken over in the staff area."
            )
            raise CommandError(sentence)
        proposals = propose_setup(as_json(parse_text(self._read(file))))
        self._write(json.dumps(proposals, ensure_ascii=False, indent=2))

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
