"""The versions of a definition: kept when it is published, and told with a file's check."""

import hashlib
import json

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max

from portal.datasets.access import current_version
from portal.datasets.definitions.changes import renames_between, sentences_between
from portal.datasets.definitions.content import content_of
from portal.datasets.definitions.effects import Effect, effects_of
from portal.datasets.manifests import table_file
from portal.datasets.models import DatasetPage, DefinitionVersion, IndicatorPage
from portal.datasets.schemas import columns_of_version, schema_of

EFFECTS_KEPT = 3600  #: seconds between the question and the publication
BINDINGS = ("value_column", "period_column", "area_column", "filter_column")


def latest_definition(dataset):
    """Return the version of the definition that was kept last, or None."""
    return DefinitionVersion.objects.filter(dataset=dataset.pk).order_by("-number").first()


def indicators_reading(dataset):
    """Return (title, column names) of the indicators that are calculated from ``dataset``."""
    found = IndicatorPage.objects.filter(dataset=dataset.pk).order_by("code")
    return [(each.title, {getattr(each, name) for name in BINDINGS} - {""}) for each in found]


def effects_on_published(dataset, old, new, columns):
    """Return what a change of the definition means for the version that readers see now.

    A table never changes, so the same question has the same answer: what was counted when the
    editor was asked is not counted again, under a lock, when the definition is published.
    """
    current = current_version(dataset)
    if current is None:
        return []
    stored, indicators = columns_of_version(current), indicators_reading(dataset)
    asked = json.dumps(
        [current.pk, current.table_sha256, old, new, list(map(repr, columns)), indicators],
        default=sorted,
        sort_keys=True,
    )
    key = f"definition-effects:{hashlib.sha256(asked.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        effects = effects_of(table_file(current), stored, old, new, columns, indicators)
        found = [each.as_dict() for each in effects]
        cache.set(key, found, EFFECTS_KEPT)
    return [Effect(**each) for each in found]


@transaction.atomic
def keep_definition(dataset, *, user=None):
    """Return today's version of the definition; keep a new one when something became different.

    Indicators follow columns that were renamed.
    """
    dataset = DatasetPage.objects.select_for_update(of=("self",)).get(pk=dataset.pk)
    content, last = content_of(dataset), latest_definition(dataset)
    if last and last.definition == content:
        return last
    before = last.definition if last else {}
    effects = []
    if last:
        rename_bindings(dataset, renames_between(before, content))
        columns = schema_of(dataset).columns if content["columns"] else ()
        effects = effects_on_published(dataset, before, content, columns)
    number = DefinitionVersion.objects.filter(dataset=dataset.pk).aggregate(Max("number"))
    return DefinitionVersion.objects.create(
        dataset_id=dataset.pk,
        number=(number["number__max"] or 0) + 1,
        definition=content,
        changes=sentences_between(before, content) if last else [],
        effects=[each.as_dict() for each in effects],
        made_by=user,
    )


def rename_bindings(dataset, renames):
    """Let the indicators of ``dataset``, and the drafts of them, name renamed columns anew."""
    if not renames:
        return
    for page in IndicatorPage.objects.filter(dataset=dataset.pk).select_related("latest_revision"):
        changed = {
            name: renames[getattr(page, name)]
            for name in BINDINGS
            if getattr(page, name) in renames
        }
        if changed:
            IndicatorPage.objects.filter(pk=page.pk).update(**changed)
        revision = page.latest_revision
        if revision and revision.content.get("dataset") == dataset.pk:
            for name in BINDINGS:
                old = revision.content.get(name)
                revision.content[name] = renames.get(old, old)
            revision.save(update_fields=["content"])


def definitions_of(dataset, count):
    """Return the last ``count`` versions of the definition, each with its effects as sentences."""
    found = DefinitionVersion.objects.filter(dataset=dataset.pk).select_related("made_by")
    return [
        (each, [Effect(**effect).sentence for effect in each.effects])
        for each in found.order_by("-number")[:count]
    ]
