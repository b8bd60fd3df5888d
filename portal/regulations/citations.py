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
ANNEX_COMPONENT = re.compile(r"pl_(.+)")


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
