"""The rows that a redline compares: what a part of a text is made of."""

from dataclasses import dataclass

HEAD_FIELDS = (
    "title",
    "short_title",
    "document_number",
    "issuer",
    "issued_on",
    "decision_title",
    "signer_capacity",
    "signer_name",
    "closing_note",
)
HEAD_LISTS = ("legal_bases", "recipients")


@dataclass(frozen=True)
class Unit:
    """A heading, clause, point or line, as the comparison sees it."""

    part: str
    eid: str
    label: str
    text: str
    id: str = ""
    below: tuple = ()

    def words(self):
        """Return every word in it and below it, numbers apart."""
        return "\n".join([self.text, *(unit.words() for unit in self.below)])


def words_of(part):
    """Return the words of a part, numbers and addresses apart."""
    return "\n".join(unit.words() for unit in units_of(part)).strip()


def units_of(part):
    """Return the rows of a part as they are compared: its title or heading, then what is below."""
    units = [Unit("heading", part.eid, "", part.heading)] if part.heading else []
    if part.kind == "annex":
        return units + [
            Unit("line", f"{part.eid}#{number}", "", line)
            for number, line in enumerate(part.body.splitlines(), start=1)
            if line.strip()
        ]
    if part.kind == "division":
        return units
    if part.intro:
        units.append(Unit("intro", part.eid, "", part.intro))
    units += [_clause_unit(clause) for clause in part.clauses]
    return units + [
        Unit("footnote", f"{part.eid}#{note.mark}", note.mark, note.text) for note in part.footnotes
    ]


def _clause_unit(clause):
    points = tuple(
        Unit("point", each.eid, f"{each.label})" if each.label else "–", each.text, each.id)
        for each in clause.points
    )
    label = f"{clause.number}." if clause.number else ""
    return Unit("clause", clause.eid, label, clause.text, clause.id, points)


def head_units(text):
    """Return the rows of what stands above and below the articles."""
    units = [
        Unit(f"field:{name}", name, "", getattr(text, name))
        for name in HEAD_FIELDS
        if getattr(text, name)
    ]
    return units + [
        Unit(f"field:{name}", f"{name}#{number}", "", line)
        for name in HEAD_LISTS
        for number, line in enumerate(getattr(text, name), start=1)
    ]
