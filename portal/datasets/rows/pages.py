"""The mark of the next page: sealed, and good only for the same version and the same question."""

import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.kept_secrets import SecretLost, hide, reveal
from portal.datasets.rows.answers import Place


def next_mark(version, question, place):
    """Return the text that leads on after the ``Place`` where a page ends.

    It says where in which version, never what stands there; whoever has it gets no more than
    without it. It is closed: to who sees some rows only, places tell where others stand.
    """
    return hide(json.dumps([version.pk, question.digest(), place.last, place.start]))


def version_marked(mark):
    """Return the pk of the version that ``mark`` goes on with; raise ``ValidationError``."""
    return _read(mark)[0]


def place_marked(mark, version, question):
    """Return the ``Place`` that ``mark`` goes on from; refuse it for another question."""
    pk, digest, last, start = _read(mark)
    if pk != version.pk or digest != question.digest():
        raise ValidationError(
            _("This mark of a page belongs to another version or another question."),
            code="foreign_mark",
        )
    return Place(last, start)


def _read(mark):
    try:
        pk, digest, last, start = json.loads(reveal(mark))
    except (SecretLost, ValueError) as fault:
        raise ValidationError(
            _("This is no mark of a page; take it from “next” as it stands there."),
            code="no_mark",
        ) from fault
    return pk, digest, last, start
