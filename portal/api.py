"""The portal's own JSON API: one router for each app, one OpenAPI document for all."""

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI

from portal.datasets.api import router as datasets_router
from portal.datasets.indicator_api import router as indicators_router
from portal.datasets.row_trace_views import router as row_traces_router
from portal.datasets.rows_api import router as rows_router
from portal.datasets.upload_api import router as uploads_router
from portal.meetings.api import router as meetings_router
from portal.meetings.report_api import router as reports_router
from portal.regulations.api import router as regulations_router
from portal.regulations.api_documents import router as documents_router
from portal.regulations.api_editions import router as editions_router
from portal.units.api import router as units_router
from portal.units.duty_api import router as duties_router

#: What an operation answers that cannot do as it was asked; a sentence, or a list of findings.
ERROR = {
    "description": _(
        "Refused: nothing there for who asks, not allowed, wrongly asked, or too often"
    ),
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["detail"],
                "properties": {"detail": {"type": ["string", "array"]}},
            }
        }
    },
}


class PortalAPI(NinjaAPI):
    """The API whose document speaks the reader's language, and tells of refusals, too.

    What an operation says of itself is a sentence of the catalogue; docstrings are for who reads
    the code, and stay out of the document.
    """

    def get_openapi_schema(self, **kwargs):
        document = super().get_openapi_schema(**kwargs)
        for path in document["paths"].values():
            for operation in path.values():
                operation["responses"].setdefault("4XX", ERROR)
        for schema in document["components"]["schemas"].values():
            schema.pop("description", None)
        return document


api = PortalAPI(
    title=_("IOC portal"),
    version="1",
    description=_("Everything that the pages show, as JSON. Addresses answer for who asks."),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/quy-che/", editions_router)
api.add_router("/quy-che/", documents_router)
api.add_router("/quy-che/", regulations_router)
api.add_router("/don-vi/", units_router)
api.add_router("/nghia-vu/", duties_router)
api.add_router("/du-lieu/", datasets_router)
api.add_router("/du-lieu/", row_traces_router)
api.add_router("/du-lieu/", rows_router)
api.add_router("/du-lieu/", uploads_router)
api.add_router("/chi-tieu/", indicators_router)
api.add_router("/hop/", meetings_router)
api.add_router("/bao-cao/", reports_router)


def nothing_there(request, rest):
    """Say that no operation has this address, in the form of every refusal."""
    return JsonResponse({"detail": "Not Found"}, status=404)
