"""What became of a row, in the words of a preview."""

from django.core.exceptions import NON_FIELD_ERRORS
from import_export.results import RowResult

from portal.core.table_files.sentences import LINE_MESSAGES
from portal.core.tables.keys import LINE
from portal.core.tables.outcomes import CHANGED, FAULTY, NEW, UNCHANGED, RowOutcome
from portal.core.tables.values import SHOWN, plain_text


class RowReports:
    """The part of a catalogue's resource that tells what a row would change or what is wrong."""

    def outcome_of(self, row, found):
        line = row[LINE]
        if found.errors:  # nothing that a person typed: a fault of the system
            raise found.errors[0].error
        if found.validation_error is not None:
            return RowOutcome(line, FAULTY, self.words_of(row), errors=self._errors(row, found))
        instance = self._known.get(self.key_of(row)) or self._created.get(self.key_of(row))
        label = self.label_of(instance)
        if found.import_type == RowResult.IMPORT_TYPE_SKIP:
            return RowOutcome(line, UNCHANGED, label)
        is_new = found.import_type == RowResult.IMPORT_TYPE_NEW
        return RowOutcome(
            line,
            NEW if is_new else CHANGED,
            label,
            cells=self._cells[line],
            is_draft=self.ends_as_draft(instance, is_new),
        )

    def words_of(self, row):
        """Return the key of a row as it was typed."""
        cells = [plain_text(row[column.name]).strip()[:SHOWN] for column in self.key_columns]
        return " · ".join(cell for cell in cells if cell)

    def _errors(self, row, found):
        listed = []
        for name, faults in found.validation_error.update_error_dict({}).items():
            column = self.fields.get(name)
            for fault in faults:
                listed += [
                    {
                        "title": str(column.title) if column else self._field_title(name),
                        "value": plain_text(row.get(name, ""))[:SHOWN],
                        "message": message,
                    }
                    for message in fault.messages
                ]
        return listed

    def _field_title(self, name):
        if name == NON_FIELD_ERRORS:
            return ""
        return str(self.model._meta.get_field(name).verbose_name)


def broken_row(line, width):
    message = str(LINE_MESSAGES[line.fault]) % {"expected": width}
    shown = " ".join(cell for cell in line.cells if cell)[:SHOWN]
    return RowOutcome(
        line.number,
        FAULTY,
        shown,
        errors=[{"title": "", "value": "", "message": message}],
    )
