"""What changed between two tables, and what a table becomes when a file adds to it.

With a key, rows are the same when their keys are; without one, whole rows are compared, each
as often as it stands there.
"""

from dataclasses import asdict, dataclass, field

from django.utils.translation import ngettext

from portal.datasets.imports.columns import ROW_COLUMN
from portal.datasets.imports.workspace import Workspace, name, text
from portal.datasets.imports.written import as_json

SAMPLE = 20  #: rows of each kind that are shown


class RepeatedKeys(ValueError):
    """Rows to be appended have keys that stand in the table already; ``str()`` is a sentence."""

    def __init__(self, key, count):
        self.key, self.count = key, count
        super().__init__(
            ngettext(
                "One row has a key that the table has already: %(key)s.",
                "%(count)d rows have keys that the table has already, for example %(key)s.",
                count,
            )
            % {"key": key, "count": count}
        )


@dataclass
class TableDiff:
    """How many rows came, went, changed and stayed; ``columns`` counts changes by column.

    A sample row is ``{"key": {…}, "old": {…} or None, "new": {…} or None, "columns": […]}``,
    its values as JSON writes them.
    """

    added: int = 0
    removed: int = 0
    changed: int = 0
    unchanged: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    samples: dict[str, list[dict]] = field(default_factory=dict)
    is_keyed: bool = False

    @property
    def is_empty(self):
        """Tell whether the tables hold the same."""
        return not (self.added or self.removed or self.changed)

    def as_dict(self):
        """Return the difference for JSON."""
        return asdict(self)


def diff_tables(old_path, new_path, schema):
    """Return the ``TableDiff`` from the table at ``old_path`` (or none) to ``new_path``."""
    with Workspace() as workspace:
        names = _open_tables(workspace, old_path, new_path, schema)
        keys = [column.name for column in schema.keys]
        return (_keyed if keys else _whole)(workspace, schema, names, keys)


def merge_tables(old_path, new_path, schema, out):
    """Write to ``out`` what the table at ``old_path`` becomes with the rows of ``new_path``.

    ``upsert`` puts a new row in the place of the old one with its key and appends the others,
    ``append`` keeps all rows, ``replace`` keeps the new ones. Rows are numbered anew. Raise
    ``RepeatedKeys`` when a row to be appended has the key of an old one.
    """
    with Workspace() as workspace:
        names = _open_tables(workspace, old_path, new_path, schema)
        keys = [column.name for column in schema.keys]
        listed = ", ".join(map(name, names))
        new = f"SELECT 1 AS part, {name(ROW_COLUMN)} AS place, {listed} FROM new"
        parts = [new]
        if schema.mode == "append" and keys:
            _refuse_repeated(workspace, keys)
        if schema.mode == "append" or (schema.mode == "upsert" and not keys):
            parts = [f"SELECT 0 AS part, {name(ROW_COLUMN)} AS place, {listed} FROM old", new]
        elif schema.mode == "upsert":
            parts = _upserted(names, keys)
        workspace.run(f"""
            COPY (SELECT row_number() OVER (ORDER BY part, place) AS {name(ROW_COLUMN)}, {listed}
                  FROM ({" UNION ALL ".join(parts)}) ORDER BY part, place)
            TO {text(out)} (FORMAT parquet, COMPRESSION zstd)
        """)


def _refuse_repeated(workspace, keys):
    shown = ", ".join(f"new.{name(key)}::VARCHAR" for key in keys)
    found = workspace.run(
        f"SELECT concat_ws(' / ', {shown}), count(*) OVER () FROM new SEMI JOIN old "
        f"ON {_same_key(keys)} ORDER BY new.{name(ROW_COLUMN)} LIMIT 1"
    )
    for key, count in found:
        raise RepeatedKeys(key, count)


def _upserted(names, keys):
    """Return the parts of an upsert: old rows in their places, changed or not, then new ones."""
    same = _same_key(keys)
    chosen = ", ".join(
        f"if(new.{name(ROW_COLUMN)} IS NULL, old.{name(each)}, new.{name(each)}) AS {name(each)}"
        for each in names
    )
    listed = ", ".join(f"new.{name(each)}" for each in names)
    return [
        f"SELECT 0 AS part, old.{name(ROW_COLUMN)} AS place, {chosen} "
        f"FROM old LEFT JOIN new ON {same}",
        f"SELECT 1 AS part, new.{name(ROW_COLUMN)} AS place, {listed} "
        f"FROM new ANTI JOIN old ON {same}",
    ]


def _open_tables(workspace, old_path, new_path, schema):
    """Make the views ``old`` and ``new`` with the columns of ``schema``, in one type each.

    A column that a table does not have yet is empty there.
    """
    names = [column.name for column in schema.columns]
    new_types = _types(workspace, new_path)
    old_types = _types(workspace, old_path) if old_path else new_types
    selects = {"new": (new_path, new_types), "old": (old_path, old_types)}
    for view, (path, types) in selects.items():
        cells = [name(ROW_COLUMN)]
        for each in names:
            common = _common_type(old_types.get(each), new_types.get(each))
            value = name(each) if each in types else "NULL"
            cells.append(f"CAST({value} AS {common}) AS {name(each)}")
        source = f"read_parquet([{text(path or new_path)}])"
        where = "" if path else " WHERE false"
        workspace.run(f"CREATE VIEW {view} AS SELECT {', '.join(cells)} FROM {source}{where}")
    return names


