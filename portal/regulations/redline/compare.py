"""The redline of two texts: what became of each part, and inside it of each clause and point."""

from dataclasses import replace

from portal.core.text import fold_words
from portal.regulations.redline.changes import (
    ADDED,
    AMENDED,
    KINDS,
    MOVED,
    RENUMBERED,
    REPEALED,
    PartChange,
    Redline,
    Row,
)
from portal.regulations.redline.matching import match, moved_pairs
from portal.regulations.redline.units import head_units, units_of, words_of
from portal.regulations.redline.words import DELETED, INSERTED, Piece, compare_words


def compare_texts(old, new):
    """Return the redline from ``old`` to ``new``; the other way round it says the reverse."""
    turned = repr(new) < repr(old)
    pairs = []
    for kind in ("division", "article", "annex"):
        pairs += _matched_parts(old, new, kind)
    moved = moved_pairs(pairs, turned=turned)
    changes = {
        pair: _part_change(old, new, pair, is_moved=pair in moved, turned=turned) for pair in pairs
    }
    parts = _in_order(old.parts, new.parts, pairs, moved)
    below = [changes.get(pair) or _lone_change(old, new, pair) for pair in parts]
    return Redline((_head_change(old, new, turned), *below))


def _matched_parts(old, new, kind):
    olds = [place for place, part in enumerate(old.parts) if part.kind == kind]
    news = [place for place, part in enumerate(new.parts) if part.kind == kind]
    words_of_old = {place: words_of(old.parts[place]) for place in olds}
    words_of_new = {place: words_of(new.parts[place]) for place in news}
    found = match(
        [(old.parts[place], words_of_old[place]) for place in olds],
        [(new.parts[place], words_of_new[place]) for place in news],
        identity=lambda pair: pair[0].id,
        words=lambda pair: pair[1],
        address=lambda pair: pair[0].eid,
        name=lambda pair: fold_words(pair[0].heading),
    )
    return [(olds[first], news[second]) for first, second in found]


def _in_order(olds, news, pairs, moved):
    """Yield ``(old, new)`` in the order of ``news``; what left stands where it stood before.

    One of both is None for what came or left.
    """
    partner = {second: first for first, second in pairs}
    stayed = dict(pairs)
    gone = [place for place in range(len(olds)) if place not in stayed]
    for place in range(len(news)):
        first = partner.get(place)
        if first is not None and (first, place) not in moved:
            while gone and gone[0] < first:
                yield gone.pop(0), None
        yield first, place
    for place in gone:
        yield place, None


def _part_change(old, new, pair, *, is_moved, turned):
    first, second = old.parts[pair[0]], new.parts[pair[1]]
    rows = ()
    if words_of(first) != words_of(second) or _labels(first) != _labels(second):
        rows = tuple(_rows(units_of(first), units_of(second), turned))
    kinds = {kind for row in rows for kind in row.kinds}
    if kinds - {RENUMBERED}:
        kinds = {AMENDED}  # a clause added, moved or renumbered beside others amends the article
    if is_moved:
        kinds.add(MOVED)
    if _number(first) != _number(second):
        kinds.add(RENUMBERED)
    change = _described(first, second, kinds, rows)
    if not is_moved:
        return change
    places = (_place(old.parts, pair[0]), _place(new.parts, pair[1]))
    return replace(change, old_place=places[0], new_place=places[1])


def _lone_change(old, new, pair):
    first = old.parts[pair[0]] if pair[0] is not None else None
    second = new.parts[pair[1]] if pair[1] is not None else None
    kind = REPEALED if second is None else ADDED
    rows = tuple(_lone_rows(units_of(first or second), kind))
    return _described(first, second, {kind}, rows)


def _described(first, second, kinds, rows):
    part = second or first
    return PartChange(
        part=part.kind,
        kinds=tuple(kind for kind in KINDS if kind in kinds),
        old_id=first.id if first else "",
        new_id=second.id if second else "",
        old_eid=first.eid if first else "",
        new_eid=second.eid if second else "",
        old_label=_label(first) if first else "",
        new_label=_label(second) if second else "",
        old_title=first.title if first else "",
        new_title=second.title if second else "",
        anchor=part.anchor,
        rows=rows,
    )


