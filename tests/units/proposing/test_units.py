"""Which units a regulation names, and what it makes each of them answer for."""

from django.test import SimpleTestCase

from portal.regulations.parsing import as_json, parse_text
from portal.units.proposing import (
    articles_of,
    is_group_name,
    kind_of,
    propose_units,
    same_unit,
    unit_key,
)
from tests.regulations.texts import demo_text, real_text

#: The units of the demo's regulation in its order: name, role, how many duties.
DEMO_UNITS = [
    ("Ủy ban nhân dân tỉnh", "owner", 0),
    ("Văn phòng Ủy ban nhân dân tỉnh", "managing", 6),
    ("Sở Khoa học và Công nghệ", "coordinating", 3),
    ("Công ty Hạ tầng số An Thịnh", "coordinating", 0),
    ("Sở Tài chính", "participating", 3),
    ("Sở Y tế", "participating", 2),
    ("Sở Giáo dục và Đào tạo", "participating", 1),
    ("Sở Nông nghiệp và Môi trường", "participating", 2),
    ("Sở Xây dựng", "participating", 1),
    ("Sở Công Thương", "participating", 1),
    ("Công an tỉnh", "participating", 2),
    ("Trung tâm Phục vụ hành chính công tỉnh", "participating", 1),
    ("Ủy ban nhân dân các xã, phường", "participating", 3),
]
#: The articles of real regulations that belong to units: whose, by number of the article.
OWN_ARTICLES = {
    "bac-giang-2023.txt": {
        "5": ["Phòng Văn hóa và Thông tin"],
        "6": ["Văn phòng HĐND-UBND thành phố"],
        "7": ["Phòng Quản lý đô thị"],
        "8": ["Phòng Tài chính - Kế hoạch"],
        "9": ["Phòng Tài nguyên - Môi trường thành phố"],
        "10": ["Phòng Giáo dục và Đào tạo thành phố"],
        "11": ["Phòng Y tế thành phố"],
        "12": ["Phòng Kinh tế thành phố"],
        "13": ["Công an thành phố"],
        "14": ["Phòng Lao động, Thương binh và xã hội thành phố"],
        "15": ["Các cơ quan, đơn vị thành phố, UBND phường, xã"],
    },
    "bac-kan-2021.txt": {
        "4": ["Các Sở, ban, ngành tỉnh và UBND cấp huyện"],
        "5": ["Văn phòng Ủy ban nhân dân tỉnh"],
        "6": ["Sở Thông tin và Truyền thông", "VNPT Bắc Kạn"],
        "7": ["Sở Kế hoạch và Đầu tư"],
        "8": ["Tổ quản trị, vận hành Trung tâm"],
    },
    "loc-ninh-2024.txt": {
        "10": ["Các cơ quan, ban ngành huyện, UBND các xã, thị trấn"],
        "11": ["Văn phòng HĐND và UBND huyện"],
        "12": ["Phòng Văn hóa và Thông tin huyện", "Công an huyện", "VNPT Bình Phước"],
    },
}
#: Who owns, manages and coordinates the centre of each real regulation.
ROLES = {
    "bac-giang-2023.txt": {
        "owner": ["UBND thành phố Bắc Giang"],
        "managing": ["Phòng Văn hóa và Thông tin"],
        "coordinating": [],
    },
    "bac-kan-2021.txt": {
        "owner": ["Ủy ban nhân dân tỉnh"],
        "managing": ["Văn phòng Ủy ban nhân dân tỉnh"],
        "coordinating": ["Sở Thông tin và Truyền thông", "VNPT Bắc Kạn"],
    },
    "loc-ninh-2024.txt": {
        "owner": ["UBND huyện"],
        "managing": ["Văn phòng HĐND và UBND huyện"],
        "coordinating": ["Phòng Văn hóa và Thông tin", "Công an huyện", "VNPT Bình Phước"],
    },
}


def units_of(text):
    return propose_units(articles_of(as_json(parse_text(text))))


def named(units, name):
    """Return the units that bear ``name``."""
    return [unit for unit in units if same_unit(unit.name, name)]


class DemoTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units = units_of(demo_text())

    def test_it_names_its_thirteen_units_with_their_roles_and_duties(self):
        self.assertEqual(
            [(unit.name, unit.role, len(unit.duties)) for unit in self.units], DEMO_UNITS
        )

    def test_every_unit_carries_the_words_it_was_read_from(self):
        for unit in self.units:
            with self.subTest(unit.name):
                self.assertTrue(unit.sources)
                for source in unit.sources:
                    self.assertTrue(source.eid.startswith("qc__dieu_"))
                    self.assertIn(unit_key(unit.name), unit_key(source.words))

    def test_duties_are_addressed_and_told_in_the_text_s_words(self):
        text = " ".join(demo_text().split())
        for unit in self.units:
            for duty in unit.duties:
                self.assertTrue(duty.eid.startswith("qc__dieu_"))
                self.assertIn(" ".join(duty.text.split()), text)

    def test_no_duty_is_given_twice(self):
        for unit in self.units:
            eids = [duty.eid for duty in unit.duties]
            self.assertEqual(len(eids), len(set(eids)), unit.name)


