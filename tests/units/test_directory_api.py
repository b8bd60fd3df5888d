"""The directory as JSON, and in the search of the portal."""

from django.core.management import call_command

from tests.factories import make_unit
from tests.units.directory_case import DirectoryTestCase

UNITS = "/api/v1/don-vi/"


class ApiTests(DirectoryTestCase):
    def codes(self, **query):
        return [unit["code"] for unit in self.open(UNITS, **query).json()["units"]]

    def test_units_are_listed_in_vietnamese_order_and_narrowed(self):
        self.assertEqual(self.codes(), ["XP", "SYT", "VP", "DK"])
        self.assertEqual(self.codes(loai="department"), ["SYT"])
        self.assertEqual(self.codes(cap="province"), ["SYT", "VP"])
        self.assertEqual(self.codes(dieu="5"), ["XP", "SYT", "DK"])
        self.assertEqual(self.codes(dieu="5", quy_che="khac"), [])
        self.assertEqual(self.codes(khoi="XP"), ["DK"])
        call_command("wagtail_update_index", verbosity=0)
        self.assertEqual(self.codes(tim="so y te"), ["SYT"])

    def test_it_is_paged(self):
        answer = self.open(UNITS, trang=2, so_dong=3).json()

        self.assertEqual((answer["total"], answer["page"], answer["page_size"]), (4, 2, 3))
        self.assertEqual([unit["code"] for unit in answer["units"]], ["DK"])
        self.assertEqual(self.codes(trang=9), [])
        self.assertEqual(self.open(UNITS, so_dong=100_000).status_code, 422)

    def test_a_kind_that_is_none_gets_a_sentence(self):
        answer = self.open(UNITS, loai="so")

        self.assertEqual(answer.status_code, 422)
        self.assertIn("“so” không thuộc các giá trị", answer.json()["detail"])

    def test_a_unit_comes_with_the_text_of_its_provisions(self):
        unit = self.open(f"{UNITS}DK/").json()

        self.assertEqual([group["code"] for group in unit["groups"]], ["XP"])
        [responsibility] = unit["responsibilities"]
        self.assertEqual(responsibility["group"], "XP")
        self.assertEqual(responsibility["provision_text"], self.supply.text)
        self.assertEqual(responsibility["eid"], "qc__dieu_5__khoan_1")
        members = self.open(f"{UNITS}XP/").json()["members"]
        self.assertEqual([member["code"] for member in members], ["DK"])

    def test_duties_say_when_and_to_whom(self):
        self.owe(self.health, due_rule={"day": 25}).counterparts.add(self.office)

        [duty] = self.open(f"{UNITS}SYT/").json()["duties"]
        self.assertEqual((duty["to_whom"], duty["due_rule"]), (["VP"], {"day": 25}))
        self.assertEqual(duty["rhythm"], "hằng tháng, chậm nhất ngày 25 của tháng")

    def test_what_is_closed_is_not_in_it(self):
        self.answer_for(self.health, self.secret, "Giữ kín mật mã")
        self.close(self.secret.article)

        [responsibility] = self.open(f"{UNITS}SYT/").json()["responsibilities"]
        self.assertEqual(responsibility["text"], "Sở Y tế gửi số liệu khám chữa bệnh.")
        self.assertEqual(self.codes(dieu="6"), [])

    def test_two_units_of_one_name_are_two_units(self):
        make_unit("Xã Đồng Khê", code="DK2", kind="commune", parent_unit=self.office)
        call_command("wagtail_update_index", verbosity=0)

        self.assertEqual(self.codes(tim="xa dong khe"), ["DK", "DK2"])
        self.assertEqual(self.open(f"{UNITS}DK2/").json()["part_of"], "VP")

    def test_it_is_described(self):
        described = self.open("/api/v1/openapi.json").json()

        names = {each["name"] for each in described["paths"][UNITS]["get"]["parameters"]}
        self.assertLessEqual({"loai", "cap", "khoi", "dieu", "tim", "trang", "so_dong"}, names)


class SearchTests(DirectoryTestCase):
    def hits(self, words):
        call_command("wagtail_update_index", verbosity=0)
        groups = self.open("/api/v1/tim-kiem/", q=words, loai="don-vi").json()["groups"]
        return groups[0]["hits"] if groups else []

    def test_a_hit_says_kind_level_and_place(self):
        [hit] = self.hits("so y te")

        self.assertEqual(
            hit["context"],
            "Sở, ban, ngành · cấp tỉnh · thuộc Văn phòng Ủy ban · đơn vị tham gia",
        )

    def test_a_hit_does_not_quote_what_is_closed(self):
        self.answer_for(self.health, self.secret, "Giữ kín mật mã của hệ thống")
        self.close(self.secret.article)

        self.assertFalse([hit for hit in self.hits("so y te") if "mật mã" in hit["snippet"]])
