"""What the commands about published rows share: the dataset, a version, and the exits."""

from django.utils.translation import gettext as _

from portal.datasets.access import current_version, readable_versions
from portal.datasets.management.table_command import TableCommand
from portal.datasets.models import DatasetPage


class PublishedCommand(TableCommand):
    """Ends with 0, or with 3 and one sentence when it cannot be done."""

    def dataset_of(self, slug):
        """Return the dataset with that code, or leave with a sentence."""
        dataset = DatasetPage.objects.filter(code=slug).first()
        if dataset is None:
            self.give_up(_("There is no dataset %(codes)s.") % {"codes": slug})
        return dataset

    def version_of(self, dataset, number=None):
        """Return the version with that number, or the current one; or leave with a sentence."""
        if number is None:
            found = current_version(dataset)
            if found is None:
                self.give_up(_("No version has been published."))
            return found
        found = readable_versions(dataset).filter(number=number).first() if number > 0 else None
        if found is None:
            self.give_up(
                _("There is no version %(number)s whose rows can be read.") % {"number": number}
            )
        return found
