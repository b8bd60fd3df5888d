"""A known table, written in any encoding and dialect, comes back exactly or is asked about."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.table_files.legacy_fonts import FONTS
from portal.core.text import nfc
from portal.datasets.imports.check import ACCEPTED, NEEDS_CONFIRMATION
from tests.datasets.table_files import TableTestCase, schema_of

SETTINGS = settings(max_examples=25, deadline=None, derandomize=True)
SCHEMA = schema_of("ma:code", "ten", "so:integer")
PLACES = ("Phường Bắc Giang", "Xã Yên Thế", "Ủy ban nhân dân", "Huyện Lục Ngạn", "Thủ Đức")
ROWS = st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 10**20)), min_size=2, max_size=4)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "tcvn3", "vni")
NAMES = {"cp1258": "windows-1258"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def signs_of(font):
    """Return how each letter is written in ``font``, by asking the reader about every sign."""
    read, bases = FONTS[font], ["", *"aeouyAEOUYôöÔÖ"]
    signs = [bytes([code]).decode("cp1252", "ignore") for code in range(0xA1, 0x100)]
    written = {}
    for base in bases:
        for sign in signs:
            letter = read(base + sign)
            if sign and len(letter) == 1 and not letter.isascii():
                written.setdefault(letter, base + sign)
    return written


def in_windows_1258(text):
    """Write tones behind their letters, as windows-1258 has them."""
    out = bytearray()
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = "".join(each for each in parts if each in _TONES)
            rest = nfc("".join(each for each in parts if each not in _TONES))
            out += (rest + tone).encode("cp1258")
    return bytes(out)


def encoded(text, encoding):
    if encoding in FONTS:
        signs = signs_of(encoding)
        # A font of capitals writes the letters of small ones.
        letters = [signs.get(each, signs.get(each.lower(), each)) for each in text]
        return "".join(letters).encode("cp1252")
    return in_windows_1258(text) if encoding == "cp1258" else text.encode(encoding)


class RoundTripTests(TableTestCase):
    @SETTINGS
    @given(rows=ROWS, encoding=st.sampled_from(ENCODINGS), delimiter=st.sampled_from(",;\t|"),
           line_end=st.sampled_from(["\n", "\r\n", "\r"]), above=st.integers(0, 2))  # fmt: skip
    def test_comes_back_or_is_asked_about(self, rows, encoding, delimiter, line_end, above):
        lines = ["BÁO CÁO"] * above + [delimiter.join(("ma", "ten", "so"))]
        lines += [delimiter.join((f"{n:03}", *map(str, row))) for n, row in enumerate(rows)]

        check = self.check(encoded(line_end.join(lines) + line_end, encoding), SCHEMA)

        if check.outcome == NEEDS_CONFIRMATION:
            self.assertIn(
                encoding,
                {NAMES.get(each["value"], each["value"]) for each in check.reading.candidates},
            )
            return
        self.assertEqual(check.outcome, ACCEPTED, check.issues)
        found = [(row["ma"], row["ten"], row["so"]) for row in self.rows(check)]
        self.assertEqual(found, [(f"{n:03}", *row) for n, row in enumerate(rows)])

    @SETTINGS
    @given(cuts=st.lists(st.tuples(st.integers(0, 200), st.sampled_from(['"', ";", "\n", "", "x"])),
                         max_size=5))  # fmt: skip
    def test_every_record_is_accounted_for_after_any_damage(self, cuts):
        text = "ma;ten;so\n" + "".join(f"{n:03};Xã {n};{n}\n" for n in range(12))
        for place, sign in cuts:
            text = text[:place] + sign + text[place + 1 :]

        check = self.check(text, SCHEMA)

        self.assertEqual(check.records, check.accepted + check.rejected + check.blank)
        if check.outcome == ACCEPTED:
            self.assertEqual(check.rejected, 0)
