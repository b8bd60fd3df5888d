"""When a duty is due, in words: “quarterly, before the 25th of the quarter's last month”. Pure.

The register, the living list, the page of a unit and paper say it in these words.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.deadlines import CADENCE_KINDS
from portal.core.periods import PeriodKind

#: Where the day of a due rule lies, by kind of period and month of the period.
PLACES = {
    PeriodKind.MONTH: {
        "first": gettext_lazy("of the month"),
        "last": gettext_lazy("of the month"),
        "next": gettext_lazy("of the month after"),
    },
    PeriodKind.QUARTER: {
        "first": gettext_lazy("of the quarter's first month"),
        "last": gettext_lazy("of the quarter's last month"),
        "next": gettext_lazy("of the month after the quarter"),
    },
    PeriodKind.HALF: {
        "first": gettext_lazy("of the half-year's first month"),
        "last": gettext_lazy("of the half-year's last month"),
        "next": gettext_lazy("of the month after the half-year"),
    },
    PeriodKind.YEAR: {
        "first": gettext_lazy("of January"),
        "last": gettext_lazy("of December"),
        "next": gettext_lazy("of January of the year after"),
    },
}


def no_day_words():
    """Return what stands where the regulation names no day: there is no legal deadline then."""
    return _("The regulation sets no day")


def due_words(rule, cadence):
    """Return the due rule in words, or an empty text where no day is named."""
    kind = CADENCE_KINDS.get(cadence)
    if not rule or kind is None:
        return ""
    place = PLACES[kind][rule.get("month_of_period") or "last"]
    words = {"day": f"{rule['day']:02}", "place": place}
    if rule.get("strictly_before"):
        return _("before the %(day)s %(place)s") % words
    return _("by the %(day)s %(place)s") % words


def rhythm_words(obligation):
    """Return how often and by when, in one line; a missing day is said for recurring duties."""
    often = str(obligation.get_cadence_display())
    if obligation.cadence not in CADENCE_KINDS:
        return often
    return f"{often}, {due_words(obligation.due_rule, obligation.cadence) or _('no day set')}"
