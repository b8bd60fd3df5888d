"""Which version a reader asks for: the latest, a number, or the one of a day."""

from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue, parse_date
from portal.core.prepared import NUMBERS, PreparedQuery
from portal.core.statuses import history_of
from portal.datasets.access import readable_versions
from portal.datasets.models import DatasetPage, DatasetPointer, DatasetVersion
from portal.datasets.rows.pages import version_marked

LATEST = ("", "moi-nhat", "latest")


class NoSuchVersion(ValidationError):
    """There is no version whose rows the reader could get; the sentence says why."""


def version_asked(dataset, text):
    """Return (version, whether ``text`` will always mean this one).

    Raise ``ValidationError`` for a text that means no version, ``NoSuchVersion`` where none is.
    """
    if text in LATEST:
        return _found(dataset, _CURRENT.first(dataset.pk)), False
    if text.isascii() and text.isdigit():
        number = int(text) if len(text) < 9 else 0
        return _found(dataset, _OF_NUMBER.first(dataset.pk, number)), True
    try:
        day = parse_date(text)
    except UnreadableValue as fault:
        raise ValidationError(
            _("Name a version by “moi-nhat”, its number, or a day; not “%(text)s”.")
            % {"text": text[:80]},
            code="no_version",
        ) from fault
    return _found(dataset, version_as_of(dataset, day)), False


def version_of_mark(dataset, mark):
    """Return the version whose rows a ``mark`` of a page goes on with."""
    return _found(dataset, _OF_PK.first(dataset.pk, version_marked(mark)))


def _light(versions):
    """Leave out of ``versions`` what rows never ask for: a report may be longer than a page."""
    return versions.defer("reading", "report", "difference", "impact", "manifest")


def _readable(dataset_id):
    return _light(readable_versions(DatasetPage(pk=dataset_id)))


def _current(dataset_id):
    pointed = DatasetPointer.objects.filter(dataset=dataset_id).values("version")
    return _light(DatasetVersion.objects.filter(dataset=dataset_id, pk__in=pointed))


_OF_NUMBER = PreparedQuery(lambda pk, number: _readable(pk).filter(number=number), *NUMBERS)
_OF_PK = PreparedQuery(lambda pk, version: _readable(pk).filter(pk=version), *NUMBERS)
_CURRENT = PreparedQuery(_current, NUMBERS[0])


def _found(dataset, version):
    if version is None:
        raise NoSuchVersion(_("There is no such version."), code="no_version")
    version.dataset = dataset
    return version


def version_as_of(dataset, day):
    """Return the version that readers saw when ``day`` ended, or None.

    Raise ``NoSuchVersion`` when it has been withdrawn since: another would be a guess.
    """
    end = timezone.make_aware(datetime.combine(day, time.max))
    published = dataset.versions.published_ever().filter(published_at__lte=end)
    for version in published.order_by("-number"):
        withdrawn = history_of(version).filter(to_status=DatasetVersion.Status.WITHDRAWN).last()
        if withdrawn is None:
            return version
        if withdrawn.at > end:
            raise NoSuchVersion(
                _("The version that stood there on that day has been withdrawn."), code="withdrawn"
            )
    return None
