"""What of a whole new text goes on in which page, clause and point that the portal knows.

By words first, so that what cites a provision stays with it when numbers shift; by number where
the words say nothing. What left the text in an earlier edition is known as well: it may return.
"""

from datetime import UTC, datetime

from portal.core.text import fold_words
from portal.regulations.models import Provision
from portal.regulations.outline import article_of
from portal.regulations.redline.matching import match
from portal.regulations.redline.units import words_of
from portal.regulations.structure import Annex, Division

_NEVER = datetime.min.replace(tzinfo=UTC)


def continued_parts(known, wanted, standing):
    """Return ``{wanted part: known part}``; both are lists of ``TextPart``.

    ``standing`` are the pks of the pages that the text in force contains. Where one of them reads
    like a wanted part it goes on; else one that has left the text, the latest first; at last the
    standing one of the same number.
    """
    found = {}
    for sort in {_sort(part): None for part in wanted}:
        olds = [part for part in known if _sort(part) == sort]
        news = [part for part in wanted if _sort(part) == sort]
        stand = [part for part in olds if part.page.pk in standing]
        former = [part for part in olds if part.page.pk not in standing]
        former.sort(key=lambda part: (part.page.last_published_at or _NEVER, part.page.pk))
        _pair(found, stand, news, _alike)
        _pair(found, former[::-1], news, _alike)
        _pair(found, stand, news, _same_address)
    return found


def _pair(found, olds, news, pairs_of):
    taken = set(found.values())
    olds = [part for part in olds if part not in taken]
    news = [part for part in news if part not in found]
    for old, new in pairs_of(olds, news):
        found[news[new]] = olds[old]


def _alike(olds, news):
    return match(
        olds,
        news,
        identity=lambda part: "",
        words=lambda part: words_of(_structure(part.page)),
        address=_address,
        name=lambda part: fold_words(part.page.heading),
    )


def _same_address(olds, news):
    return match(olds, news, identity=_address, words=lambda part: "", address=lambda part: "")


def _sort(part):
    """Return what a part can only be exchanged within: its kind, and which text it is of."""
    kind = part.page.kind
    if kind != "annex" and part.annex:
        return kind, "annex"
    return kind, part.page.component if kind == "article" else ""


def _address(part):
    """Return the number of a part with those of the parts that it is counted in."""
    page = part.page
    own = (page.number or page.label) if page.kind == "annex" else page.number
    if not own:
        return ()
    if page.kind == "division":
        own = (page.level, own)
    is_counted_alone = page.kind == "article" and not part.annex
    return (own,) if is_counted_alone or not part.above else (*_address(part.above), own)


def _structure(page):
    if page.kind == "article":
        return article_of(page)
    if page.kind == "division":
        return Division("", page.level, page.number, page.heading)
    return Annex("", page.label, page.number, page.heading, page.body)


def with_known_ids(new, page):
    """Return clause blocks with the identifiers of those of ``page`` that they continue.

    Also of those that ``page`` had in an earlier edition. Blocks are plain data.
    """
    rows = Provision.objects.filter(article=page.pk, repealed=True).exclude(block_id="")
    rows = list(rows.select_related("parent").order_by("-pk"))
    points = [row for row in rows if row.kind == Provision.Kind.POINT]
    clauses = [
        _former(row, "number", [_former(each, "label") for each in points if each.parent == row])
        for row in rows
        if row.kind == Provision.Kind.CLAUSE
    ]
    return _with_ids(
        new,
        page.clauses.get_prep_value(),
        clauses,
        "number",
        lambda clause: [
            _former(each, "label") for each in points if each.parent.block_id == clause
        ],
    )


def _former(row, mark, points=()):
    """Return a provision that has left the text as the block that it was."""
    return {"id": row.block_id, "value": {mark: row.number, "text": row.text, "points": points}}


def _with_ids(new, old, former, mark, points_of=None):
    result = []
    for block, known in zip(new, _known(new, old, former, mark), strict=True):
        value = dict(block["value"])
        if known is not None and points_of is not None:
            value["points"] = _with_ids(
                _points(block), _points(known), points_of(known["id"]), "label"
            )
        result.append({**block, "id": known["id"] if known else block["id"], "value": value})
    return result


def _known(new, old, former, mark):
    """Return for each new block the one it continues, None for what was never there."""
    found = [None] * len(new)
    _find(found, new, old, _alike_blocks(mark))
    _find(found, new, former, _alike_blocks(mark))
    _find(found, new, old, _same_mark(mark))
    return found


def _find(found, new, old, pairs_of):
    taken = [each["id"] for each in found if each is not None]
    olds = [block for block in old if block["id"] not in taken]
    places = [place for place, each in enumerate(found) if each is None]
    for first, second in pairs_of(olds, [new[place] for place in places]):
        found[places[second]] = olds[first]


def _alike_blocks(mark):
    return lambda olds, news: match(
        olds,
        news,
        identity=lambda block: "",
        words=_block_words,
        address=lambda block: block["value"][mark],
    )


def _same_mark(mark):
    return lambda olds, news: match(
        olds,
        news,
        identity=lambda block: block["value"][mark],
        words=lambda block: "",
        address=lambda block: "",
    )


def _block_words(block):
    own = block["value"]["text"]
    return "\n".join([own, *(point["value"]["text"] for point in _points(block))]).strip()


def _points(block):
    return block["value"].get("points") or []


def plain_clauses(clauses):
    """Return what clause blocks say, without identifiers."""
    return [
        (
            block["value"]["number"],
            block["value"]["text"],
            [(point["value"]["label"], point["value"]["text"]) for point in _points(block)],
        )
        for block in clauses
    ]
