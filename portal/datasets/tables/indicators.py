"""The indicator catalogue as a table: one row is one indicator's page, found by its code."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.formats import UnreadableValue
from portal.core.tables.columns import Column, Reference
from portal.core.tables.pages import PageResource
from portal.core.tables.values import SHOWN, Choice, Number, Text, plain_text
from portal.datasets.models import DatasetPage, IndicatorCataloguePage, IndicatorPage
from portal.datasets.models.indicator import IndicatorGroup
from portal.regulations.table_columns import ProvisionColumn, RegulationColumn
from portal.units.models import UnitPage

HIGHEST_YEAR, MOST_DECIMALS = 2999, 10


class CatalogueColumn(Column):
    """In which catalogue a new indicator stands; one that stands is not moved by a file."""

    def export(self, instance, **kwargs):
        catalogue = getattr(instance, "catalogue", None)
        return catalogue.slug if catalogue is not None else ""

    def take(self, instance, row, resource):
        slug = plain_text(row[self.name]).strip()
        if not slug:
            raise UnreadableValue("missing_value", _("A value is missing."))
        if instance.pk:
            raise UnreadableValue(
                "moved", _("A file moves no indicator. Move the page in the page tree.")
            )
        found = resource.catalogues_by_slug().get(slug.casefold())
        if found is None:
            raise UnreadableValue(
                "unknown_reference",
                _("There is no catalogue “%(value)s”.") % {"value": slug[:SHOWN]},
            )
        instance.catalogue = found

    def raw(self, instance):
        return None

    def restore(self, instance, raw):
        """Leave it: nothing was moved."""

    def settle(self, instance):
        """Leave it: the place in the tree is no field."""


class GroupColumn(Column):
    """A group of the catalogue by its code."""

    def export(self, instance, **kwargs):
        return instance.group.code if instance.group_id else ""

    def take(self, instance, row, resource):
        code = plain_text(row[self.name]).strip()
        if not code:
            instance.group = None
            return
        catalogue = getattr(instance, "catalogue", None) or resource.only_catalogue()
        found = resource.groups().get((catalogue.pk if catalogue else None, code.casefold()))
        if found is None:
            raise UnreadableValue(
                "unknown_reference",
                _("The catalogue has no group “%(value)s”.") % {"value": code[:SHOWN]},
            )
        instance.group = found


class IndicatorResource(PageResource):
    """Indicators by their code; where values come from is checked as in the editor."""

    model = IndicatorPage

    code = Column(gettext_lazy("Indicator code"), Text(), is_key=True, example="KT-01")
    title = Column(gettext_lazy("Name"), Text(), required=True)
    catalogue = CatalogueColumn(
        gettext_lazy("Catalogue"),
        Text(),
        help_text=gettext_lazy(
            "The last part of the catalogue's address; may be left blank where there is one."
        ),
    )
    group = GroupColumn(
        gettext_lazy("Group"), Text(), help_text=gettext_lazy("The code of the group.")
    )
    definition = Column(gettext_lazy("Definition"), Text(lines=True))
    formula = Column(gettext_lazy("How it is calculated"), Text(lines=True))
    unit_of_measure = Column(gettext_lazy("Unit of measure"), Text(), example="%")
    decimals = Column(
        gettext_lazy("Decimal places"), Number(whole=True, lowest=0, highest=MOST_DECIMALS)
    )
    direction = Column(gettext_lazy("Direction"), Choice(IndicatorPage.Direction))
    frequency = Column(gettext_lazy("Frequency"), Choice(IndicatorPage.Frequency))
    owner_unit = Column(
        gettext_lazy("Owner unit"),
        Reference(UnitPage),
        help_text=gettext_lazy("The code of the unit."),
        example="SYT",
    )
    regulation = RegulationColumn()
    provision = ProvisionColumn()
    target = Column(gettext_lazy("Target"), Number())
    target_year = Column(
        gettext_lazy("Target year"), Number(whole=True, lowest=1900, highest=HIGHEST_YEAR)
    )
    plausible_minimum = Column(gettext_lazy("Plausible from"), Number())
    plausible_maximum = Column(gettext_lazy("Plausible up to"), Number())
    dataset = Column(
        gettext_lazy("Dataset"),
        Reference(DatasetPage),
        help_text=gettext_lazy("The code of the dataset."),
    )
    value_column = Column(gettext_lazy("Value column"), Text())
    aggregate = Column(gettext_lazy("Aggregate"), Choice(IndicatorPage.Aggregate))
    period_column = Column(gettext_lazy("Period column"), Text())
    area_column = Column(gettext_lazy("Area column"), Text())
    filter_column = Column(gettext_lazy("Only rows where"), Text())
    filter_value = Column(gettext_lazy("Equals"), Text())

    def all_instances(self):
        return IndicatorPage.objects.select_related(
            "group", "owner_unit", "provision__regulation", "dataset"
        ).order_by("group__sort_order", "code")

    def iter_queryset(self, queryset):
        for indicator in queryset:
            yield self._placed(indicator)

    def index_rows(self, rows):
        super().index_rows(rows)
        for indicator in self._known.values():
            self._placed(indicator)

    def _placed(self, indicator):
        parent = indicator.path[: -indicator.steplen]
        indicator.catalogue = self._catalogues().get(parent)
        return indicator

    def _catalogues(self):
        if "catalogues" not in self._things:
            self._things["catalogues"] = {
                each.path: each for each in IndicatorCataloguePage.objects.all()
            }
        return self._things["catalogues"]

    def catalogues_by_slug(self):
        """Return the catalogues by the last part of their addresses."""
        return {each.slug.casefold(): each for each in self._catalogues().values()}

    def only_catalogue(self):
        """Return the catalogue where there is one only, else None."""
        found = list(self._catalogues().values())
        return found[0] if len(found) == 1 else None

    def groups(self):
        """Return the groups by their catalogue and folded code."""
        if "groups" not in self._things:
            self._things["groups"] = {
                (each.catalogue_id, each.code.casefold()): each
                for each in IndicatorGroup.objects.all()
            }
        return self._things["groups"]

    def index_for(self, instance):
        return getattr(instance, "catalogue", None) or self.only_catalogue()

    def label_of(self, instance):
        return f"{instance.code} – {instance.title}"

    def check(self, instance, is_new, broken):
        """Say which catalogue is lacking, and refuse a group of another one."""
        index = self.index_for(instance)
        if is_new and index is None and "catalogue" not in broken:
            raise ValidationError({"catalogue": _("Say in which catalogue it stands.")})
        if instance.group and index and instance.group.catalogue_id != index.pk:
            raise ValidationError({"group": _("This group belongs to another catalogue.")})
