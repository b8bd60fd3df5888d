"""What the table of a dataset becomes when a file adds to it.

An appended file brings the rows of its period. Sent again, a period is replaced, and the rows
of a withdrawn version go with the next one: the table is put together from the parts of the
versions that stand, not from the table before.
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.datasets.access import READABLE
from portal.datasets.definitions.lineage import table_under
from portal.datasets.diffs import merge_tables
from portal.datasets.imports.column import ROW_COLUMN
from portal.datasets.imports.workspace import Workspace, name, text
from portal.datasets.manifests import table_file
from portal.datasets.schemas import schema_of_version

SHOWN_CLASHES = 100


class KeysClash(Exception):
    """Rows to be appended have keys that stand already; ``issues`` names the first of them."""

    def __init__(self, issues):
        self.issues = issues
        super().__init__(len(issues))


def write_merged(version, before, schema, part, out):
    """Write to ``out`` the table that ``version`` makes of its rows in ``part``.

    ``before`` is the version that readers see now, or None. Raise ``KeysClash`` when rows to be
    appended have keys of other periods.
    """
    if schema.mode == "append":
        _append(version, schema, part, out)
    elif schema.mode == "upsert" and before is not None:
        then = schema_of_version(before)
        with table_under(table_file(before), then, schema, strict=True) as old:
            merge_tables(old, part, schema, out)
    else:
        shutil.copyfile(part, out)


def _append(version, schema, part, out):
    base, spare = out.with_suffix(".base"), out.with_suffix(".spare")
    try:
        parts = _standing_parts(version)
        if not parts:
            shutil.copyfile(part, out)
            return
        for path, then in parts:
            with table_under(path, then, schema, strict=True) as each:
                if base.exists():
                    merge_tables(base, each, schema, spare)
                    spare.replace(base)
                else:
                    shutil.copyfile(each, base)
        _refuse_clashes(schema, base, part)
        merge_tables(base, part, schema, out)
    finally:
        for path in (base, spare):
            path.unlink(missing_ok=True)


def _standing_parts(version):
    """Return the files of the rows of other periods, with their schemas.

    Without periods they are those of all versions.

    A version from before the dataset was appended to has no part: its table is the first.
    """
    standing = version.dataset.versions.filter(number__isnull=False, status__in=READABLE)
    latest, first = {}, []
    for each in standing.order_by("-number"):
        if "part" not in each.report:
            first = [(table_file(each), schema_of_version(each))]
            break
        latest.setdefault(each.period or each.pk, each)
    latest.pop(version.period, None)
    ordered = sorted(latest.values(), key=lambda each: (each.period, each.number))
    root = Path(settings.PORTAL_DATA_ROOT)
    parts = [(root / each.report["part"]["path"], schema_of_version(each)) for each in ordered]
    return [*first, *parts]


def _refuse_clashes(schema, base, part):
    keys = [column.name for column in schema.keys]
    if not keys:
        return
    same = " AND ".join(f"old.{name(key)}::VARCHAR = new.{name(key)}::VARCHAR" for key in keys)
    shown = " || ' / ' || ".join(f"new.{name(key)}::VARCHAR" for key in keys)
    with Workspace() as workspace:
        found = workspace.run(
            f"SELECT new.{name(ROW_COLUMN)}, {shown} "  # noqa: S608 - all of it is quoted
            f"FROM read_parquet([{text(part)}]) new "
            f"SEMI JOIN read_parquet([{text(base)}]) old ON {same} "
            f"ORDER BY 1 LIMIT {SHOWN_CLASHES}"
        )
    if found:
        raise KeysClash([_issue(row, value, keys) for row, value in found])


def _issue(row, value, keys):
    return {
        "severity": "error",
        "code": "key_of_another_period",
        "row": row,
        "column": keys[0] if len(keys) == 1 else None,
        "value": value,
        "expected": None,
        "message": _("The key “%(value)s” stands already in another period.") % {"value": value},
    }
