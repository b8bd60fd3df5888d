"""What the commands about tables share: how to read the file, the schema, and the exits."""

import json
import sys
from pathlib import Path

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core.lost_files import FileLost
from portal.core.management.database import missing_database
from portal.core.management.spoken_command import SpokenCommand
from portal.datasets.imports.apart import ANSWERS
from portal.datasets.imports.check import ACCEPTED, NEEDS_CONFIRMATION
from portal.datasets.imports.columns import TableSchema
from portal.datasets.imports.descriptors import schema_in

EXIT_REJECTED, EXIT_NEEDS_CONFIRMATION, EXIT_UNUSABLE = 1, 2, 3
#: The fields of a ``Reading`` that a person may say on the command line.
READING = ("sheet", "encoding", "delimiter", "header_row", "not_records")


class TableCommand(SpokenCommand):
    """Ends with 0: accepted, 1: rejected, 2: needs confirmation, 3: cannot be done."""

    needs_database = True

    def execute(self, *args, **options):
        """Do the work where database and files are there; else leave with a sentence."""
        if self.needs_database and (fault := missing_database()):
            self.stderr = OutputWrapper(options.get("stderr") or sys.stderr)
            self.give_up(fault)
        try:
            return super().execute(*args, **options)
        except FileLost as lost:
            self.give_up(
                gettext("The file %(path)s is missing or damaged; see “verify_audit”.")
                % {"path": lost}
            )

    def add_reading_arguments(self, parser):
        """Take what a person knows about how the file is to be read."""
        parser.add_argument("--sheet", help=_("the sheet to read"))
        parser.add_argument("--encoding", help=_("the encoding to read with"))
        parser.add_argument("--delimiter", help=_("the delimiter between cells"))
        parser.add_argument("--header-row", type=int, help=_("the row of the header, from 1"))
        parser.add_argument(
            "--not-records",
            choices=ANSWERS,
            help=_("leave out totals, notes and repeated headings, or check them as records"),
        )

    def add_report_arguments(self, parser):
        """Take what a person wants to see in the report."""
        parser.add_argument("--rows", type=int, default=0, help=_("print that many accepted rows"))

    def reading_of(self, options):
        """Return the fields of a ``Reading`` that were said."""
        said = {key: options[key] for key in READING if options[key]}
        if said.get("delimiter") in ("tab", "\\t"):
            said["delimiter"] = "\t"
        return said

    def descriptor_in(self, path):
        """Return the JSON in the file at ``path``, or leave with a sentence."""
        try:
            return json.loads(Path(path).read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, RecursionError) as fault:
            self.give_up(f"{path}: {fault}")

    def schema_of(self, descriptor, path):
        """Return the schema and its own members, or leave with a sentence."""
        try:
            return TableSchema.from_frictionless(descriptor), schema_in(descriptor)
        except (ValueError, RecursionError) as fault:
            self.give_up(f"{path}: {fault}")

    def give_up(self, sentence):
        """Say in one sentence why nothing could be done, and leave."""
        self.stderr.write(str(sentence))
        sys.exit(EXIT_UNUSABLE)

    def leave(self, outcome):
        """Leave with the exit code of ``outcome``."""
        exits = {ACCEPTED: 0, NEEDS_CONFIRMATION: EXIT_NEEDS_CONFIRMATION}
        if code := exits.get(outcome, EXIT_REJECTED):
            sys.exit(code)
