"""Two editions side by side, or one and the drafts: the redline with the reasons of its changes."""

from collections import Counter
from dataclasses import dataclass, field

from portal.regulations.edition_reading import reasons_between, redline_between
from portal.regulations.enactable import draft_text
from portal.regulations.models import Edition
from portal.regulations.redline import KINDS, PartChange, Redline

#: The key of the text as its newest drafts would make it.
DRAFT = "du-thao"


class CannotCompare(LookupError):
    """There is no edition with such a key."""


@dataclass(frozen=True)
class ShownChange:
    """A changed part with the reasons that editions gave: ``[(edition number, reason)]``.

    ``anchor`` is its place in the comparison, made from the page that holds the part.
    """

    anchor: str
    part: PartChange
    reasons: list = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """What changed from one text to another; an edition is None for the drafts."""

    old_key: str
    new_key: str
    old: Edition | None
    new: Edition | None
    redline: Redline
    changed: list[ShownChange]

    def only(self, anchor):
        """Return the change of the part at this place, if it changed."""
        return [each for each in self.changed if each.part.anchor == anchor]

    @property
    def counts(self):
        """Return ``[(kind, how many parts)]`` of the kinds that occur."""
        found = Counter(kind for each in self.changed for kind in each.part.kinds)
        return [(kind, found[kind]) for kind in KINDS if found[kind]]


def comparison_of(regulation, old_key, new_key, request):
    """Return the comparison as the visitor may see it; raise ``CannotCompare`` for unknown keys."""
    old, new = (_edition(regulation, key) for key in (old_key, new_key))
    texts = [each.text if each else draft_text(regulation) for each in (old, new)]
    keys = [old.sha256, new.sha256] if old and new else None
    redline = redline_between(*texts, request, keys=keys)
    reasons = {}
    if old and new:
        first, last = sorted((old, new), key=lambda each: (each.effective_on, each.number))
        reasons = reasons_between(regulation, first, last, request)
    changed = shown_changes(redline, regulation, reasons)
    return Comparison(old_key, new_key, old, new, redline, changed)


def shown_changes(redline, regulation, reasons=None):
    """Return the changed parts of a redline with their ``reasons`` (``reasons_between``)."""
    return [_shown(part, regulation, reasons or {}) for part in redline.changed]


def _shown(part, regulation, reasons):
    page_id = part.id or (str(regulation.pk) if part.part == "head" else "")
    found = reasons.get(int(page_id), []) if page_id else []
    return ShownChange(f"thay-doi-{page_id or part.anchor}", part, found)


def _edition(regulation, key):
    if key == DRAFT:
        return None
    if not key.isdigit() or len(key) > 5:
        raise CannotCompare(key)
    found = regulation.editions.filter(number=int(key)).first()
    if found is None:
        raise CannotCompare(key)
    found.regulation = regulation
    return found
