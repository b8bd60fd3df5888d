"""What a regulation proposes today, compared with what stands: read from the database."""

import hashlib
import json
from collections import Counter

from wagtail.models import Site

from portal.home.models import CentreSettings, SetupProposal, SetupRun
from portal.home.setting_up.comparing import Prior, Standing, difference
from portal.home.setting_up.proposing import (
    CERTAIN,
    DEFINITION,
    GONE,
    LIKELY,
    Item,
    items_of,
)
from portal.regulations.contract import structure_of
from portal.regulations.models import Definition
from portal.units.actions import unit_named
from portal.units.models import Obligation, UnitPage, UnitResponsibility
from portal.units.proposing import read_setup

CENTRE_FIELDS = ("name", "short_name", "owner_name", "managing_name")


def read_proposals(regulation):
    """Return ``(items, matches, hash of the text)`` for the text of ``regulation`` in force."""
    structure = structure_of(regulation)
    items = items_of(read_setup(structure), provision_ids(regulation))
    found, matches = difference(items, priors_of(regulation), standing_of(regulation))
    return [*found, *_definition_items(regulation)], matches, text_hash(structure)


def _definition_items(regulation):
    """Return the terms that the text explains and nobody has decided on yet."""
    open_terms = Definition.objects.filter(
        regulation=regulation, status=Definition.Status.PROPOSED, is_present=True
    ).select_related("source")
    return [
        Item(
            DEFINITION,
            str(term.pk),
            {"term": term.term, "text": term.meaning, "other_names": term.other_names},
            [{"eid": term.source.eid, "words": term.meaning}] if term.source_id else [],
            LIKELY if term.is_inline else CERTAIN,
        )
        for term in open_terms
    ]


def text_hash(structure):
    """Return the hash of all that the proposals are read from."""
    return hashlib.sha256(
        json.dumps(structure, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def provision_ids(regulation):
    """Return the row of each identifier of the text in force."""
    return dict(regulation.provisions.current().values_list("eid", "pk"))


def priors_of(regulation):
    """Return the decided proposals of earlier set-ups, the latest word on each."""
    rows = SetupProposal.objects.filter(
        run__regulation=regulation, run__status=SetupRun.Status.APPLIED
    ).order_by("run_id", "position", "pk")
    priors = {}
    for row in rows:
        replaced = row.target.get("replaces")
        if replaced:
            priors.pop((row.kind, replaced), None)
        if row.change == GONE and row.is_accepted:
            priors.pop((row.kind, row.key), None)
        else:
            priors[row.kind, row.key] = _prior(row)
    return priors


def _prior(row):
    target = {name: value for name, value in row.target.items() if name in ("unit", "obligations")}
    return Prior(row.kind, row.key, row.proposed, row.values, target, row.is_accepted, row.sources)


def standing_of(regulation):
    """Return what stands in the portal of the things that ``regulation`` may propose."""
    units = list(UnitPage.objects.all())
    responsibilities = UnitResponsibility.objects.filter(provision__regulation=regulation)
    obligations = Obligation.objects.in_force().filter(provision__regulation=regulation)
    owed = obligations.values_list("kind", "unit_id", "provision_id", "cadence")
    site = Site.objects.get(is_default_site=True)
    centre = CentreSettings.for_site(site)
    return Standing(
        unit_of=lambda item: _unit_of(units, item),
        responsibilities=frozenset(responsibilities.values_list("unit_id", "provision_id")),
        obligations=Counter(owed),
        centre={name: getattr(centre, name) for name in CENTRE_FIELDS},
    )


def _unit_of(units, item):
    """Return the page that bears the name of a proposed unit, a unit of today before a former."""
    of_today = [unit for unit in units if unit.valid_to is None]
    unit = unit_named(of_today, item.values["name"])
    return unit.pk if unit else None
