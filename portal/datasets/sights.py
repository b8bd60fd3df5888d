"""What one reader may see of the rows of a dataset: which columns, which rows, what in clear.

By default as the dataset is shared, or by a grant; people who look after the dataset see all.
Everything that shows rows asks here.
"""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.functional import cached_property

from portal.core.prepared import NUMBERS, PreparedQuery
from portal.datasets.access import may_see_all
from portal.datasets.models import AccessEvent, AccessGrant, AccessToken, DatasetColumn, DatasetPage
from portal.datasets.readers import Reader
from portal.datasets.rows.answers import types_of
from portal.datasets.rows.operators import meaning_of
from portal.datasets.rows.questions import Asker, Question
from portal.datasets.schemas import columns_of_version

Sharing = DatasetPage.Sharing
MASKED, WITHHELD = "masked", "withheld"
_STRICTER = {"": 0, MASKED: 1, WITHHELD: 2}


def asker_of(version):
    """Return what reads questions about all columns of a version, whoever may see them."""
    stored = columns_of_version(version)
    moments = frozenset(column.name for column in stored if column.type == "datetime")
    return Asker(types_of(version, stored), moments=moments)


@dataclass(frozen=True)
class Sight:
    """What a reader may see of a version's rows.

    ``columns`` are in order, masked ones described as the texts that readers get; ``masked`` are
    their names. Of the rows only those count that keep ``limits``, filters as an address writes
    them. ``is_everybodys`` tells whether everybody gets the same.
    """

    reader: Reader
    version: object
    columns: tuple
    masked: frozenset = frozenset()
    limits: tuple = ()
    grant: AccessGrant | None = None
    is_inside: bool = False
    is_everybodys: bool = False

    @property
    def clear(self):
        """Return the columns that are not masked: by them rows may be found and compared."""
        return tuple(column for column in self.columns if column.name not in self.masked)

    @cached_property
    def asker(self):
        """Return what reads the reader's questions."""
        whole = asker_of(self.version)
        shown = {column.name: whole.types[column.name] for column in self.columns}
        moments = whole.moments & set(shown)
        return Asker(shown, self.masked, whole.filters(self.limits), moments)

    @property
    def file_hash(self):
        """Return the SHA-256 of the received file; empty where its values are not all in sight.

        To whoever guesses what is hidden, the hash would say that the guess is right.
        """
        shown, stored = len(self.columns), len(columns_of_version(self.version))
        is_all = shown == stored and not self.masked and not self.limits
        return self.version.sha256 if is_all else ""

    def question(self):
        """Return the question for all columns and rows that the reader may see."""
        names = tuple(column.name for column in self.columns)
        if not self.limits and not self.masked:
            return Question(names)
        return self.asker.question()

    def note(self, way, **data):
        """Write down that the reader got rows which are not for everybody."""
        if self.is_everybodys:
            return
        reader = self.reader
        if reader.token is not None:
            AccessToken.objects.filter(pk=reader.token.pk).update(last_used_at=timezone.now())
        unit = self.grant.unit_id if self.grant else reader.token.unit_id if reader.token else None
        AccessEvent.objects.create(
            way=way,
            dataset_id=self.version.dataset_id,
            version=self.version,
            actor=reader.user if reader.user.is_authenticated else None,
            unit_id=unit,
            grant=self.grant,
            token=reader.token,
            address=reader.address or None,
            query=data.get("query", "")[:500],
        )


def whole_sight(version):
    """Return all of a version, for those who decide what others see; no right is asked here."""
    return Sight(None, version, tuple(columns_of_version(version)), is_inside=True)


def sight_of(reader, dataset, version):
    """Return the ``Sight`` of a reader, or None when there is nothing to see."""
    return _sight_of(reader, dataset, version, _marks_today(dataset))


def file_hashes(reader, dataset, versions):
    """Return the ``Sight.file_hash`` of each version; one question however many there are."""
    today = _marks_today(dataset)
    sights = [_sight_of(reader, dataset, version, today) for version in versions]
    return [sight.file_hash if sight else "" for sight in sights]


def file_hash_of(reader, dataset, version):
    """Return the ``Sight.file_hash`` of one version; empty where there is nothing to see."""
    [found] = file_hashes(reader, dataset, [version])
    return found


