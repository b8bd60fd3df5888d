"""How much of what regulations oblige to is found: precision and recall, kind by kind.

``python -m tests.units.proposing.figures`` writes the tables into ``docs/setup-figures.md``. What
is expected stands in ``expected/*.json``: our own reading of each text, no words of it. A
proposal is right when it cites the very provision, is of one of the kinds that reading allows and
names the cadence; whether units and due day agree as well is counted beside.
"""

import json
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from portal.core.text import fold_words
from tests.regulations.texts import SHARED
from tests.source_tree import ROOT

HERE = Path(__file__).parent
DOCUMENT = ROOT / "docs" / "setup-figures.md"
MARK = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)


@dataclass
class Figures:
    """What was found of one text."""

    name: str
    origin: str
    expected: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    proposed: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)
    missed: list = field(default_factory=list)
    surplus: list = field(default_factory=list)
    wrong_units: list = field(default_factory=list)
    wrong_dues: list = field(default_factory=list)
    units_missed: list = field(default_factory=list)
    units_surplus: list = field(default_factory=list)
    units: int = 0

    @property
    def recall(self):
        return self.found.total() / self.expected.total()

    @property
    def precision(self):
        return self.right.total() / self.proposed.total()


def expectations():
    """Return ``{name: expected table}`` of every text that has one."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((HERE / "expected").glob("*.json"))
    }


def text_of(expected):
    """Return the text of an expected table, or None where it is not at hand."""
    for folder in (HERE / "texts", SHARED / "regulations"):
        path = folder / expected["text"]
        if path.exists():
            return path.read_text(encoding="utf-8")
    return None


@cache
def proposals_of(name):
    """Return ``(structure, proposals)`` of a text that has an expected table, or None."""
    from portal.regulations.parsing import as_json, parse_text  # noqa: PLC0415 - needs Django
    from portal.units.proposing import propose_setup  # noqa: PLC0415

    text = text_of(expectations()[name])
    if text is None:
        return None
    structure = as_json(parse_text(text))
    return structure, propose_setup(structure)


def plain(name):
    """Return the form in which two writings of a unit's name are compared here."""
    words = f" {fold_words(name.replace('&', ' và '))} "
    for one, other in (
        (" ubnd ", " uy ban nhan dan "),
        (" hdnd ", " hoi dong nhan dan "),
        (" cac ", " "),
        (" va ", " "),
    ):
        words = words.replace(one, other)
    return re.sub(r" (?:tinh|thanh pho|huyen|cap tinh)$", "", words.strip())


def matches(expected, proposal):
    """Return whether ``proposal`` is what the table expects."""
    return (
        proposal["kind"] in expected["kinds"]
        and _cites(proposal["sources"][0]["eid"], expected["eid"])
        and expected["cadence"] in (None, proposal["cadence"])
    )


def _cites(eid, wanted):
    """Return whether ``eid`` is the provision, or the one paragraph of an article of one."""
    return eid in (wanted, f"{wanted}__khoan_nn_1")


def figures_of(name):
    """Return the ``Figures`` of a text, or None where the text is not at hand."""
    table = expectations()[name]
    read = proposals_of(name)
    if read is None:
        return None
    proposals = read[1]
    figures = Figures(name, table["origin"])
    names = {unit["key"]: plain(unit["name"]) for unit in proposals["units"]}
    _compare_units(figures, table, names)
    right = set()
    for expected in table["obligations"]:
        kind = expected["kinds"][0]
        figures.expected[kind] += 1
        hits = [
            number
            for number, proposal in enumerate(proposals["obligations"])
            if matches(expected, proposal)
        ]
        if not hits:
            figures.missed.append(expected)
            continue
        figures.found[kind] += 1
        right.update(hits)
        _compare_details(figures, expected, [proposals["obligations"][hit] for hit in hits], names)
    for number, proposal in enumerate(proposals["obligations"]):
        figures.proposed[proposal["kind"]] += 1
        if number in right:
            figures.right[proposal["kind"]] += 1
        else:
            figures.surplus.append(proposal)
    return figures


def _compare_units(figures, table, names):
    wanted = {plain(unit["name"]): unit["name"] for unit in table["units"]}
    figures.units = len(wanted)
    figures.units_missed = [name for key, name in wanted.items() if key not in names.values()]
    figures.units_surplus = [name for name in names.values() if name not in wanted]


def _compare_details(figures, expected, hits, names):
    wanted = {plain(name) for name in expected["units"]}
    owners = [{names[key] for key in hit["units"]} for hit in hits]
    if wanted and wanted not in owners:
        figures.wrong_units.append((expected, owners[0]))
    if expected["due"] not in [hit["due"] for hit in hits]:
        figures.wrong_dues.append((expected, hits[0]["due"]))


def tables():
    """Return the Markdown of all tables; texts that are not at hand are left out."""
    every = [figures for name in expectations() if (figures := figures_of(name))]
    lines = [
        "| text | expected | found | recall | proposed | right | precision | units | due days |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for each in every:
        found = each.found.total()
        lines.append(
            f"| {each.name} ({each.origin}) | {each.expected.total()} | {found} |"
            f" {each.recall:.0%} | {each.proposed.total()} | {each.right.total()} |"
            f" {each.precision:.0%} | {found - len(each.wrong_units)} of {found} right |"
            f" {found - len(each.wrong_dues)} of {found} right |"
        )
    lines += ["", "| kind | expected | found | recall | proposed | right | precision |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for kind in sorted({kind for each in every for kind in [*each.expected, *each.proposed]}):
        counts = [
            sum(getattr(each, column)[kind] for each in every)
            for column in ("expected", "found", "proposed", "right")
        ]
        lines.append(_kind_line(kind, *counts))
    return "\n".join(lines) + "\n"


def _kind_line(kind, expected, found, proposed, right):
    recall = f"{found / expected:.0%}" if expected else "–"
    precision = f"{right / proposed:.0%}" if proposed else "–"
    return f"| {kind} | {expected} | {found} | {recall} | {proposed} | {right} | {precision} |"


def main():
    """Write the tables into the document."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django  # noqa: PLC0415 - settings first

    django.setup()
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(
        MARK.sub(lambda match: match[1] + tables() + match[2], text), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
