"""Letters about special requests, beside those that remind of what is due."""

from collections import defaultdict

from django.utils import translation
from django.utils.translation import gettext as _

from portal.datasets.letters import people_of, staff_link, write_to


def tell_of_withdrawal(asked_for):
    """Tell those who send for the units what of one request is not asked for any more, and why."""
    by_unit = defaultdict(list)
    for asked in asked_for:
        by_unit[asked.dataset.owner_unit_id].append(asked)
    request = asked_for[0].request
    with translation.override("vi"):
        subject = _("Withdrawn: %(request)s") % {"request": request}
    for unit_id, asked in by_unit.items():
        context = {
            "request": request,
            "asked_for": asked,
            "reason": asked[0].withdrawal_reason,
            "link": staff_link("datasets:special_request", request),
        }
        write_to(people_of(unit_id), subject, "datasets/letters/withdrawn_request.txt", context)
