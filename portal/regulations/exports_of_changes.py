"""The changes between two texts as a table for spreadsheets."""

import csv

from django.http import HttpResponse
from django.utils.translation import gettext as _

from portal.core.formulas import guarded
from portal.regulations.change_words import field_words, kind_words


def changes_csv(comparison, filename):
    """Return the changes as CSV: one line for each provision that changed, UTF-8 with BOM."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    heads = (_("Part"), _("Provision"), _("Change"), _("Before"), _("After"), _("Reason"))
    writer.writerow(heads)
    for shown in comparison.changed:
        for cells in _lines(shown):
            writer.writerow([guarded(cell) for cell in cells])
    return response


def _lines(shown):
    part = shown.part
    reasons = "; ".join(reason for _number, reason in shown.reasons)
    title = part.title if part.part != "head" else _("Head of the text")
    rows = [row for row in part.rows if row.kinds]
    if not rows:
        yield title, "", kind_words(part.kinds), part.old_title, part.new_title, reasons
    for row in rows:
        name = row.new_label or row.old_label or field_words(row.part)
        yield title, name, kind_words(row.kinds), row.old_text, row.new_text, reasons
