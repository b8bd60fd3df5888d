"""Corrections of what was read, one by one, and what is found in their result."""

from django.test import SimpleTestCase

from portal.regulations.importing import operations, placing
from portal.regulations.importing.blocks import body_of, is_edited
from portal.regulations.importing.building import corrected_json
from portal.regulations.importing.cutting import places_in
from portal.regulations.importing.findings import look_through
from portal.regulations.importing.reading import read_again
from portal.regulations.importing.rules import BlockGone, CorrectionRefused
from tests.regulations.texts import DECIDED, SMALL
from tests.regulations.working_copies import block_with, missing, without_lints


class Operations(SimpleTestCase):
    def setUp(self):
        self.working = read_again(SMALL)

    def article(self, working, number):
        parsed = corrected_json(working)["regulation"]
        return next(
            article
            for division in parsed["divisions"]
            for article in division["articles"]
            if article["number"] == number
        )

    def test_a_new_title_keeps_the_words_of_the_source(self):
        block = block_with(self.working, "Nguyên tắc")

        after = operations.edit(
            self.working, block["id"], label="2", title="Nguyên tắc phối hợp", text=""
        )

        self.assertEqual(self.article(after, "2")["title"], "Nguyên tắc phối hợp")
        self.assertEqual(missing(SMALL, after), [])
        self.assertTrue(is_edited(block_with(after, "Nguyên tắc phối hợp")))
        self.assertEqual(body_of(block), "Nguyên tắc")

    def test_words_put_back_are_no_longer_an_edit(self):
        block = block_with(self.working, "Nguyên tắc")
        once = operations.edit(self.working, block["id"], label="2", title="Khác", text="")

        twice = operations.edit(once, block["id"], label="2", title="Nguyên tắc", text="")

        self.assertEqual(twice["blocks"], self.working["blocks"])

    def test_a_new_number_changes_the_address(self):
        block = block_with(self.working, "Sở Y tế")

        after = operations.edit(
            self.working, block["id"], label="4", title=block["title"], text=block["text"]
        )

        self.assertEqual(self.article(after, "4")["clauses"][0]["eid"], "qc__dieu_4__khoan_1")

    def test_no_words_at_all_is_refused(self):
        block = block_with(self.working, "Kịp thời")

        with self.assertRaises(CorrectionRefused):
            operations.edit(self.working, block["id"], label="1", title="", text=" ")

    def test_an_article_needs_a_number(self):
        block = block_with(self.working, "Nguyên tắc")

        with self.assertRaises(CorrectionRefused):
            operations.edit(self.working, block["id"], label="", title="Nguyên tắc", text="")

    def test_merging_takes_the_printed_mark_along(self):
        block = block_with(self.working, "Đầy đủ")

        after = operations.merge_with_previous(self.working, block["id"])

        points = self.article(after, "2")["clauses"][1]["points"]
        self.assertEqual(points[0]["text"], "Chính xác;\nb) Đầy đủ;")
        self.assertEqual([point["label"] for point in points], ["a", "đ"])
        self.assertEqual(missing(SMALL, after), [])

    def test_the_first_part_has_nothing_to_merge_with(self):
        with self.assertRaises(CorrectionRefused):
            operations.merge_with_previous(self.working, self.working["blocks"][0]["id"])

    def test_splitting_reads_the_mark_of_the_second_half(self):
        text = SMALL.replace("đúng hạn.\n2. Bảo", "đúng hạn 2. Bảo")
        working = read_again(text)
        block = block_with(working, "đúng hạn 2.")

        after = operations.split(
            working,
            block["id"],
            position=body_of(block).index("2. Bảo"),
            source_lines=text.split("\n"),
        )

        clauses = self.article(after, "2")["clauses"]
        self.assertEqual([clause["number"] for clause in clauses], ["1", "2"])
        self.assertEqual([point["label"] for point in clauses[1]["points"]], ["a", "b", "đ"])
        self.assertEqual(missing(text, after), [])

    def test_splitting_and_merging_again_is_where_it_began(self):
        block = block_with(self.working, "Quy chế này")
        after = operations.split(
            self.working, block["id"], position=8, source_lines=SMALL.split("\n")
        )
        second = after["blocks"][after["blocks"].index(block_with(after, "này quy định")) :][0]

        merged = operations.merge_with_previous(after, second["id"])

        self.assertEqual(
            without_lints(corrected_json(merged)), without_lints(corrected_json(self.working))
        )

    def test_splitting_at_the_edge_is_refused(self):
        block = block_with(self.working, "Kịp thời")

        for position in (0, len(body_of(block))):
            with self.subTest(position), self.assertRaises(CorrectionRefused):
                operations.split(
                    self.working, block["id"], position=position, source_lines=SMALL.split("\n")
                )

    def test_a_split_of_edited_words_cuts_the_source_at_the_same_place(self):
        block = block_with(self.working, "Kịp thời")
        edited = operations.edit(
            self.working, block["id"], label="1", title="", text="Rất kịp thời, luôn đúng hạn."
        )

        after = operations.split(
            edited,
            block["id"],
            position=len("Rất kịp thời, "),
            source_lines=SMALL.split("\n"),
        )

        self.assertEqual(missing(SMALL, after), [])
        first, second = (block_with(after, words) for words in ("Rất kịp", "luôn đúng"))
        self.assertIn("Kịp", first["origin"])
        self.assertIn("hạn", second["origin"])

    def test_a_clause_becomes_an_article_with_what_hangs_below_it(self):
        block = block_with(self.working, "Bảo đảm")

        after = operations.change_kind(self.working, block["id"], kind="article", label="2a")

        points = self.article(after, "2a")["clauses"][0]["points"]
        self.assertEqual(len(points), 3)
        self.assertEqual(missing(SMALL, after), [])

    def test_a_part_that_loses_its_number_keeps_the_mark_as_words(self):
        block = block_with(self.working, "Nguyên tắc")

        after = operations.change_kind(self.working, block["id"], kind="clause", label="")

        clause = self.article(after, "1")["clauses"][1]
        self.assertEqual(clause["text"], "Điều 2. Nguyên tắc")
        self.assertIsNone(clause["number"])
        self.assertEqual(missing(SMALL, after), [])

    def test_what_a_heading_cannot_hold_goes_below_it(self):
        block = block_with(self.working, "Quy chế này")
        article = operations.merge_with_previous(self.working, block["id"])
        [merged] = [each for each in article["blocks"] if "Quy chế này" in body_of(each)]

        after = operations.change_kind(article, merged["id"], kind="section", label="1")

        self.assertEqual(block_with(after, "Phạm vi")["kind"], "section")
        self.assertEqual(block_with(after, "Quy chế này")["kind"], "clause")
        self.assertEqual(missing(SMALL, after), [])

    def test_left_out_is_listed_with_its_reason_and_comes_back(self):
        block = block_with(self.working, "Đầy đủ")

        after = placing.leave_out(self.working, block["id"], reason="page_number")

        [item] = after["left_out"]
        self.assertEqual((item["reason"], item["text"]), ("page_number", "b) Đầy đủ;"))
        self.assertEqual(missing(SMALL, after), [])
        self.assertEqual(placing.take_back(after, item["id"])["blocks"], self.working["blocks"])

    def test_an_article_is_left_out_with_its_clauses_if_wished(self):
        block = block_with(self.working, "Nguyên tắc")

        after = placing.leave_out(
            self.working, block["id"], reason="other", note="Trùng", with_children=True
        )

        self.assertEqual(len(after["left_out"]), 6)
        self.assertEqual(missing(SMALL, after), [])

    def test_what_reading_left_out_comes_back_at_its_line(self):
        working = read_again(DECIDED)
        item = next(each for each in working["left_out"] if "Kèm theo" in each["text"])

        after = placing.take_back(working, item["id"])

        self.assertEqual(missing(DECIDED, after), [])
        self.assertIn("Kèm theo", str(corrected_json(after)["regulation"]))

    def test_the_border_of_decision_and_regulation_moves(self):
        text = SMALL.replace("Chương I\nQUY ĐỊNH CHUNG\n", "")
        working = read_again(text)

        after = placing.begin_regulation(working, block_with(working, "Nguyên tắc")["id"])

        read = corrected_json(after)
        self.assertEqual([a["eid"] for a in read["decision"]["articles"]], ["qd__dieu_1"])
        self.assertEqual(missing(text, after), [])

    def test_a_decision_has_no_chapters(self):
        with self.assertRaises(CorrectionRefused):
            placing.begin_regulation(self.working, block_with(self.working, "Nguyên tắc")["id"])

    def test_from_an_annex_on_everything_is_annex_until_it_is_none(self):
        block = block_with(self.working, "TRÁCH NHIỆM")
        annexed = operations.change_kind(self.working, block["id"], kind="annex", label="1")
        back = operations.change_kind(annexed, block["id"], kind="chapter", label="II")

        [annex] = corrected_json(annexed)["regulation"]["annexes"]
        self.assertEqual(annex["label"], "Phụ lục 1")
        self.assertEqual(annex["divisions"][0]["articles"][0]["eid"], "pl_1__dieu_3")
        self.assertEqual(
            without_lints(corrected_json(back)), without_lints(corrected_json(self.working))
        )

    def test_a_part_that_is_gone_is_named_so(self):
        with self.assertRaises(BlockGone):
            operations.merge_with_previous(self.working, "m999")

    def test_the_head_is_edited_without_losing_what_was_read(self):
        working = read_again(DECIDED)

        after = operations.edit_head(working, number="13/QĐ-UBND", signer_name="Trần Thị Thử")

        decision = corrected_json(after)["decision"]
        self.assertEqual(decision["number"], "13/QĐ-UBND")
        self.assertEqual(decision["signer"]["name"], "Trần Thị Thử")
        self.assertEqual(missing(DECIDED, after), [])

    def test_places_to_cut_are_the_ends_of_sentences_and_lines(self):
        working = read_again(DECIDED)
        block = block_with(working, "Kịp thời.")

        [place] = places_in(block)

        self.assertEqual((place.before, place.after), ("Kịp thời.", "Đúng hạn."))
        self.assertEqual(body_of(block)[place.position :], "Đúng hạn.")


