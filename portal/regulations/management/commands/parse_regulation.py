"""Print the structure of a regulation as JSON, without a database."""

from django.utils.translation import gettext_lazy as _

from portal.regulations.management.file_command import RegulationFileCommand


class Command(RegulationFileCommand):
    """Read a file, parse it, print it."""

    help = _("Print the structure of a regulation (txt, md, docx) as JSON.")

    def handle(self, *args, file, **options):
        """Read, parse, print."""
        self.print_json(self.structure_of(file))
