"""What is done with a set-up: read the proposals, decide on them, let them stand, put it aside."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import Job
from portal.core.roles import Role, has_role
from portal.core.statuses import born, move
from portal.home.models import SetupProposal, SetupRun
from portal.home.setting_up.building import Builder
from portal.home.setting_up.proposing import UNSURE
from portal.home.setting_up.reading import CENTRE_FIELDS, read_proposals, text_hash
from portal.home.setting_up.rooms import arrange_rooms
from portal.home.setup import describe_centre
from portal.regulations.contract import structure_of

#: The kind of the job that applies a run.
APPLY = "home.apply_setup"
Decision = SetupProposal.Decision
Kind = SetupProposal.Kind


class SetupRefused(Exception):
    """A set-up cannot be applied or changed; ``str()`` is a sentence for the person who asked."""


def may_set_up(user):
    """Return whether ``user`` may set the portal up: administrators of the centre."""
    return has_role(user, Role.ADMINISTRATOR)


def require_setter_up(user):
    """Refuse who may not set the portal up; a command has no person (``user`` None)."""
    if user is not None and not may_set_up(user):
        raise PermissionDenied


@transaction.atomic
def start_setup(regulation, *, user):
    """Read what the published ``regulation`` proposes and keep it to be decided on.

    What stands already is left out. An earlier set-up of it that nobody finished is put aside.
    What is certain or likely is accepted until somebody drops it; a unit that is only mentioned
    is not.
    """
    if not regulation.live:
        raise SetupRefused(_("Publish the regulation first; a portal is set up from what holds."))
    for run in SetupRun.objects.filter(regulation=regulation, status=SetupRun.Status.OPEN):
        abandon_setup(run, user=user)
    items, matches, digest = read_proposals(regulation)
    run = SetupRun.objects.create(
        regulation=regulation, text_sha256=digest, matches=matches, created_by=user
    )
    born(run, user=user)
    SetupProposal.objects.bulk_create(
        _proposal(run, position, item) for position, item in enumerate(items)
    )
    return run


def _proposal(run, position, item):
    return SetupProposal(
        run=run,
        position=position,
        kind=item.kind,
        change=item.change,
        key=item.key,
        proposed=item.proposed or item.values,
        values=item.values,
        sources=item.sources,
        confidence=item.confidence or UNSURE,
        decision=Decision.DROPPED if item.is_dropped else Decision.ACCEPTED,
        target=item.target,
    )


def open_run(run, *, running=None):
    """Return the run, locked, or refuse when it was finished elsewhere or is being applied.

    ``running`` is the job that applies it, when that asks.
    """
    run = SetupRun.objects.select_for_update().get(pk=run.pk)
    if not run.is_open:
        raise SetupRefused(
            _("This set-up is finished. Start another one to see what is still proposed.")
        )
    others = Job.objects.unfinished().about(run).filter(kind=APPLY)
    if others.exclude(pk=running.pk if running else None).exists():
        raise SetupRefused(_("The portal is being set up from this now; wait until it stands."))
    return run


@transaction.atomic
def decide(run, accepted, *, among, user):
    """Accept of the proposals ``among`` those whose ids are in ``accepted``; drop the others.

    ``among`` are the ids that the person saw. Return how many decisions changed.
    """
    run = open_run(run)
    changed = []
    for proposal in run.proposals.filter(pk__in=among):
        decision = Decision.ACCEPTED if proposal.pk in accepted else Decision.DROPPED
        if proposal.decision != decision:
            proposal.decision, proposal.decided_by = decision, user
            changed.append(proposal)
    SetupProposal.objects.bulk_update(changed, ["decision", "decided_by"])
    return len(changed)


@transaction.atomic
def correct(proposal, values, *, user):
    """Let a proposal say ``values`` instead of what was read, and accept it."""
    open_run(proposal.run)
    proposal.values = {**proposal.values, **values}
    proposal.decision, proposal.decided_by = Decision.ACCEPTED, user
    proposal.save(update_fields=["values", "decision", "decided_by"])
    return proposal


@transaction.atomic
def abandon_setup(run, *, user):
    """Put a set-up aside that is not wanted; it stays as a record."""
    run = open_run(run)
    return move(run, SetupRun.Status.ABANDONED, user=user)


@transaction.atomic
def apply_setup(run, *, user, running=None):
    """Let everything accepted stand: all of it or nothing. Return the run with its counts.

    Raise ``SetupRefused`` when it was finished elsewhere, or when the text has changed since it
    was read; ``PermissionDenied`` for who may not. A command has no person (``user`` None).
    ``running`` is the job that does it, where one does.
    """
    require_setter_up(user)
    run = open_run(run, running=running)
    proposals = list(run.proposals.all())
    refuse_unfit(run, proposals)
    _describe(proposals)
    builder = Builder(run, proposals, user=user)
    counts = builder.build(day_in_force(run.regulation))
    SetupProposal.objects.bulk_update(proposals, ["target"])
    rooms = arrange_rooms(user=user)
    run.result = {**counts, "rooms": {model.__name__: open_ for model, open_ in rooms.items()}}
    run = move(
        run,
        SetupRun.Status.APPLIED,
        user=user,
        result=run.result,
        applied_at=timezone.now(),
    )
    record("home.set_up", run.regulation, user=user, **counts)
    return run


def refuse_unfit(run, proposals):
    """Refuse what cannot stand: the text is another by now, or a duty names nobody."""
    _refuse_stale(run)
    _refuse_without_units(proposals)


def _refuse_stale(run):
    if text_hash(structure_of(run.regulation)) != run.text_sha256:
        raise SetupRefused(
            _(
                "The text of the regulation has changed since it was read. Nothing was changed; "
                "start again to see what it proposes now."
            )
        )
    later = SetupRun.objects.filter(
        regulation=run.regulation, status=SetupRun.Status.APPLIED, pk__gt=run.pk
    )
    if later.exists():
        raise SetupRefused(_("A later set-up of this regulation was applied meanwhile."))


def _refuse_without_units(proposals):
    nobody = [
        each
        for each in proposals
        if each.kind == Kind.OBLIGATION and each.is_accepted and not each.values["units"]
    ]
    if nobody:
        raise SetupRefused(
            _("Say who owes “%(duty)s”, or drop it.") % {"duty": nobody[0].values["text"][:80]}
        )


def _describe(proposals):
    for proposal in proposals:
        if proposal.kind == Kind.CENTRE and proposal.is_accepted:
            describe_centre(
                **{
                    name: proposal.values[name]
                    for name in CENTRE_FIELDS
                    if proposal.values.get(name)
                }
            )


def day_in_force(regulation):
    """Return the day from which the text on the pages holds, None where nobody knows."""
    edition = regulation.editions.standing().filter(status="applied").in_order().last()
    if edition is not None:
        return edition.effective_on
    return regulation.effective_on or regulation.issued_on
