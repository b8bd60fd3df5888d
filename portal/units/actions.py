"""What is done to units: taking them over from a regulation that names them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.core.audit import record
from portal.core.text import fold_words
from portal.regulations.actions import regulation_as_json
from portal.units.models import UnitIndexPage, UnitPage, UnitResponsibility
from portal.units.proposals import propose_units, same_unit


def proposals_for(regulation):
    """Return ``[(UnitProposal, existing UnitPage or None, number of new duties)]``.

    They are read from the published text of ``regulation``.
    """
    articles = [
        part
        for part in regulation_as_json(regulation)["parts"]
        if part["kind"] == "article" and part["eid"].startswith("qc")
    ]
    known = list(UnitPage.objects.prefetch_related("responsibilities__provision"))
    rows = []
    for proposal in propose_units(articles):
        unit = _match(known, proposal.name)
        cited = _cited_eids(unit, regulation) if unit else set()
        new = sum(duty.eid not in cited for duty in proposal.duties)
        rows.append((proposal, unit, new))
    return rows


@transaction.atomic
def take_over_units(regulation, proposals, *, user):
    """Create the pages of the proposed units below the directory, each duty with its provision.

    A unit that stands already (its name, a short name, or the name with its level) only gets
    the duties it lacks, so doing it twice changes nothing. Return the ``UnitPage`` list. Raise
    ``PermissionDenied`` when ``user`` may not add to the directory.
    """
    index = UnitIndexPage.objects.get()
    if not index.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    provisions = {row.eid: row for row in regulation.provisions.current()}
    known = list(UnitPage.objects.prefetch_related("responsibilities__provision"))
    codes = {unit.code for unit in known}
    taken = []
    for proposal in proposals:
        unit = _match(known, proposal.name)
        if unit is None:
            unit = _create(index, proposal, codes, user)
            known.append(unit)
        _add_duties(unit, proposal.duties, provisions, regulation, user)
        taken.append(unit)
    record("units.take_over", regulation, user=user, units=len(taken))
    return taken


def _match(known, name):
    for unit in known:
        names = [unit.title, *unit.short_names.splitlines()]
        if any(same_unit(each, name) for each in names if each.strip()):
            return unit
    return None


def _create(index, proposal, codes, user):
    unit = UnitPage(
        title=proposal.name[:255],
        code=_free_code(proposal.name, codes),
        kind=proposal.kind,
        is_group=proposal.is_group,
        centre_role=proposal.role,
        owner=user,
    )
    index.add_child(instance=unit)
    codes.add(unit.code)
    return unit


def _free_code(name, taken):
    """Return the initials of ``name`` in capitals, with a number when they are taken."""
    initials = "".join(word[0] for word in fold_words(name).split())[:24].upper() or "DV"
    code, number = initials, 2
    while code in taken:
        code, number = f"{initials}{number}", number + 1
    return code


def _cited_eids(unit, regulation):
    return {
        duty.provision.eid
        for duty in unit.responsibilities.all()
        if duty.provision and duty.provision.regulation_id == regulation.pk
    }


def _add_duties(unit, duties, provisions, regulation, user):
    present = _cited_eids(unit, regulation)
    order = unit.responsibilities.count()
    for duty in duties:
        if duty.eid in present:
            continue
        order += 1
        unit.responsibilities.add(
            UnitResponsibility(
                provision=provisions.get(duty.eid),
                text=duty.text,
                name_as_written=duty.name_as_written[:255],
                sort_order=order,
            )
        )
        present.add(duty.eid)
    unit.save_revision(user=user).publish(user=user)
