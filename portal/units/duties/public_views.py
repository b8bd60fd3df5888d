"""The living list as files, for whoever may read its page."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.documents import document_response
from portal.units.duties.listing import listing_for
from portal.units.duties.sheets import paper_of, workbook_of
from portal.units.models import DutyListPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _readable_page(request):
    page = DutyListPage.objects.readable_by(request).first()
    if page is None:
        raise Http404
    return page


def duty_list_xlsx(request):
    """Answer with the list that was asked for as a workbook."""
    _readable_page(request)
    response = HttpResponse(workbook_of(listing_for(request)), content_type=XLSX)
    name = f"nghia-vu-{timezone.localdate():%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def duty_list_pdf(request):
    """Answer with the list that was asked for on paper."""
    page = _readable_page(request)
    return document_response(
        request,
        paper_of(listing_for(request)),
        title=_("Duties under the regulation"),
        filename=f"nghia-vu-{timezone.localdate():%Y-%m-%d}.pdf",
        back_url=page.get_url(request),
    )
