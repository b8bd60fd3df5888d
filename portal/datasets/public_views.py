"""Published tables as files, whole or as filtered, with the columns that the reader may see."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.core.models.page import name_for
from portal.datasets.access import current_version
from portal.datasets.citing import metadata_of
from portal.datasets.definition_papers import without_closed_units
from portal.datasets.exports import EXPORTS, Export, pieces_of
from portal.datasets.models import AccessEvent
from portal.datasets.page_links import page_address
from portal.datasets.rows.answers import rows_counted
from portal.datasets.rows.limits import ROWS_IN_A_SHEET
from portal.datasets.rows.reading import dataset_with_rows_or_404, reading_of
from portal.datasets.rows.versions import NoSuchVersion


def download_current(request, code, suffix):
    """Lead to the file of the version that readers see now."""
    version = current_version(dataset_with_rows_or_404(request, code))
    if version is None or suffix not in EXPORTS:
        raise Http404
    return redirect("dataset_download", code, version.number, suffix)


def download(request, code, number, suffix):
    """Give the rows of a published version that the address asks for, as a file."""
    if suffix not in EXPORTS:
        raise Http404
    try:
        reading = reading_of(request, code, str(number))
    except NoSuchVersion as nothing:
        raise Http404 from nothing
    try:
        question = chosen(reading.asker, request.GET)
    except ValidationError:  # the page says in one sentence what cannot be meant
        return redirect(page_address(reading, request))
    if suffix == "xlsx" and rows_counted(reading.version, question) > ROWS_IN_A_SHEET:
        messages.error(request, _("The table is too long for a workbook. Take it as CSV instead."))
        return redirect(page_address(reading, request))
    reading.note(AccessEvent.Way.DOWNLOAD)
    return reading.answer(lambda: _file(reading, question, suffix))


def chosen(asker, parameters):
    """Return the question that an address asks; raise ``ValidationError`` with a sentence."""
    return asker.question(
        columns=parameters.get("cot", ""),
        filters=parameters.getlist("loc"),
        search=parameters.get("tim", ""),
        sort=parameters.get("sap_xep", ""),
    )


def _file(reading, question, suffix):
    name = f"{_stem(reading, question)}.{suffix}"
    response = StreamingHttpResponse(
        pieces_of(_export(reading, question), suffix), content_type=EXPORTS[suffix]
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _export(reading, question):
    request, dataset = reading.request, reading.dataset
    columns = tuple(without_closed_units(column, request) for column in reading.columns)
    metadata = metadata_of(
        dataset,
        reading.sight,
        [column for column in columns if column.name in question.columns],
        owner=name_for(dataset.owner_unit, request),
        address=request.build_absolute_uri(dataset.get_url(request)),
        asked=request.META["QUERY_STRING"],
        is_part=_is_part(reading, question),
    )
    return Export(reading.version, question, columns, metadata, _stem(reading, question))


def _is_part(reading, question):
    return question.narrows or len(question.columns) < len(reading.columns)


def _stem(reading, question):
    part = "-loc" if _is_part(reading, question) else ""
    return f"{reading.dataset.code}-{reading.version.number}{part}"
