"""What is done to units: taking them over from a regulation that names them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.core.audit import record
from portal.core.text import fold_words
from portal.regulations.snapshots import regulation_as_json
from portal.units.models import UnitIndexPage, UnitPage, UnitResponsibility
from portal.units.proposing import propose_units, same_unit


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
        unit = unit_named(known, proposal.name)
        cited = _cited_eids(unit, regulation) if unit else set()
        new = sum(duty.eid not in cited for duty in proposal.duties)
        rows.append((proposal, unit, new))
    return rows


def may_take_over(user):
    """Return whether ``user`` may let public pages stand in the directory."""
    index = UnitIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_publish_subpage()


@transaction.atomic
def take_over_units(regulation, proposals, *, user):
    """Create the pages of the proposed units below the directory, each duty with its provision.

    A unit that stands already (its name, a short name, or the name with its level) only gets
    the duties it lacks, so doing it twice changes nothing; one that is not public gets them in
    its draft. Return the ``UnitPage`` list. Raise ``PermissionDenied`` when ``user`` may not
    publish in the directory.
    """
    if not may_take_over(user):
        raise PermissionDenied
    index = UnitIndexPage.objects.get()
    provisions = {row.eid: row for row in regulation.provisions.current()}
    known = list(UnitPage.objects.prefetch_related("responsibilities__provision"))
    codes = {unit.code for unit in known}
    taken = []
    for proposal in proposals:
        unit = unit_named(known, proposal.name)
        if unit is None:
            unit = _create(index, proposal, codes, user)
            known.append(unit)
        _bring_up_to_date(unit, proposal.duties, provisions, regulation, user)
        taken.append(unit)
    record("units.take_over", regulation, user=user, units=len(taken))
    return taken


def unit_named(known, name):
    """Return the unit of ``known`` that bears ``name``, as title or short name, or None."""
    for unit in known:
        names = [unit.title, *unit.short_names.splitlines()]
        if any(same_unit(each, name) for each in names if each.strip()):
            return unit
    return None


def _create(index, proposal, codes, user):
    fields = {
        "kind": proposal.kind,
        "is_group": proposal.is_group,
        "centre_role": proposal.role,
    }
    return add_unit(index, proposal.name, codes, user=user, **fields)


def add_unit(index, name, codes, *, user, **fields):
    """Add a unit's page below the directory with a free code, which joins ``codes``.

    Its first revision is still to be published.
    """
    unit = UnitPage(title=name[:255], code=_free_code(name, codes), owner=user, **fields)
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


def _bring_up_to_date(unit, duties, provisions, regulation, user):
    """Give the public page the duties it lacks, and its draft where an editor works on one."""
    rewrite_unit(unit, lambda page: _add_duties(page, duties, provisions, regulation), user=user)


def rewrite_unit(unit, change, *, user):
    """Apply ``change(page)`` to the public page, and to its draft where an editor works on one.

    ``change`` returns whether it changed anything; nothing is saved where it did not, except the
    first revision of a new page. One that is not public is changed in its draft only.
    """
    draft = None
    if unit.has_unpublished_changes or not unit.live:
        draft = unit.get_latest_revision_as_object()
    is_new = unit.latest_revision_id is None
    if unit.live and (change(unit) or is_new):
        unit.save_revision(user=user).publish(user=user)
    if draft is not None and change(draft):
        draft.save_revision(user=user)


def _add_duties(unit, duties, provisions, regulation):
    """Add the duties that ``unit`` lacks; return whether there were any."""
    present = _cited_eids(unit, regulation)
    lacking = {duty.eid: duty for duty in duties if duty.eid not in present}.values()
    for order, duty in enumerate(lacking, start=unit.responsibilities.count() + 1):
        unit.responsibilities.add(
            UnitResponsibility(
                provision=provisions.get(duty.eid),
                text=duty.text,
                name_as_written=duty.name_as_written[:255],
                sort_order=order,
            )
        )
    return bool(lacking)
