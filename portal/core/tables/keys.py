"""Which row is about which object: by the key columns, and by more where these do not tell."""

from collections import Counter

from portal.core.formats import UnreadableValue
from portal.core.tables.columns import tidy

LINE = "__line__"  #: in a row: the line of the file on which it stands


class KeyedRows:
    """The part of a catalogue's resource that finds the object of a row."""

    def index_rows(self, rows):
        """Learn which objects the rows can be about, and where two rows are about one."""
        queryset = self.all_instances()
        known = list(queryset.select_for_update(of=("self",)) if self.lock else queryset)
        shorts = [self._short_key_of(instance) for instance in known]
        in_file = Counter(self._short_key(row) for row in rows)
        in_store = Counter(shorts)
        self._several = {key for key, count in in_store.items() if count > 1}
        self._tied = self._several | {key for key, count in in_file.items() if count > 1}
        self._known = {
            self._whole_key(short, [column.key_of(each) for column in self._ties()]): each
            for short, each in zip(shorts, known, strict=True)
        }
        self._first_lines = {}
        for row in rows:
            self._first_lines.setdefault(self.key_of(row), row[LINE])

    def _ties(self):
        present = {column.name for column in self.taken}
        return [self.fields[name] for name in self.tie_columns if name in present]

    def _short_key_of(self, instance):
        return tuple(tidy(column.key_of(instance)).casefold() for column in self.key_columns)

    def _short_key(self, row):
        return tuple(self._key_text(column, row) for column in self.key_columns)

    def _key_text(self, column, row):
        try:
            text = column.key_text(row, self)
        except UnreadableValue:
            text = row[column.name]
        return tidy(text).casefold()

    def _whole_key(self, short, ties):
        if self.tie_columns and (self.ties_always or short in self._tied):
            return (*short, *(tidy(text).casefold() for text in ties))
        return short

    def key_of(self, row):
        """Return the key of the object that a row is about."""
        ties = [self._key_text(column, row) for column in self._ties()]
        return self._whole_key(self._short_key(row), ties)
