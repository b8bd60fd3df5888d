"""The rows on the page of a dataset: chosen, sorted and paged by plain links and one form."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property

from portal.core.formats import format_date
from portal.core.models.page import name_for
from portal.datasets.citing import citation_of
from portal.datasets.models import AccessEvent
from portal.datasets.narrowing import typed_filter
from portal.datasets.page_links import PageLinks
from portal.datasets.profile_cards import profile_cards, profiles_seen
from portal.datasets.readers import reader_of
from portal.datasets.reading_code import reading_code
from portal.datasets.rows import limits
from portal.datasets.rows.answers import Facets, facets_of, rows_page
from portal.datasets.rows.operators import WORDS
from portal.datasets.rows.questions import Question
from portal.datasets.rows.reading import Reading
from portal.datasets.shown_values import shown
from portal.datasets.sights import sight_of

ROWS_PER_PAGE = 50
#: Columns with so few different values are offered as links beside the rows.
MOST_DISTINCT, MOST_FACETS = 40, 4


@dataclass(frozen=True)
class Head:
    """The head of a column: its name, how it is sorted now, and where a click leads."""

    title: str
    unit_of_measure: str
    is_number: bool
    sorted: str
    address: str
    is_masked: bool = False


@dataclass(frozen=True)
class Cell:
    text: str
    is_number: bool


@dataclass(frozen=True)
class Row:
    """The cells of a row, its place in the table, and the address at which it is traced."""

    cells: list
    number: int
    trace: str


@dataclass(frozen=True)
class Chip:
    """One condition in words, and the address of the page without it."""

    text: str
    without: str


@dataclass
class PublishedTable:
    """What a page of a dataset shows of its rows; ``fault`` says why it shows none."""

    reading: Reading
    links: PageLinks
    fault: str = ""
    question: Question = field(default_factory=lambda: Question(()))
    heads: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    page_obj: object = None

    @property
    def total(self):
        return self.page_obj.paginator.count

    @property
    def first(self):
        return self.page_obj.start_index()

    @property
    def last(self):
        return self.page_obj.end_index()

    @property
    def is_too_long_for_a_workbook(self):
        return self.total > limits.ROWS_IN_A_SHEET

    @property
    def previous(self):
        return self.links.to(trang=self.page_obj.previous_page_number())

    @property
    def next(self):
        return self.links.to(trang=self.page_obj.next_page_number())

    @property
    def everything(self):
        """Return the address of the page with all rows."""
        return self.links.to(loc=None, tim=None, sap_xep=None, trang=None)

    @cached_property
    def profiles(self):
        return profiles_seen(self.reading.sight)


def table_of(request, dataset, version):
    """Return the ``PublishedTable`` that ``request`` asks for, or None without a visible column."""
    sight = sight_of(reader_of(request), dataset, version)
    if sight is None:
        return None
    reading = Reading(request, dataset, sight, is_fixed=True)
    if not sight.is_inside:
        reading.note(AccessEvent.Way.PAGE)
    table = PublishedTable(reading, PageLinks(request, version))
    asked = request.GET
    try:
        table.question = reading.asker.question(
            filters=asked.getlist("loc"), search=asked.get("tim", ""), sort=asked.get("sap_xep", "")
        )
        _fill(table, asked.get("trang"))
    except ValidationError as refusal:
        table.fault = " ".join(refusal.messages)
    return table


def _fill(table, number):
    version, columns, question = table.reading.version, table.reading.columns, table.question
    first = rows_page(version, question, limit=ROWS_PER_PAGE)
    page = Paginator(range(first.total), ROWS_PER_PAGE).get_page(number)
    found = first
    if page.number > 1:
        offset = page.start_index() - 1
        found = rows_page(version, question, offset=offset, limit=ROWS_PER_PAGE)
    sort = dict(question.sort)
    hidden = table.reading.sight.masked
    table.heads = [_head(column, sort, table.links, column.name in hidden) for column in columns]
    is_partial = bool(table.reading.sight.limits)
    code, version_number = table.reading.dataset.code, version.number
    table.rows = [
        Row(
            [
                Cell(shown(column, value), column.is_number)
                for column, value in zip(columns, row, strict=True)
            ],
            number,
            "" if is_partial else reverse("row_trace", args=[code, version_number, number]),
        )
        for number, row in zip(found.numbers, found.rows, strict=True)
    ]
    table.page_obj = page


def _head(column, sort, links, is_masked):
    name = column.name
    direction = "" if name not in sort else "descending" if sort[name] else "ascending"
    return Head(
        title=column.title or name,
        unit_of_measure=column.unit_of_measure,
        is_number=column.is_number,
        sorted=direction,
        address=links.to(sap_xep=f"-{name}" if direction == "ascending" else name, trang=None),
        is_masked=is_masked,
    )


def beside_the_rows(table, request):
    """Return what stands beside the rows: form, conditions, counts, profile, code, downloads."""
    reading = table.reading
    code, number = reading.dataset.code, reading.version.number
    choice = "" if table.fault else table.links.choice
    return {
        "chips": _chips(table),
        "facets": [] if table.fault else _facets(table),
        "columns": reading.sight.clear,
        "operators": WORDS.items(),
        "typed": _typed(reading, request),
        "searched": request.GET.get("tim", ""),
        "kept_filters": [] if table.fault else request.GET.getlist("loc"),
        "sorted_by": request.GET.get("sap_xep", ""),
        "downloads": [
            (suffix, reverse("dataset_download", args=[code, number, suffix]) + choice)
            for suffix in ("csv", "xlsx", "json", "ndjson", "parquet", "zip")
        ],
        "api_address": f"/api/v1/du-lieu/{code}/phien-ban/{number}/dong/{choice}",
        "profile": profile_cards(reading.sight.clear, table.profiles),
        "citation": citation_of(
            reading.dataset,
            reading.version,
            name_for(reading.version.unit, request),
            request.build_absolute_uri(reading.dataset.get_url(request)),
        ),
        "reading_code": reading_code(reading, choice),
    }


def _typed(reading, request):
    """Return what stands in the form, with a sentence where it could not be read."""
    typed = {key: request.GET.get(f"them_{key}", "") for key in ("cot", "phep", "gia_tri")}
    try:
        typed_filter(reading.sight, *typed.values())
    except ValidationError as refusal:
        typed["fault"] = " ".join(refusal.messages)
    return typed


def _chips(table):
    columns = {column.name: column for column in table.reading.columns}
    chips = []
    for place, asked in enumerate(table.question.filters):
        column = columns[asked.column]
        values = ", ".join(_in_words(column, asked.operator, value) for value in asked.values)
        words = f"{column.title or column.name} {WORDS[asked.operator]} {values}".strip()
        chips.append(Chip(words, table.links.without_filter(place)))
    if table.question.search:
        chips.append(Chip(f"“{table.question.search}”", table.links.to(tim=None, trang=None)))
    return chips


def _in_words(column, operator, value):
    is_whole = operator in ("exact", "not", "in", "notin", "gt", "gte", "lt", "lte")
    if hasattr(value, "isoformat") and operator == "date":
        return format_date(value)
    if not is_whole or column.type == "period":
        return str(value)
    return shown(column, value)


def _facets(table):
    """Return [(title, [(label, count, address, is chosen)], is cut)] of columns with few values."""
    columns = {column.name: column for column in table.reading.columns}
    names = [name for name, told in table.profiles.items() if _is_facet(columns[name], told)]
    found = facets_of(table.reading.version, table.question, names[:MOST_FACETS])
    return [(columns[name], _links(table, columns[name], found)) for name in names[:MOST_FACETS]]


def _links(table, column, found: Facets):
    """Return the values as links; None where the time did not suffice to count them."""
    if column.name in found.cut_off:
        return None
    chosen = {each.values for each in table.question.filters if each.column == column.name}
    return [
        (
            shown(column, value),
            count,
            table.links.with_filter(column.name, value),
            (value,) in chosen,
        )
        for value, count in found.counted[column.name][: limits.FACET_VALUES]
    ]


def _is_facet(column, told):
    if column.is_number or column.type in ("date", "datetime", "link"):
        return False
    return 2 <= told["distinct"] <= MOST_DISTINCT and told["distinct"] * 2 <= told["rows"]
