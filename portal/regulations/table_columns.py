"""The columns in which a catalogue cites a provision, as people cite it or by its identifier."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.widgets import Widget

from portal.core.formats import UnreadableValue
from portal.core.tables.columns import Column
from portal.core.tables.values import SHOWN, Text, plain_text
from portal.core.text import fold_words
from portal.regulations.models import Provision

BOOK = "provisions"


def written(provision):
    """Return how a file cites a provision: in words, where these name one place only.

    A part of the decision goes by its identifier, one that has left the text also by its key.
    """
    if provision is None:
        return ""
    if provision.repealed:
        return f"{provision.eid}#{provision.pk}"
    return provision.label if provision.eid.startswith("qc") else provision.eid


def name_of(regulation):
    """Return how a file names a regulation."""
    return regulation.document_number or regulation.short_title or regulation.title


class _Book:
    """All provisions by what may be written of them, read once for a file."""

    def __init__(self):
        self.regulations, self.places = {}, {}
        found = Provision.objects.select_related("regulation").defer("text", "heading")
        for provision in found.order_by("repealed", "eid"):
            self._add(provision)
        self.current = {key[0] for key, each in self.places.items() if not each.repealed}

    def _add(self, provision):
        regulation = provision.regulation
        for name in (regulation.document_number, regulation.short_title, regulation.title):
            if name:
                self.regulations.setdefault(fold_words(name), regulation.pk)
        if provision.repealed:
            self.places[regulation.pk, written(provision).casefold()] = provision
            return
        self.places.setdefault((regulation.pk, provision.eid.casefold()), provision)
        words = fold_words(provision.label)
        known = self.places.get((regulation.pk, words))
        if known is None or not known.eid.startswith("qc"):
            self.places[regulation.pk, words] = provision


def _book(resource):
    if BOOK not in resource._things:
        resource._things[BOOK] = _Book()
    return resource._things[BOOK]


class _Citation(Widget):
    """A provision as it is cited; the column finds it, because the regulation stands beside."""

    def render(self, value, obj=None, **kwargs):
        return written(value)


class ProvisionColumn(Column):
    """“khoản 2 Điều 5” or ``qc__dieu_5__khoan_2``, of the regulation in the column beside."""

    def __init__(self, **options):
        options.setdefault("attribute", "provision")
        options.setdefault(
            "help_text",
            gettext_lazy("As it is cited, “khoản 2 Điều 5”, or by its identifier."),
        )
        options.setdefault("example", "khoản 2 Điều 5")
        super().__init__(gettext_lazy("Provision"), _Citation(), **options)

    def find(self, row, resource):
        """Return the provision that a row cites; None for a blank cell."""
        cell = plain_text(row[self.name]).strip()
        if not cell:
            return None
        book = _book(resource)
        regulation = self._regulation(row.get("regulation", ""), book)
        found = book.places.get((regulation, cell.casefold())) or book.places.get(
            (regulation, fold_words(cell))
        )
        if found is None:
            raise UnreadableValue(
                "unknown_provision",
                _("The regulation has no provision “%(value)s”.") % {"value": cell[:SHOWN]},
            )
        return found

    def _regulation(self, cell, book):
        name = plain_text(cell).strip()
        if name:
            found = book.regulations.get(fold_words(name))
            if found is None:
                raise UnreadableValue(
                    "unknown_regulation",
                    _("There is no regulation “%(value)s”.") % {"value": name[:SHOWN]},
                )
            return found
        if len(book.current) == 1:
            return next(iter(book.current))
        raise UnreadableValue(
            "which_regulation",
            _("Say in the column “%(title)s” which regulation is meant.")
            % {"title": RegulationColumn.TITLE},
        )

    def key_of(self, instance):
        return str(instance.provision_id or "")

    def key_text(self, row, resource):
        found = self.find(row, resource)
        return str(found.pk) if found else ""

    def is_untouched(self, row, instance):
        named = plain_text(row.get("regulation", "")).strip()
        provision = getattr(instance, self.attribute)
        same_place = super().is_untouched(row, instance)
        if not named or provision is None:
            return same_place
        return same_place and fold_words(named) == fold_words(name_of(provision.regulation))

    def take(self, instance, row, resource):
        found = self.find(row, resource)
        if found is None and self.required:
            raise UnreadableValue("missing_value", _("A value is missing."))
        self.put(instance, found)


class RegulationColumn(Column):
    """Which regulation the provision beside belongs to; the other column takes it in."""

    TITLE = gettext_lazy("Number of the regulation")

    def __init__(self, **options):
        options.setdefault(
            "help_text",
            gettext_lazy("Its number and symbol; may be left blank where there is only one."),
        )
        super().__init__(self.TITLE, Text(), attribute="provision", **options)

    def export(self, instance, **kwargs):
        provision = getattr(instance, self.attribute)
        return name_of(provision.regulation) if provision is not None else ""

    def take(self, instance, row, resource):
        """Leave it to the provision."""

    def raw(self, instance):
        return None

    def restore(self, instance, raw):
        """Leave it to the provision."""

    def settle(self, instance):
        """Leave it to the provision."""
