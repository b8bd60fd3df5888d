"""What a spreadsheet would calculate leaves as text and comes back as it was."""

from django.test import SimpleTestCase
from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.formulas import FORMULA_STARTS, guarded, unguarded

NEAR_FORMULAS = st.text(st.sampled_from([*FORMULA_STARTS, *"'1aộ "]), max_size=8)


class FormulaTests(SimpleTestCase):
    @given(st.text() | NEAR_FORMULAS)
    @example("'")
    @example("''=1")
    @example("＝1")
    def test_what_was_guarded_comes_back(self, text):
        self.assertEqual(unguarded(guarded(text)), text)

    @given(NEAR_FORMULAS)
    def test_nothing_that_leaves_is_calculated(self, text):
        self.assertFalse(guarded(text).startswith(FORMULA_STARTS))

    def test_other_texts_leave_as_they_are(self):
        for text in ("a=1", "012", "", " =1", "Sở Y tế"):
            self.assertEqual((guarded(text), unguarded(text)), (text, text))
