"""Whether each grant of access is what its history, which is sealed, says last."""

from django.utils.translation import gettext as _

from portal.datasets.models import AccessGrant

History = AccessGrant.history.model


def first_false_grant():
    """Return a sentence about the first grant that its history does not tell of, or empty."""
    kept = [field.attname for field in History.tracked_fields]
    last = {}
    for row in History.objects.order_by("history_id").values("history_type", *kept).iterator():
        last[row["id"]] = row
    for stored in AccessGrant.objects.order_by("pk").values(*kept).iterator():
        told = last.pop(stored["id"], None)
        if told is None or any(told[name] != value for name, value in stored.items()):
            return _("Grant of access %(number)s is not what its history says.") % {
                "number": stored["id"]
            }
    lost = next((pk for pk, row in sorted(last.items()) if row["history_type"] != "-"), None)
    if lost is None:
        return ""
    return _("Grant of access %(number)s is not there any more.") % {"number": lost}
