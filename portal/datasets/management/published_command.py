"""What the commands about published rows share: the dataset, a version, and the exits."""

import os
import sys
from contextlib import contextmanager

from django.utils.translation import gettext as _

from portal.datasets.access import current_version, readable_versions
from portal.datasets.management.table_command import TableCommand
from portal.datasets.manifests import damaged_file_of
from portal.datasets.models import DatasetPage


class PublishedCommand(TableCommand):
    """Ends with 0, or with 3 and one sentence when it cannot be done."""

    @contextmanager
    def giving_out(self):
        """Write to standard output within; leave with a sentence where it does not take all."""
        try:
            yield
            sys.stdout.flush()
        except BrokenPipeError:
            self._close_output()
            self.give_up(_("Whoever read the output closed it before its end."))
        except OSError as fault:
            self._close_output()
            self.give_up(unwritten(fault))

    def _close_output(self):
        """Send what is still kept for the output nowhere; else Python would try it at its end."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

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

    def whole_version_of(self, dataset, number=None):
        """Return ``version_of`` whose files are those that were published; or leave."""
        version = self.version_of(dataset, number)
        if damage := damaged_file_of(version):
            self.give_up(
                _("%(dataset)s, version %(number)s: %(reason)s")
                % {"dataset": dataset.code, "number": version.number, "reason": damage}
            )
        return version


def unwritten(fault, path=None):
    """Return the sentence for an ``OSError`` met while something was written, to ``path``."""
    reason = fault.strerror or str(fault)
    reason = f"{path} – {reason}" if path else reason
    return _("It cannot be written to its end: %(reason)s.") % {"reason": reason}
