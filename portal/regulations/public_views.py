"""What readers do with a regulation beside reading it."""

from itertools import groupby
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, redirect, render

from portal.core.text import sort_key
from portal.regulations.going_to import destination
from portal.regulations.lineage import relatives_of
from portal.regulations.models import RegulationPage
from portal.regulations.outline import body_of
from portal.regulations.pages_context import reading_context
from portal.regulations.references.tokens import key_of


def _readable(request, slug):
    return get_object_or_404(RegulationPage.objects.readable_by(request), slug=slug)


def go_to_article(request, slug):
    """Lead the “go to” box to what was typed; where there is no such place, back with the words."""
    regulation = _readable(request, slug)
    typed = request.GET.get("so", "").strip()[:80]
    base = regulation.get_url(request)
    if not typed:
        return redirect(base)
    found = destination(typed, body_of(regulation, request=request))
    if found is not None and found.is_exact:
        return redirect(f"{base}{found.place}")
    return redirect(f"{base}?{urlencode({'di-toi': typed})}")


def glossary(request, slug):
    """Show the terms that a regulation defines, in Vietnamese order."""
    regulation = _readable(request, slug)
    text = body_of(regulation, request=request)
    context = reading_context(regulation, text, request)
    reading = context["reading"]
    rows = sorted(
        ((sort_key(each.term), each) for each in reading.definitions), key=lambda row: row[0]
    )
    letters = [
        (letter, [_entry(reading, each) for _key, each in group])
        for letter, group in groupby(rows, key=lambda row: _letter(row[1].term))
    ]
    return render(
        request,
        "regulations/glossary.html",
        {"page": regulation, "regulation": regulation, "letters": letters, **context},
    )


def _letter(term):
    """Return the letter under which a dictionary has the term: without its tone, Ă apart from A."""
    return key_of(term[:1])[:1].upper()


def _entry(reading, definition):
    source = reading.source_of(definition)
    return {
        "definition": definition,
        "source": source,
        "address": reading.definition_address(definition) if source else "",
    }


def lineage(request, slug):
    """Show what a regulation rests on and which documents concern it."""
    regulation = _readable(request, slug)
    bases, others = relatives_of(regulation, request)
    return render(
        request,
        "regulations/lineage.html",
        {
            "page": regulation,
            "regulation": regulation,
            "base": regulation.get_url(request),
            "bases": bases,
            "groups": [
                (label, list(rows))
                for label, rows in groupby(others, lambda row: row.relation_label)
            ],
        },
    )
