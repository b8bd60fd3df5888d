"""Vietnamese text: whatever way it was typed, it folds, sorts and becomes an address alike."""

import re
import unicodedata
from random import Random
from unittest import skipUnless

from django.db import connection
from django.test import SimpleTestCase, TestCase
from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.text import (
    fold,
    fold_words,
    highlight_spans,
    nfc,
    slugify_vi,
    sort_key,
)

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"


def with_tone(letter, tone):
    return unicodedata.normalize("NFC", letter + tone)


LETTERS = [with_tone(letter, tone) for letter in "aăâeêioôơuưy" for tone in TONES]
LETTERS += [*"bcdđghklmnpqrstvx"]
LETTERS += [letter.upper() for letter in LETTERS]

vietnamese = st.text(st.sampled_from([*LETTERS, " "]), max_size=30)
anything = st.text(max_size=30) | vietnamese


class NFCTests(SimpleTestCase):
    @given(anything)
    def test_it_is_done_once_and_for_all(self, text):
        self.assertEqual(nfc(nfc(text)), nfc(text))

    @given(vietnamese)
    def test_the_form_in_which_a_text_was_typed_does_not_matter(self, text):
        self.assertEqual(nfc(unicodedata.normalize("NFD", text)), nfc(text))

    def test_what_nobody_sees_is_removed(self):
        self.assertEqual(nfc("\ufeffđiều\u200b hà\u00adnh"), "điều hành")

    def test_nothing_is_an_empty_text(self):
        self.assertEqual(nfc(None), "")


class FoldTests(SimpleTestCase):
    @given(anything)
    @example("ﬁ Ǆ İ ß ΐ 가 \u0344 \u00b4")
    def test_folding_twice_changes_nothing(self, text):
        self.assertEqual(fold(fold(text)), fold(text))
        self.assertEqual(fold_words(fold_words(text)), fold_words(text))

    @given(anything)
    def test_the_form_in_which_a_text_was_typed_does_not_matter(self, text):
        self.assertEqual(fold(unicodedata.normalize("NFD", text)), fold(text))

    @given(vietnamese)
    def test_case_does_not_matter(self, text):
        self.assertEqual(fold(text.upper()), fold(text))

    @given(vietnamese)
    def test_vietnamese_becomes_plain_letters(self, text):
        self.assertRegex(fold(text), r"^[a-z ]*$")

    def test_writings_of_one_word_are_equal(self):
        for writings in (
            ("Điều hành", "dieu hanh", "ĐIỀU  HÀNH", "đieu hanh", "Ðiều hành"),
            ("hoà", "hòa", "hoa"),
            ("thuỷ lợi", "thủy lợi"),
            ("Ủy ban", "Uỷ ban"),
            ("Đắk Lắk", "Dak Lak", "Ðắk Lắk"),
        ):
            with self.subTest(writings):
                self.assertEqual(len(set(map(fold, writings))), 1)

    def test_document_numbers_become_words(self):
        self.assertEqual(fold_words("12/2026/QĐ-UBND"), "12 2026 qd ubnd")
        self.assertEqual(fold_words(' "_%*( '), "")


class SlugTests(SimpleTestCase):
    @given(anything, st.integers(1, 80))
    def test_an_address_part_holds_letters_digits_and_single_hyphens(self, text, length):
        slug = slugify_vi(text, max_length=length)

        self.assertRegex(slug, r"^[a-z0-9]+(-[a-z0-9]+)*$")
        self.assertLessEqual(len(slug), length)

    def test_the_letter_with_the_stroke_stays(self):
        self.assertEqual(slugify_vi("Điều 5. Đối tượng áp dụng"), "dieu-5-doi-tuong-ap-dung")
        self.assertEqual(slugify_vi("Đ", max_length=1), "d")

    def test_an_address_is_never_empty(self):
        self.assertEqual(slugify_vi("…"), "x")


