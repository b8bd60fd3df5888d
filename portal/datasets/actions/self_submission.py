"""Fetched files that need nobody's answer are submitted by themselves, where the source says so."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.statuses import TransitionRefused
from portal.datasets.access import may_submit
from portal.datasets.actions.publication import standing_of_period
from portal.datasets.actions.review import submit_version
from portal.datasets.models import DatasetVersion
from portal.datasets.sources.rights import source_reaches


def submit_if_nothing_is_asked(version):
    """Submit a checked file of such a source; leave it to a person wherever there is a doubt.

    A doubt is a warning, a correction without a reason, or a row left out.
    """
    source = version.source
    if source is None or not source.submits or not _is_plain(version):
        return False
    user = source.set_up_by
    if not source_reaches(source, version.dataset) or not may_submit(user, version.dataset):
        return False
    note = _("Submitted by itself: fetched from “%(title)s”.") % {"title": source.title}
    try:
        submit_version(version, user=user, note="" if version.note else note)
    except (ValidationError, TransitionRefused):  # somebody of the unit was quicker
        return False
    return True


def _is_plain(version):
    if version.status != DatasetVersion.Status.CHECKED or version.report.get("issues_total"):
        return False
    if version.report.get("left_out"):
        return False
    return standing_of_period(version) is None or bool(version.note.strip())
