"""Letters about sources to those who answer for them: the unit's head, and who set it up."""

from django.utils import translation
from django.utils.translation import gettext as _

from portal.datasets.letters import people_of, staff_link, write_to


def tell_of_failure(source, sentence):
    """Write that a source failed, or was paused; the caller sees that it is told once."""
    with translation.override("vi"):
        subject = _("Fetching data: %(title)s") % {"title": source.title}
    _write(source, subject, {"error": sentence})


def tell_of_withdrawals(source, remote_versions):
    """Write that versions which were taken have been withdrawn where they come from."""
    with translation.override("vi"):
        subject = _("Withdrawn at its source: %(title)s") % {"title": source.title}
    _write(source, subject, {"withdrawn": remote_versions})


def _write(source, subject, told):
    context = {"source": source, "link": staff_link("datasets:source", source), **told}
    people = people_of(source.unit_id, also=source.set_up_by_id)
    write_to(people, subject, "datasets/letters/source.txt", context)
