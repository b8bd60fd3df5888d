"""What holds for every text and all corrections: it comes back, and no word gets lost."""

from django.test import SimpleTestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.regulations.importing import operations, placing
from portal.regulations.importing.blocks import KINDS, body_of
from portal.regulations.importing.building import corrected_json
from portal.regulations.importing.findings import lints_of_the_page, look_through
from portal.regulations.importing.patches import difference, take_off
from portal.regulations.importing.reading import read_again, working_copy_of
from portal.regulations.importing.rules import CorrectionRefused
from portal.regulations.parsing import as_json, parse_text, words_unplaced
from tests.regulations.texts import ARTICLES_PER_CHAPTER, DECIDED, SMALL, demo_text, real_text
from tests.regulations.working_copies import missing, without_lints


class RoundTrip(SimpleTestCase):
    def assert_identity(self, text):
        parsed = parse_text(text)
        working = working_copy_of(parsed)

        self.assertEqual(without_lints(corrected_json(working)), without_lints(as_json(parsed)))
        self.assertEqual(missing(text, working), words_unplaced(text, parsed))

    def test_texts_come_back_as_they_were_read(self):
        for text in (SMALL, DECIDED, demo_text(), "", "Chỉ một dòng chữ."):
            with self.subTest(text[:40]):
                self.assert_identity(text)

    def test_official_texts_come_back_as_they_were_read(self):
        for name in ARTICLES_PER_CHAPTER:
            with self.subTest(name):
                if real_text(name) is None:
                    self.skipTest("the official texts are not at hand")
                self.assert_identity(real_text(name))

    def test_the_lints_come_back_too(self):
        text = SMALL.replace("Điều 3.", "Điều 5.")
        parsed = parse_text(text)
        working = working_copy_of(parsed)
        found = look_through(working, text)["lints"] + lints_of_the_page(parsed, working, text)

        self.assertEqual(
            sorted((lint["code"], lint["message"]) for lint in found),
            sorted((lint.code, lint.message) for lint in parsed.lints),
        )
        self.assertTrue(found)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.sampled_from(
                [
                    "Chương I",
                    "Chương II",
                    "QUY ĐỊNH CHUNG",
                    "Mục 1. CHUNG",
                    "Điều 1. Phạm vi",
                    "Điều 2. Nguyên tắc",
                    "Điều 3.",
                    "1. Kịp thời, đúng hạn.",
                    "2. Bảo đảm:",
                    "a) Chính xác;",
                    "b) Đầy đủ;",
                    "- Một gạch đầu dòng;",
                    "Một đoạn văn.",
                    "Các nội dung gồm:",
                    "chữ viết thường tiếp theo",
                    "Phụ lục I",
                    "Chú thích[1]",
                    "[1] Lời chú thích.",
                    "| cột | bảng |",
                    "./.",
                    "Nơi nhận:",
                    "- Lưu: VT.",
                ]  # fmt: skip
            ),
            max_size=24,
        )
    )
    def test_any_text_comes_back_as_it_was_read(self, lines):
        self.assert_identity("QUY CHẾ\nThử nghiệm\n\n" + "\n".join(lines))


KIND = st.sampled_from(KINDS)
STEP = st.tuples(
    st.sampled_from(["merge", "split", "kind", "leave_out", "take_back", "edit", "begin"]),
    st.integers(0, 40),
    st.integers(0, 60),
    KIND,
    st.sampled_from(["", "3", "b", "IV"]),
)


def step(working, text, what, place, position, kind, label):
    """Make one random correction; the working copy stays when it is refused."""
    blocks = working["blocks"]
    if what == "take_back":
        items = working["left_out"]
        own = [item for item in items if "block" in item]
        return placing.take_back(working, own[place % len(own)]["id"]) if own else working
    if not blocks:
        return working
    block = blocks[place % len(blocks)]
    if what == "edit":
        words = f"{body_of(block)[:position]} sửa {body_of(block)[position:]}"
        return operations.edit(working, block["id"], label=label, title="", text=words)
    calls = {
        "merge": lambda: operations.merge_with_previous(working, block["id"]),
        "split": lambda: operations.split(
            working,
            block["id"],
            position=position,
            kind=kind if place % 2 else "",
            label=label,
            source_lines=text.split("\n"),
        ),
        "kind": lambda: operations.change_kind(working, block["id"], kind=kind, label=label),
        "leave_out": lambda: placing.leave_out(
            working, block["id"], reason="other", note="Thử", with_children=bool(place % 2)
        ),
        "begin": lambda: placing.begin_regulation(working, block["id"]),
    }
    return calls[what]()


class AnyCorrections(SimpleTestCase):
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from([SMALL, DECIDED]), st.lists(STEP, max_size=12))
    def test_no_word_of_the_source_is_lost_and_all_can_be_undone(self, text, steps):
        first = working = read_again(text)
        patches, came_back = [], False

        for each in steps:
            try:
                after = step(working, text, *each)
            except CorrectionRefused:
                continue
            patches.append(difference(working, after))
            working = after
            # What comes back between two parts that were merged since stands in another order,
            # and the remark says so.
            came_back = came_back or each[0] == "take_back"
            if not came_back:
                self.assertEqual(missing(text, working), [], each)
            self.assertEqual(
                len({block["id"] for block in working["blocks"]}), len(working["blocks"])
            )
            corrected_json(working)

        for patch in reversed(patches):
            working = take_off(working, patch)
        self.assertEqual(
            {key: working[key] for key in ("head", "blocks", "left_out")},
            {key: first[key] for key in ("head", "blocks", "left_out")},
        )
