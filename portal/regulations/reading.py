"""References and terms as rows: found again at every publication, decided by editors."""

from django.db import transaction

from portal.regulations.annotations import analyse, identity_of
from portal.regulations.models import CrossReference, Definition
from portal.regulations.models.reading import Finding

#: What says where a finding stands, and follows the text whatever a person decided on it.
PLACE = ("source_id", "source_key", "field", "start", "until")


@transaction.atomic
def rebuild_reading(regulation, text):
    """Bring the rows of references and terms in line with the published text.

    What a person decided stays as decided; what nobody decided follows the text.
    """
    analysis = analyse(text)
    provisions = {row.eid: row for row in regulation.provisions.filter(repealed=False)}
    parts = text.by_eid() | {part.eid: part for part in text.parts}
    _rebuild_references(regulation, analysis.references, provisions, parts)
    _rebuild_definitions(regulation, analysis.definitions, provisions)


def _rebuild_references(regulation, references, provisions, parts):
    rows = {row.key: row for row in regulation.cross_references.all()}
    new = []
    for reference in references:
        row = rows.get(reference.key)
        facts = _facts_of_reference(reference, provisions, parts)
        covered = [provisions[eid].pk for eid in reference.targets[1:] if eid in provisions]
        if row is None:
            new.append((_new_reference(regulation, reference, facts), covered))
            continue
        _follow(row, facts, is_new=False)
        if covered or row.status == Finding.Status.PROPOSED and len(reference.targets) > 1:
            row.covered.set(covered)
    _create_references(new)
    found = {reference.key for reference in references}
    _retire(row for key, row in rows.items() if key not in found)


def _facts_of_reference(reference, provisions, parts):
    target = reference.targets[0] if reference.targets else None
    return {
        "source_id": getattr(provisions.get(reference.source_eid), "pk", None),
        "target_id": getattr(provisions.get(target), "pk", None),
        "target_key": identity_of(parts[target]) if target else "",
        "document": reference.document[:255],
        "is_certain": reference.is_certain,
        "is_dangling": reference.is_dangling,
        "start": reference.start,
    }


def _new_reference(regulation, reference, facts):
    return CrossReference(
        regulation=regulation,
        source_key=reference.key[0],
        field=reference.field,
        words=reference.words[:255],
        occurrence=reference.occurrence,
        **facts,
    )


def _create_references(new):
    """Write references that were never there, together: a long law holds thousands."""
    CrossReference.objects.bulk_create([row for row, _covered in new], batch_size=500)
    covering = CrossReference.covered.through
    covering.objects.bulk_create(
        [
            covering(crossreference_id=row.pk, provision_id=pk)
            for row, covered in new
            for pk in covered
        ],
        batch_size=500,
    )


def _follow(row, facts, *, is_new):
    """Save what the text says on a row that nobody decided; of others, only where they stand."""
    is_open = is_new or row.status == Finding.Status.PROPOSED
    before = {name: getattr(row, name) for name in facts}
    for name, value in facts.items():
        if is_open or name in PLACE:
            setattr(row, name, value)
    changed = before != {name: getattr(row, name) for name in facts}
    if is_new or changed or not row.is_present:
        row.is_present = True
        row.save()


def _retire(rows):
    """Drop proposals whose words have left the text; keep what a person decided, unseen."""
    for row in rows:
        if row.status == Finding.Status.PROPOSED:
            row.delete()
        elif row.origin == Finding.Origin.FOUND and row.is_present:
            row.is_present = False
            row.save(update_fields=["is_present"])


def _rebuild_definitions(regulation, definitions, provisions):
    rows = {row.folded: row for row in regulation.definitions.all()}
    for definition in definitions:
        key = definition.key[:150]
        row = rows.get(key)
        facts = {
            "source_id": getattr(provisions.get(definition.source_eid), "pk", None),
            "source_key": definition.source_id or definition.source_eid,
            "field": definition.field,
            "until": definition.until,
            "is_inline": definition.is_inline,
            "other_names": "\n".join(definition.names),
            "meaning": definition.meaning,
        }
        if row is None:
            row = Definition(regulation=regulation, term=definition.term[:150])
        _follow(row, facts, is_new=row.pk is None)
    found = {definition.key[:150] for definition in definitions}
    _retire(row for key, row in rows.items() if key not in found)
