"""Which of Wagtail's documents a visitor may open: those of collections that are not shut."""

from django.db.models import Q
from wagtail.models import CollectionViewRestriction


def keep_open_documents(documents, request):
    """Keep the documents that lie in no collection that is shut to the visitor."""
    shut = Q(pk__in=[])
    for collection in _shut_collections(request):
        shut |= Q(collection__path__startswith=collection.path)
    return documents.exclude(shut)


def _shut_collections(request):
    """Return the collections whose restriction shuts the visitor out; asked once per request."""
    if not hasattr(request, "_portal_shut_collections"):
        restrictions = CollectionViewRestriction.objects.select_related("collection")
        request._portal_shut_collections = [
            restriction.collection
            for restriction in restrictions
            if not restriction.accept_request(request)
        ]
    return request._portal_shut_collections