def _sight_of(reader, dataset, version, today):
    columns = columns_of_version(version)
    marks = _marks_of(columns, today)
    if reader.looks_after(dataset):
        is_plain = all(marks[column.id] == (True, "") for column in columns)
        return Sight(
            reader,
            version,
            tuple(columns),
            is_inside=True,
            is_everybodys=dataset.is_open and is_plain,
        )
    grant = _grant_for(reader, dataset)
    if grant is not None:
        return _granted(reader, version, columns, marks, grant)
    if not reader.is_shared_by_default(dataset):
        return None
    shown = [column for column in columns if marks[column.id][0]]
    return _partial(reader, version, shown, marks, is_everybodys=dataset.is_open)


def _grant_for(reader, dataset):
    """Return the grant that counts: the chosen one, or the newest where nothing else opens."""
    grants = reader.grants_for(dataset)
    for grant in grants:
        if grant.pk == reader.wanted:
            return grant
    return grants[0] if grants and not reader.is_shared_by_default(dataset) else None


def _granted(reader, version, columns, marks, grant):
    given, known = set(grant.columns), {column.id: column for column in columns}
    for identity, _operator, _value, meaning in grant.limits:
        if identity not in known or meaning_of(known[identity]) != meaning:
            # The version lacks the column by which rows are told apart, or holds other values
            # there: among texts “1100” comes before “120”.
            return None
    limits = tuple(
        f"{known[identity].name}__{operator}:{value}"
        for identity, operator, value, _meaning in grant.limits
    )
    shown = [column for column in columns if column.id in given]
    return _partial(reader, version, shown, marks, grant=grant, limits=limits)


def _partial(reader, version, shown, marks, *, grant=None, **more):
    """Return the sight of an outsider: nothing withheld, and masked what is not given in clear."""
    clear = set(grant.unmasked) if grant else set()
    shown = [column for column in shown if marks[column.id][1] != WITHHELD]
    masked = {
        column.name for column in shown if marks[column.id][1] == MASKED and column.id not in clear
    }
    columns = tuple(as_masked(column) if column.name in masked else column for column in shown)
    if not columns:
        return None
    return Sight(reader, version, columns, frozenset(masked), grant=grant, **more)


def as_masked(column):
    """Return the description of a column of which readers get masked texts."""
    return replace(
        column,
        type="text",
        codes=None,
        minimum=None,
        maximum=None,
        min_length=None,
        max_length=None,
        pattern="",
        unique=False,
        is_key=False,
        scale=None,
        unit_of_measure="",
        true_values=(),
        false_values=(),
        period_kind="",
    )


def _marks_today(dataset):
    """Return ``{id: (is_public, personal)}`` by today's definition."""
    return {each.column_id: (each.is_public, each.personal) for each in _MARKS.all(dataset.pk)}


_MARKS = PreparedQuery(
    lambda dataset_id: DatasetColumn.objects.filter(dataset=dataset_id).only(
        "column_id", "is_public", "personal"
    ),
    NUMBERS[0],
)


def _marks_of(columns, today):
    """Return ``{id: (is_public, personal)}``: the stricter of the version's word and today's."""
    marks = {}
    for column in columns:
        is_public, personal = today.get(column.id, (True, ""))
        marks[column.id] = (
            column.is_public and is_public,
            max(column.personal, personal, key=_STRICTER.__getitem__),
        )
    return marks


def may_read_rows(reader, dataset):
    """Return whether the reader may read published rows, by default or by a grant."""
    return (
        reader.looks_after(dataset)
        or reader.is_shared_by_default(dataset)
        or bool(reader.grants_for(dataset))
    )


def open_columns(dataset, version):
    """Return the columns of ``version`` whose values everybody may see, where they see the rows.

    A column that is shown masked is not among them: its hash would tell what the mask hides.
    """
    columns = columns_of_version(version)
    marks = _marks_of(columns, _marks_today(dataset))
    return [column for column in columns if marks[column.id] == (True, "")]


def visible_definition(user, dataset):
    """Return the rows of today's definition that ``user`` may see."""
    columns = dataset.columns.select_related("code_list").order_by("sort_order")
    if may_see_all(user, dataset):
        return list(columns)
    return list(columns.filter(is_public=True).exclude(personal=WITHHELD))