class Findings(SimpleTestCase):
    def test_a_gap_made_by_a_correction_is_found_and_leads_to_its_block(self):
        working = read_again(SMALL)
        block = block_with(working, "Sở Y tế")

        after = operations.edit(
            working, block["id"], label="7", title=block["title"], text=block["text"]
        )

        lints = look_through(after, SMALL)["lints"]
        self.assertIn(("gap_in_numbers", block["id"]), [(x["code"], x["block"]) for x in lints])

    def test_a_word_that_is_nowhere_is_found(self):
        working = read_again(SMALL)
        del working["blocks"][3]

        lints = look_through(working, SMALL)["lints"]

        self.assertIn("words_unplaced", [lint["code"] for lint in lints])

    def test_words_in_another_order_are_found(self):
        working = read_again(SMALL)
        working["blocks"][3], working["blocks"][4] = working["blocks"][4], working["blocks"][3]

        lints = look_through(working, SMALL)["lints"]

        self.assertIn("words_unplaced", [lint["code"] for lint in lints])

    def test_the_proof_is_made_again_when_the_words_stand_differently(self):
        working = read_again(SMALL)
        before = look_through(working, SMALL)
        del working["blocks"][3]

        after = look_through(working, SMALL, before)

        self.assertNotEqual(after["words"], before["words"])
