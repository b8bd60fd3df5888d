"""What a changed definition means for the rows that are published, counted before it counts."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.formats import format_number
from portal.datasets.definitions.changes import by_id, changed_fields
from portal.datasets.definitions.conversion import as_text, converted, is_number
from portal.datasets.imports.column import PERSONAL
from portal.datasets.imports.workspace import name as quoted
from portal.datasets.imports.workspace import text as literal
from portal.datasets.store import column_types, opened

SAMPLES = 3
SENTENCES = {
    "converts": gettext_lazy(
        "“%(title)s”: all %(rows)s published rows can be read under the new type."
    ),
    "lost": gettext_lazy(
        "“%(title)s”: %(count)s of %(rows)s published rows cannot be read under the new type"
    ),
    "removed": gettext_lazy(
        "“%(title)s”: %(count)s of %(rows)s published rows have a value in the column that goes"
    ),
    "used": gettext_lazy("“%(title)s”: the indicator “%(samples)s” is calculated from it."),
    "new_key": gettext_lazy("The new key names every one of %(rows)s published rows once."),
    "key_repeats": gettext_lazy(
        "The new key: %(count)s of %(rows)s published rows share it with another row"
    ),
    "no_key": gettext_lazy("Without a key rows are compared whole; changes cannot be told."),
    "blank": gettext_lazy(
        "“%(title)s”: %(count)s of %(rows)s published rows have no value, which is now required."
    ),
    "repeats": gettext_lazy(
        "“%(title)s”: %(count)s of %(rows)s published rows repeat a value that is now to be unique"
    ),
    "opened": gettext_lazy(
        "“%(title)s”: from the next version on readers get more of it than now; %(count)s of "
        "%(rows)s published rows have a value there."
    ),
    "outside": gettext_lazy(
        "“%(title)s”: %(count)s of %(rows)s published rows break the changed rules of the column"
    ),
}
#: Fields whose change can make published values wrong.
RULES = frozenset(
    ["minimum", "maximum", "earliest", "latest", "min_length", "max_length", "pattern", "code_list",
     "scale"]
)  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """One consequence for published rows; ``code`` is stable, ``count`` of ``rows`` have it."""

    code: str
    title: str = ""
    count: int = 0
    rows: int = 0
    samples: list = field(default_factory=list)

    @property
    def sentence(self):
        """Return the consequence in the active language, with a few of the values."""
        words = str(SENTENCES[self.code]) % {
            "title": self.title,
            "count": format_number(self.count),
            "rows": format_number(self.rows),
            "samples": "”, “".join(self.samples),
        }
        if self.samples and not words.endswith("."):
            return _("%(sentence)s, for example “%(values)s”.") % {
                "sentence": words,
                "values": "”, “".join(self.samples),
            }
        return words if words.endswith(".") else f"{words}."

    def as_dict(self):
        """Return plain data for a JSON field."""
        return asdict(self)


def effects_of(path, stored, old, new, columns, indicators=()):
    """Return the ``Effect`` list of a definition that changes from ``old`` to ``new``.

    ``path`` is the published table, ``stored`` its columns, ``columns`` those of the new
    definition as the check has them; ``indicators`` are the (title, column names) that read it.
    """
    with opened(published=path) as database:
        return _Reading(database, stored, columns).effects(old, new, indicators)


class _Reading:
    """The published table, read as the new definition would read it."""

    def __init__(self, database, stored, columns):
        self.database = database
        self.types = column_types(database, "published")
        names = {column.id: column.name for column in stored if column.name in self.types}
        self.columns = {column.id: column for column in columns}
        self.names = names
        self.rows = self._value("SELECT count(*) FROM published")

    def effects(self, old, new, indicators):
        before, after = by_id(old), by_id(new)
        found = []
        changed = {}
        for key, _title, what in changed_fields(old, new):
            changed.setdefault(key, set()).add(what)
        for key, fields in changed.items():
            if key in self.names:
                found += self._of_column(key, fields)
                if _closed(before[key]) > _closed(after[key]):
                    found.append(self._of_opening(key))
        for key, column in before.items():
            if key not in after:
                found += self._of_removal(key, column, indicators)
        if _keys(before) != _keys(after):
            found.append(self._of_key([key for key, each in after.items() if each["is_key"]]))
        return found

    def _of_column(self, key, fields):
        column, value, kind = self._parts(key)
        new = converted(value, kind, column)
        found = []
        if "type" in fields:
            lost = f"{value} IS NOT NULL AND ({new}) IS NULL"
            found.append(self._counted("lost", key, lost) or self._told("converts", key))
        if "required" in fields and column.required:
            found.append(self._counted("blank", key, f"{value} IS NULL", samples=False))
        if "unique" in fields and column.unique:
            twice = (
                f"{value} IN (SELECT {value} FROM published WHERE {value} IS NOT NULL "
                f"GROUP BY ALL HAVING count(*) > 1)"
            )
            found.append(self._counted("repeats", key, twice))
        if fields & RULES and (broken := _broken(column, f"({new})", kind)):
            found.append(self._counted("outside", key, " OR ".join(broken)))
        return [each for each in found if each]

    def _of_opening(self, key):
        column, value, _kind = self._parts(key)
        count = self._value(f"SELECT count({value}) FROM published")
        return Effect("opened", column.title or column.name, count, self.rows)

    def _of_removal(self, key, column, indicators):
        readers = [title for title, names in indicators if column["name"] in names]
        used = [Effect("used", column["title"], samples=[title]) for title in readers]
        if key not in self.names:
            return used
        value = quoted(self.names[key])
        count = self._value(f"SELECT count({value}) FROM published")
        return [Effect("removed", column["title"], count, self.rows), *used]

    def _of_key(self, keys):
        if not keys:
            return Effect("no_key", rows=self.rows)
        known = [quoted(self.names[key]) for key in keys if key in self.names]
        listed = ", ".join(known) or "TRUE"
        same = " AND ".join(f"a.{each} IS NOT DISTINCT FROM b.{each}" for each in known) or "TRUE"
        repeated = f"(SELECT {listed} FROM published GROUP BY {listed} HAVING count(*) > 1)"
        count = self._value(
            f"SELECT count(*) FROM published a SEMI JOIN {repeated} b ON {same}"
            if known
            else "SELECT if(count(*) > 1, count(*), 0) FROM published"
        )
        return Effect("key_repeats" if count else "new_key", count=count, rows=self.rows)

    def _parts(self, key):
        name = self.names[key]
        return self.columns[key], quoted(name), self.types[name]

    def _told(self, code, key):
        return Effect(code, self.columns[key].title or self.columns[key].name, 0, self.rows)

    def _counted(self, code, key, where, *, samples=True):
        """Return the effect of the rows that fulfil ``where``, or None when none does."""
        column, value, kind = self._parts(key)
        count = self._value(f"SELECT count(*) FROM published WHERE {where}")
        if not count:
            return None
        shown = []
        if samples:
            shown = self.database.execute(
                f"SELECT {as_text(value, kind)} AS shown FROM published WHERE {where} "
                f"GROUP BY shown ORDER BY count(*) DESC, shown LIMIT {SAMPLES}"
            ).fetchall()
        texts = [str(each)[:60] for (each,) in shown]
        return Effect(code, column.title or column.name, count, self.rows, texts)

    def _value(self, sql):
        return self.database.execute(sql).fetchone()[0]


def _keys(columns):
    return {key for key, column in columns.items() if column["is_key"]}


def _closed(column):
    """Return how much of a column is kept from readers: more than before is a higher number."""
    is_hidden = not column.get("is_public", True)
    return (is_hidden, PERSONAL.index(column.get("personal", "")))


def _broken(column, value, kind):
    """Return the conditions under which a converted value breaks the rules of ``column``."""
    found = []
    if column.is_number:
        bounds = [(column.minimum, "<"), (column.maximum, ">")]
        found += [f"{value} {sign} {limit:f}" for limit, sign in bounds if limit is not None]
        if column.scale is not None:
            found.append(f"round({value}, {column.scale}) <> {value}")
    elif column.type == "date":
        bounds = [(column.minimum, "<"), (column.maximum, ">")]
        found += [
            f"{value} {sign} DATE {literal(limit)}" for limit, sign in bounds if limit is not None
        ]
    elif not is_number(kind):
        if column.min_length is not None:
            found.append(f"length({value}) < {column.min_length}")
        if column.max_length is not None:
            found.append(f"length({value}) > {column.max_length}")
        if column.pattern:
            found.append(f"NOT regexp_full_match({value}, {literal(column.pattern)})")
        if column.codes is not None:
            found.append(f"{value} NOT IN ({', '.join(map(literal, column.codes)) or 'NULL'})")
    return found
