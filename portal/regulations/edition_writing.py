"""Writing one edition: its text, what it changes, its seal. Actions decide whether and when."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from portal.core.audit import record
from portal.core.composition import compose_texts
from portal.core.statuses import born
from portal.regulations.enactable import PlannedChange
from portal.regulations.models import Edition, EditionChange
from portal.regulations.redline import compare_texts
from portal.regulations.sealing import seal_of, sha256_of
from portal.regulations.snapshots import as_snapshot


@dataclass(frozen=True)
class Decision:
    """What a decision says about the editions that it makes."""

    kind: str
    effective_on: date
    number: str = ""
    signed_on: date | None = None
    title: str = ""
    note: str = ""


def write_edition(regulation, decision, text, planned, *, user, before=None, is_applied=False):
    """Write the next edition: ``text``, and what it changes of ``before`` by ``planned``."""
    snapshot = as_snapshot(text)
    previous = regulation.editions.order_by("number").last()
    edition = Edition(
        regulation=regulation,
        number=previous.number + 1 if previous else 1,
        kind=decision.kind,
        status=Edition.Status.APPLIED if is_applied else Edition.Status.ENACTED,
        effective_on=decision.effective_on,
        decision_number=decision.number,
        decision_date=decision.signed_on,
        decision_title=decision.title,
        note=decision.note,
        snapshot=snapshot,
        sha256=sha256_of(snapshot),
        created_by=user,
        applied_at=timezone.now() if is_applied else None,
    )
    compose_texts(edition)
    changes = _changes(edition, before, text, planned) if before is not None else []
    edition.seal = seal_of(edition, changes, previous.seal if previous else "")
    edition.save()
    for change in changes:
        change.edition = edition
        change.save()
    born(edition, user=user)
    record("regulations.enact_edition", regulation, user=user, edition=edition.number)
    return edition


def _changes(edition, before, text, planned):
    """Return the unsaved changes: every part whose words changed, then pages without such.

    Of these, one without a revision is a page whose words go on in another one.
    """
    redline = compare_texts(before, text)
    by_page = {change.page_id: change for change in planned}
    old = {part["id"]: sha256_of(part) for part in as_snapshot(before)["parts"]}
    new = {part["id"]: sha256_of(part) for part in as_snapshot(text)["parts"]}
    changes = []
    for part in redline.changed:
        page_id = int(part.id) if part.id else edition.regulation_id
        plan = by_page.pop(page_id, PlannedChange(page_id))
        changes.append(
            EditionChange(
                page_id=page_id,
                revision=plan.revision,
                eid=part.eid,
                label=part.label,
                title="" if part.part == "head" else part.title,
                kinds=list(part.kinds),
                reason=plan.reason,
                old_sha256=old.get(part.old_id, ""),
                new_sha256=new.get(part.new_id, ""),
            )
        )
    changes += [
        EditionChange(
            page_id=plan.page_id,
            revision=plan.revision,
            reason=plan.reason,
            kinds=[] if plan.revision else ["repealed"],
        )
        for plan in by_page.values()
        if plan.revision is not None or str(plan.page_id) in old.keys() - new.keys()
    ]
    for position, change in enumerate(changes, start=1):
        change.position = position
        compose_texts(change)
    return changes
