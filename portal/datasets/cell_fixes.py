"""Puts corrected cells among the texts that are checked."""

from django.utils.translation import gettext as _


class FixedCells:
    """The corrections of a version, to be called with the workspace of its check.

    ``lost`` then lists those whose row the file, as it is read now, does not have.
    """

    def __init__(self, version, schema):
        self.places = {column.name: place for place, column in enumerate(schema.columns)}
        self.cells = {(fix.row, fix.column): fix.new_value for fix in version.fixes.all()}
        self.lost = []

    def __call__(self, workspace):
        self.lost = []
        for (row, column), value in self.cells.items():
            place = self.places.get(column)
            if place is None or not self._put(workspace, row, place, value):
                self.lost.append((row, column, value))

    @staticmethod
    def _put(workspace, row, place, value):
        changed = workspace.value(
            f"UPDATE cells SET c{place} = nfc_normalize(?) WHERE row = ?",  # noqa: S608 - a number
            [value or None, row],
        )
        for noted in workspace.noted:
            workspace.run(
                f"DELETE FROM {noted} WHERE row = ? AND place = ?",  # noqa: S608 - named here
                [row, place],
            )
        return changed

    def issues(self):
        """Return the lost corrections as issues of the report."""
        return [
            {
                "severity": "error",
                "code": "correction_without_cell",
                "row": row,
                "column": column,
                "value": value,
                "expected": None,
                "message": _(
                    "The correction “%(value)s” belongs to a row that the file, read so, "
                    "does not have."
                )
                % {"value": value},
            }
            for row, column, value in self.lost
        ]
