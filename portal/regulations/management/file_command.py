"""What commands share that read a regulation's file and print JSON, without a database."""

import json
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext, gettext_lazy

from portal.core.management.told_command import ToldCommand
from portal.regulations.parsing import UnreadableSource, as_json, parse_text, read_source

_REASONS = {
    FileNotFoundError: gettext_lazy("it does not exist"),
    IsADirectoryError: gettext_lazy("it is a folder"),
    PermissionError: gettext_lazy("reading it is not allowed"),
}


class RegulationFileCommand(ToldCommand):
    """A command with a file to read: what cannot be read is refused with one sentence."""

    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        """Take the file to read."""
        parser.add_argument("file", type=Path)

    def structure_of(self, file):
        """Return what a file holds, by the contract of ``parse_regulation``."""
        return as_json(parse_text(self._read(file)))

    def bytes_of(self, file):
        """Return the bytes of a file, or refuse with a sentence."""
        try:
            return file.read_bytes()
        except OSError as error:
            reason = _REASONS.get(type(error), error.strerror or error)
            names = {"file": file, "reason": reason}
            raise CommandError(gettext("%(file)s cannot be opened: %(reason)s.") % names) from error

    def _read(self, file):
        try:
            return read_source(self.bytes_of(file), file.name)
        except UnreadableSource as error:
            raise CommandError(f"{file}: {error}") from error

    def write_json(self, data):
        """Write ``data`` as UTF-8 whatever the terminal's own encoding is."""
        stream = getattr(self.stdout, "_out", None)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
