"""Read every published file again and follow the chain of manifests."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.datasets.manifests import first_break
from portal.datasets.models import DatasetPage, DatasetVersion


class Command(BaseCommand):
    """Ends with an error that names the first thing which is not as it was published."""

    help = "Re-read the files of all published versions and check the chain of manifests."

    def add_arguments(self, parser):
        parser.add_argument("codes", nargs="*", help="Codes of datasets; all when none is given.")

    def handle(self, *args, codes, **options):
        datasets = DatasetPage.objects.order_by("code")
        if codes:
            datasets = datasets.filter(code__in=codes)
            unknown = set(codes) - set(datasets.values_list("code", flat=True))
            if unknown:
                raise CommandError(
                    _("There is no dataset %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
                )
        for dataset in datasets:
            found = first_break(dataset)
            if found:
                raise CommandError(str(found))
        versions = DatasetVersion.objects.published_ever().filter(dataset__in=datasets).count()
        self.stdout.write(
            _("%(versions)s versions of %(datasets)s datasets are as they were published.")
            % {"versions": versions, "datasets": datasets.count()}
        )
