"""The list of datasets as readers filter it."""

from django.core.paginator import Paginator

from portal.core.text import fold_words, nfc, sort_key
from portal.units.models import UnitPage

PAGE_SIZE = 20


def catalogue_context(datasets, request):
    """Return the page of ``datasets`` asked for, with the filters that lead to something.

    ``datasets`` is what the visitor may see; the query keys are ``don-vi`` (a unit's code),
    ``ky`` (frequency), ``chia-se`` (sharing) and ``tim`` (words of title or code, accents or not).
    Datasets come in Vietnamese order.
    """
    chosen = {key: _asked(request, key) for key in ("don-vi", "ky", "chia-se", "tim")}
    found = datasets.order_by()
    units = UnitPage.objects.readable_by(request).filter(pk__in=datasets.values("owner_unit"))
    if chosen["don-vi"]:
        found = found.filter(owner_unit__in=units.filter(code=chosen["don-vi"]).values("pk"))
    for key, lookup in (("ky", "frequency"), ("chia-se", "sharing")):
        if chosen[key]:
            found = found.filter(**{lookup: chosen[key]})
    page = Paginator(_named(found, chosen["tim"]), PAGE_SIZE).get_page(request.GET.get("trang"))
    shown = datasets.select_related("owner_unit", "pointer__version").in_bulk(page.object_list)
    return {
        "page_obj": page,
        "datasets": [shown[key] for key in page.object_list],
        "units": list(units.order_by("sort_key", "title").values_list("code", "title")),
        "frequencies": _choices(datasets, "frequency"),
        "sharings": _choices(datasets, "sharing"),
        "chosen_unit": chosen["don-vi"],
        "chosen_frequency": chosen["ky"],
        "chosen_sharing": chosen["chia-se"],
        "words": chosen["tim"],
    }


def _named(datasets, words):
    """Return the keys, in Vietnamese order, of ``datasets`` with all ``words`` in name or code."""
    wanted = fold_words(words).split()
    rows = [
        (sort_key(title), key)
        for key, title, code in datasets.values_list("pk", "title", "code")
        if all(word in fold_words(f"{title} {code}") for word in wanted)
    ]
    return [key for _order, key in sorted(rows)]


def _asked(request, key):
    return nfc(request.GET.get(key, "")).replace("\x00", "").strip()[:100]


def _choices(datasets, name):
    used = set(datasets.order_by().values_list(name, flat=True).distinct())
    field = datasets.model._meta.get_field(name)
    return [(value, label) for value, label in field.choices if value in used]
