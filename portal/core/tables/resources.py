"""A catalogue as a django-import-export resource that plans first and writes later.

``plan`` reads every row, fills the instances in memory, checks them with ``full_clean`` and asks
the rights of each; it writes nothing. Whoever confirms plans again, and only when the plan is the
same are its changes written (``portal.core.tables.actions``).
"""

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from import_export import resources
from import_export.instance_loaders import BaseInstanceLoader

from portal.core.formats import UnreadableValue
from portal.core.formulas import unguarded
from portal.core.tables.columns import Reference, ReferencesColumn
from portal.core.tables.headers import match_header
from portal.core.tables.keys import LINE, KeyedRows
from portal.core.tables.outcomes import Change, Plan
from portal.core.tables.row_reports import RowReports, broken_row
from portal.core.tables.values import refuse_broken_cell
from portal.core.tables.writing import WrittenCatalogue

EVERY = 200  #: rows between two reports of progress


class CatalogueResource(KeyedRows, RowReports, WrittenCatalogue, resources.Resource):
    """The columns of one catalogue, and how its rows become objects.

    ``tie_columns`` tell objects apart whose key columns agree; with ``ties_always`` they belong
    to the key wherever the file has them. A blank cell empties the value (in a new row it leaves
    the portal's own default); a column that the file lacks stays untouched.
    """

    model = None
    tie_columns = ()
    ties_always = False
    #: Fields that ``full_clean`` leaves to the writer.
    unchecked = ()

    class Meta:
        instance_loader_class = BaseInstanceLoader
        skip_diff = True
        report_skipped = True
        use_transactions = False

    def __init__(self, user, *, lock=False, tell=lambda done, total: None):
        super().__init__()
        for name, column in self.fields.items():
            column.attribute = column.attribute or name
        self.user, self.lock, self.tell = user, lock, tell
        self.columns = list(self.fields.values())
        self.key_columns = [column for column in self.columns if column.is_key]
        self._things, self._created = {}, {}

    # What the catalogues say.

    def all_instances(self):
        """Return a queryset of everything that rows can be about."""
        raise NotImplementedError

    def new_instance(self, row):
        """Return an unsaved instance for a row about nothing known."""
        return self.model()

    def may_view(self, instance):
        """Tell whether the person may know the object at all."""
        raise NotImplementedError

    def refusal(self, instance, is_new):
        """Return why the person may not write the instance, or an empty text."""
        raise NotImplementedError

    def ends_as_draft(self, instance, is_new):
        """Tell whether the change waits for somebody who may publish."""
        return False

    def label_of(self, instance):
        """Return how a preview calls the object."""
        return str(instance)

    def sorted_rows(self, rows):
        """Return the rows in the order in which they can be written."""
        return rows

    def check(self, instance, is_new, broken):
        """Raise ``ValidationError`` for what only the catalogue knows."""

    # References.

    def things(self, model, field):
        """Return the objects of ``model`` by their folded code; read once."""
        key = (model, field)
        if key not in self._things:
            self._things[key] = {
                getattr(each, field).casefold(): each for each in model._default_manager.all()
            }
        return self._things[key]

    def pending(self, code):
        """Return what an earlier row of this file creates under ``code``, or None."""
        return self._created.get((code.casefold(),))

    # The plan.

    def plan(self, table, ignored=()):
        """Return the ``Plan`` of a ``TableFile``."""
        header = match_header(self.columns, table, ignored)
        plan = Plan(header.faults, header.unknown, header.notes)
        plan.reading = table.reading.as_dict()
        if plan.is_faulty:
            return plan
        self.taken = [
            column
            for column in self.columns
            if column.name in header.places and not column.read_only
        ]
        read = unguarded if table.reading.format == "csv" else str
        rows = [self._row(line, header, read) for line in table.lines if not line.fault]
        self.index_rows(rows)
        ordered = self.sorted_rows(rows)
        dataset = tablib.Dataset(headers=[LINE, *header.places])
        for row in ordered:
            dataset.append([row[name] for name in dataset.headers])
        self._cells, self._changes, self._total = {}, [], len(ordered)
        result = self.import_data(dataset, dry_run=False, use_transactions=False)
        for fault in result.base_errors:
            raise fault.error
        outcomes = [
            self.outcome_of(row, found) for row, found in zip(ordered, result.rows, strict=True)
        ]
        outcomes += [broken_row(line, len(table.header)) for line in table.lines if line.fault]
        plan.rows = sorted(outcomes, key=lambda each: each.line)
        plan.changes = self._changes
        return plan

    def _row(self, line, header, read):
        cells = {name: read(line.cells[place]) for name, place in header.places.items()}
        return {LINE: line.number, **cells}

    def iter_queryset(self, queryset):
        """Go through an export at once: a catalogue is small, and its relations are loaded."""
        yield from queryset

    # One row, by the hooks of import-export.

    def before_import_row(self, row, row_number=None, **kwargs):
        self._is_new, self._before, self._key = True, {}, self.key_of(row)
        if row_number % EVERY == 0:
            self.tell(row_number, self._total)
        self._refuse_doubles(row)

    def _refuse_doubles(self, row):
        first = self._first_lines[self._key]
        if first != row[LINE]:
            raise ValidationError(
                _("Line %(line)s of the file is about the same: “%(key)s”."),
                code="duplicate_key",
                params={"line": first, "key": self.words_of(row)},
            )
        lacking = [self.fields[each] for each in self.tie_columns if each not in row]
        if lacking and self._short_key(row) in self._several:
            raise ValidationError(
                _("Several entries have this key; the column “%(title)s” must tell which."),
                code="ambiguous_key",
                params={"title": lacking[0].title},
            )

    def get_instance(self, instance_loader, row):
        return self._known.get(self._key)

    def init_instance(self, row=None):
        return self.new_instance(row)

    def after_init_instance(self, instance, new, row, **kwargs):
        self._is_new = new
        if new:
            self._created[self._key] = instance
        elif not self.may_view(instance):
            raise ValidationError(
                _("This entry belongs to somebody else; you may not see or change it."),
                code="forbidden",
            )
        if not new:
            self._before = {
                column.name: (column.raw(instance), column.text(instance)) for column in self.taken
            }

    def import_instance(self, instance, row, **kwargs):
        errors = {}
        for column in self.taken:
            try:
                self._take(column, instance, row)
            except UnreadableValue as fault:
                errors[column.name] = ValidationError(str(fault), code=fault.code)
        if self._is_new:
            for column in self.columns:
                if column.required and column.name not in row and not column.read_only:
                    errors[column.name] = ValidationError(
                        _("This row is new; it needs the column “%(title)s”."),
                        code="missing_column",
                        params={"title": column.title},
                    )
        if errors:
            raise ValidationError(errors)

    def _take(self, column, instance, row):
        cell = row[column.name]
        if self._is_new and not cell.strip() and not column.required:
            return
        if self._is_new or not column.is_untouched(row, instance):
            refuse_broken_cell(cell)
            column.take(instance, row, self)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not (self._is_new or import_validation_errors or self._changed(instance))

    def _changed(self, instance):
        if self._is_new:
            return [column for column in self.taken if column.text(instance)]
        return [
            column
            for column in self.taken
            if (column.raw(instance), column.text(instance)) != self._before[column.name]
        ]

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = dict(import_validation_errors or {})
        refusal = self.refusal(instance, self._is_new)
        if refusal:
            errors[NON_FIELD_ERRORS] = ValidationError(refusal, code="forbidden")
        by_attribute = {column.attribute: column.name for column in self.columns}
        broken = {self.fields[name].attribute for name in errors if name in self.fields}
        for step in (self._full_clean, self.check):
            try:
                step(instance, self._is_new, broken)
            except ValidationError as fault:
                for name, found in fault.update_error_dict({}).items():
                    errors.setdefault(by_attribute.get(name, name), found)
        if errors:
            raise ValidationError(errors)

    def _full_clean(self, instance, is_new, broken):
        self.full_clean(instance, {*broken, *self.unchecked, *self._waiting(instance)})

    def full_clean(self, instance, exclude):
        """Raise ``ValidationError`` for what the model does not allow."""
        instance.full_clean(exclude=exclude)

    def _waiting(self, instance):
        """Return the references to what this very file creates: they have no key yet."""
        return [
            column.attribute
            for column in self.taken
            if isinstance(column.widget, Reference)
            and not isinstance(column, ReferencesColumn)
            and getattr(getattr(instance, column.attribute, None), "pk", 0) is None
        ]

    def save_instance(self, instance, is_create, row, **kwargs):
        """Remember the change instead of writing it."""
        columns = self._changed(instance)
        self._cells[row[LINE]] = [
            {
                "column": column.name,
                "title": str(column.title),
                "old": "" if is_create else self._before[column.name][1],
                "new": column.text(instance),
            }
            for column in columns
        ]
        self._changes.append(
            Change(
                line=row[LINE],
                instance=instance,
                is_new=is_create,
                label=self.label_of(instance),
                columns=columns,
                before={}
                if is_create
                else {column.name: self._before[column.name][0] for column in columns},
            )
        )

    def save_m2m(self, instance, row, **kwargs):
        """Leave relations to the writer."""
