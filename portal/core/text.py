"""Vietnamese text: one normal form, one fold for search, one order, one rule for addresses.

Everything here is pure. ``nfc`` belongs at every entrance; ``fold`` on both sides of a search;
``sort_key`` into a stored column, so that every database sorts as ICU's ``vi`` does.
"""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Beside đ the Icelandic eth: older Vietnamese fonts and keyboards wrote Ð for Đ.
_STROKED_D = {ord("đ"): "d", ord("Đ"): "D", ord("ð"): "d", ord("Ð"): "D"}


def nfc(text):
    """Return ``text`` in composed form (NFC), without characters that nobody sees."""
    return unicodedata.normalize("NFC", (text or "").translate(_INVISIBLE))


def fold_char(char):
    """Return ``char`` without case and accents; đ becomes d."""
    plain = unicodedata.normalize("NFD", char.translate(_STROKED_D))
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()


def fold(text):
    """Return ``text`` without case and accents, white space collapsed; idempotent."""
    text = text or ""
    if text.isascii():  # dates and codes: nothing to take off but case
        plain = text.casefold()
    else:
        plain = "".join(map(fold_char, unicodedata.normalize("NFKC", nfc(text))))
    return re.sub(r"\s+", " ", plain).strip()


def fold_words(text):
    """Return the folded words only: ``12/2026/QĐ-UBND`` becomes ``12 2026 qd ubnd``."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def slugify_vi(text, max_length=80):
    """Return an address part of a–z, 0–9 and hyphens; “x” when nothing is left."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return slug[:max_length].strip("-") or "x"


# The order of CLDR's ``vi``: letters first, then tones, then case. The tones stand in the
# order ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTERS = {
    "a": "a0", "ă": "a1", "â": "a2", "d": "d0", "đ": "d1", "ð": "d1", "e": "e0", "ê": "e1",
    "o": "o0", "ô": "o1", "ơ": "o2", "u": "u0", "ư": "u1",
}  # fmt: skip
_MARKS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"


def _letter_and_tone(char):
    """Split a lower-case letter into its letter (ơ stays ơ) and the digit of its tone."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[each] for each in parts if each in _TONES), "0")
    letter = unicodedata.normalize("NFC", "".join(each for each in parts if each not in _TONES))
    return letter, tone


def sort_key(text):
    """Return a text of 0–9 and a–z whose plain order is the Vietnamese order of ``text``.

    Three levels, as ICU compares them: all letters, then all tones, then case. Space sorts
    before punctuation, punctuation before digits, digits before letters. Only digits and
    small letters are used, so that every database collation agrees on the order.
    """
    primary, tones, cases = [], [], []
    for char in re.sub(r"\s+", " ", nfc(text)).strip():
        letter, tone = _letter_and_tone(char.lower())
        if not letter:  # a tone on a letter that never carries one, as in “x́”
            continue
        primary.append(_primary(letter))
        tones.append(tone)
        cases.append("1" if char != char.lower() else "0")
    return "".join([*primary, "00", *tones, *cases])


def initial(text):
    """Return the letter under which a dictionary has ``text``: Ă and Đ are letters, tones none.

    “#” where it begins with no letter.
    """
    first = nfc(text).strip()[:1].lower()
    letter = _letter_and_tone(first)[0] if first.isalpha() else ""
    return "Đ" if letter == "ð" else letter.upper() or "#"


def _primary(letter):
    """Return the code of a letter; no code is the beginning of another."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    if letter == " ":
        return "02"
    if len(letter) == 1 and letter.isascii():
        if letter.isalpha():
            return f"{letter}0"
        return f"1{letter}" if letter.isdigit() else f"05{_MARKS.find(letter) + 1:02x}"
    plain = fold(letter)
    if plain and plain != letter and plain.isascii():
        return "".join(map(_primary, plain))
    return f"zz{ord(letter[0]):06x}"


def highlight_spans(text, query):
    """Return ``[(start, end)]`` in ``text`` where a word of ``query`` begins a word.

    Accents and case do not count; ``text`` must be in NFC, so that positions agree.
    """
    words = [re.escape(word) for word in sorted(set(fold_words(query).split()), key=len)[::-1]]
    if not words:
        return []
    folded = "".join(fold_char(char) if len(fold_char(char)) == 1 else " " for char in text)
    return [match.span() for match in re.finditer(rf"\b(?:{'|'.join(words)})\w*", folded)]


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(value):
    """Return a text of plain data without the characters that XML and paper forbid."""
    if isinstance(value, str):
        return _FORBIDDEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, list):
        return [printable(each) for each in value]
    if isinstance(value, dict):
        return {name: printable(each) for name, each in value.items()}
    return value
