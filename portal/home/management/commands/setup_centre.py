"""Set a portal up from the file of its regulation, or print what that would propose."""

from argparse import ArgumentTypeError

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.core.formats import UnreadableValue, format_date, parse_date
from portal.home.setting_up.actions import SetupRefused, apply_setup, start_setup
from portal.home.setting_up.regulation_file import Enactment, stand_regulation
from portal.home.setup import ensure_site
from portal.regulations.enactable import coming_editions
from portal.regulations.management.file_command import RegulationFileCommand
from portal.units.proposing import propose_setup


def day(text):
    """Return the day that somebody typed, or refuse it as argparse does."""
    try:
        return parse_date(text)
    except UnreadableValue as error:
        raise ArgumentTypeError(str(error)) from error


class Command(RegulationFileCommand):
    """Read a regulation and let its portal stand: pages, units, duties, what acts on them."""

    help = _(
        "Set the portal up from a regulation: its pages, units, responsibilities and duties. "
        "Safe to repeat: only what is new is added. --dry-run prints the proposals as JSON."
    )

    def add_arguments(self, parser):
        """Take the file to read, and the word that nothing is to be written."""
        super().add_arguments(parser)
        parser.add_argument(
            "--dry-run", action="store_true", help=_("only print the proposals, write nothing")
        )
        parser.add_argument(
            "--in-force-from",
            type=day,
            help=_("day from which the text is in force, such as 01/07/2026; today by default"),
        )
        parser.add_argument(
            "--decision", default="", help=_("number of the decision that enacts the text")
        )
        parser.add_argument("--decided-on", type=day, help=_("date of that decision"))
        parser.add_argument("--reason", default="", help=_("why the text changes"))

    def handle(self, *args, file, dry_run, **options):
        """Read and propose; without ``--dry-run`` also let it stand, and tell what stands now."""
        enactment = Enactment(
            options["in_force_from"],
            options["decision"].strip(),
            options["decided_on"],
            options["reason"].strip(),
        )
        if dry_run:
            self.propose(self.structure_of(file))
            return
        data = self.bytes_of(file)
        self.prepare_database()
        try:
            with transaction.atomic():
                ensure_site()
                regulation, is_new = stand_regulation(data, file.name, enactment=enactment)
                run = apply_setup(start_setup(regulation, user=None), user=None)
        except SetupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.tell(regulation, is_new, run)

    def propose(self, structure):
        """Print the proposals; where the text has no Điều, say beside them why they are empty."""
        self.print_json(propose_setup(structure))
        divisions = structure["regulation"]["divisions"]
        if not any(article["number"] for each in divisions for article in each["articles"]):
            self.stderr.write(
                gettext(
                    "Nothing in this text looks like a regulation: no “Điều” was found, "
                    "so the proposals are empty."
                )
            )

    def prepare_database(self):
        """Bring the database to the state that the code expects; say so where there was need."""
        try:
            executor = MigrationExecutor(connection)
        except OperationalError as error:
            sentence = gettext("The database cannot be opened: %(reason)s.")
            raise CommandError(sentence % {"reason": error}) from error
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(gettext("Bringing the database up to date"))
            call_command("migrate", interactive=False, verbosity=0)

    def tell(self, regulation, is_new, run):
        """Say what stands now, and where to look at it."""
        counts = run.result
        begins = (
            gettext("Set up from “%(title)s”:") if is_new else gettext("What “%(title)s” adds:")
        )
        lines = [
            begins % {"title": regulation.title},
            ngettext("  %(count)d unit", "  %(count)d units", counts["units"])
            % {"count": counts["units"]},
            ngettext(
                "  %(count)d responsibility",
                "  %(count)d responsibilities",
                counts["responsibilities"],
            )
            % {"count": counts["responsibilities"]},
            ngettext("  %(count)d duty", "  %(count)d duties", counts["obligations"])
            % {"count": counts["obligations"]},
            ngettext(
                "  %(count)d meeting series, report schedule or assessment",
                "  %(count)d meeting series, report schedules and assessments",
                counts["means"],
            )
            % {"count": counts["means"]},
            *(
                gettext("Edition %(number)s is enacted and waits for %(day)s.")
                % {"number": edition.number, "day": format_date(edition.effective_on)}
                for edition in coming_editions(regulation)
            ),
            gettext("Look at it at %(url)s") % {"url": regulation.get_full_url()},
        ]
        self.stdout.write("\n".join(lines))
