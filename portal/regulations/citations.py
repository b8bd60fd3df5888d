"""How a provision is named, cited and addressed.

The words are the grammar of Vietnamese legal citation (NĐ 30/2020, Phụ lục II: from small to
large), the same in every language of the interface, so they stand here and not in a catalogue.
"""

from portal.core.text import fold


def article_label(number, component="qc"):
    """Return “Điều 5”, or “Điều 1 Quyết định” for the decision's own articles."""
    return f"Điều {number} Quyết định" if component == "qd" else f"Điều {number}"


def clause_label(number, ordinal):
    """Return “khoản 2”, or “đoạn 3” for the third paragraph when it has no number."""
    return f"khoản {number}" if number else f"đoạn {ordinal}"


def point_label(letter, ordinal):
    """Return “điểm đ”, or “gạch đầu dòng thứ 2” when the point has only a dash."""
    return f"điểm {letter}" if letter else f"gạch đầu dòng thứ {ordinal}"


def letter_id(letter):
    """Return the identifier of a point's letter: đ is ``dd``, apart from d."""
    return "dd" if letter.strip().lower() == "đ" else fold(letter).strip()


def path_of(eid):
    """Return the address below the regulation: ``qc__dieu_5__khoan_2`` is ``dieu-5/khoan-2``.

    The decision's articles carry ``qd-``, so that both may have a Điều 1.
    """
    component, _separator, rest = eid.partition("__")
    path = rest.replace("khoan_nn_", "doan_").replace("__", "/").replace("_", "-")
    return f"qd-{path}" if component == "qd" else path
