"""The directory as readers look through it."""

from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.text import initial
from tests.factories import make_unit
from tests.units.directory_case import DirectoryTestCase


class LookingTests(DirectoryTestCase):
    def shown(self, **query):
        """Return the titles on the page, in the order of the page."""
        response = self.open(self.index.url, **query)
        self.assertEqual(response.status_code, 200)
        context = response.context
        if context["view"] == "cay":
            return [title for branch in context["roots"] for title in self.titles(branch)]
        return [unit.title for _a, _h, units in context["sections"] for unit in units]

    def titles(self, branch, depth=0):
        yield f"{'> ' * depth}{branch.unit.title}"
        for below in branch.below:
            yield from self.titles(below, depth + 1)

    def test_the_tree_puts_units_below_the_one_they_are_part_of(self):
        self.assertEqual(self.shown(), ["Văn phòng Ủy ban", "> Sở Y tế", "Xã Đồng Khê"])

    def test_kinds_of_unit_stand_beside_the_tree_with_their_members(self):
        response = self.open(self.index.url)

        self.assertEqual(response.context["kinds"], [(self.communes, 1)])
        self.assertContains(response, "1 đơn vị thuộc khối")

    def test_the_letters_are_those_of_the_vietnamese_alphabet(self):
        for title in ("Ấp Bắc", "An Hòa", "Ăn Khê", "Đại Lộc", "Dương Lâm", "Ứng Hòa", "Út Trà"):
            make_unit(title)
        response = self.open(self.index.url, xem="a-z")

        self.assertEqual(
            response.context["letters"], ["A", "Ă", "Â", "C", "D", "Đ", "S", "U", "Ư", "V", "X"]
        )
        self.assertContains(response, 'href="#chu-Đ"')
        self.assertEqual(self.shown(xem="a-z", chu="đ"), ["Đại Lộc"])
        self.assertEqual(self.shown(xem="a-z")[:3], ["An Hòa", "Ăn Khê", "Ấp Bắc"])

    def test_an_initial_drops_the_tone_and_keeps_the_letter(self):
        cases = [("Ở đây", "Ơ"), ("ủy ban", "U"), ("Ðông", "Đ"), ("1 cửa", "#"), ("", "#")]
        for text, letter in cases:
            with self.subTest(text):
                self.assertEqual(initial(text), letter)

    def test_lists_by_kind_and_by_level_have_headings(self):
        by_kind = self.open(self.index.url, xem="loai").context["sections"]
        by_level = self.open(self.index.url, xem="cap").context["sections"]

        self.assertEqual([len(units) for _a, _h, units in by_kind], [1, 1, 2])
        self.assertEqual([str(heading) for _a, heading, _u in by_level][-1], "Chưa ghi cấp")

    def test_every_article_stands_with_the_units_that_it_binds(self):
        response = self.open(self.index.url, xem="dieu")

        [(article, units, through)] = response.context["articles"]
        self.assertEqual(article.label, "Điều 5")
        self.assertEqual([unit.title for unit in units], ["Các xã, phường", "Sở Y tế"])
        self.assertEqual(through, 1)

    def test_an_article_leads_to_its_units_and_to_the_members_of_its_kinds(self):
        self.assertEqual(
            self.shown(xem="a-z", dieu="5"), ["Các xã, phường", "Sở Y tế", "Xã Đồng Khê"]
        )
        self.assertEqual(self.shown(xem="a-z", dieu="qc__dieu_5", loai="department"), ["Sở Y tế"])
        self.assertEqual(self.shown(xem="a-z", dieu="6"), [])

    def test_words_are_found_in_names_codes_and_duties_without_accents(self):
        call_command("wagtail_update_index", verbosity=0)
        for words, title in (
            ("so y te", "Sở Y tế"),
            ("vpub", "Văn phòng Ủy ban"),
            ("DK", "Xã Đồng Khê"),
            ("kham chua benh", "Sở Y tế"),
        ):
            with self.subTest(words):
                self.assertEqual(self.shown(tim=words), [title])
        self.assertEqual(self.shown(tim="y te", cap="commune"), [])

    def test_filters_join(self):
        self.assertEqual(self.shown(xem="a-z", khoi="XP", loai="commune"), ["Xã Đồng Khê"])

    def test_hostile_queries_are_no_fault(self):
        for query in (
            {"xem": "<script>", "trang": "-1", "loai": "'", "chu": "\x00"},
            {"tim": '"; DROP TABLE --', "dieu": "__", "khoi": "%", "trang": "9" * 40},
            {"tim": "???", "quy-che": "khong-co", "dieu": "5"},
        ):
            with self.subTest(query):
                response = self.open(self.index.url, **query)
                self.assertEqual(response.status_code, 200)
                self.assertNotContains(response, "<script>;")

    def test_two_units_of_one_name_are_told_apart(self):
        make_unit("Xã Đồng Khê", code="DK2", kind="commune", parent_unit=self.office)
        response = self.open(self.index.url, xem="a-z")

        self.assertContains(response, "<strong>mã DK</strong>")
        self.assertContains(response, "<strong>mã DK2</strong>")
        self.assertContains(response, "thuộc Văn phòng Ủy ban")
        self.assertNotContains(response, "mã SYT")

    def test_a_unit_that_has_ended_leaves_the_directory(self):
        self.health.valid_to = timezone.localdate() - timedelta(days=1)
        self.health.save()

        self.assertNotIn("Sở Y tế", self.shown(xem="a-z"))

    def test_an_empty_directory_says_what_will_come(self):
        for unit in (self.health, self.office, self.commune, self.communes):
            unit.unpublish()

        self.assertContains(self.open(self.index.url), "Danh bạ chưa có")

    def test_units_that_are_closed_are_not_named(self):
        self.close(self.office)
        response = self.open(self.index.url)

        self.assertNotContains(response, "Văn phòng Ủy ban")
        self.assertContains(response, "Sở Y tế")

    def test_five_units_and_many_cost_the_same(self):
        views = ("cay", "a-z", "loai", "cap", "dieu")
        before = {view: self.count(view) for view in views}
        for number in range(12):
            unit = make_unit(parent_unit=self.office if number % 2 else None)
            unit.groups = [self.communes]
            unit.save()
            self.answer_for(unit, self.supply, "Việc")

        for view in views:
            with self.subTest(view):
                self.assertLessEqual(self.count(view), before[view] + 1)

    def count(self, view):
        with CaptureQueriesContext(connection) as captured:
            self.open(self.index.url, xem=view)
        return len(captured)

    def test_long_lists_are_paged_and_letters_then_lead_to_a_list_of_their_own(self):
        for number in range(160):
            make_unit(f"Tổ số {number}")
        response = self.open(self.index.url, xem="a-z")

        self.assertTrue(response.context["page_obj"].has_next())
        self.assertContains(response, "chu=T")
        self.assertNotContains(response, 'href="#chu-T"')
