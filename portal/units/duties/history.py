"""Who changed what in a duty, when; read from the register's history."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from portal.core.formats import format_date
from portal.units.due_rules import check_due_rule
from portal.units.duty_words import due_words, no_day_words
from portal.units.models import Obligation, UnitPage
from portal.units.people import name_of

#: So many versions of one duty are shown.
MOST_VERSIONS = 50
_FIELDS = (
    "unit_id",
    "kind",
    "text",
    "cadence",
    "due_rule",
    "name_as_written",
    "valid_from",
    "valid_to",
    "provision_id",
)


@dataclass(frozen=True)
class Change:
    """One save: when, by whom, and ``[(field, before, after)]``; empty when it was created."""

    at: datetime
    person: str
    is_first: bool
    details: list


def changes_of(obligation):
    """Return the changes of a duty, newest first, with three queries."""
    versions = list(
        obligation.history.select_related("history_user").order_by("-history_date", "-history_id")[
            :MOST_VERSIONS
        ]
    )
    units = dict(
        UnitPage.objects.filter(pk__in={each.unit_id for each in versions}).values_list(
            "pk", "title"
        )
    )
    provisions = _provision_labels({each.provision_id for each in versions})
    changes = []
    for newer, older in zip(versions, [*versions[1:], None], strict=True):
        details = _details(older, newer, units, provisions) if older else []
        if details or newer.history_type == "+":
            changes.append(Change(newer.history_date, _person(newer), older is None, details))
    return changes


def _person(version):
    user = version.history_user
    return name_of(user) if user else _("the system")


def _provision_labels(pks):
    model = Obligation._meta.get_field("provision").related_model
    return dict(model.objects.filter(pk__in=pks).values_list("pk", "label"))


def _details(older, newer, units, provisions):
    details = []
    for name in _FIELDS:
        if getattr(older, name) != getattr(newer, name):
            label = str(Obligation._meta.get_field(name.removesuffix("_id")).verbose_name)
            before, after = (_shown(each, name, units, provisions) for each in (older, newer))
            details.append((label, before, after))
    return details


def _shown(version, name, units, provisions):
    value = getattr(version, name)
    if name == "unit_id":
        return units.get(value, "")
    if name == "provision_id":
        return provisions.get(value, "")
    if name in ("kind", "cadence"):
        return dict(Obligation._meta.get_field(name).choices).get(value, value)
    if name == "due_rule":
        return _shown_rule(value, version.cadence)
    return format_date(value) if name.startswith("valid_") else value


def _shown_rule(rule, cadence):
    check_due_rule(rule)
    return due_words(rule, cadence) or no_day_words()
