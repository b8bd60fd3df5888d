"""How a file was read, or how a person says it should be: kept with the version as JSON."""

from dataclasses import asdict, dataclass, field, fields


@dataclass
class Reading:
    """What was decided about a file. What is set before the check is taken as decided.

    ``number_styles`` says per column what a point is: ``"group"`` or ``"decimal"``.
    ``not_records`` says what becomes of totals, notes and repeated headings: ``"leave_out"`` or
    ``"check"``, as records; ``left_out`` then holds the first and last row of each stretch.
    ``candidates`` lists what could not be decided: dictionaries with ``field``, ``value`` and
    ``sample`` (and ``column`` for number styles).
    """

    format: str | None = None  #: csv, xlsx, xls or ods
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    number_styles: dict[str, str] = field(default_factory=dict)
    not_records: str | None = None
    left_out: list[list[int]] = field(default_factory=list)
    candidates: list[dict] = field(default_factory=list)

    def as_dict(self):
        """Return the reading for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data):
        """Return the reading that ``as_dict`` gave; unknown keys do not count."""
        known = {each.name for each in fields(cls)}
        return cls(**{key: value for key, value in (data or {}).items() if key in known})


class NeedsConfirmation(Exception):
    """A file can be read in more than one way; ``candidates`` says which."""

    def __init__(self, code, candidates, *, column=None, value=None, row=None):
        self.code, self.candidates = code, candidates
        self.column, self.value, self.row = column, value, row
        super().__init__(code)


class UnreadableFile(Exception):
    """A file as a whole cannot be read; ``code`` is the code of the issue that says why."""

    def __init__(self, code, value=None, expected=None, row=None):
        self.code, self.value, self.expected, self.row = code, value, expected, row
        super().__init__(code)
