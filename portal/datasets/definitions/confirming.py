"""What the editor of a dataset has to have read before a changed definition is taken."""

import hashlib
import json

from portal.datasets.definitions.changes import by_id, changed_fields
from portal.datasets.definitions.content import CONFIRMED, content_of, content_of_parts
from portal.datasets.definitions.history import effects_on_published
from portal.datasets.schemas import column_of

#: Consequences that are good news; alone they are not asked about.
HARMLESS = frozenset(["converts", "new_key"])


def consequences(page, forms_of_columns, rules):
    """Return the ``Effect`` list that has to be confirmed before the posted definition counts.

    It is compared with what is stored, so that one change is asked about once.
    """
    stored = dict(page.columns.model.objects.filter(dataset=page.pk).values_list("pk", "column_id"))
    columns = [form.instance for form in forms_of_columns]
    for column in columns:
        column.column_id = stored.get(column.pk, column.column_id)
    old = content_of(type(page).objects.get(pk=page.pk))
    new = content_of_parts(page, columns, rules)
    effects = effects_on_published(page, old, new, [column_of(each) for each in columns])
    asked = any(each.code not in HARMLESS for each in effects)
    return effects if asked or _is_weighty(old, new) else []


def _is_weighty(old, new):
    before, after = by_id(old), by_id(new)
    changed = {field for _key, _title, field in changed_fields(old, new)}
    keys = ({key for key, each in content.items() if each["is_key"]} for content in (before, after))
    return bool(changed & set(CONFIRMED)) or len({frozenset(each) for each in keys}) > 1


def token_of(effects):
    """Return what names just these consequences."""
    listed = json.dumps([each.as_dict() for each in effects], sort_keys=True)
    return hashlib.sha256(listed.encode()).hexdigest()[:16]
