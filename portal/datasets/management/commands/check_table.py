"""Check a file against a table schema and print the report; no database is needed."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal.core.table_files.reading import Reading
from portal.datasets.imports.check import check_table
from portal.datasets.management.table_command import TableCommand


class Command(TableCommand):
    help = _(
        "Check FILE against a Table Schema and print the report as JSON. Exit code 0: accepted, "
        "1: rejected, 2: needs confirmation, 3: the schema or the file cannot be opened."
    )
    needs_database = False
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=_("a CSV or XLSX file"))
        parser.add_argument("--schema", type=Path, required=True, help=_("a Table Schema (JSON)"))
        self.add_report_arguments(parser)
        self.add_reading_arguments(parser)

    def handle(self, file, **options):
        path = options["schema"]
        schema, _members = self.schema_of(self.descriptor_in(path), path)
        try:
            check = check_table(file, schema, reading=Reading(**self.reading_of(options)))
        except OSError as fault:
            self.give_up(fault)
        with check:
            report = check.report(rows=options["rows"])
        self.print_json(report)
        self.leave(report["outcome"])
