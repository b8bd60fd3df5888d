"""The rows of a published version as a file."""

import os
import sys
from pathlib import Path

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core.formats import format_number
from portal.datasets.exports import Export, pieces_of
from portal.datasets.management.published_command import PublishedCommand, unwritten
from portal.datasets.rows.limits import ROWS_IN_A_SHEET
from portal.datasets.rows.questions import Question
from portal.datasets.schemas import columns_of_version

#: What can be asked for, and as which ending the exports know it.
FORMATS = {"csv": "csv", "xlsx": "xlsx", "parquet": "parquet", "jsonl": "ndjson"}


class Command(PublishedCommand):
    help = _(
        "Write the rows of a published version of the dataset SLUG to a file or to standard "
        "output. Ends with 0, or with 3 and one sentence when it cannot be done."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", help=_("the code of the dataset"))
        parser.add_argument(
            "--version",
            dest="number",
            type=int,
            help=_("the version; without it, the current one"),
        )
        parser.add_argument(
            "--format", default="csv", choices=FORMATS, help=_("the format of the file")
        )
        parser.add_argument(
            "--output", type=Path, help=_("the file to write; without it, standard output")
        )

    def create_parser(self, prog_name, subcommand, **kwargs):
        """Let ``--version`` name a version of the dataset, not that of Django."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, slug, *, number, output, **options):
        version = self.whole_version_of(self.dataset_of(slug), number)
        columns = tuple(columns_of_version(version))
        if options["format"] == "xlsx" and version.row_count > ROWS_IN_A_SHEET:
            self.give_up(
                gettext("The table has %(rows)s rows; a sheet of Excel holds at most %(most)s.")
                % {
                    "rows": format_number(version.row_count),
                    "most": format_number(ROWS_IN_A_SHEET),
                }
            )
        question = Question(tuple(column.name for column in columns))
        pieces = pieces_of(Export(version, question, columns), FORMATS[options["format"]])
        if output is None:
            with self.giving_out():
                sys.stdout.buffer.writelines(pieces)
            return
        try:
            _write(output, pieces)
        except OSError as fault:
            self.give_up(unwritten(fault, output))


def _write(path, pieces):
    """Write a file beside ``path`` and put it there whole; a device or a pipe is written to."""
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            file.writelines(pieces)
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as file:
            file.writelines(pieces)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
