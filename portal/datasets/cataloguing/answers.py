"""How machine-readable answers leave: in the form that is asked for, and only when changed."""

import hashlib
import json

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

HTML = "text/html"
#: Forms of a graph: the suffix of the address, the media type, and rdflib's name for it.
GRAPH_FORMS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
}
#: The query key that asks for a form whatever the browser accepts.
FORM_KEY = "dinh-dang"


def asked_form(request):
    """Return the suffix that ``request`` asks for, ``html`` for people, or None for neither."""
    named = request.GET.get(FORM_KEY)
    if named is not None:
        return named if named in GRAPH_FORMS or named == "html" else None
    by_type = {HTML: "html", **{kind: suffix for suffix, (kind, _f) in GRAPH_FORMS.items()}}
    by_type["application/json"] = "jsonld"
    by_type["application/xhtml+xml"] = "html"
    return by_type.get(request.get_preferred_type(list(by_type)))


def not_acceptable():
    """Say which forms there are to who asks for another."""
    kinds = ", ".join([HTML, *(kind for kind, _format in GRAPH_FORMS.values())])
    return HttpResponse(f"{kinds}\n", status=406, content_type="text/plain; charset=utf-8")


def answer(request, state, write, content_type, *, links=()):
    """Answer with ``write()``, bytes or text, unless the asker has what follows from ``state``.

    ``state`` is plain data from which alone the answer is written; ``links`` are pairs of
    address and relation for the Link header.
    """
    etag = _etag(request, state, content_type)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(write(), content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept", "Cookie"])
    if links:
        response["Link"] = ", ".join(f'<{url}>; rel="{relation}"' for url, relation in links)
    return response


def answer_graph(request, state, build, suffix, *, links=()):
    """Answer with the graph that ``build()`` returns, in the form of ``suffix``."""
    content_type, form = GRAPH_FORMS[suffix]

    def write():
        options = {"auto_compact": True} if form == "json-ld" else {}
        return build().serialize(format=form, encoding="utf-8", **options)

    return answer(request, state, write, f"{content_type}; charset=utf-8", links=links)


def _etag(request, state, content_type):
    told = json.dumps([request.build_absolute_uri(), content_type, state], default=str)
    return quote_etag(hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32])
