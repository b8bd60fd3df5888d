"""Bringing the provision index in line with the published text."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.search.backends import get_search_backends_with_name

from portal.regulations.models import ArticlePage, Provision, ProvisionAlias
from portal.regulations.outline import regulation_pages, text_of
from portal.regulations.signals import provisions_rebuilt

#: What the search finds a row by, and what changes where a part only gets another place.
WORDS = ("label", "heading", "text", "repealed", "eid", "path", "number")
MOVING = ("article_id", "parent_id", "position", "block_id")


@transaction.atomic
def rebuild_provisions(regulation):
    """Bring the provision index in line with the published text; return how many are in force.

    A row stays with the block or page it was made from, whatever its number becomes, also where
    the block goes to another page; its old address then leads on. Where an editor replaced a
    block by another with the same number, the row stays with the number. Rows are never deleted:
    what has left the text is marked repealed, and what returns gets its row back.
    """
    pages = regulation_pages(regulation)
    text = text_of(regulation, pages=pages)
    _keep_eids([page for page in pages if page.kind == "article"], text)
    parts = [(article, part) for article in text.articles() for part in article.provisions()]
    rows = list(Provision.objects.select_for_update().filter(regulation=regulation))
    claimed = _claim(rows, parts)
    _retire([row for row in rows if not row.repealed and row not in claimed.values()])
    _free_eids(claimed)
    _write(regulation, parts, claimed)
    provisions_rebuilt.send(type(regulation), regulation=regulation, text=text)
    return len(parts)


def _keep_eids(pages, text):
    """Give each article page the eid that its number has in the whole text."""
    eids = {article.id: article.eid for article in text.articles()}
    for page in pages:
        eid = eids[str(page.pk)]
        if page.eid != eid:
            ArticlePage.objects.filter(pk=page.pk).update(eid=eid)


def _identity(article, part):
    """Return what makes a part the same part in another edition, None when nothing does."""
    if part.kind == "article":
        return "article", int(article.id), ""
    return (part.kind, int(article.id), part.id) if part.id else None


def _claim(rows, parts):
    """Return ``{eid: row}`` for the parts that have a row already."""
    by_identity = {
        (row.kind, row.article_id, row.block_id): row
        for row in rows
        if row.block_id or row.kind == Provision.Kind.ARTICLE
    }
    claimed = {}
    for article, part in parts:
        row = by_identity.get(_identity(article, part))
        if row is not None:
            claimed[part.eid] = row
    taken = {row.pk for row in claimed.values()}
    by_block = {
        (row.kind, row.block_id): row for row in rows if row.block_id and row.pk not in taken
    }
    for _article, part in parts:
        row = by_block.get((part.kind, part.id)) if part.kind != "article" else None
        if part.eid not in claimed and row is not None and row.pk not in taken:
            claimed[part.eid] = row
            taken.add(row.pk)
    by_eid = {row.eid: row for row in rows if not row.repealed and row.pk not in taken}
    for _article, part in parts:
        row = by_eid.get(part.eid)
        if part.eid not in claimed and row is not None and row.kind == part.kind:
            claimed[part.eid] = row
    return claimed


def _retire(rows):
    """Mark what has left the text; its words and its address stay as they were."""
    for row in rows:
        row.repealed = True
        row.save(update_fields=["repealed"])


def _free_eids(claimed):
    """Let the old address of every renumbered row lead on, and make it free for another row."""
    now = timezone.now()
    for eid, row in claimed.items():
        if row.eid == eid:
            continue
        ProvisionAlias.objects.update_or_create(
            provision=row,
            eid=row.eid,
            defaults={"regulation_id": row.regulation_id, "path": row.path, "retired_at": now},
        )
        Provision.objects.filter(pk=row.pk).update(eid=f"~{row.pk}")


def _write(regulation, parts, claimed):
    """Save the rows that are new or say something else than the text, parents before children."""
    rows = {
        part.eid: claimed.get(part.eid) or Provision(regulation=regulation, kind=part.kind)
        for _article, part in parts
    }
    for kind in Provision.Kind.values:
        new, moved = [], []
        for position, (article, part) in enumerate(parts, start=1):
            if part.kind == kind:
                parent = rows.get(part.eid.rpartition("__")[0])
                _update(rows[part.eid], article, part, parent, position, new, moved)
        Provision.objects.bulk_create(new, batch_size=500)
        Provision.objects.bulk_update(moved, [*MOVING], batch_size=200)
        _make_findable(new)
    _drop_own_addresses(regulation)


def _update(row, article, part, parent, position, new, moved):
    """Bring one row in line; ``new`` and ``moved`` collect those that are written together."""
    words, place = _state(row, WORDS), _state(row, MOVING)
    _fill(row, article, part, parent, position)
    if row.pk is None:
        new.append(row)
    elif words != _state(row, WORDS):
        row.save()
    elif place != _state(row, MOVING):
        moved.append(row)


def _state(row, names):
    return [getattr(row, name) for name in names]


def _make_findable(rows):
    """Put rows that were created together into the search index, as ``save()`` would."""
    if rows:
        for _name, backend in get_search_backends_with_name(with_auto_update=True):
            backend.add_bulk(Provision, rows)


def _drop_own_addresses(regulation):
    """Forget the alias of a row that has got its old number back."""
    ProvisionAlias.objects.filter(
        regulation=regulation, eid=F("provision__eid"), provision__repealed=False
    ).delete()


def _fill(row, article, part, parent, position):
    is_article = part.kind == "article"
    row.eid, row.path = part.eid, part.path
    row.article_id = int(article.id)
    row.parent = parent
    row.number = part.label if part.kind == "point" else part.number
    row.label = part.citation
    row.heading = part.heading if is_article else ""
    row.text = part.intro if is_article else part.text
    row.block_id = "" if is_article else part.id
    row.position, row.repealed = position, False