def _label(part):
    return part.citation if part.kind == "article" else part.label or part.title


def _number(part):
    return (part.label, part.number) if part.kind == "annex" else _label(part)


def _labels(part):
    """Return all numbers inside a part, in reading order."""
    return [(unit.label, [each.label for each in unit.below]) for unit in units_of(part)]


def _place(parts, place):
    """Return what a part stands after."""
    return parts[place - 1].title if place else ""


def _rows(olds, news, turned):
    """Yield the rows of two lists of units, those below each unit after it."""
    pairs = _matched_units(olds, news)
    moved = moved_pairs(pairs, turned=turned)
    for first, second in _in_order(olds, news, pairs, moved):
        if first is None or second is None:
            lone = news[second] if first is None else olds[first]
            yield from _lone_rows([lone], ADDED if first is None else REPEALED)
            continue
        old, new = olds[first], news[second]
        yield _row(old, new, is_moved=(first, second) in moved)
        yield from _rows(old.below, new.below, turned)


def _matched_units(olds, news):
    """Pair units of the same sort; at last what has the same number, whatever it says."""
    pairs = []
    for part in {unit.part: None for unit in (*olds, *news)}:
        first = [place for place, unit in enumerate(olds) if unit.part == part]
        second = [place for place, unit in enumerate(news) if unit.part == part]
        found = match(
            [olds[place] for place in first],
            [news[place] for place in second],
            identity=lambda unit: unit.id,
            words=lambda unit: unit.words().strip(),
            address=lambda unit: unit.label or unit.part,
        )
        pairs += [(first[a], second[b]) for a, b in found]
        pairs += _same_number(olds, news, first, second, pairs)
    return sorted(pairs)


def _same_number(olds, news, first, second, pairs):
    taken_olds, taken_news = {a for a, _b in pairs}, {b for _a, b in pairs}
    waiting = {}
    for place in second:
        # Two blocks with identities of their own are two provisions, whatever their numbers.
        if place not in taken_news and not news[place].id:
            waiting.setdefault(news[place].label, []).append(place)
    found = []
    for place in first:
        unit = olds[place]
        same = waiting.get(unit.label)
        if place not in taken_olds and same and not unit.id and unit.part != "line":
            found.append((place, same.pop(0)))
    return found


def _row(old, new, *, is_moved):
    kinds = [
        AMENDED if old.text != new.text else "",
        MOVED if is_moved else "",
        RENUMBERED if old.label != new.label else "",
    ]
    return Row(
        part=new.part,
        old_eid=old.eid,
        new_eid=new.eid,
        old_label=old.label,
        new_label=new.label,
        pieces=compare_words(old.text, new.text),
        kinds=tuple(filter(None, kinds)),
    )


def _lone_rows(units, kind):
    for unit in units:
        came = kind == ADDED
        piece = (Piece(INSERTED if came else DELETED, unit.text),) if unit.text else ()
        yield Row(
            part=unit.part,
            old_eid="" if came else unit.eid,
            new_eid=unit.eid if came else "",
            old_label="" if came else unit.label,
            new_label=unit.label if came else "",
            pieces=piece,
            kinds=(kind,),
        )
        yield from _lone_rows(unit.below, kind)


def _head_change(old, new, turned):
    is_known = old.has_head and new.has_head
    olds, news = (head_units(old), head_units(new)) if is_known else ((), ())
    rows = tuple(_rows(olds, news, turned)) if olds != news else ()
    kinds = (AMENDED,) if any(row.kinds for row in rows) else ()
    return PartChange(
        part="head",
        kinds=kinds,
        old_title=old.title,
        new_title=new.title,
        anchor="phan-dau",
        rows=rows if kinds else (),
    )
