"""What a block is: one heading, article, clause, point or annex, with the words it was read from.

A block is plain data, as it is stored:

- ``id`` stays through all corrections; ``kind`` and ``component`` (``qd``, ``qc``, ``annex``) say
  what it is and where;
- ``label`` is the number or letter without its word, "" for none; ``mark`` is what the source
  prints there ("Điều 5.", "a)");
- ``title`` and ``text`` are its words as they now stand; ``lines`` is the first and the last line
  of the source that it was read from;
- ``origin`` is there only when the words were edited: all its words as the source has them;
- ``label_read`` is there only when the number was changed: the number as it was read;
- ``footnotes`` is there only where the source prints some.
"""

import re

DIVISIONS = ("part", "chapter", "section", "subsection")
KINDS = (*DIVISIONS, "article", "clause", "point", "text", "annex")
TITLED = (*DIVISIONS, "article", "annex")
WORDED = ("article", "clause", "point", "text", "annex")
#: How deep a kind stands in the outline of the screen.
DEPTHS = {
    "annex": 0,
    "part": 0,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "article": 4,
    "text": 4,
    "clause": 5,
    "point": 6,
}
WORDS = {
    "part": "Phần",
    "chapter": "Chương",
    "section": "Mục",
    "subsection": "Tiểu mục",
    "article": "Điều",
    "annex": "Phụ lục",
}
LONGEST_LABELS = {"article": 16, "clause": 8, "point": 8}
WORD = re.compile(r"[^\W_]+")


def make_block(kind, component, lines, *, label="", mark="", title="", text=""):
    """Return a block without an id."""
    return {
        "id": "",
        "kind": kind,
        "component": component,
        "label": label or "",
        "mark": mark or "",
        "title": title or "",
        "text": text or "",
        "lines": list(lines),
    }


def body_of(block):
    """Return all words of a block as they now stand, title first."""
    return join_lines(block["title"], block["text"])


def source_body(block):
    """Return all words of a block as the source has them, its mark left out."""
    return block.get("origin", body_of(block))


def join_lines(*pieces):
    """Return the pieces that hold something, one below the other."""
    return "\n".join(piece for piece in pieces if piece)


def with_mark(mark, words):
    """Return words as printed, their mark before them."""
    return f"{mark} {words}".strip()


def words_in(text):
    """Return the words of ``text`` as the proof of reading counts them."""
    return WORD.findall(text or "")


def same_words(one, other):
    """Say whether two texts hold the same words in the same order."""
    return words_in(one) == words_in(other)


def is_edited(block):
    """Say whether words or number differ from what was read."""
    return "origin" in block or "label_read" in block


def remember_origin(block, origin):
    """Keep ``origin`` as the words of the source, if the block's own words differ from them."""
    block.pop("origin", None)
    if not same_words(origin, body_of(block)):
        block["origin"] = origin


def remember_label(block, label):
    """Keep ``label`` as the number that was read, if the block now has another."""
    block.pop("label_read", None)
    if label != block["label"]:
        block["label_read"] = label


def name_of(block):
    """Return how people call a block: “Chương II”, “Điều 5”, “khoản 2”, “điểm đ”."""
    kind, label = block["kind"], block["label"]
    if kind in WORDS:
        return f"{WORDS[kind]} {label}".strip()
    if kind == "clause":
        return f"khoản {label}" if label else "đoạn không đánh số"
    if kind == "point":
        return f"điểm {label}" if label else "gạch đầu dòng"
    return "đoạn ngoài các Điều"


def children_of(blocks, position):
    """Return the positions of the blocks that hang below the one at ``position``."""
    depth = DEPTHS[blocks[position]["kind"]]
    end = position + 1
    while end < len(blocks) and DEPTHS[blocks[end]["kind"]] > depth:
        end += 1
    return range(position + 1, end)


def position_of(blocks, block_id):
    """Return where a block stands, None when it is gone."""
    return next((n for n, block in enumerate(blocks) if block["id"] == block_id), None)
