"""Making accepted proposals stand: units with their responsibilities, duties, what acts on them."""

from datetime import timedelta

from django.utils import timezone

from portal.core.statuses import move
from portal.core.text import nfc
from portal.home.setting_up.proposing import (
    CHANGED,
    DEFINITION,
    GONE,
    OBLIGATION,
    RESPONSIBILITY,
    UNIT,
)
from portal.regulations.models import Definition
from portal.units.actions import add_unit, rewrite_page
from portal.units.duty_means import establish, follow
from portal.units.models import Obligation, UnitIndexPage, UnitPage, UnitResponsibility

COUNTED = ("units", "responsibilities", "obligations", "means", "definitions")
NAME_LENGTH = UnitResponsibility._meta.get_field("name_as_written").max_length


class Builder:
    """Builds what one run has accepted; ``pages`` are the units by the keys of the proposals."""

    def __init__(self, run, proposals, *, user):
        self.run, self.proposals, self.user = run, proposals, user
        self.names, self.created, self.changes = {}, {}, []
        known = UnitPage.objects.in_bulk(list(run.matches.values()))
        self.pages = {key: known[pk] for key, pk in run.matches.items() if pk in known}
        self.counts = dict.fromkeys(COUNTED, 0)

    def build(self, on):
        """Build everything; duties hold from the day ``on``, None where nobody knows."""
        self.build_units()
        self.write_units()
        self.build_obligations(on)
        self.confirm_definitions()
        return self.counts

    def _of(self, kind):
        return [each for each in self.proposals if each.kind == kind and each.is_accepted]

    def build_units(self):
        """Create the pages of the units; what they say is written when all of them stand."""
        index = UnitIndexPage.objects.get()
        codes = set(UnitPage.objects.values_list("code", flat=True))
        for proposal in self._of(UNIT):
            values = proposal.values
            unit = UnitPage.objects.filter(pk=values.get("existing")).first()
            if unit is None:
                unit = self._create(index, values, codes)
                self.created[unit.pk] = proposal
            self.pages[proposal.key] = unit
            self._keep_target(proposal, unit=unit.pk)
        self.counts["units"] = len(self.created)

    def _create(self, index, values, codes):
        return add_unit(
            index,
            nfc(values["name"]),
            codes,
            user=self.user,
            kind=values["kind"],
            is_group=values["is_group"],
            level=values["level"],
            centre_role=values["centre_role"],
            short_names="\n".join(values["short_names"]),
        )

    def write_units(self):
        """Write place and responsibilities of each unit, in one revision of its page."""
        duties = {}
        for proposal in self._of(RESPONSIBILITY):
            unit = self.pages.get(proposal.values["unit"])
            if unit is not None:
                duties.setdefault(unit.pk, []).append(proposal)
                self._keep_target(proposal, unit=unit.pk)
        self.counts["responsibilities"] = sum(map(len, duties.values()))
        for unit in {page.pk: page for page in self.pages.values()}.values():
            wanted = duties.get(unit.pk, [])
            if wanted or unit.pk in self.created:
                rewrite_page(
                    unit, lambda page, wanted=wanted: self._write(page, wanted), user=self.user
                )

    def _write(self, page, wanted):
        proposal = self.created.get(page.pk)
        if proposal is not None:
            values = proposal.values
            page.parent_unit = self.pages.get(values["parent"])
            page.groups.set([self.pages[key] for key in values["groups"] if key in self.pages])
        return self._rewrite(page, wanted) or proposal is not None

    def _rewrite(self, page, proposals):
        """Add, reword or take away responsibilities of ``page``; tell whether anything changed."""
        standing = {duty.provision_id: duty for duty in page.responsibilities.all()}
        order = max((duty.sort_order or 0 for duty in standing.values()), default=0)
        changed = False
        for proposal in proposals:
            provision, text = proposal.values["provision"], proposal.values["text"]
            duty = standing.get(provision)
            if proposal.change == GONE:
                if duty is not None:
                    page.responsibilities.remove(duty)
                    changed = True
            elif duty is None:
                order += 1
                page.responsibilities.add(self._responsibility(proposal, order))
                changed = True
            elif duty.text != text:
                duty.text = text
                page.responsibilities.add(duty)
                changed = True
        return changed

    def _responsibility(self, proposal, order):
        values = proposal.values
        return UnitResponsibility(
            provision_id=values["provision"],
            text=values["text"],
            name_as_written=self._name_of(values["unit"])[:NAME_LENGTH],
            sort_order=order,
        )

    def _name_of(self, key):
        """Return the name that the text gives the unit of ``key``."""
        if not self.names:
            self.names = {each.key: each.proposed["name"] for each in self._of(UNIT)}
        return self.names.get(key) or self.pages[key].title

    def build_obligations(self, on):
        """Let the duties stand, and for each what acts on it."""
        acting = set()
        for proposal in self._of(OBLIGATION):
            settled = self._settle(proposal, on)
            self._keep_target(proposal, obligations=[duty.pk for duty in settled])
            self.counts["obligations"] += len(settled)
            if proposal.change != GONE:
                for duty in settled:
                    acting.update(establish(duty, user=self.user))
        for before, after in self.changes:
            follow(before, after, user=self.user)
        self.counts["means"] = len(acting)

    def confirm_definitions(self):
        """Confirm the terms that were accepted; reject those that somebody dropped by hand."""
        decided = {
            int(each.key): each
            for each in self.proposals
            if each.kind == DEFINITION and (each.is_accepted or each.decided_by_id)
        }
        for term in Definition.objects.filter(pk__in=decided, status=Definition.Status.PROPOSED):
            proposal = decided[term.pk]
            if not proposal.is_accepted:
                move(term, Definition.Status.REJECTED, user=self.user)
                continue
            values = proposal.values
            move(
                term,
                Definition.Status.CONFIRMED,
                user=self.user,
                meaning=values["text"],
                other_names=values["other_names"],
            )
            self.counts["definitions"] += 1

    def _settle(self, proposal, on):
        """Return the duties that stand for a proposal, one for each unit that owes it."""
        values = proposal.values
        former = {
            duty.unit_id: duty
            for duty in Obligation.objects.in_force(on).filter(
                pk__in=proposal.target.get("obligations", [])
            )
        }
        wanted = []
        if proposal.change != GONE:
            wanted = [self.pages[key] for key in values["units"] if key in self.pages]
        settled = [
            self._settle_for(unit, proposal, former.pop(unit.pk, None), on) for unit in wanted
        ]
        if proposal.change in (CHANGED, GONE):
            for duty in former.values():
                self._end(duty, on)
                self.changes.append((duty, None))
        return settled

    def _settle_for(self, unit, proposal, former, on):
        fields = self._fields(proposal.values)
        if former is not None and all(
            getattr(former, name) == value for name, value in fields.items()
        ):
            duty = former
        elif former is not None and not _began_before(former, on):
            duty = former  # it began with this very edition: corrected, not succeeded
            self.changes.append((_as_it_is(former), duty))
            for name, value in fields.items():
                setattr(duty, name, value)
            self._save(duty)
        else:
            duty = Obligation(
                unit=unit,
                name_as_written=self._written_as(unit, proposal)[:NAME_LENGTH],
                valid_from=on,
                succeeds=former,
                **fields,
            )
            if former is not None:
                self._end(former, on)
                self.changes.append((_as_it_is(former), duty))
            self._save(duty)
        keys = [key for key in proposal.values["counterparts"] if key in self.pages]
        duty.counterparts.set([self.pages[key] for key in keys])
        return duty

    def _written_as(self, unit, proposal):
        if proposal.values.get("is_assumed"):
            return ""
        key = next((k for k in proposal.values["units"] if self.pages.get(k) == unit), None)
        return self._name_of(key) if key else unit.title

    @staticmethod
    def _fields(values):
        return {
            "provision_id": values["provision"],
            "kind": values["kind"],
            "cadence": values["cadence"],
            "due_rule": values["due"] or {},
            "text": values["text"],
            "words": values["words"],
        }

    def _end(self, duty, on):
        """Let a duty end with the day before ``on``, or on the day it began."""
        last = (on or timezone.localdate()) - timedelta(days=1)
        duty.valid_to = max(last, duty.valid_from) if duty.valid_from else last
        self._save(duty)

    def _save(self, duty):
        duty._history_user = self.user
        duty.full_clean(exclude=["counterparts"])
        duty.save()

    def _keep_target(self, proposal, **target):
        proposal.target = {**proposal.target, **target}


def _as_it_is(duty):
    """Return the duty as it stands before it changes, its counterparts loaded."""
    return Obligation.objects.prefetch_related("counterparts").get(pk=duty.pk)


def _began_before(duty, on):
    return duty.valid_from is None or on is None or duty.valid_from < on