class SortKeyTests(SimpleTestCase):
    def assertSorted(self, texts):
        self.assertEqual(sorted(Random(1).sample(texts, len(texts)), key=sort_key), texts)

    def test_the_alphabet(self):
        self.assertSorted(list(ALPHABET))

    def test_the_tones_stand_in_their_order(self):
        self.assertSorted(["ma", "mà", "mả", "mã", "má", "mạ"])

    def test_letters_count_before_tones_and_tones_before_case(self):
        self.assertSorted(["mạ", "mai", "mài", "man", "màn", "Màn", "mănh", "mân"])

    def test_names_of_units(self):
        self.assertSorted(
            [
                "Ban Dân tộc",
                "Bảo hiểm xã hội",
                "Công an tỉnh",
                "Cục Thuế",
                "Đài Phát thanh",
                "Sở Công Thương",
                "Sở Tài chính",
                "Sở Y tế",
                "Ủy ban nhân dân",
                "Văn phòng",
            ]
        )

    def test_a_space_comes_before_marks_digits_and_letters(self):
        self.assertSorted(["Điều 1", "Điều-1", "Điều1", "Điềua"])

    @given(anything)
    @example("x\u0301")
    @example("\u0301")
    def test_a_key_holds_only_what_every_database_sorts_alike(self, text):
        self.assertRegex(sort_key(text), r"^[0-9a-z]*$")

    @given(vietnamese)
    def test_the_form_in_which_a_text_was_typed_does_not_matter(self, text):
        self.assertEqual(sort_key(unicodedata.normalize("NFD", text)), sort_key(text))

    @given(vietnamese, vietnamese)
    def test_different_texts_have_different_keys(self, one, other):
        one, other = (" ".join(text.split()) for text in (one, other))

        self.assertEqual(sort_key(one) == sort_key(other), one == other)


@skipUnless(connection.vendor == "postgresql", "only PostgreSQL has ICU's Vietnamese order")
class ICUTests(TestCase):
    def assertAgrees(self, characters, prefix=""):
        random = Random(20260101)
        texts = [
            prefix + " ".join("".join(random.choices(characters, k=random.randint(1, 6))).split())
            for _ in range(4000)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                'SELECT word FROM unnest(%s::text[]) AS word ORDER BY word COLLATE "vi-x-icu"',
                [texts],
            )
            ordered = [row[0] for row in cursor.fetchall()]

        for before, after in zip(ordered, ordered[1:], strict=False):
            self.assertLessEqual(sort_key(before), sort_key(after), (before, after))

    def test_words_and_phrases_sort_as_icu_sorts_them(self):
        self.assertAgrees([*LETTERS, " "])

    def test_numbers_and_marks_sort_as_icu_sorts_them(self):
        self.assertAgrees([*"abĐ12", *PUNCTUATION], prefix="a")


class HighlightTests(SimpleTestCase):
    def marked(self, text, query):
        return [text[start:end] for start, end in highlight_spans(text, query)]

    def test_words_that_begin_with_the_query_are_marked_as_they_are_written(self):
        self.assertEqual(self.marked("Cung cấp dữ liệu", "du LIEU"), ["dữ", "liệu"])
        self.assertEqual(self.marked("Quyết định 1792/QĐ-UBND", "qd ubnd"), ["QĐ", "UBND"])
        self.assertEqual(self.marked("điều hành", "hanh"), ["hành"])

    def test_the_middle_of_a_word_is_not_marked(self):
        self.assertEqual(self.marked("Thành phố", "hanh"), [])

    def test_nothing_is_marked_for_marks(self):
        self.assertEqual(self.marked("a.b*c", ".*"), [])

    @given(anything, anything)
    def test_what_is_marked_is_what_was_asked_for(self, text, query):
        text = nfc(text)
        words = fold_words(query).split()

        for span in highlight_spans(text, query):
            found = fold_words(text[slice(*span)])
            self.assertTrue(re.match("|".join(map(re.escape, words)), found), (text, query))
