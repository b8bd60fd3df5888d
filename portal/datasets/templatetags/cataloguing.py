"""What pages of data say of themselves to machines, and the lists of the decree."""

from django import template
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from portal.core.linked_data import in_script
from portal.core.text import printable
from portal.datasets.cataloguing.lists import counts
from portal.datasets.cataloguing.records import centre_party, records_of
from portal.datasets.cataloguing.schema_org import catalogue_data, dataset_data
from portal.datasets.models import DatasetPointer
from portal.datasets.sights import visible_definition

register = template.Library()


@register.simple_tag(takes_context=True)
def data_lists(context):
    """Return ``[(list, number of datasets)]`` of the lists that hold any for this visitor."""
    return counts(context["request"])


@register.simple_tag(takes_context=True)
def dataset_linked_data(context, dataset):
    """Return what search engines read of a dataset and of the columns that the visitor may see."""
    request = context["request"]
    columns = visible_definition(request.user, dataset)
    current = DatasetPointer.objects.select_related("version")
    prefetch_related_objects([dataset], Prefetch("pointer", queryset=current))
    [record] = records_of([dataset], request, with_law=False)
    catalogue = request.build_absolute_uri(reverse("catalogue_resource"))
    return in_script(printable(dataset_data(record, columns, catalogue)))


@register.simple_tag(takes_context=True)
def catalogue_linked_data(context, index):
    """Return what search engines read of the catalogue."""
    request = context["request"]
    return in_script(printable(catalogue_data(index, centre_party(request), request)))
