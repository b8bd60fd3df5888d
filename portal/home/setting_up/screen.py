"""What the screens of a set-up show: its steps, and the proposals of each in words."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from portal.home.models import SetupProposal
from portal.home.setting_up.proposing import RESPONSIBILITY
from portal.regulations.models import Provision
from portal.units.duty_words import due_words
from portal.units.models import Obligation, UnitPage

Kind = SetupProposal.Kind


@dataclass(frozen=True)
class Step:
    """One screen of a set-up: its word in the address, its title, what it decides on."""

    word: str
    title: str
    kind: str = ""
    lede: str = ""


STEPS = (
    Step(
        "trung-tam",
        _("The centre"),
        Kind.CENTRE,
        _("Name, owner and manager stand in the head of every page and document."),
    ),
    Step(
        "don-vi",
        _("Units"),
        Kind.UNIT,
        _(
            "Each unit stands with the words it was read from. Untick what is not a unit; a name "
            "for several units, such as “all departments”, stands as a kind of unit."
        ),
    ),
    Step(
        "trach-nhiem",
        _("Responsibilities"),
        Kind.RESPONSIBILITY,
        _("What each unit answers for, in the words of the text."),
    ),
    Step(
        "nghia-vu",
        _("Duties"),
        Kind.OBLIGATION,
        _(
            "Who owes what, how often and until when. Duties to meet, to report and to review the "
            "year bring series of meetings, report schedules and the assessment with them."
        ),
    ),
    Step(
        "tu-ngu",
        _("Terms"),
        Kind.DEFINITION,
        _("What the text explains; readers see the meaning wherever a term is used."),
    ),
    Step("dung", _("Look over and set up")),
)
STEP_OF_KIND = {step.kind: step for step in STEPS if step.kind}


@dataclass
class Row:
    """A proposal with what its words refer to; ``provision`` None where it was not found."""

    proposal: SetupProposal
    provision: Provision | None = None
    facts: list = field(default_factory=list)
    people: str = ""
    counterparts: str = ""
    title: str = ""


def step_called(word):
    """Return the step of an address, or None."""
    return next((step for step in STEPS if step.word == word), None)


def step_after(step):
    """Return the step that follows."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def unit_names(run):
    """Return the names of all units that the proposals speak of, by their keys."""
    pages = UnitPage.objects.in_bulk(list(run.matches.values()))
    names = {key: pages[pk].title for key, pk in run.matches.items() if pk in pages}
    for proposal in run.proposals.of_kind(Kind.UNIT):
        names[proposal.key] = proposal.values["name"]
    return names


def group_keys(run):
    """Return the keys of the kinds of unit among them."""
    proposed = {
        proposal.key for proposal in run.proposals.of_kind(Kind.UNIT) if proposal.values["is_group"]
    }
    groups = set(
        UnitPage.objects.filter(pk__in=run.matches.values(), is_group=True).values_list(
            "pk", flat=True
        )
    )
    return proposed | {key for key, pk in run.matches.items() if pk in groups}


def steps_with_counts(run, current):
    """Return ``[(Step, number accepted, number proposed, is the current one)]``."""
    accepted, proposed = Counter(), Counter()
    for kind, decision in run.proposals.values_list("kind", "decision"):
        proposed[kind] += 1
        accepted[kind] += decision == SetupProposal.Decision.ACCEPTED
    return [(step, accepted[step.kind], proposed[step.kind], step is current) for step in STEPS]


def rows_of(run, kind, names):
    """Return the ``Row`` list of one kind, with its provisions."""
    proposals = list(run.proposals.of_kind(kind))
    eids = {source["eid"] for proposal in proposals for source in proposal.sources}
    provisions = {
        provision.eid: provision
        for provision in run.regulation.provisions.current().filter(eid__in=eids)
    }
    for provision in provisions.values():
        provision.regulation = run.regulation
    rows = []
    for proposal in proposals:
        source = proposal.sources[0] if proposal.sources else {}
        row = Row(proposal, provisions.get(source.get("eid")))
        FILLS[kind](row, proposal.values, names)
        rows.append(row)
    return rows


def _fill_centre(row, values, names):
    row.title = values["name"]


def _fill_unit(row, values, names):
    row.title = values["name"]
    labels = (
        dict(UnitPage.Kind.choices).get(values["kind"]),
        dict(UnitPage.Level.choices).get(values["level"]),
        dict(UnitPage.Role.choices).get(values["centre_role"]),
    )
    row.facts = [str(label) for label in labels if label]


def _fill_responsibility(row, values, names):
    row.title = values["text"]
    row.people = names.get(values["unit"], "")


def _fill_obligation(row, values, names):
    row.title = values["text"]
    kind = values["kind"]
    row.facts = [
        *([] if kind == Obligation.Kind.OTHER else [str(dict(Obligation.Kind.choices)[kind])]),
        str(dict(Obligation.Cadence.choices)[values["cadence"]]),
        *filter(None, [due_words(values["due"], values["cadence"])]),
    ]
    row.people = ", ".join(names[key] for key in values["units"] if key in names)
    row.counterparts = ", ".join(names[key] for key in values["counterparts"] if key in names)


def _fill_definition(row, values, names):
    row.title = f"{values['term']}: {values['text']}"


FILLS = {
    Kind.CENTRE: _fill_centre,
    Kind.UNIT: _fill_unit,
    Kind.RESPONSIBILITY: _fill_responsibility,
    Kind.OBLIGATION: _fill_obligation,
    Kind.DEFINITION: _fill_definition,
}


def grouped(rows, kind):
    """Return ``[(heading, rows)]``: responsibilities by unit, the rest under one heading."""
    if kind != RESPONSIBILITY:
        return [("", rows)]
    groups = {}
    for row in rows:
        groups.setdefault(row.people, []).append(row)
    return list(groups.items())


def provisions_of(proposal):
    """Return ``[(words, Provision or None)]`` of the places a proposal was read from."""
    eids = [source["eid"] for source in proposal.sources]
    current = proposal.run.regulation.provisions.current()
    found = {row.eid: row for row in current.filter(eid__in=eids).select_related("regulation")}
    return [(source["words"], found.get(source["eid"])) for source in proposal.sources]
