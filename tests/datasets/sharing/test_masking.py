"""Masked values: the same in SQL and in Python, and never the whole of a text."""

import duckdb
from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.text import nfc
from portal.datasets.rows.masking import MASK, masked, masked_sql

texts = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789+ ().-", max_size=14),
    st.text(alphabet="NguyễnĐăngẮ ", max_size=20),
)


class MaskingTests(SimpleTestCase):
    def test_what_stays_of_what(self):
        for value, told in (
            ("Nguyễn Văn An", "N***"),
            ("Đỗ Thị Bê", "Đ***"),
            ("079123456789", "***789"),
            ("+84 905 123 456", "***456"),
            ("Nam", MASK),
            ("", MASK),
            (1985, MASK),
            (True, MASK),
            (None, None),
        ):
            with self.subTest(value):
                self.assertEqual(masked(value), told)

    @settings(max_examples=300, deadline=None)
    @given(texts)
    def test_the_engine_and_the_lines_mask_alike_and_never_tell_all(self, text):
        text = nfc(text).replace("\x00", "")
        with duckdb.connect() as engine:
            engine.execute("CREATE TABLE told (c VARCHAR)")
            engine.execute("INSERT INTO told VALUES (?)", [text])
            [(found,)] = engine.table("told").project(masked_sql("c", "VARCHAR")).fetchall()

        self.assertEqual(found, masked(text))
        if len(text) > 3:
            self.assertLessEqual(len(found.replace(MASK, "")), max(1, len(text) // 2))
