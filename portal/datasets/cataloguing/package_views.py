"""Data packages of what readers see now, and of any version whose rows may still be read."""

import json
from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import translation

from portal.datasets.access import current_version, readable_versions
from portal.datasets.cataloguing.answers import answer
from portal.datasets.cataloguing.packages import package_of
from portal.datasets.cataloguing.records import loaded, records_of, version_records
from portal.datasets.definition_papers import without_closed_units
from portal.datasets.readers import datasets_for, reader_of
from portal.datasets.sights import may_read_rows, sight_of

JSON = "application/json; charset=utf-8"


def data_package(request, code):
    """Describe the version that readers see now."""
    dataset = _with_rows_or_404(request, code)
    version = current_version(dataset)
    if version is None:
        raise Http404
    return _package(request, dataset, version)


def version_package(request, code, number):
    """Describe one version."""
    dataset = _with_rows_or_404(request, code)
    return _package(request, dataset, get_object_or_404(readable_versions(dataset), number=number))


def _package(request, dataset, version):
    sight = sight_of(reader_of(request), dataset, version)
    if sight is None:
        raise Http404
    columns = [_open(column, request) for column in sight.columns]
    with translation.override("vi"):
        [record] = records_of([dataset], request)
        [shown] = version_records(dataset, [version], request)
        described = package_of(record, sight, shown, columns, request)
    return answer(request, described, lambda: _written(described), JSON)


def _open(column, request):
    """Return a column without a list of values where one of them names a closed unit."""
    shown = without_closed_units(column, request)
    return column if shown.codes == column.codes else replace(column, codes=None)


def _written(described):
    return json.dumps(described, ensure_ascii=False, indent=2)


def _with_rows_or_404(request, code):
    dataset = get_object_or_404(loaded(datasets_for(request)), code=code)
    if not may_read_rows(reader_of(request), dataset):
        raise Http404
    return dataset
