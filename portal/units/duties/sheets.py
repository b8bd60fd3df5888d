"""The living list as a workbook and on paper: all that was found, not only one page of it."""

import io

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

LONGEST_CELL = 32_767
_BOLD = Font(bold=True)
_WIDTHS = (34, 26, 60, 30, 30, 30, 40, 20, 50, 50)


def workbook_of(listing):
    """Return the list as the bytes of a workbook; every cell is text, so nothing is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Duties"))
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJ", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, title, _BOLD) for title in headings(listing.inside)])
    for row in listing.rows():
        sheet.append([_text(sheet, value) for value in values_of(row, listing.inside)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet, value, font=None):
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    if font:
        cell.font = font
    return cell


def _text(sheet, value):
    """Return a value as text; a cell of its own only where it would be taken for a formula."""
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]
    return _cell(sheet, text) if text[:1] == "=" else text


def headings(inside):
    """Return the titles of the columns; how well a duty is met is for people inside."""
    public = [
        _("Unit"),
        _("Unit as the text names it"),
        _("Duty"),
        _("Provision"),
        _("How often"),
        _("Due day"),
        _("Met by"),
    ]
    return [*public, _("State"), _("How well"), _("What is missing")] if inside else public


def values_of(row, inside):
    """Return one line of the workbook, in the order of ``headings``."""
    obligation = row.obligation
    public = [
        obligation.unit.title,
        obligation.name_as_written,
        obligation.text.strip() or obligation.get_kind_display().capitalize(),
        obligation.provision.citation,
        obligation.get_cadence_display(),
        obligation.due_words,
        "; ".join(link.title for link in row.links),
    ]
    if not inside:
        return public
    missing = "; ".join(words for words, _url in row.missing)
    return [*public, row.label, "; ".join(row.summaries), missing]


def paper_of(listing):
    """Return the list as HTML for paper; it is Vietnamese whatever the reader's screen is."""
    with translation.override("vi"):
        context = {
            "groups": listing.grouped(listing.rows()),
            "inside": listing.inside,
            "counts": listing.counts,
            "day": timezone.localdate(),
        }
        return render_to_string("units/papers/duty_list_pdf.html", context, listing.request)
