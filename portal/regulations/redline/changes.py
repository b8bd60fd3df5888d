"""What a redline says: parts that changed, how, and the words of each row."""

from dataclasses import dataclass

from portal.regulations.redline.words import DELETED, INSERTED, SAME, Piece

ADDED, REPEALED, AMENDED = "added", "repealed", "amended"
MOVED, RENUMBERED = "moved", "renumbered"
#: In the order in which people name them.
KINDS = (ADDED, REPEALED, AMENDED, MOVED, RENUMBERED)


@dataclass(frozen=True)
class Row:
    """One heading, clause, point or line in both texts; an eid is empty where it does not stand.

    ``part`` is title, heading, intro, clause, point, footnote, line, or ``field:name`` of the head.
    """

    part: str
    old_eid: str
    new_eid: str
    old_label: str
    new_label: str
    pieces: tuple[Piece, ...]
    kinds: tuple[str, ...] = ()

    @property
    def old_text(self):
        """Return the words as they were."""
        return "".join(piece.text for piece in self.pieces if piece.kind != INSERTED)

    @property
    def new_text(self):
        """Return the words as they became."""
        return "".join(piece.text for piece in self.pieces if piece.kind != DELETED)

    @property
    def old_pieces(self):
        """Return what the older side shows."""
        return [piece for piece in self.pieces if piece.kind != INSERTED]

    @property
    def new_pieces(self):
        """Return what the newer side shows."""
        return [piece for piece in self.pieces if piece.kind != DELETED]

    @property
    def is_old(self):
        """Tell whether the older text has it."""
        return ADDED not in self.kinds

    @property
    def is_new(self):
        """Tell whether the newer text has it."""
        return REPEALED not in self.kinds


@dataclass(frozen=True)
class PartChange:
    """What became of one Điều, heading, annex, or of the head; no ``kinds``: nothing.

    ``old_place`` and ``new_place`` are what it stands after, filled for what moved.
    """

    part: str
    kinds: tuple[str, ...]
    old_id: str = ""
    new_id: str = ""
    old_eid: str = ""
    new_eid: str = ""
    old_label: str = ""
    new_label: str = ""
    old_title: str = ""
    new_title: str = ""
    anchor: str = ""
    old_place: str = ""
    new_place: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def id(self):
        """Return the identity of the part."""
        return self.new_id or self.old_id

    @property
    def eid(self):
        """Return its address in the newer text, in the older where it has left."""
        return self.new_eid or self.old_eid

    @property
    def label(self):
        """Return “Điều 5”, as the newer text calls it."""
        return self.new_label or self.old_label

    @property
    def title(self):
        """Return number and heading, as the newer text has them."""
        return self.new_title or self.old_title

    @property
    def word_count(self):
        """Return how many words came and went."""
        changed = (p.text for row in self.rows for p in row.pieces if p.kind != SAME)
        return sum(len(text.split()) for text in changed)


@dataclass(frozen=True)
class Redline:
    """The way from one text to another: every part of both, in the order of the newer."""

    parts: tuple[PartChange, ...]

    @property
    def changed(self):
        """Return the parts to which something happened."""
        return [part for part in self.parts if part.kinds]

    @property
    def unchanged(self):
        """Return the parts that stayed."""
        return [part for part in self.parts if not part.kinds]
