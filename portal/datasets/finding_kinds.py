"""The kinds of remarks in words: what is wrong, and what the person is to do about it."""

from django.utils.translation import gettext_lazy as _

_FILL = _("Write the value into the cell; ask whoever keeps the figures if you do not have it.")
_NUMBER = _("Write digits only, without a unit of measure; a comma begins the decimals.")
_DATE = _("Write day/month/year, such as 05/03/2026.")
_CODE = _("Take the code from the list of the column; the empty Excel file offers it.")
_WIDTH = _(
    "Look in the file at the row where it begins: a separator too many, a missing cell, or a "
    "quotation mark that is not closed."
)
_SHORT = _("Correct the text so that it fits the definition, or ask the centre to change it.")
_SHORT_CELL = _(
    "Look whether a quotation mark is missing; otherwise shorten the text or send it as a file."
)
_BOUND = _("Check the figure. If it is right, ask the centre to change the limit.")
_APART = _("Delete these rows, or choose above to have them left out.")
_KEY = _("Each row needs a key of its own: remove the row that is there twice, or correct its key.")

#: Code → (what the remarks have in common, what is to be done).
KINDS = {
    "missing_value": (_("Missing values"), _FILL),
    "not_a_number": (_("Not a number"), _NUMBER),
    "not_a_whole_number": (_("Not a whole number"), _("Write the number without decimals.")),
    "ambiguous_number": (
        _("Numbers that can be read in two ways"),
        _("Write the number without points, or with a decimal comma."),
    ),
    "too_many_digits": (_("Too many digits"), _BOUND),
    "imprecise_number": (
        _("Digits lost by Excel"),
        _("Format the column as text in Excel and write the values again."),
    ),
    "scientific_notation": (
        _("Numbers in scientific notation"),
        _("Format the column as a number or as text in Excel and write the values again."),
    ),
    "number_in_brackets": (
        _("Numbers in brackets, read as negative"),
        _("Look whether these numbers are meant to be negative."),
    ),
    "too_many_decimals": (_("Too many decimal places"), _("Round the number as defined.")),
    "below_minimum": (_("Below the smallest value allowed"), _BOUND),
    "above_maximum": (_("Above the largest value allowed"), _BOUND),
    "not_a_date": (_("Not a date"), _DATE),
    "no_such_day": (_("Days that do not exist"), _DATE),
    "date_serial": (_("Days written as Excel's numbers"), _("Look whether the days are right.")),
    "day_as_month": (_("Days where a month is meant"), _("Look whether the months are right.")),
    "not_a_period": (_("Not a period"), _("Write a period such as 03/2026, Quý I/2026 or 2026.")),
    "not_a_boolean": (_("Neither yes nor no"), _("Write “có” or “không”.")),
    "not_a_link": (_("Not a web address"), _("Begin the address with http:// or https://.")),
    "unknown_code": (_("Not in the list of the column"), _CODE),
    "ambiguous_code": (_("Fits more than one entry of the list"), _CODE),
    "number_as_code": (
        _("Codes stored as numbers"),
        _("Look whether zeros at the beginning are missing; format the column as text in Excel."),
    ),
    "cell_too_long": (_("Cells longer than a spreadsheet's cell"), _SHORT_CELL),
    "too_short": (_("Texts too short"), _SHORT),
    "too_long": (_("Texts too long"), _SHORT),
    "pattern_mismatch": (_("Texts not of the required form"), _SHORT),
    "duplicate_key": (_("The same key twice"), _KEY),
    "duplicate_value": (_("A value twice that may stand once"), _KEY),
    "key_of_another_period": (
        _("Keys that stand already in another period"),
        _("Look whether the file holds rows of another period, and whether the period is right."),
    ),
    "error_cell": (
        _("Cells that hold an error"),
        _("Open the file in Excel, mend the formula, and send it again."),
    ),
    "formula_without_value": (
        _("Formulas without a result"),
        _("Open the file in Excel, save it, and send it again."),
    ),
    "unreadable_character": (
        _("Characters that cannot be read"),
        _("Save the file as .xlsx or as CSV UTF-8 and send it again."),
    ),
    "invisible_characters": (
        _("Invisible characters"),
        _("They were removed; nothing is to be done."),
    ),
    "guarding_apostrophe": (
        _("Apostrophes that an export had put in front"),
        _("They were taken off; nothing is to be done."),
    ),
    "wrong_number_of_cells": (_("Rows with too many or too few cells"), _WIDTH),
    "unterminated_quote": (_("Quotation marks that are not closed"), _WIDTH),
    "misplaced_quote": (_("Quotation marks out of place"), _WIDTH),
    "merged_cell": (
        _("Merged cells"),
        _("In Excel: unmerge the cells, then write the value into each row."),
    ),
    "lost_delimiter": (_("Cells that ran together"), _WIDTH),
    "swallowed_lines": (_("Rows swallowed by a quotation mark"), _WIDTH),
    "repeated_header": (_("Rows that repeat the header"), _APART),
    "total_row": (_("Rows of totals"), _APART),
    "note_row": (_("Notes below the table"), _APART),
    "section_row": (_("Headings of sections within the table"), _APART),
    "numbering_row": (_("Rows that number the columns"), _APART),
    "ambiguous_rows": (_("Rows that look like no records"), _APART),
    "row_left_out": (
        _("Rows left out"),
        _("Look whether each of these rows is really no record."),
    ),
    "total_differs": (
        _("Totals that differ from their column"),
        _("Look whether a row is missing or a figure is wrong."),
    ),
    "missing_column": (
        _("Missing columns"),
        _("Add the column with its printed name; the empty file shows all of them."),
    ),
    "unknown_column": (
        _("Columns that the definition does not know"),
        _("Delete the column, or give it the printed name of the column that is meant."),
    ),
    "ignored_column": (
        _("Columns that were not read"),
        _("The definition lets such columns be. See that none of them is a misspelt one."),
    ),
    "hidden_rows": (
        _("Hidden rows"),
        _("Show all rows of the sheet and see that none is there that does not belong there."),
    ),
    "other_unit": (
        _("Another unit of measure"),
        _("Convert the values into the unit of the definition, and say so in the header."),
    ),
    "duplicate_column": (_("Two columns of one name"), _("Delete or rename one of the columns.")),
    "unnamed_column": (
        _("Columns without a name"),
        _("Write the printed name above the column, or delete the column."),
    ),
    "mixed_number_styles": (
        _("Numbers written in two ways"),
        _("Look whether the figures are right; write all of them with a decimal comma."),
    ),
    "correction_without_cell": (
        _("Corrections whose row is not there any more"),
        _("Read the file as before, or send a corrected file."),
    ),
}
OTHER = (_("The file as a whole"), _("Correct the file and send it again."))


def kind_of_finding(code):
    """Return what remarks of a code have in common, and what is to be done about them."""
    return KINDS.get(code, OTHER)
