"""Who may see what: each dataset with its readers by default, and those by a grant."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from portal.core.formats import format_date, format_datetime
from portal.datasets.models import AccessEvent, AccessGrant, AccessToken, DatasetPage
from portal.datasets.rows.operators import WORDS
from portal.datasets.sights import MASKED, WITHHELD

Sharing = DatasetPage.Sharing


@dataclass(frozen=True)
class Line:
    """One dataset: who reads it by default, what of it nobody or not everybody gets, grants."""

    dataset: DatasetPage
    audience: str
    hidden: list
    masked: list
    withheld: list
    grants: list


def lines_of(datasets, unit=None):
    """Return the ``Line`` of each dataset, by title; with ``unit`` only of what it may read."""
    grants = grants_told(AccessGrant.objects.in_force())
    if unit is not None:
        may_know = Q(pk__in=DatasetPage.objects.shared_with(unit.pk).values("pk"))
        by_grant = AccessGrant.objects.in_force().filter(unit=unit)
        datasets = datasets.filter(may_know | Q(pk__in=by_grant.values("dataset")))
        grants = grants.filter(unit=unit)
    datasets = datasets.select_related("owner_unit").prefetch_related(
        "columns", "named_units", Prefetch("access_grants", grants, to_attr="told_grants")
    )
    return [_line(dataset) for dataset in datasets.order_by("title", "pk")]


def grants_told(grants):
    """Load with each grant how many tokens it has, how often it was read by, and when last."""
    tokens = AccessToken.objects.valid().filter(grant=OuterRef("pk"))
    events = AccessEvent.objects.filter(grant=OuterRef("pk"))
    return grants.for_listing().annotate(
        token_count=_number_of(tokens),
        read_count=_number_of(events),
        last_read_at=Subquery(events.order_by("-at").values("at")[:1]),
    )


def _number_of(things):
    """Return how many ``things`` a grant has; counted apart, so that they do not multiply."""
    counted = things.order_by().values("grant").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _line(dataset):
    columns = list(dataset.columns.all())
    for grant in dataset.told_grants:
        grant.dataset = dataset  # its columns are loaded
        grant.column_count = columns_read(grant)
    return Line(
        dataset,
        audience_of(dataset),
        [each.title for each in columns if not each.is_public],
        [each.title for each in columns if each.personal == MASKED],
        [each.title for each in columns if each.personal == WITHHELD],
        dataset.told_grants,
    )


def audience_of(dataset):
    """Return in words who reads the rows without a grant."""
    if dataset.on_request:
        return _("nobody but by a grant")
    if dataset.sharing == Sharing.PUBLIC:
        return _("everybody")
    if dataset.sharing == Sharing.INTERNAL:
        return _("everybody with an account")
    named = ", ".join(sorted(unit.title for unit in dataset.named_units.all()))
    return _("the units %(units)s") % {"units": named} if named else _("the owner unit only")


def titles_of(dataset):
    """Return ``{lasting identity: printed name}`` of today's columns."""
    return {column.column_id: column.title for column in dataset.columns.all()}


def limits_in_words(grant):
    """Return the conditions of a grant on rows, one text each."""
    titles = titles_of(grant.dataset)
    return [
        f"{titles.get(identity, identity)} {WORDS[operator]} {value}".strip()
        for identity, operator, value, _meaning in grant.limits
    ]


def columns_in_words(grant):
    """Return the printed names of the columns of a grant, and what comes of them today."""
    known = {column.column_id: column for column in grant.dataset.columns.all()}
    return [_in_words(known.get(each), each, grant) for each in grant.columns]


def _in_words(column, identity, grant):
    told = {"column": column.title if column else identity}
    if column is None:
        return _("%(column)s (taken out)") % told
    if column.personal == WITHHELD:
        return _("%(column)s (not shared any more)") % told
    if column.personal != MASKED:
        return column.title
    if identity in grant.unmasked:
        return _("%(column)s (in clear)") % told
    return _("%(column)s (masked)") % told


def columns_read(grant):
    """Return how many columns a grant opens today: none that is withheld or taken out."""
    open_ = {each.column_id for each in grant.dataset.columns.all() if each.personal != WITHHELD}
    return len(open_.intersection(grant.columns))


HEADS = (
    "Mã bộ dữ liệu", "Tên bộ dữ liệu", "Đơn vị chủ quản", "Ai được đọc mặc định",
    "Cột không công khai", "Cột che", "Cột không chia sẻ", "Đơn vị được cấp quyền", "Số cột",
    "Điều kiện dòng", "Từ ngày", "Đến hết ngày", "Mã truy cập còn hiệu lực", "Lượt đọc",
    "Đọc lần cuối",
)  # fmt: skip


def table_of(lines):
    """Return the list as rows of texts, a row for each grant, below ``HEADS``."""
    rows = []
    for line in lines:
        dataset = line.dataset
        told = [
            dataset.code,
            dataset.title,
            dataset.owner_unit.title,
            line.audience,
            ", ".join(line.hidden),
            ", ".join(line.masked),
            ", ".join(line.withheld),
        ]
        rows += [[*told, *_grant_cells(grant)] for grant in line.grants] or [[*told, *[""] * 8]]
    return rows


def _grant_cells(grant):
    return [
        grant.unit.title,
        str(columns_read(grant)),
        "; ".join(limits_in_words(grant)),
        format_date(grant.valid_from),
        format_date(grant.valid_until),
        str(grant.token_count),
        str(grant.read_count),
        format_datetime(grant.last_read_at) if grant.last_read_at else "",
    ]
