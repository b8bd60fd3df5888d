"""Items of a code list come in and go out as a file of two columns."""

import csv
import io
import tempfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.formulas import guarded, unguarded
from portal.datasets.imports.check import ACCEPTED, check_table
from portal.datasets.imports.column import Column
from portal.datasets.imports.columns import TableSchema
from portal.datasets.models import CodeListItem

LARGEST_LIST = 20_000
SHOWN_FAULTS = 20


def items_schema():
    """Return the definition of a file of items."""
    return TableSchema(
        columns=[
            Column("code", _("Code"), type="code", is_key=True, max_length=64),
            Column("label", _("Label"), required=True, max_length=255),
        ],
        ignore_unknown=True,
    )


def items_as_csv(code_list):
    """Return the items as the bytes of a file that ``bring_in_items`` takes."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("Code"), _("Label")])
    for item in code_list.items.values_list("code", "label"):
        writer.writerow([guarded(cell) for cell in item])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def bring_in_items(code_list, file, *, user):
    """Add the items of ``file`` and take over changed labels; return how many of each.

    Items that the file does not name stay: tables already published may hold their codes.
    """
    found = dict(_read(file))
    with transaction.atomic():
        known = {item.code: item for item in code_list.items.all()}
        changed = [
            item for code, item in known.items() if code in found and item.label != found[code]
        ]
        for item in changed:
            item.label = found[item.code]
        CodeListItem.objects.bulk_update(changed, ["label"])
        last = code_list.items.aggregate(Max("sort_order"))["sort_order__max"] or 0
        added = [(code, label) for code, label in found.items() if code not in known]
        CodeListItem.objects.bulk_create(
            CodeListItem(code_list=code_list, code=code, label=label, sort_order=last + place)
            for place, (code, label) in enumerate(added, start=1)
        )
        record("datasets.bring_in_items", code_list, user=user, added=len(added))
    return len(added), len(changed)


def _read(file):
    """Return ``[(code, label)]`` of a file, or refuse it with the places of its faults."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"items{Path(file.name).suffix.lower()}"
        with path.open("wb") as kept:
            kept.writelines(file.chunks())
        with check_table(path, items_schema(), filename=file.name) as check:
            if check.outcome != ACCEPTED:
                raise ValidationError({"file": [_sentence(each) for each in _faults(check)]})
            if check.accepted > LARGEST_LIST:
                raise ValidationError(
                    {
                        "file": _("A code list holds %(count)s items at most.")
                        % {"count": LARGEST_LIST}
                    }
                )
            read = unguarded if check.reading.format == "csv" else str
            rows = check.first_rows(LARGEST_LIST)
            return [(read(row["code"]), read(row["label"])) for row in rows]


def _faults(check):
    return [issue for issue in check.issues if issue.severity == "error"][:SHOWN_FAULTS]


def _sentence(issue):
    if issue.row is None:
        return issue.message
    return _("Row %(row)s: %(message)s") % {"row": issue.row, "message": issue.message}
