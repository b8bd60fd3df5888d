"""How one cell of a catalogue becomes a value, and a value a cell.

``clean`` takes the text of a cell, trimmed and composed, and raises ``UnreadableValue`` with a
sentence; ``render`` gives what an export writes: a text, a day, a number. What ``render`` writes,
``clean`` reads.
"""

from decimal import Decimal

from django.utils.translation import gettext as _
from import_export.widgets import Widget

from portal.core.formats import UnreadableValue, format_date, parse_date, parse_number
from portal.core.table_files.spreadsheet_cells import ERROR_TEXTS, NATIVE_SIGN, NO_RESULT
from portal.core.text import fold

YES = frozenset(["co", "dung", "true", "yes", "y", "x", "1"])
NO = frozenset(["khong", "sai", "false", "no", "n", "0"])
SHOWN = 80  #: of a longer value a sentence shows the beginning
#: Between the values of one cell.
BETWEEN = ";"


def refuse_broken_cell(cell):
    """Raise ``UnreadableValue`` for an error of the spreadsheet, or a formula without a result."""
    if cell in ERROR_TEXTS:
        raise UnreadableValue(
            "error_cell", _("The cell holds the error %(value)s.") % {"value": cell}
        )
    if "\ufffd" in cell:
        raise UnreadableValue(
            "unreadable_character", _("The cell holds characters that cannot be read.")
        )
    if cell == NO_RESULT:
        raise UnreadableValue(
            "formula_without_value",
            _(
                "The cell holds a formula without a result. Open the file in Excel and save it "
                "again."
            ),
        )


def plain_text(cell):
    """Return the text of a cell as a person sees it, whatever the spreadsheet held."""
    if not cell.startswith(NATIVE_SIGN):
        return cell
    text = cell[1:]
    day, _space, clock = text.partition(" ")
    if clock == "00:00:00" or len(day.split("-")) == 3:
        try:
            return format_date(parse_date(day))
        except UnreadableValue:
            return text
    return text


class Text(Widget):
    """Any text; ``lines`` lets it have several."""

    def __init__(self, *, lines=False):
        super().__init__()
        self.lines = lines

    def clean(self, value, row=None, **kwargs):
        text = plain_text(value)
        return text if self.lines else " ".join(text.split())

    def render(self, value, obj=None, **kwargs):
        return value or ""


class Listed(Widget):
    """Several short texts that are stored one on each line."""

    def clean(self, value, row=None, **kwargs):
        parts = plain_text(value).replace("\n", BETWEEN).split(BETWEEN)
        return "\n".join(part.strip() for part in parts if part.strip())

    def render(self, value, obj=None, **kwargs):
        return f"{BETWEEN} ".join(part.strip() for part in (value or "").splitlines() if part)


class Choice(Widget):
    """One of the values of a ``TextChoices``, by its Vietnamese label or by its code."""

    def __init__(self, choices):
        super().__init__()
        self.choices = choices

    def clean(self, value, row=None, **kwargs):
        if not value:
            return ""
        wanted = fold(plain_text(value))
        for code, label in self.choices.choices:
            if wanted in (fold(code), fold(str(label))):
                return code
        raise UnreadableValue(
            "unknown_choice",
            _("“%(value)s” is none of: %(allowed)s.")
            % {"value": plain_text(value)[:SHOWN], "allowed": ", ".join(self.allowed())},
        )

    def render(self, value, obj=None, **kwargs):
        labels = dict(self.choices.choices)
        return str(labels.get(value, value or ""))

    def allowed(self):
        """Return the labels, for help sheets and drop-down lists."""
        return [str(label) for _code, label in self.choices.choices]


class YesNo(Widget):
    """Yes or no; a blank cell is no."""

    def clean(self, value, row=None, **kwargs):
        word = fold(plain_text(value))
        if word in YES:
            return True
        if not word or word in NO:
            return False
        raise UnreadableValue(
            "not_a_boolean",
            _("“%(value)s” is neither yes nor no.") % {"value": plain_text(value)[:SHOWN]},
        )

    def render(self, value, obj=None, **kwargs):
        return _("yes") if value else _("no")

    def allowed(self):
        """Return the two words."""
        return [_("yes"), _("no")]


class Day(Widget):
    """A day as day/month/year."""

    is_number = True

    def clean(self, value, row=None, **kwargs):
        return parse_date(plain_text(value)) if value else None

    def render(self, value, obj=None, **kwargs):
        return value


class Number(Widget):
    """A number as offices write it; ``whole`` allows no decimals, ``lowest`` no smaller one."""

    is_number = True

    def __init__(self, *, whole=False, lowest=None, highest=None):
        super().__init__()
        self.whole, self.lowest, self.highest = whole, lowest, highest

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        if value.startswith(NATIVE_SIGN):
            number = parse_number(value[1:], point_is="decimal")
        else:
            number = parse_number(value)
        shown = {"value": plain_text(value)[:SHOWN]}
        if self.whole and number != number.to_integral_value():
            raise UnreadableValue(
                "not_a_whole_number", _("“%(value)s” is not a whole number.") % shown
            )
        self._check_bounds(number, shown)
        return int(number) if self.whole else number

    def _check_bounds(self, number, shown):
        if self.lowest is not None and number < self.lowest:
            raise UnreadableValue(
                "below_minimum",
                _("“%(value)s” is below the minimum %(expected)s.")
                % {**shown, "expected": self.lowest},
            )
        if self.highest is not None and number > self.highest:
            raise UnreadableValue(
                "above_maximum",
                _("“%(value)s” is above the maximum %(expected)s.")
                % {**shown, "expected": self.highest},
            )

    def render(self, value, obj=None, **kwargs):
        return value.normalize() + 0 if isinstance(value, Decimal) else value
