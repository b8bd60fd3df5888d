"""Check a file against a table schema and print the report; no database is needed."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from portal.core.table_files.reading import Reading
from portal.datasets.imports.check import ACCEPTED, NEEDS_CONFIRMATION, check_table
from portal.datasets.imports.columns import TableSchema

EXIT_REJECTED, EXIT_NEEDS_CONFIRMATION, EXIT_UNUSABLE = 1, 2, 3


class Command(BaseCommand):
    help = (
        "Check FILE against a Table Schema and print the report as JSON. Exit code 0: accepted, "
        "1: rejected, 2: needs confirmation, 3: the schema or the file cannot be opened."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a CSV or XLSX file")
        parser.add_argument("--schema", type=Path, required=True, help="a Table Schema (JSON)")
        parser.add_argument("--rows", type=int, default=0, help="print that many accepted rows")
        parser.add_argument("--sheet", help="the sheet to read")
        parser.add_argument("--encoding", help="the encoding to read with")
        parser.add_argument("--delimiter", help="the delimiter between cells")
        parser.add_argument("--header-row", type=int, help="the row of the header, from 1")

    def handle(self, file, **options):
        schema = read_schema(options["schema"], self.stderr)
        if schema is None:
            sys.exit(EXIT_UNUSABLE)
        reading = Reading(
            **{key: options[key] for key in ("sheet", "encoding", "delimiter", "header_row")}
        )
        try:
            check = check_table(file, schema, reading=reading)
        except OSError as fault:
            self.stderr.write(str(fault))
            sys.exit(EXIT_UNUSABLE)
        with check:
            report = check.report(rows=options["rows"])
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        exits = {ACCEPTED: 0, NEEDS_CONFIRMATION: EXIT_NEEDS_CONFIRMATION}
        if code := exits.get(report["outcome"], EXIT_REJECTED):
            sys.exit(code)


def read_schema(path, stderr):
    """Return the schema in the file at ``path``; say why not and return None otherwise."""
    try:
        return TableSchema.from_frictionless(json.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError) as fault:
        stderr.write(f"{path}: {fault}")
        return None
