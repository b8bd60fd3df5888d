"""One duty as the visitor may know it: how it stands, what acts on it, what is missing.

Everybody sees who owes what by which provision, and what of it is public. How well it is met is
for people inside; where to do what is missing, for those who may do it.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.models.page import name_for
from portal.core.text import fold_words
from portal.units.due_dates import NextDue, next_due
from portal.units.duty_means import DutyState, Standing, standings_of, state_of
from portal.units.models import Obligation
from portal.units.permissions import may_record_for

LABELS = {
    DutyState.MET: _("being met"),
    DutyState.DUE_SOON: _("due soon"),
    DutyState.LATE: _("late"),
    DutyState.MISSING: _("nothing acts on it yet"),
    DutyState.WITHHELD: _("not shown"),
}
#: The tones of ``portal_tags.tone``.
TONES = {
    DutyState.MET: "good",
    DutyState.DUE_SOON: "warn",
    DutyState.LATE: "bad",
    DutyState.MISSING: "info",
    DutyState.WITHHELD: "neutral",
}


@dataclass(frozen=True)
class DutyRow:
    """One line of the list; ``state`` is None for the public."""

    obligation: Obligation
    due: NextDue | None
    state: DutyState | None
    standings: tuple[Standing, ...]
    may_record: bool
    counterparts: str = ""

    @property
    def label(self) -> str | Promise:
        """Return the state in words."""
        return LABELS[self.state] if self.state else ""

    @property
    def tone(self):
        """Return the tone in which the state is shown."""
        return TONES.get(self.state, "neutral")

    @property
    def links(self):
        """Return what acts on the duty, each thing once."""
        return list(dict.fromkeys(link for each in self.standings for link in each.links))

    @property
    def summaries(self):
        """Return how well it is met, in words; nothing for the public."""
        return [each.summary for each in self.standings if self.state and each.summary]

    @property
    def missing(self):
        """Return ``[(what is missing, where to do it)]``: of what acts on it, else the first word.

        Nothing for the public.
        """
        if not self.state or self.state in (DutyState.MET, DutyState.WITHHELD):
            return []
        wanted = [each for each in self.standings if each.missing]
        if self.state is DutyState.MISSING:
            wanted = wanted[:1]
        return [(each.missing, each.action_url) for each in wanted]

    @property
    def written_name(self):
        """Return the unit's name as the text has it, where that is another one than today's."""
        written = self.obligation.name_as_written
        return written if fold_words(written) != fold_words(self.obligation.unit.title) else ""

    @property
    def article(self):
        """Return the heading of the article, for a list that is grouped by it."""
        provision = self.obligation.provision
        return provision.article.title if provision.article_id else provision.label


def is_inside(request):
    """Return whether the visitor is somebody with a name, who sees how duties stand."""
    return request.user.is_authenticated and request.user.is_active


def rows_for(obligations, request, standings=None):
    """Return the ``DutyRow`` of each obligation as far as the visitor may know."""
    obligations = list(obligations)
    standings = standings_of(obligations, request) if standings is None else standings
    inside, now = is_inside(request), timezone.now()
    return [_row(each, standings[each.pk], request, inside, now) for each in obligations]


def _row(obligation, standings, request, inside, now):
    return DutyRow(
        obligation=obligation,
        due=next_due(obligation, now),
        state=state_of(standings) if inside else None,
        standings=tuple(standings),
        may_record=inside
        and hasattr(obligation, "bound_ids")
        and bool(may_record_for(request.user, obligation.bound_ids)),
        counterparts=", ".join(name_for(unit, request) for unit in obligation.counterparts.all()),
    )
