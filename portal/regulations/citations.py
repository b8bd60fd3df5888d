"""How a provision is named, cited and addressed.

The words are the grammar of Vietnamese legal citation (NĐ 30/2020, Phụ lục II: from small to
large), the same in every language of the interface, so they stand here and not in a catalogue.
"""

import re

from portal.core.text import fold

DIVISION_NAMES = {
    "part": "Phần",
    "chapter": "Chương",
    "section": "Mục",
    "subsection": "Tiểu mục",
}
#: What a document is by the symbol in its number; others issue what is attached to them.
KINDS_BY_SYMBOL = {"NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch"}
SYMBOL = re.compile(r"/(?P<symbol>NĐ|TTLT|TT|QH\d+)(?:-|$)")
ANNEX_COMPONENT = re.compile(r"pl_(.+)")


def name_in_citations(name, number):
    """Return how citations call a text: “Quy chế … ban hành kèm theo Quyết định số …”.

    Laws, decrees and circulars need no decision: “Nghị định số 30/2020/NĐ-CP”.
    """
    if not number:
        return name
    symbol = SYMBOL.search(number)
    if symbol is None:
        if name.lower().startswith("quyết định"):
            return f"Quyết định số {number}"
        return f"{name} ban hành kèm theo Quyết định số {number}"
    kind = KINDS_BY_SYMBOL.get(symbol["symbol"])
    return f"{kind} số {number}" if kind else f"{name} số {number}"


def document_name(number):
    """Return “Quyết định số 218/QĐ-UBND”; the number alone where its symbol names no kind."""
    symbol = SYMBOL.search(number)
    kind = KINDS_BY_SYMBOL.get(symbol["symbol"]) if symbol else None
    kind = kind or ("Quyết định" if "QĐ" in number else "")
    return f"{kind} số {number}" if kind else number


def citation_tail(name, number, component="qc"):
    """Return what follows the label of a provision in its full citation.

    Articles of the decision itself are labelled “Điều 1 Quyết định”, so only the number follows.
    """
    if component == "qd":
        return f"số {number}" if number else ""
    return name_in_citations(name, number)


def division_label(level, number):
    """Return “Chương II”; a chapter that lost its number is “Chương”."""
    return f"{DIVISION_NAMES[level]} {number}".strip()


def article_label(number, component="qc"):
    """Return “Điều 5”, followed by “Quyết định” or “Phụ lục I” in those parts."""
    label = f"Điều {number}" if number else "phần ngoài các Điều"
    if component == "qd":
        return f"{label} Quyết định"
    annex = ANNEX_COMPONENT.fullmatch(component)
    return f"{label} Phụ lục {annex[1].upper()}" if annex else label


def clause_label(number, ordinal):
    """Return “khoản 2”, or “đoạn 3” for the third paragraph when it has no number."""
    return f"khoản {number}" if number else f"đoạn {ordinal}"


def point_label(letter, ordinal):
    """Return “điểm đ”, or “gạch đầu dòng thứ 2” when the point has only a dash."""
    return f"điểm {letter}" if letter else f"gạch đầu dòng thứ {ordinal}"


def letter_id(letter):
    """Return a number or letter as part of an eid: đ is ``dd``, apart from d; 12a stays 12a."""
    return re.sub(r"[^a-z0-9]+", "-", fold(re.sub("[đĐ]", "dd", letter))).strip("-")


def path_of(eid):
    """Return the address below the regulation: ``qc__dieu_5__khoan_2`` is ``dieu-5/khoan-2``.

    The articles of the decision and of annexes carry ``qd-`` and ``pl-1-``, so that each part may
    have a Điều 1.
    """
    component, _separator, rest = eid.partition("__")
    path = rest.replace("khoan_nn_", "doan_").replace("__", "/").replace("_", "-")
    return path if component == "qc" else f"{component.replace('_', '-')}-{path}"
