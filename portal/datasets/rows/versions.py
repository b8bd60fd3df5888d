"""Which version a reader asks for: the latest, a number, or the one of a day."""

from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue, parse_date
from portal.core.statuses import history_of
from portal.datasets.access import readable_versions
from portal.datasets.models import DatasetPointer, DatasetVersion

LATEST = ("", "moi-nhat", "latest")


class NoSuchVersion(ValidationError):
    """There is no version whose rows the reader could get; the sentence says why."""


def version_asked(dataset, text):
    """Return (version, whether ``text`` will always mean this one).

    Raise ``ValidationError`` for a text that means no version, ``NoSuchVersion`` where none is.
    """
    if text in LATEST:
        return _found(_current_version(dataset)), False
    if text.isascii() and text.isdigit():
        number = int(text) if len(text) < 9 else 0
        return _found(light(readable_versions(dataset)).filter(number=number).first()), True
    try:
        day = parse_date(text)
    except UnreadableValue as fault:
        raise ValidationError(
            _("Name a version by “moi-nhat”, its number, or a day; not “%(text)s”.")
            % {"text": text[:80]},
            code="no_version",
        ) from fault
    return _found(version_as_of(dataset, day)), False


def _current_version(dataset):
    pointed = DatasetPointer.objects.filter(dataset=dataset).values("version")
    return light(dataset.versions.filter(pk__in=pointed)).first()


def light(versions):
    """Leave out of ``versions`` what rows never ask for: a report may be longer than a page."""
    return versions.defer("reading", "report", "difference", "impact", "manifest")


def _found(version):
    if version is None:
        raise NoSuchVersion(_("There is no such version."), code="no_version")
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
