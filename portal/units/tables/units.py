"""The unit directory as a table: one row is one unit's page, found by its code."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.tables.columns import Column, Reference, ReferencesColumn
from portal.core.tables.keys import LINE
from portal.core.tables.pages import PageResource
from portal.core.tables.values import Choice, Day, Listed, Text, YesNo, plain_text
from portal.units.models import UnitIndexPage, UnitPage


class UnitResource(PageResource):
    """Units by their code; a unit may be part of one that the same file creates."""

    model = UnitPage

    code = Column(gettext_lazy("Unit code"), Text(), is_key=True, example="SYT")
    title = Column(gettext_lazy("Name"), Text(), required=True, example="Sở Y tế")
    short_names = Column(
        gettext_lazy("Short names"),
        Listed(),
        help_text=gettext_lazy("The commonest first, with semicolons between them."),
    )
    kind = Column(gettext_lazy("Kind"), Choice(UnitPage.Kind))
    level = Column(gettext_lazy("Level"), Choice(UnitPage.Level))
    centre_role = Column(gettext_lazy("Role in the centre"), Choice(UnitPage.Role))
    is_group = Column(
        gettext_lazy("Is a kind of unit"),
        YesNo(),
        help_text=gettext_lazy("Yes where the regulation names several units by this one name."),
    )
    groups = ReferencesColumn(
        gettext_lazy("Belongs to the kinds of unit"),
        Reference(UnitPage, pending=True),
        help_text=gettext_lazy("Unit codes, with semicolons between them."),
    )
    parent_unit = Column(
        gettext_lazy("Part of"),
        Reference(UnitPage, pending=True),
        help_text=gettext_lazy("The code of the unit above."),
    )
    address = Column(gettext_lazy("Address"), Text())
    phone = Column(gettext_lazy("Phone"), Text())
    email = Column(gettext_lazy("E-mail"), Text())
    valid_from = Column(
        gettext_lazy("Exists from"), Day(), help_text=gettext_lazy("Day/month/year.")
    )
    valid_to = Column(gettext_lazy("Existed to"), Day(), help_text=gettext_lazy("Day/month/year."))

    def all_instances(self):
        return (
            UnitPage.objects.select_related("parent_unit")
            .prefetch_related("groups")
            .order_by("sort_key", "pk")
        )

    def index_for(self, instance):
        return self._index

    @property
    def _index(self):
        if "index" not in self._things:
            self._things["index"] = UnitIndexPage.objects.first()
        return self._things["index"]

    def label_of(self, instance):
        return f"{instance.code} – {instance.title}"

    def sorted_rows(self, rows):
        """Put a unit behind the units of the file to which it refers."""
        by_code = {plain_text(row["code"]).strip().casefold(): row for row in rows}
        ordered, placed, begun, waiting = [], set(), set(), list(reversed(rows))
        while waiting:
            row = waiting[-1]
            first = row[LINE] not in begun
            begun.add(row[LINE])
            needed = [by_code[code] for code in _codes_in(row) if code in by_code]
            above = [each for each in needed if each[LINE] not in begun] if first else []
            if above:
                waiting += above
                continue
            waiting.pop()
            if row[LINE] not in placed:
                placed.add(row[LINE])
                ordered.append(row)
        return ordered

    def check(self, instance, is_new, broken):
        """Refuse a circle of units that are parts of each other, and kinds that are none."""
        above, seen = instance.parent_unit, {instance.code}
        while above is not None:
            if above.code in seen:
                raise ValidationError(
                    {"parent_unit": _("A unit cannot be part of itself, not even by others.")}
                )
            seen.add(above.code)
            above = self._as_planned(above).parent_unit
        wrong = [
            each.code
            for each in self.fields["groups"].chosen_of(instance)
            if not self._as_planned(each).is_group
        ]
        if wrong:
            raise ValidationError(
                {"groups": _("“%(codes)s” is no kind of unit.") % {"codes": ", ".join(wrong)}}
            )

    def _as_planned(self, unit):
        """Return the unit as this file leaves it, where it is among its rows."""
        key = (unit.code.casefold(),)
        return self._known.get(key) or self._created.get(key) or unit


def _codes_in(row):
    cells = [plain_text(row.get(name, "")) for name in ("parent_unit", "groups")]
    codes = ";".join(cells).replace("\n", ";").split(";")
    return [code.strip().casefold() for code in codes if code.strip()]
