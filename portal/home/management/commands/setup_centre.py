"""Print what a regulation proposes for a portal of its own, without a database."""

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy as _

from portal.regulations.management.file_command import RegulationFileCommand
from portal.units.proposing import propose_setup


class Command(RegulationFileCommand):
    """Read a file, parse it, print centre, units, responsibilities and obligations."""

    help = _("Print the centre, units and obligations that a regulation proposes, as JSON.")

    def add_arguments(self, parser):
        """Take the file to read, and the word that nothing is to be written."""
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help=_("only print, write nothing"))

    def handle(self, *args, file, dry_run, **options):
        """Read, propose, print."""
        if not dry_run:
            sentence = _(
                "This command only prints proposals: call it with --dry-run. "
                "Units are taken over in the staff area."
            )
            raise CommandError(sentence)
        self.write_json(propose_setup(self.structure_of(file)))
