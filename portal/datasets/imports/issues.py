"""What is wrong with a file: one issue per fault, each with a stable code and a sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.core.table_files.sentences import FILE_MESSAGES, LINE_MESSAGES

VALUE_LENGTH = 200  #: longer values are cut in a report
LISTED_ISSUES = 1000  #: more issues are counted, not listed
FIRST_OF_KIND = 20  #: so many of each kind are kept for the screens, wherever they stand

ROW_MESSAGES = {
    **LINE_MESSAGES,
    "repeated_header": _("The row repeats the header."),
    "total_row": _(
        "The row holds totals (“%(value)s”), not a record. Delete it, or choose to have it left "
        "out."
    ),
    "note_row": _(
        "The row is a note below the table (“%(value)s”), not a record. Delete it, or choose to "
        "have it left out."
    ),
    "section_row": _(
        "The row is the heading of a section (“%(value)s”), not a record. Delete it, or choose to "
        "have it left out."
    ),
    "numbering_row": _(
        "The row numbers the columns (“%(value)s”) and is no record. Delete it, or choose to have "
        "it left out."
    ),
    "row_left_out": _("The row (“%(value)s”) was left out; it is no record."),
    "total_differs": _(
        "The total says “%(value)s”, but the values of the column add up to %(expected)s."
    ),
    "rule_broken": _("The row breaks the rule %(expected)s."),
    "duplicate_key": _("The key “%(value)s” stands already in row %(expected)s."),
}

CELL_MESSAGES = {
    "missing_value": _("A value is missing."),
    "not_a_number": _("“%(value)s” is not a number."),
    "not_a_whole_number": _("“%(value)s” is not a whole number."),
    "ambiguous_number": _("“%(value)s” may be read as a thousand or as a decimal."),
    "too_many_digits": _("“%(value)s” has more digits than can be kept (%(expected)s)."),
    "imprecise_number": _(
        "Excel keeps 15 digits only: the last digits of “%(value)s” are lost. Format the cell "
        "as text and write the value again."
    ),
    "scientific_notation": _("“%(value)s” is in scientific notation; digits may be lost."),
    "number_in_brackets": _("“%(value)s” stands in brackets and is read as a negative number."),
    "too_many_decimals": _("“%(value)s” has more decimal places than %(expected)s."),
    "below_minimum": _("“%(value)s” is below the minimum %(expected)s."),
    "above_maximum": _("“%(value)s” is above the maximum %(expected)s."),
    "not_a_date": _("“%(value)s” is not a date (day/month/year)."),
    "no_such_day": _("There is no day “%(value)s”."),
    "date_serial": _("“%(value)s” is the number of a day in Excel; it is read as %(expected)s."),
    "day_as_month": _("The cell holds a day; it is read as the month %(expected)s."),
    "not_a_period": _("“%(value)s” is not a period such as 03/2026, Quý I/2026 or 2026."),
    "not_a_month": _("“%(value)s” is not a month such as 03/2026."),
    "not_a_datetime": _("“%(value)s” is not a day with a time, such as 05/01/2026 14:30."),
    "not_a_boolean": _("“%(value)s” is neither yes nor no."),
    "not_a_link": _("“%(value)s” is not an address that begins with http:// or https://."),
    "unknown_code": _("“%(value)s” is not in the list of the column."),
    "ambiguous_code": _("“%(value)s” fits more than one entry of the list."),
    "number_as_code": _("The cell holds a number; leading zeros may be lost."),
    "too_short": _("“%(value)s” is shorter than %(expected)s characters."),
    "too_long": _("“%(value)s” is longer than %(expected)s characters."),
    "pattern_mismatch": _("“%(value)s” does not have the required form (%(expected)s)."),
    "duplicate_value": _("The value “%(value)s” stands already in row %(expected)s."),
    "cell_too_long": _(
        "The text of the cell is longer than %(expected)s characters, which is all that a "
        "spreadsheet's cell holds."
    ),
    "merged_cell": _(
        "The cell is merged with the one in row %(expected)s, and the file has the value only "
        "there. Unmerge the cells and write the value into each row."
    ),
    "error_cell": _("The cell holds the error %(value)s."),
    "formula_without_value": _(
        "The cell holds a formula without a result. Open the file in Excel and save it again."
    ),
    "unreadable_character": _("The cell holds characters that cannot be read."),
    "invisible_characters": _("Invisible characters were removed."),
    "guarding_apostrophe": _(
        "The apostrophe in front was taken off: files exported from here carry it, so that "
        "spreadsheets do not calculate the cell."
    ),
}

#: Codes about the definition; they do not refuse a file.
DEFINITION_MESSAGES = {
    "not_checked": _("The table schema asks for “%(expected)s”, which is not checked."),
}

MESSAGES = {**DEFINITION_MESSAGES, **FILE_MESSAGES, **ROW_MESSAGES, **CELL_MESSAGES}


@dataclass(frozen=True)
class Issue:
    """One fault. ``row`` is the line (CSV) or row (XLSX) where the record starts."""

    severity: str
    code: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    expected: str | None = None

    def __post_init__(self):
        if self.value is not None and len(self.value) > VALUE_LENGTH:
            object.__setattr__(self, "value", self.value[:VALUE_LENGTH])

    @property
    def message(self):
        """Return one sentence for the person who uploads, in the active language."""
        return str(MESSAGES[self.code]) % {"value": self.value, "expected": self.expected}

    def as_dict(self):
        """Return the issue as the contract has it."""
        return {
            "severity": self.severity,
            "code": self.code,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "expected": self.expected,
            "message": self.message,
        }
