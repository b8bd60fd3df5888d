"""The list of datasets as readers filter it."""

from django.core.paginator import Paginator
from django.db.models import Q

from portal.core.text import nfc

PAGE_SIZE = 20


def catalogue_context(datasets, request):
    """Return the page of ``datasets`` asked for, with the filters that lead to something.

    ``datasets`` is what the visitor may see; the query keys are ``don-vi`` (a unit's code),
    ``ky`` (frequency), ``chia-se`` (sharing) and ``tim`` (words of the title).
    """
    chosen = {key: _asked(request, key) for key in ("don-vi", "ky", "chia-se", "tim")}
    words = chosen["tim"]
    found = datasets.select_related("owner_unit", "pointer__version").order_by("title")
    for key, lookup in (
        ("don-vi", "owner_unit__code"),
        ("ky", "frequency"),
        ("chia-se", "sharing"),
    ):
        if chosen[key]:
            found = found.filter(**{lookup: chosen[key]})
    if words:
        found = found.filter(Q(title__icontains=words) | Q(code__icontains=words))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang"))
    return {
        "page_obj": page,
        "datasets": page.object_list,
        "units": _units(datasets),
        "frequencies": _choices(datasets, "frequency"),
        "sharings": _choices(datasets, "sharing"),
        "chosen_unit": chosen["don-vi"],
        "chosen_frequency": chosen["ky"],
        "chosen_sharing": chosen["chia-se"],
        "words": words,
    }


def _asked(request, key):
    return nfc(request.GET.get(key, "")).replace("\x00", "").strip()[:100]


def _units(datasets):
    rows = datasets.order_by("owner_unit__sort_key", "owner_unit__title")
    return list(rows.values_list("owner_unit__code", "owner_unit__title").distinct())


def _choices(datasets, name):
    used = set(datasets.order_by().values_list(name, flat=True).distinct())
    field = datasets.model._meta.get_field(name)
    return [(value, label) for value, label in field.choices if value in used]
