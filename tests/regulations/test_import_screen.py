"""Correcting on the screen: one form comes back to its block, is logged, undone, never stale."""

from django.urls import reverse

from portal.regulations.models import RegulationImport
from tests.regulations.import_case import ImportTestCase
from tests.regulations.texts import SMALL


class Correcting(ImportTestCase):
    def setUp(self):
        super().setUp()
        self.brought_in = self.bring_in()

    def structure(self):
        self.brought_in.refresh_from_db()
        return self.brought_in.working["blocks"]

    def test_a_correction_comes_back_to_its_block(self):
        block = self.block(self.brought_in, "Nguyên tắc")

        answer = self.send(self.brought_in, "edit", block, label="2", title="Nguyên tắc chung")

        self.assertTrue(answer.url.endswith(f"#{block['id']}"))
        page = self.client.get(self.address("preview", self.brought_in))
        self.assertContains(page, "Nguyên tắc chung")
        self.assertContains(page, "<del>Nguyên tắc</del>")

    def test_each_correction_is_written_down(self):
        block = self.block(self.brought_in, "Nguyên tắc")

        self.send(self.brought_in, "edit", block, label="2", title="Nguyên tắc chung")

        self.brought_in.refresh_from_db()
        [entry] = self.brought_in.corrections
        self.assertEqual((entry["verb"], entry["by"]), ("edit", self.administrator.pk))
        page = self.client.get(self.address("preview", self.brought_in))
        [shown] = page.context["corrections"]
        self.assertIn("Nguyên tắc chung", shown["now"])
        self.assertNotIn("chung", shown["was"])

    def test_corrections_are_undone_one_by_one(self):
        before = self.structure()
        self.send(self.brought_in, "merge", self.block(self.brought_in, "Đầy đủ"))
        between = self.structure()
        self.send(self.brought_in, "merge", self.block(self.brought_in, "Thống nhất"))

        for expected in (between, before):
            self.brought_in.refresh_from_db()
            self.client.post(
                self.address("undo", self.brought_in), {"revision": self.brought_in.revision}
            )
            self.assertEqual(self.structure(), expected)
        self.assertTrue(all("undone" in entry for entry in self.brought_in.corrections))

    def test_starting_again_can_be_undone_itself(self):
        self.send(self.brought_in, "merge", self.block(self.brought_in, "Đầy đủ"))
        corrected = self.structure()
        undo = self.address("undo", self.brought_in)

        self.client.post(undo, {"revision": 1, "again": "1"})
        self.assertNotEqual(self.structure(), corrected)
        self.client.post(undo, {"revision": 2})

        self.assertEqual(self.structure(), corrected)

    def test_nothing_to_undo_is_a_sentence(self):
        answer = self.client.post(self.address("undo", self.brought_in), {"revision": 0})

        self.assertTrue(answer.context["refusal"])

    def test_an_older_window_is_refused_and_keeps_what_was_typed(self):
        block = self.block(self.brought_in, "Nguyên tắc")
        self.send(self.brought_in, "merge", self.block(self.brought_in, "Đầy đủ"))
        corrected = self.structure()

        answer = self.send(
            self.brought_in, "edit", block, revision=0, label="2", title="Tiêu đề gõ dở"
        )

        self.assertEqual(self.structure(), corrected)
        self.assertContains(answer, "Tiêu đề gõ dở")
        self.assertTrue(answer.context["refusal"])
        self.assertContains(answer, '<input type="hidden" name="revision" value="1">')

    def test_typed_words_are_shown_when_their_block_is_gone(self):
        block = self.block(self.brought_in, "Đầy đủ")
        self.send(self.brought_in, "merge", block)

        answer = self.send(self.brought_in, "edit", block, revision=0, label="b", text="Chữ gõ dở")

        self.assertContains(answer, "Chữ gõ dở")

    def test_split_needs_a_place(self):
        answer = self.send(self.brought_in, "split", self.block(self.brought_in, "Kịp thời"))

        self.assertIn("position", answer.context["panel"]["forms"]["split"].errors)

    def test_split_change_leave_out_take_back_begin(self):
        brought_in = self.brought_in
        block = self.block(brought_in, "Kịp thời")
        self.send(brought_in, "split", block, position=10)
        second = self.block(brought_in, "đúng hạn")
        self.send(brought_in, "kind", second, kind="point", label="a")
        self.send(brought_in, "leave_out", second, reason="other", note="Thử")
        brought_in.refresh_from_db()
        [item] = brought_in.working["left_out"]
        self.assertEqual(item["note"], "Thử")
        self.send(brought_in, "take_back", item)

        self.assertEqual(self.block(brought_in, "đúng hạn")["kind"], "point")
        brought_in.refresh_from_db()
        self.assertEqual(brought_in.revision, 4)
        self.assertEqual(brought_in.working["found"]["words"]["missing"], [])

    def test_another_reason_must_be_written(self):
        block = self.block(self.brought_in, "Đầy đủ")

        answer = self.send(self.brought_in, "leave_out", block, reason="other")

        self.assertIn("note", answer.context["panel"]["forms"]["leave_out"].errors)

    def test_the_head_takes_a_vietnamese_date(self):
        values = {"regulation_title": "QUY CHẾ Thử", "issued_on": "5/3/2025", "number": "7/QĐ-UBND"}

        self.send(
            self.brought_in, "head", {"id": ""}, legal_bases="Căn cứ A;\r\n\r\nCăn cứ B.", **values
        )

        self.brought_in.refresh_from_db()
        head = self.brought_in.working["head"]
        self.assertEqual(head["issued_on"], "2025-03-05")
        self.assertEqual(head["legal_bases"], ["Căn cứ A;", "Căn cứ B."])
        self.assertEqual(self.brought_in.title, "QUY CHẾ Thử")

    def test_a_day_that_is_none_is_refused_in_place(self):
        answer = self.send(
            self.brought_in, "head", {"id": ""}, regulation_title="Thử", issued_on="31/02/2025"
        )

        self.assertIn("issued_on", answer.context["panel"]["form"].errors)
        self.assertContains(answer, "31/02/2025")

    def test_decomposed_letters_are_composed(self):
        block = self.block(self.brought_in, "Nguyên tắc")

        self.send(
            self.brought_in, "edit", block, label="2", title="Pho\u031b\u0301i ho\u031b\u0323p"
        )

        self.assertEqual(self.block(self.brought_in, "hợp")["title"], "Phới hợp")

    def test_nonsense_is_refused_without_a_fault(self):
        block = self.block(self.brought_in, "Nguyên tắc")
        for verb, values in (
            ("nothing", {}),
            ("kind", {"kind": "book"}),
            ("split", {"position": "-4"}),
            ("split", {"position": "99999"}),
            ("edit", {"label": "x" * 40, "title": "y"}),
            ("edit", {"label": "2", "title": "y", "revision": "abc"}),
            ("merge", {"revision": "99999999999"}),
        ):
            with self.subTest(verb, **values):
                answer = self.client.post(
                    self.address("correct", self.brought_in),
                    {"verb": verb, "block": block["id"], "revision": 0, **values},
                )
                self.assertEqual(answer.status_code, 200)
                self.brought_in.refresh_from_db()
                self.assertEqual(self.brought_in.revision, 0)

    def test_a_remark_is_ticked_and_opened_again(self):
        brought_in = self.bring_in(SMALL.replace("Điều 3.", "Điều 5."))
        page = self.client.get(self.address("preview", brought_in))
        key = page.context["lint_groups"][0][2][0]["key"]
        count = page.context["open_count"]

        self.client.post(self.address("tick", brought_in), {"seen": key})
        ticked = self.client.get(self.address("preview", brought_in))
        self.client.post(self.address("tick", brought_in), {"unseen": key})
        opened = self.client.get(self.address("preview", brought_in))

        self.assertEqual(ticked.context["open_count"], count - 1)
        self.assertEqual(ticked.context["seen_lints"][0]["seen"]["name"], "An Lê")
        self.assertEqual(opened.context["open_count"], count)

    def test_the_tools_open_with_and_without_script(self):
        block = self.block(self.brought_in, "Nguyên tắc")

        page = self.client.get(
            self.address("preview", self.brought_in), {"sua": block["id"], "cach": "tach"}
        )
        part = self.client.get(self.address("block", self.brought_in, block["id"]))

        self.assertEqual(page.context["panel"]["tool"], "split")
        self.assertContains(part, 'name="title"')
        self.assertNotContains(part, "<html")
        gone = self.client.get(self.address("block", self.brought_in, "m999"))
        self.assertEqual(gone.status_code, 404)

    def test_an_older_page_is_told_to_load_again_before_it_shows_tools(self):
        address = self.address("block", self.brought_in, "m4")

        self.send(self.brought_in, "merge", self.block(self.brought_in, "Đầy đủ"))

        self.assertEqual(self.client.get(address, {"lan": 0}).status_code, 409)
        self.assertEqual(self.client.get(address, {"lan": 1}).status_code, 200)

    def test_an_import_from_before_working_copies_is_read_again(self):
        RegulationImport.objects.filter(pk=self.brought_in.pk).update(working=None)

        page = self.client.get(self.address("preview", self.brought_in))
        self.assertContains(page, "Trách nhiệm của Sở Y tế")
        block = next(row for row in page.context["rows"] if row["title"] == "Nguyên tắc")
        self.send(self.brought_in, "edit", block, label="2", title="Khác")

        self.assertEqual(self.block(self.brought_in, "Khác")["label"], "2")

    def test_an_import_is_put_aside_with_a_reason(self):
        address = self.address("discard", self.brought_in)

        refused = self.client.post(address, {"reason": " "})
        self.client.post(address, {"reason": "Nhập nhầm tệp"})

        self.assertTrue(refused.context["discard_form"].errors)
        self.brought_in.refresh_from_db()
        self.assertEqual(self.brought_in.discard_reason, "Nhập nhầm tệp")
        answer = self.send(self.brought_in, "merge", self.block(self.brought_in, "Đầy đủ"))
        self.assertTrue(answer.context["refusal"])
        self.assertContains(self.client.get(reverse("regulations:import_text")), "Phối hợp")