class RealTextTests(SimpleTestCase):
    def units_of(self, name):
        text = real_text(name)
        if text is None:
            self.skipTest(f"{name} does not lie beside the project (PORTAL_SHARED tells where)")
        return units_of(text)

    def test_every_unit_with_an_article_of_its_own_is_named_with_its_duties(self):
        for name, articles in OWN_ARTICLES.items():
            units = self.units_of(name)
            for number, wanted in articles.items():
                for unit_name in wanted:
                    with self.subTest(name, article=number, unit=unit_name):
                        [unit] = named(units, unit_name)
                        eid = f"qc__dieu_{number}"
                        self.assertIn(eid, [source.eid for source in unit.sources])
                        self.assertTrue(
                            any(f"{duty.eid}__".startswith(f"{eid}__") for duty in unit.duties)
                        )

    def test_no_other_article_is_taken_for_a_unit_s_own(self):
        for name, articles in OWN_ARTICLES.items():
            with self.subTest(name):
                found = {
                    source.eid
                    for unit in self.units_of(name)
                    for source in unit.sources
                    if "__khoan" not in source.eid
                }
                self.assertEqual(found, {f"qc__dieu_{number}" for number in articles})

    def test_the_glossary_tells_who_owns_manages_and_coordinates(self):
        for name, roles in ROLES.items():
            units = self.units_of(name)
            for role, wanted in roles.items():
                with self.subTest(name, role=role):
                    found = [unit for unit in units if unit.role == role]
                    self.assertEqual(len(found), len(wanted))
                    for unit_name in wanted:
                        self.assertEqual(len(named(found, unit_name)), 1, unit_name)

    def test_no_unit_is_named_twice(self):
        for name in OWN_ARTICLES:
            units = self.units_of(name)
            for unit in units:
                with self.subTest(name, unit=unit.name):
                    self.assertEqual(named(units, unit.name), [unit])


class NameTests(SimpleTestCase):
    def test_writings_of_one_name_are_one_unit(self):
        for one, other in (
            ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
            ("Uỷ ban nhân dân xã", "ỦY BAN NHÂN DÂN XÃ"),
            ("Phòng Văn hóa & Thông tin", "Phòng Văn hoá và Thông tin thành phố"),
            ("Các sở, ban, ngành", "sở, ban, ngành"),
            ("Phòng Tài chính - Kế hoạch", "phòng Tài chính – Kế hoạch huyện"),
        ):
            with self.subTest(one):
                self.assertTrue(same_unit(one, other))
                self.assertTrue(same_unit(other, one))

    def test_names_of_two_levels_are_two_units(self):
        for one, other in (
            ("Công an tỉnh", "Công an xã"),
            ("UBND tỉnh", "UBND huyện"),
            ("Sở Y tế", "Sở Tài chính"),
            ("Văn phòng Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
        ):
            with self.subTest(one):
                self.assertFalse(same_unit(one, other))

    def test_the_kind_is_read_from_the_name(self):
        for name, kind in (
            ("Ủy ban nhân dân tỉnh", "authority"),
            ("UBND các xã, phường", "commune"),
            ("Văn phòng HĐND và UBND", "office"),
            ("Sở Y tế", "department"),
            ("Phòng Nội vụ", "division"),
            ("Công an huyện", "police"),
            ("Trung tâm Phục vụ hành chính công", "centre"),
            ("VNPT Bắc Kạn", "enterprise"),
            ("Tổ giúp việc", "team"),
            ("Hội Nông dân", "other"),
        ):
            with self.subTest(name):
                self.assertEqual(kind_of(name), kind)

    def test_a_name_for_several_units_is_known(self):
        for name, several in (
            ("Các sở, ban, ngành", True),
            ("UBND cấp huyện", True),
            ("UBND phường, xã", True),
            ("Ủy ban nhân dân xã", False),
            ("Sở Lao động, Thương binh và Xã hội", False),
        ):
            with self.subTest(name):
                self.assertIs(is_group_name(name), several)

    def test_a_heading_that_says_who_has_duties_is_the_unit_s_name(self):
        article = {"eid": "qc__dieu_1", "title": "Sở Y tế có trách nhiệm", "intro": "x"}

        [unit] = propose_units([{**article, "clauses": []}])

        self.assertEqual(unit.name, "Sở Y tế")

    def test_articles_of_other_things_name_no_unit(self):
        articles = [
            {"eid": f"qc__dieu_{number}", "title": title, "intro": "x", "clauses": []}
            for number, title in enumerate(
                [
                    "Trách nhiệm thi hành",
                    "Trách nhiệm của cán bộ, công chức",
                    "Tổ chức thực hiện",
                    "Chức năng",
                    "Cơ cấu nhân sự tại Trung tâm",
                    "",
                ]
            )
        ]

        self.assertEqual(propose_units(articles), [])
