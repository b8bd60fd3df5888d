"""Read every file and record again and compare them with what was sealed."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.ledgers import first_ledger_break, last_seal
from portal.core.management.database import missing_database
from portal.core.management.spoken_command import SpokenCommand
from portal.datasets.auditing.chain import first_break, first_false_copy
from portal.datasets.auditing.copies import false_copies, remove_copy
from portal.datasets.auditing.grants import first_false_grant
from portal.datasets.auditing.steps import lost_versions
from portal.datasets.models import DatasetPage, DatasetVersion


class Command(SpokenCommand):
    """Ends with an error that names the first thing which is not as it was sealed."""

    help = gettext_lazy(
        "Re-read files, manifests, histories, figures and reading copies of all datasets, and "
        "the seals of the ledgers; without codes of everything."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "codes", nargs="*", help=gettext_lazy("codes of datasets; all when none is given")
        )
        parser.add_argument(
            "--remake-copies",
            action="store_true",
            help=gettext_lazy(
                "delete reading copies that differ from their table; they are made again"
            ),
        )

    def handle(self, *args, codes, remake_copies, **options):
        if fault := missing_database():
            raise CommandError(fault)
        datasets = self.chosen(codes)
        for dataset in datasets:
            found = first_break(dataset)
            if remake_copies and not found:
                self.remake_copies(dataset)
            found = found or first_false_copy(dataset)
            if found:
                raise CommandError(str(found))
        if not codes:
            self.check_ledgers()
        versions = DatasetVersion.objects.published_ever().filter(dataset__in=datasets).count()
        self.stdout.write(
            _("%(versions)s versions of %(datasets)s datasets are as they were published.")
            % {"versions": versions, "datasets": datasets.count()}
        )

    def chosen(self, codes):
        """Return the datasets with these codes, all without any."""
        datasets = DatasetPage.objects.order_by("code")
        if codes:
            datasets = datasets.filter(code__in=codes)
            unknown = set(codes) - set(datasets.values_list("code", flat=True))
            if unknown:
                raise CommandError(
                    _("There is no dataset %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
                )
        return datasets

    def remake_copies(self, dataset):
        """Delete the reading copies that differ, and say so."""
        for version in false_copies(dataset):
            remove_copy(version)
            self.stdout.write(
                _("%(dataset)s, version %(number)s: its reading copy differed and was removed.")
                % {"dataset": dataset.code, "number": version.number}
            )

    def check_ledgers(self):
        """Follow the seals of the ledgers; say what the last one is, so that it can be noted."""
        remarks = []
        found = first_ledger_break(remarks) or lost_versions() or first_false_grant()
        for remark in remarks:
            self.stdout.write(remark)
        if found:
            raise CommandError(str(found))
        seal = last_seal()
        if seal:
            self.stdout.write(
                _("The ledgers are as they were sealed; seal %(number)s: %(sha256)s") % seal
            )
