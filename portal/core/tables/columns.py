"""The columns of a catalogue: what they are called, what they hold, how they go back."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field as ModelField
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from portal.core.formats import UnreadableValue, format_date, plain_decimal
from portal.core.tables.values import BETWEEN, SHOWN, plain_text
from portal.core.text import nfc


def as_text(value):
    """Return what a cell shows of ``value``: days d/m/yyyy, numbers with a decimal comma."""
    if value is None:
        return ""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return plain_decimal(value).replace(".", ",")
    return str(value)


def tidy(cell):
    """Return the text of a cell without what nobody sees: the form in which texts compare."""
    lines = nfc(plain_text(cell)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


class Column(Field):
    """One column of a catalogue.

    ``title`` is its header, its identifier is accepted as one, too. ``is_key`` columns say which
    object a row is about; ``required`` ones must be filled in; ``read_only`` ones help the reader
    of an export and are never taken in.
    """

    def __init__(self, title, widget, **options):
        super().__init__(attribute=options.pop("attribute", None), widget=widget)
        self.title = title
        self.help_text = options.pop("help_text", "")
        self.example = options.pop("example", "")
        self.is_key = options.pop("is_key", False)
        self.required = options.pop("required", self.is_key)
        self.read_only = options.pop("read_only", False)
        if options:
            raise TypeError(f"Column knows no {sorted(options)}")

    @property
    def name(self):
        """Return the identifier of the column."""
        return self.column_name

    @property
    def is_number(self):
        """Tell whether a spreadsheet should hold the cells as numbers."""
        return bool(getattr(self.widget, "is_number", False))

    def text(self, instance):
        """Return what an export writes of ``instance``, as text."""
        return as_text(self.export(instance))

    def is_untouched(self, row, instance):
        """Tell whether the cell says what an export of ``instance`` would say.

        Such a cell changes nothing, even where what is stored would not be accepted today.
        """
        return tidy(row[self.name]) == tidy(self.text(instance))

    def key_of(self, instance):
        """Return the text by which the column finds an object."""
        return self.text(instance)

    def key_text(self, row, resource):
        """Return the text of the value in ``row``, as ``key_of`` gives that of an object."""
        value = self.widget.clean(row[self.name].strip(), row=row, resource=resource)
        return as_text(self.widget.render(value))

    def take(self, instance, row, resource):
        """Put the value of the cell into ``instance``; raise ``UnreadableValue``."""
        cell = row[self.name].strip()
        if not cell and self.required:
            raise UnreadableValue("missing_value", _("A value is missing."))
        self.put(instance, self.widget.clean(cell, row=row, resource=resource))

    def put(self, instance, value):
        """Set the attribute of the column."""
        setattr(instance, self.attribute, value)

    def raw(self, instance):
        """Return the stored value as JSON can hold it, exact to the last sign."""
        value = getattr(instance, self._attname(instance))
        if isinstance(value, Decimal):
            return plain_decimal(value)
        return value if value is None or isinstance(value, str | int | bool) else str(value)

    def restore(self, instance, raw):
        """Put back what ``raw`` gave."""
        try:
            field = instance._meta.get_field(self.attribute)
        except FieldDoesNotExist:
            self.put(instance, raw)
            return
        value = field.target_field.to_python(raw) if field.is_relation else field.to_python(raw)
        setattr(instance, field.attname, value)

    def settle(self, instance):
        """Let the instance know the keys of what was saved after it was chosen."""
        field = self._model_field(instance)
        if field is not None and field.is_relation:
            setattr(instance, self.attribute, getattr(instance, self.attribute))

    def _attname(self, instance):
        field = self._model_field(instance)
        return field.attname if field is not None else self.attribute

    def _model_field(self, instance):
        try:
            field = instance._meta.get_field(self.attribute)
        except FieldDoesNotExist:
            return None
        return field if isinstance(field, ModelField) else None


class Reference(Widget):
    """Another object by its code.

    ``model`` and ``field`` say where codes stand; with ``pending`` an object that another row of
    the same file creates counts, too.
    """

    def __init__(self, model, field="code", *, pending=False):
        super().__init__()
        self.model, self.field, self.pending = model, field, pending

    def clean(self, value, row=None, resource=None, **kwargs):
        return self.find(plain_text(value), resource) if value else None

    def find(self, code, resource):
        """Return the object with ``code``; raise ``UnreadableValue`` when there is none."""
        code = code.strip()
        found = resource.things(self.model, self.field).get(code.casefold())
        if found is None and self.pending:
            found = resource.pending(code)
        if found is None:
            raise UnreadableValue(
                "unknown_reference",
                _("There is no “%(value)s” among the %(names)s.")
                % {"value": code[:SHOWN], "names": self.model._meta.verbose_name_plural},
            )
        return found

    def render(self, value, obj=None, **kwargs):
        return getattr(value, self.field) if value is not None else ""


class ReferencesColumn(Column):
    """Several objects by their codes, for a relation to many.

    What was chosen waits on the instance until it is written: ``chosen_of`` tells it.
    """

    def take(self, instance, row, resource):
        codes = plain_text(row[self.name]).replace("\n", BETWEEN).split(BETWEEN)
        found = [self.widget.find(code, resource) for code in codes if code.strip()]
        self.put(instance, list(dict.fromkeys(found)))

    def put(self, instance, value):
        chosen = instance.__dict__.setdefault("_chosen", {})
        chosen[self.attribute] = value

    def chosen_of(self, instance):
        """Return what is or will be related, in the order of the codes."""
        chosen = instance.__dict__.get("_chosen", {})
        if self.attribute in chosen:
            found = chosen[self.attribute]
        else:
            found = getattr(instance, self.attribute).all() if instance.pk else []
        return sorted(found, key=lambda each: getattr(each, self.widget.field))

    def export(self, instance, **kwargs):
        codes = [getattr(each, self.widget.field) for each in self.chosen_of(instance)]
        return f"{BETWEEN} ".join(codes)

    def is_untouched(self, row, instance):
        written = plain_text(row[self.name]).replace("\n", BETWEEN).split(BETWEEN)
        codes = sorted({code.strip().casefold() for code in written} - {""})
        now = [getattr(each, self.widget.field).casefold() for each in self.chosen_of(instance)]
        return codes == sorted(now)

    def raw(self, instance):
        return sorted(each.pk for each in self.chosen_of(instance) if each.pk)

    def restore(self, instance, raw):
        self.put(instance, list(self.widget.model._default_manager.filter(pk__in=raw)))

    def settle(self, instance):
        pass

    def write(self, instance):
        """Hand what was chosen to the relation; the instance must have a key."""
        chosen = instance.__dict__.get("_chosen", {})
        if self.attribute in chosen:
            getattr(instance, self.attribute).set(chosen.pop(self.attribute))
