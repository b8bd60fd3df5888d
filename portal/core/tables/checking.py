"""From a kept file to what it would do: read it, plan it, write the plan down."""

from django.utils.translation import gettext as _

from portal.core.table_files.reading import NeedsConfirmation, UnreadableFile
from portal.core.table_files.sentences import FILE_MESSAGES
from portal.core.table_files.tables import read_table
from portal.core.tables.headers import ColumnNames
from portal.core.tables.outcomes import Plan
from portal.core.tables.registry import table_named


def make_plan(kept, user, *, lock=False, tell=lambda done, total: None):
    """Return ``(resource, Plan)`` of a ``TableImport``, as ``user`` may do it."""
    table = table_named(kept.table)
    resource = table.resource(user, lock=lock, tell=tell)
    try:
        read = read_table(kept.file.path, ColumnNames(resource.columns), most_rows=table.most_rows)
    except UnreadableFile as fault:
        return resource, Plan(faults=[_unreadable(fault)])
    except NeedsConfirmation as doubt:
        return resource, Plan(faults=[_doubtful(doubt)])
    return resource, resource.plan(read, kept.ignored_columns)


def _unreadable(fault):
    sentence = str(FILE_MESSAGES[fault.code]) % {"value": fault.value, "expected": fault.expected}
    if fault.row is None:
        return sentence
    return _("Row %(row)s: %(message)s") % {"row": fault.row, "message": sentence}


def _doubtful(doubt):
    """Return what to do where a file can be read in several ways: here nobody is asked."""
    if doubt.code == "ambiguous_sheet":
        names = ", ".join(str(each["value"]) for each in doubt.candidates)
        return _("More than one sheet fits: %(names)s. Keep the one that is meant.") % {
            "names": names
        }
    if doubt.code == "ambiguous_header":
        return _("More than one row could be the header. Keep one.")
    return _(
        "The characters can be read in more than one way. Save the file as .xlsx or as CSV UTF-8."
    )