def _types(workspace, path):
    return {row[0]: row[1] for row in workspace.run(f"DESCRIBE FROM read_parquet([{text(path)}])")}


def _common_type(old, new):
    """Return the type that holds both without loss; text where there is none."""
    found = {each for each in (old, new) if each}
    if len(found) < 2:
        return next(iter(found), "VARCHAR")
    if all(each == "BIGINT" or each.startswith("DECIMAL") for each in found):
        scales = [_digits(each) for each in found]
        scale = max(scale for _whole_digits, scale in scales)
        whole = max(digits for digits, _scale in scales)
        return f"DECIMAL({min(38, max(whole + scale, 1))},{scale})"
    return "VARCHAR"


def _digits(sql_type):
    """Return the digits before and after the mark of a BIGINT or a DECIMAL."""
    if sql_type == "BIGINT":
        return 18, 0
    precision, scale = map(int, sql_type[8:-1].split(","))
    return precision - scale, scale


def _same_key(keys):
    return " AND ".join(f"old.{name(key)} = new.{name(key)}" for key in keys)


def _keyed(workspace, schema, names, keys):
    same = _same_key(keys)
    others = [each for each in names if each not in keys]
    differs = {each: f"old.{name(each)} IS DISTINCT FROM new.{name(each)}" for each in others}
    any_differs = " OR ".join(differs.values()) or "false"
    counts = "".join(f", count(*) FILTER ({each})" for each in differs.values())
    both, changed, *by_column = workspace.run(
        f"SELECT count(*), count(*) FILTER ({any_differs}){counts} FROM old JOIN new ON {same}"
    )[0]
    old, new = (workspace.value(f"SELECT count(*) FROM {view}") for view in ("old", "new"))
    diff = TableDiff(new - both, old - both, changed, both - changed, is_keyed=True)
    diff.columns = {each: count for each, count in zip(others, by_column, strict=True) if count}
    types = {column.name: column.type for column in schema.columns}
    place = name(ROW_COLUMN)
    diff.samples = {
        "added": _sample(workspace, f"SELECT NULL, new FROM new ANTI JOIN old ON {same} "
                         f"ORDER BY new.{place}", types, keys),
        "removed": _sample(workspace, f"SELECT old, NULL FROM old ANTI JOIN new ON {same} "
                           f"ORDER BY old.{place}", types, keys),
        "changed": _sample(workspace, f"SELECT old, new FROM old JOIN new ON {same} "
                           f"WHERE {any_differs} ORDER BY new.{place}", types, keys),
    }  # fmt: skip
    return diff


def _whole(workspace, schema, names, _keys):
    """Compare whole rows, each as often as it stands there."""
    listed = ", ".join(map(name, names))
    for view in ("old", "new"):
        workspace.run(
            f"CREATE TABLE {view}_rows AS SELECT {listed}, count(*) AS times, "
            f"min({name(ROW_COLUMN)}) AS place FROM {view} GROUP BY {listed}"
        )
    same = " AND ".join(f"o.{name(each)} IS NOT DISTINCT FROM n.{name(each)}" for each in names)
    workspace.run(f"""
        CREATE TABLE compared AS SELECT o AS old, n AS new, coalesce(n.place, o.place) AS place,
            coalesce(n.times, 0) - coalesce(o.times, 0) AS more,
            least(coalesce(n.times, 0), coalesce(o.times, 0)) AS stayed
        FROM old_rows o FULL JOIN new_rows n ON {same}
    """)
    added, removed, unchanged = workspace.run(
        "SELECT coalesce(sum(greatest(more, 0)), 0), coalesce(sum(greatest(-more, 0)), 0), "
        "coalesce(sum(stayed), 0) FROM compared"
    )[0]
    diff = TableDiff(int(added), int(removed), 0, int(unchanged))
    types = {column.name: column.type for column in schema.columns}
    select = "SELECT {} FROM compared WHERE more {} 0 ORDER BY place"
    diff.samples = {
        "added": _sample(workspace, select.format("NULL, new", ">"), types, []),
        "removed": _sample(workspace, select.format("old, NULL", "<"), types, []),
        "changed": [],
    }
    return diff


def _sample(workspace, select, types, keys):
    """Return the first rows of ``select``, which gives an old and a new row as structs."""
    found = []
    for old, new in workspace.run(f"{select} LIMIT {SAMPLE}"):
        sides = [_shown(each, types) for each in (old, new)]
        present = sides[1] or sides[0]
        differing = [each for each in types if sides[0] and sides[1] and old[each] != new[each]]
        found.append(
            {
                "key": {key: present[key] for key in keys},
                "old": sides[0],
                "new": sides[1],
                "columns": differing,
            }
        )
    return found


def _shown(row, types):
    return row and {each: as_json(row[each], kind) for each, kind in types.items()}
