"""What the bytes of a text mean: Unicode in its forms, windows-1258, and the old fonts."""

import unicodedata

from portal.core.table_files.legacy_fonts import from_tcvn3, from_vni
from portal.core.table_files.reading import Reading
from portal.core.table_files.syllables import is_syllable, plausibility
from tests.datasets.table_files import TableTestCase, schema_of

SCHEMA = schema_of("ma:code", "ten")
NAMES = [
    "Phường Bắc Giang",
    "Xã Yên Thế",
    "Trưởng phòng Hành chính - Quản trị",
    "Điều kiện đất đai khuya khoắt, nghiêng ngả",
    "Uỷ ban nhân dân tỉnh",
]
TEXT = "ma;ten\n" + "".join(f"{number:02};{name}\n" for number, name in enumerate(NAMES))


def windows_1258(text):
    """Return ``text`` as Windows writes it: a letter with its hat, then the tone as a sign."""
    out = []
    for char in text:
        try:
            out.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            *base, tone = unicodedata.normalize("NFD", char)
            if len(base) > 1 and tone in "\u0302\u0306\u031b":
                base, tone = [base[0], tone], base[1]
            out.append(unicodedata.normalize("NFC", "".join(base)).encode("cp1258"))
            out.append(tone.encode("cp1258"))
    return b"".join(out)


def written_in(read, text):
    """Return the bytes that ``read``, a reader of font signs, makes ``text`` of."""
    signs = [chr(code) for code in range(0x20, 0x17F)]
    table = {}
    for first in signs:
        table.setdefault(read(first), first)
        for second in signs:
            pair = read(first + second)
            if len(pair) == 1:
                table.setdefault(pair, first + second)
    return "".join(table.get(char, char) for char in text).encode("cp1252")


class UnicodeTests(TableTestCase):
    def test_reads_each_form_of_unicode(self):
        for encoding, read_as in (
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8"),
            ("utf-16", "utf-16-le"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
        ):
            with self.subTest(encoding=encoding):
                check = self.check(TEXT, SCHEMA, encoding=encoding)

                self.assertEqual(check.outcome, "accepted", check.issues)
                self.assertEqual(check.reading.encoding, read_as)
                self.assertEqual([row["ten"] for row in self.rows(check)], NAMES)

    def test_reads_the_unicode_text_of_excel(self):
        content = b"\xff\xfe" + TEXT.replace(";", "\t").replace("\n", "\r\n").encode("utf-16-le")

        check = self.check(content, SCHEMA)

        self.assertEqual((check.outcome, check.reading.delimiter), ("accepted", "\t"))

    def test_composes_decomposed_text(self):
        check = self.check(unicodedata.normalize("NFD", TEXT), SCHEMA)

        self.assertEqual([row["ten"] for row in self.rows(check)], NAMES)
        self.assertEqual(check.issues, [])

    def test_damaged_utf8_is_not_taken_for_another_encoding(self):
        for content, row in (
            (TEXT.encode()[:-8] + b"\xe1\xbb", 6),
            (TEXT.encode().replace("ã".encode(), b"\xff"), 3),
        ):
            with self.subTest(row=row):
                check = self.check(content, SCHEMA)

                self.assertEqual(check.outcome, "rejected")
                self.assertEqual(self.codes(check), [("undecodable", row, None)])

    def test_a_wrong_choice_gets_a_sentence(self):
        for encoding in ("utf-8", "utf-16", "klingon"):
            with self.subTest(encoding=encoding):
                check = self.check(windows_1258(TEXT), SCHEMA, reading=Reading(encoding=encoding))

                self.assertEqual(self.codes(check), [("undecodable", None, None)])


class EightBitTests(TableTestCase):
    def test_recognises_windows_1258(self):
        check = self.check(windows_1258(TEXT), SCHEMA)

        self.assertEqual(check.outcome, "accepted", check.issues)
        self.assertEqual(check.reading.encoding, "windows-1258")
        self.assertEqual([row["ten"] for row in self.rows(check)], NAMES)

    def test_old_fonts_are_put_to_a_person_and_read_when_confirmed(self):
        for encoding, read in (("tcvn3", from_tcvn3), ("vni", from_vni)):
            with self.subTest(encoding=encoding):
                content = written_in(read, TEXT)

                check = self.check(content, SCHEMA)
                self.assertEqual(check.outcome, "needs_confirmation")
                best = check.reading.candidates[0]
                self.assertEqual((best["field"], best["value"]), ("encoding", encoding))
                self.assertIn("Bắc Giang", " ".join(best["sample"]))

                check = self.check(content, SCHEMA, reading=Reading(encoding=encoding))
                self.assertEqual([row["ten"] for row in self.rows(check)], NAMES)

    def test_old_fonts_inside_unicode_are_put_to_a_person(self):
        text = written_in(from_tcvn3, TEXT).decode("cp1252")

        check = self.check(text, SCHEMA)
        self.assertEqual(check.outcome, "needs_confirmation")
        self.assertEqual(check.reading.candidates[0]["value"], "utf-8+tcvn3")

        check = self.check(text, SCHEMA, reading=Reading(encoding="utf-8+tcvn3"))
        self.assertEqual([row["ten"] for row in self.rows(check)], NAMES)

    def test_bytes_that_mean_nothing_are_put_to_a_person(self):
        check = self.check(b"ma;ten\n01;\xa4\xa7\xfe\xdf\xd0\n", SCHEMA)

        self.assertEqual(check.outcome, "needs_confirmation")
        self.assertEqual(self.codes(check), [("ambiguous_encoding", None, None)])


class FontTests(TableTestCase):
    def test_known_samples(self):
        self.assertEqual(
            from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam"), "Cộng hòa xã hội chủ nghĩa Việt Nam"
        )
        self.assertEqual(
            from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"),
            "Cộng hòa xã hội chủ nghĩa Việt Nam",
        )

    def test_syllables(self):
        for word in [
            "Nghiêng",
            "khuỷu",
            "quýt",
            "giếng",
            "yêu",
            "ươm",
            "đường",
            "Huế",
            "gì",
            "quốc",
            "uỷ",
            "ủy",
            "thuở",
        ]:
            with self.subTest(word=word):
                self.assertIs(is_syllable(word), True)
        for word in ("hßa", "ViÖt", "Müller", "ngườix"):
            with self.subTest(word=word):
                self.assertIs(is_syllable(word), False)
        self.assertIsNone(plausibility("plain ASCII"))
