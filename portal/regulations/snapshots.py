"""A ``RegulationText`` as JSON data and back: what editions keep and the API gives."""

from dataclasses import fields

from portal.regulations.citations import article_label, clause_label, point_label
from portal.regulations.outline import text_of
from portal.regulations.structure import (
    Annex,
    Article,
    Clause,
    Division,
    Footnote,
    Point,
    RegulationText,
)

#: Raise it when the JSON changes in a way that readers of older editions must know of.
SNAPSHOT_FORMAT = 2
#: What of a text is no field of the JSON's first level.
NOT_WORDS = {"parts", "has_head"}
PARTS = {"division": Division, "article": Article, "annex": Annex}


def regulation_as_json(regulation):
    """Return the published text as plain data, in reading order."""
    return as_snapshot(text_of(regulation))


def as_snapshot(text):
    """Return the text as JSON data; ``from_snapshot`` gives an equal text back."""
    data = {f.name: getattr(text, f.name) for f in fields(text) if f.name not in NOT_WORDS}
    data["legal_bases"], data["recipients"] = list(text.legal_bases), list(text.recipients)
    data["format"] = SNAPSHOT_FORMAT
    data["parts"] = [_part_as_json(part) for part in text.parts]
    return data


def _part_as_json(part):
    data = {"kind": part.kind, **{f.name: getattr(part, f.name) for f in fields(part)}}
    if part.kind == "article":
        data["clauses"] = [_clause_as_json(clause) for clause in part.clauses]
        data["footnotes"] = [{"mark": n.mark, "text": n.text} for n in part.footnotes]
    return data


def _clause_as_json(clause):
    return {
        "id": clause.id,
        "eid": clause.eid,
        "number": clause.number,
        "text": clause.text,
        "points": [
            {"id": p.id, "eid": p.eid, "label": p.label, "text": p.text} for p in clause.points
        ],
    }


def from_snapshot(data):
    """Return the text that ``as_snapshot`` wrote; editions of format 1 read as well."""
    known = {f.name for f in fields(RegulationText)} - {*NOT_WORDS, "legal_bases", "recipients"}
    return RegulationText(
        **{name: data[name] or "" for name in known if name in data},
        legal_bases=tuple(data.get("legal_bases") or ()),
        recipients=tuple(data.get("recipients") or ()),
        parts=tuple(_part_from_json(part) for part in data.get("parts", ())),
        has_head=data.get("format", 1) > 1,
    )


def _part_from_json(data):
    kind = PARTS[data["kind"]]
    values = {f.name: data[f.name] for f in fields(kind) if data.get(f.name) is not None}
    for name in ("eid", "number", "heading", "label", "level"):
        if any(f.name == name for f in fields(kind)):
            values.setdefault(name, "")
    if kind is Annex and not data.get("heading"):
        values["heading"] = data.get("title", "")
        values["body"] = data.get("body") or data.get("text", "")
    if kind is not Article:
        return kind(**values)
    values["component"] = data.get("component") or data.get("eid", "qc").partition("__")[0]
    cited = article_label(values["number"], values["component"])
    values["clauses"] = tuple(clauses_of(data.get("clauses", ()), cited))
    values["footnotes"] = tuple(
        Footnote(note["mark"], note["text"]) for note in data.get("footnotes", ())
    )
    return Article(**values)


def clauses_of(clauses, cited):
    """Yield ``Clause`` for clauses of JSON, with citations below “Điều 5” (``cited``)."""
    unnumbered = 0
    for data in clauses:
        number = data.get("number") or ""
        unnumbered += not number
        citation = f"{clause_label(number, unnumbered)} {cited}"
        yield Clause(
            eid=data["eid"],
            number=number,
            text=data.get("text") or "",
            points=tuple(_points_of(data.get("points") or (), citation)),
            citation=citation,
            id=data.get("id") or "",
        )


def _points_of(points, clause_citation):
    dashes = 0
    for data in points:
        label = data.get("label") or ""
        dashes += not label
        yield Point(
            eid=data["eid"],
            label=label,
            text=data.get("text") or "",
            citation=f"{point_label(label, dashes)} {clause_citation}",
            id=data.get("id") or "",
        )
