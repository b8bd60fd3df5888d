"""The three lists that Decree 278/2025 has a locality publish, with what the reader may see."""

import io
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.formats import format_date
from portal.core.models.page import name_for
from portal.core.tables.files import csv_bytes
from portal.core.text import printable, sort_key
from portal.datasets.cataloguing.records import loaded, plain_text
from portal.datasets.models import DataList, DatasetPage
from portal.regulations.models import Provision

MARKS = {
    DataList.MASTER: "in_master_list",
    DataList.SHARED: "in_shared_list",
    DataList.OPEN: "in_open_list",
}
WIDTHS = (6, 24, 40, 60, 36, 20, 36, 18, 36, 14, 48)


@dataclass(frozen=True)
class Entry:
    """One line of a list, in words; ``dataset`` and ``provision`` are for links."""

    code: str
    title: str
    content: str
    owner: str
    cycle: str
    way: str
    sharing: str
    clause: str
    updated_on: date | None
    url: str
    dataset: object = field(compare=False, repr=False, default=None)
    provision: object = field(compare=False, repr=False, default=None)

    def cells(self):
        """Return the cells of a table, in the order of ``headings`` without the number."""
        day = format_date(self.updated_on) if self.updated_on else ""
        return [
            self.code, self.title, self.content, self.owner, self.cycle, self.way, self.sharing,
            self.clause, day, self.url,
        ]  # fmt: skip


def datasets_in(data_list, request):
    """Return the datasets of a list that the visitor may see, as a queryset."""
    return DatasetPage.objects.readable_by(request).filter(**{MARKS[data_list]: True})


def ordered_keys(data_list, request):
    """Return the keys of the datasets of a list that the visitor may see, in Vietnamese order."""
    named = datasets_in(data_list, request).order_by().values_list("title", "pk")
    return [key for _order, key in sorted((sort_key(title), key) for title, key in named)]


def entries_of(keys, request):
    """Return the lines of the datasets with these keys, in this order, with a few queries."""
    datasets = loaded(DatasetPage.objects.readable_by(request)).in_bulk(keys)
    found = [datasets[key] for key in keys if key in datasets]
    clauses = _clauses(found, request)
    return [_entry(dataset, clauses, request) for dataset in found]


def counts(request):
    """Return ``[(list, number of datasets)]`` of those lists that have any for the visitor."""
    marked = DatasetPage.objects.readable_by(request).values_list(*MARKS.values())
    sums = [sum(column) for column in zip(*marked, strict=True)] or [0] * len(MARKS)
    return [(each, number) for each, number in zip(MARKS, sums, strict=True) if number]


def headings():
    """Return the titles of the columns."""
    return [
        _("No."),
        _("Code"),
        _("Dataset"),
        _("Content"),
        _("Owner unit"),
        _("Update cycle"),
        _("Way of sharing"),
        _("Sharing"),
        _("By"),
        _("Last update"),
        _("Address"),
    ]


def csv_of(entries):
    """Return the list as CSV."""
    numbered = enumerate(entries, start=1)
    return csv_bytes(headings(), [[number, *entry.cells()] for number, entry in numbered])


def workbook_of(data_list, entries):
    """Return the list as the bytes of a workbook in which every cell is a text."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(str(data_list.label)[:31].capitalize())
        sheet.freeze_panes(1, 0)
        for place, (title, width) in enumerate(zip(headings(), WIDTHS, strict=True)):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, title, head)
        for number, entry in enumerate(entries, start=1):
            sheet.write_number(number, 0, number, text)
            for place, cell in enumerate(entry.cells(), start=1):
                sheet.write_string(number, place, cell, text)
    return buffer.getvalue()


def _clauses(datasets, request):
    keys = {dataset.provision_id for dataset in datasets if dataset.provision_id}
    readable = Provision.objects.readable_by(request).select_related("regulation")
    return readable.in_bulk(keys) if keys else {}


def _entry(dataset, clauses, request):
    pointer = getattr(dataset, "pointer", None)
    clause = clauses.get(dataset.provision_id)
    return Entry(
        code=dataset.code,
        title=printable(dataset.title),
        content=plain_text(dataset.description),
        owner=printable(name_for(dataset.owner_unit, request)),
        cycle=str(dataset.get_frequency_display()),
        way=str(dataset.get_sharing_way_display()),
        sharing=str(dataset.get_sharing_display()),
        clause=printable(clause.citation) if clause else "",
        updated_on=timezone.localdate(pointer.version.published_at) if pointer else None,
        url=request.build_absolute_uri(dataset.get_url(request) or "/"),
        dataset=dataset,
        provision=clause,
    )
