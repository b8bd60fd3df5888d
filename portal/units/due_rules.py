"""Due days as regulations write them: “before the 25th of the quarter's last month”.

The words become plain data, ``{"day": 25, "month_of_period": "last", "strictly_before": true}``,
by the contract of the set-up; here the data become a ``DueRule`` to reckon with.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.deadlines import CADENCE_KINDS, Anchor, DueRule
from portal.core.periods import MONTHS

#: Which month of the period is meant; ``next`` is the first month after it.
MONTHS_OF_PERIOD = ("first", "last", "next")
_KEYS = frozenset({"day", "month_of_period", "strictly_before"})
LAST_DAY_OF_A_MONTH = 31


def check_due_rule(value):
    """Raise ``ValidationError`` unless ``value`` is a due rule or empty."""
    if not value:
        return
    is_one = (
        isinstance(value, dict)
        and set(value) <= _KEYS
        and isinstance(value.get("day"), int)
        and 1 <= value["day"] <= LAST_DAY_OF_A_MONTH
        and value.get("month_of_period") in (None, *MONTHS_OF_PERIOD)
        and isinstance(value.get("strictly_before", False), bool)
    )
    if not is_one:
        raise ValidationError(_("This is not a due rule."), code="not_a_due_rule")


def due_rule_from_text(data, cadence):
    """Return the ``DueRule`` for periods of ``cadence``, or None when no day is named.

    Without a month the day lies in the last month of the period.
    """
    kind = CADENCE_KINDS.get(cadence)
    if not data or kind is None:
        return None
    month = {"first": 1, "next": MONTHS[kind] + 1}.get(data.get("month_of_period"), -1)
    return DueRule(
        anchor=Anchor.CALENDAR_DAY,
        day=data["day"],
        month=month,
        strictly_before=data.get("strictly_before", False),
    )
