"""Published tables as files, with the columns that the reader may see."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.datasets.access import (
    current_version,
    may_read_rows,
    readable_versions,
    visible_columns,
)
from portal.datasets.exports import EXPORTS, open_export
from portal.datasets.models import DatasetPage

#: What Excel holds below the row of the names.
ROWS_IN_A_SHEET = 1_048_575


def dataset_with_rows_or_404(request, code):
    """Return a dataset whose rows the visitor may read, or answer as if there were none."""
    dataset = get_object_or_404(DatasetPage.objects.readable_by(request), code=code)
    if not may_read_rows(request.user, dataset):
        raise Http404
    return dataset


def download_current(request, code, suffix):
    """Lead to the file of the version that readers see now."""
    version = current_version(dataset_with_rows_or_404(request, code))
    if version is None or suffix not in EXPORTS:
        raise Http404
    return redirect("dataset_download", code, version.number, suffix)


def download(request, code, number, suffix):
    """Give a published version as CSV, Excel or Parquet."""
    dataset = dataset_with_rows_or_404(request, code)
    version = get_object_or_404(readable_versions(dataset), number=number)
    if suffix not in EXPORTS:
        raise Http404
    if suffix == "xlsx" and version.row_count > ROWS_IN_A_SHEET:
        messages.error(request, _("The table is too long for a workbook. Take it as CSV instead."))
        return redirect(dataset.get_url(request))
    columns = visible_columns(request.user, dataset, version)
    if dataset.sharing != DatasetPage.Sharing.PUBLIC:
        record("datasets.download", version, user=request.user, suffix=suffix)
    response = FileResponse(
        open_export(version, columns, suffix),
        as_attachment=True,
        filename=f"{dataset.code}-{number}.{suffix}",
        content_type=EXPORTS[suffix],
    )
    response["Cache-Control"] = "private, no-cache"
    return response
