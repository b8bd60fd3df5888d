"""Two windows on one version: a form that shows an older state is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.models import Job, StatusEvent


def mark_of(version):
    """Return a text that changes with every step and every check of the version."""
    event = StatusEvent.objects.about(version).order_by("-pk").values_list("pk", flat=True).first()
    job = Job.objects.about(version).order_by("-pk").values_list("pk", flat=True).first()
    return f"{event or 0}-{job or 0}"


def refuse_outdated(version, seen):
    """Refuse a form that was opened before the last step; a form without a mark is let through."""
    if seen and seen != mark_of(version):
        raise ValidationError(
            _(
                "Somebody, perhaps you in another window, went on with this file after you "
                "opened the page. This is how it stands now; do it again if it is still needed."
            )
        )
