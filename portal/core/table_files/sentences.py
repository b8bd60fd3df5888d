"""Why a file cannot be read as a table: a sentence for each code."""

from django.utils.translation import gettext_lazy as _

#: Codes about the whole file. None of them leaves a row that could be accepted.
FILE_MESSAGES = {
    "empty_file": _("The file is empty."),
    "no_records": _("The file has a header, but no rows."),
    "protected_file": _("The file is protected by a password. Save it without one."),
    "macro_workbook": _(
        "The workbook holds macros. Save it as .xlsx without macros and send it again."
    ),
    "web_page": _("This is a web page, not an Excel file. Open it in Excel and save it as .xlsx."),
    "not_a_table": _("This is %(expected)s, not a table. Send a CSV or an .xlsx file."),
    "damaged_file": _("The file is damaged and cannot be opened."),
    "too_big_unpacked": _("Unpacked, the file is larger than %(expected)s; it is not opened."),
    "too_large_sheet": _(
        "The sheet reaches over more than %(expected)s cells. Delete what stands far outside "
        "the table."
    ),
    "undecodable": _("The characters of the file cannot be read as %(expected)s."),
    "line_too_long": _("A line is longer than %(expected)s characters."),
    "no_such_delimiter": _(
        "The cells cannot be divided by “%(value)s”: the delimiter is one sign such as , ; | or a "
        "tab."
    ),
    "no_such_sheet": _("The workbook has no sheet “%(value)s”."),
    "no_sheet": _("The workbook has no sheet with data."),
    "no_such_row": _("The file has no row %(expected)s that could be the header."),
    "missing_column": _("The column “%(expected)s” is missing."),
    "unknown_column": _("The definition knows no column “%(value)s”."),
    "ignored_column": _("The definition knows no column “%(value)s”; it was not read."),
    "hidden_rows": _(
        "Hidden in the sheet are %(value)s rows, the first of them row %(expected)s. They were "
        "read like all others."
    ),
    "other_unit": _(
        "The header says “%(value)s”, but the definition counts in “%(expected)s”. Convert the "
        "values, or correct the header."
    ),
    "duplicate_column": _("Two headers name the column “%(expected)s”."),
    "unnamed_column": _("A column has values, but no header."),
    "ambiguous_encoding": _("The characters can be read in more than one way. Choose one."),
    "ambiguous_sheet": _("More than one sheet fits the definition. Choose one."),
    "ambiguous_header": _("More than one row could be the header. Choose one."),
    "ambiguous_rows": _(
        "Some rows look like totals, notes or headings and not like records: %(value)s. "
        "Say whether they are left out."
    ),
    "ambiguous_number_style": _(
        "“%(value)s” may be read as a thousand or as a decimal, and no other value of the "
        "column tells. Choose one."
    ),
    "mixed_number_styles": _(
        "The column writes numbers in two ways, some with a decimal comma and some with a "
        "decimal point."
    ),
    "too_many_sheets": _(
        "The workbook has more than %(expected)s sheets. Send the one that is meant."
    ),
    "too_many_columns": _("The table has more than %(expected)s columns."),
    "too_many_rows": _("The file has more than %(expected)s rows. Divide it into several files."),
}

#: Codes of what breaks one row as a whole.
LINE_MESSAGES = {
    "wrong_number_of_cells": _("The row does not have as many cells as the header (%(expected)s)."),
    "unterminated_quote": _("A quotation mark opens here and is not closed properly."),
    "misplaced_quote": _("Text follows a closing quotation mark."),
    "lost_delimiter": _(
        "A text in quotation marks begins in the middle of a cell; the sign between the cells is "
        "missing before it."
    ),
    "swallowed_lines": _(
        "The quoted text that begins here runs over lines that look like rows of their own."
    ),
}
