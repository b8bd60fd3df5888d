"""What a regulation proposes for a portal of its own."""

import json
import re
from functools import cache

import jsonschema
from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.regulations.parsing import as_json, parse_text
from portal.units.proposing import propose_setup
from tests.regulations.texts import SHARED, demo_text
from tests.units.proposing import figures
from tests.work_done import calls_of

OURS = ("province", "district", "city", "commune")
#: Words that regulations are made of, for texts that nobody wrote.
SENTENCE = (
    "Sở Phòng UBND tỉnh huyện xã các cơ quan, đơn vị; báo cáo định kỳ hằng tháng quý trước ngày 25 "
    "khi có yêu cầu họp giao ban cung cấp dữ liệu Trung tâm IOC ( ) . , ; : và của để nhằm là giao "
    "Chủ tịch TT&TT xử lý thông tin 6 01 năm kiến nghị vướng mắc thẩm định kinh phí"
)
WORDS = st.sampled_from(SENTENCE.split())
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=60))
POINTS = st.lists(TEXTS, max_size=3)
CLAUSES = st.lists(st.tuples(TEXTS, POINTS), max_size=4)
ARTICLES = st.lists(st.tuples(TEXTS, TEXTS, CLAUSES), max_size=5)


def structure_of(title, articles, division=""):
    """Return a structure as ``parse_regulation`` prints it."""
    return {
        "decision": None,
        "regulation": {
            "title": title,
            "divisions": [
                {
                    "level": None,
                    "number": None,
                    "title": division,
                    "articles": [
                        article_of(number, *each) for number, each in enumerate(articles, start=1)
                    ],
                }
            ],
            "annexes": [],
        },
        "lints": [],
    }


def article_of(number, title, intro, clauses):
    eid = f"qc__dieu_{number}"
    return {
        "number": str(number),
        "title": title,
        "eid": eid,
        "intro": intro,
        "clauses": [
            {
                "number": str(place),
                "eid": f"{eid}__khoan_{place}",
                "text": text,
                "points": [
                    {"label": None, "eid": f"{eid}__khoan_{place}__gach_{at}", "text": point}
                    for at, point in enumerate(points, start=1)
                ],
            }
            for place, (text, points) in enumerate(clauses, start=1)
        ],
    }


def words_by_eid(structure):
    """Return ``{eid: its own words}`` of all that a source may cite."""
    found = {}
    for division in structure["regulation"]["divisions"]:
        for article in division["articles"]:
            found[article["eid"]] = f"{article['title']}\n{article['intro']}"
            for clause in article["clauses"]:
                found[clause["eid"]] = clause["text"]
                found.update({point["eid"]: point["text"] for point in clause["points"]})
    return found


def squeezed(text):
    return re.sub(r"\s+", " ", text)


def sources_of(proposals):
    return [
        source
        for each in [*proposals["units"], *proposals["obligations"]]
        for source in each["sources"]
    ]


@cache
def proposals_of_small(*clauses, title="Trách nhiệm của Sở Y tế"):
    """Return the obligations of one article with ``clauses``."""
    structure = structure_of(
        "Quy chế hoạt động Trung tâm điều hành thông minh tỉnh Hà Sơn",
        [(title, "", [(clause, []) for clause in clauses])],
    )
    return propose_setup(structure)


def duties_of(*clauses, title="Trách nhiệm của Sở Y tế"):
    """Return ``[(kind, cadence)]`` of one article with ``clauses``."""
    obligations = proposals_of_small(*clauses, title=title)["obligations"]
    return [(each["kind"], each["cadence"]) for each in obligations]


class ContractTests(SimpleTestCase):
    def read_texts(self):
        for name in figures.expectations():
            if read := figures.proposals_of(name):
                yield name, *read

    def test_what_is_printed_keeps_the_contract(self):
        path = SHARED / "contracts" / "setup.schema.json"
        if not path.exists():
            self.skipTest(
                "the contract does not lie beside the project (PORTAL_SHARED tells where)"
            )
        schema = json.loads(path.read_text(encoding="utf-8"))
        for name, _structure, proposals in self.read_texts():
            with self.subTest(name):
                jsonschema.validate(proposals, schema)

    def test_every_source_cites_the_very_words_of_its_provision(self):
        for name, structure, proposals in self.read_texts():
            words = words_by_eid(structure)
            for source in sources_of(proposals):
                with self.subTest(name, eid=source["eid"]):
                    self.assertIn(squeezed(source["words"]), squeezed(words[source["eid"]]))

    def test_every_key_leads_to_one_unit(self):
        for name, _structure, proposals in self.read_texts():
            keys = [unit["key"] for unit in proposals["units"]]
            used = {each["unit"] for each in proposals["responsibilities"]}
            for each in proposals["obligations"]:
                used.update(each["units"], each["counterparts"])
            with self.subTest(name):
                self.assertEqual(len(keys), len(set(keys)))
                self.assertLessEqual(used, set(keys))

    @settings(max_examples=150, deadline=None)
    @given(TEXTS, ARTICLES, TEXTS)
    def test_no_structure_is_refused(self, title, articles, division):
        structure = structure_of(title, articles, division)
        proposals = propose_setup(structure)
        words = words_by_eid(structure)
        keys = {unit["key"] for unit in proposals["units"]}
        for source in sources_of(proposals):
            self.assertIn(source["eid"], words)
        for each in proposals["obligations"]:
            self.assertLessEqual({*each["units"], *each["counterparts"]}, keys)


class CentreTests(SimpleTestCase):
    def test_name_short_name_owner_managers_and_coordinators_are_read(self):
        for name, table in figures.expectations().items():
            read = figures.proposals_of(name)
            if read is None:
                continue
            centre, wanted = read[1]["centre"], table["centre"]
            with self.subTest(name):
                self.assertEqual(centre["name"], wanted["name"])
                self.assertEqual(centre["short_name"], wanted["short_name"])
                self.assertEqual(figures.plain(centre["owner"]), figures.plain(wanted["owner"]))
                for role in ("managers", "coordinators"):
                    self.assertEqual(
                        list(map(figures.plain, centre[role])),
                        list(map(figures.plain, wanted[role])),
                    )

    def test_the_demo_has_a_manager_and_meetings(self):
        proposals = propose_setup(as_json(parse_text(demo_text())))

        self.assertTrue(proposals["centre"]["managers"])
        self.assertIn("meet", {each["kind"] for each in proposals["obligations"]})

    def test_an_empty_text_proposes_nothing(self):
        proposals = propose_setup(as_json(parse_text("")))

        self.assertEqual(proposals["units"], [])
        self.assertEqual(proposals["obligations"], [])


class ObligationTests(SimpleTestCase):
    def test_a_list_of_cadences_gives_one_obligation_each(self):
        self.assertEqual(
            duties_of(
                "Định kỳ 6 tháng, 01 năm hoặc đột xuất khi có yêu cầu, tổ chức họp giao ban."
            ),
            [("meet", "semiannual"), ("meet", "annual"), ("meet", "on_request")],
        )

    def test_several_duties_of_a_clause_are_several_obligations(self):
        found = duties_of(
            "Cử công chức làm đầu mối; khi tiếp nhận thông tin từ Trung tâm, xử lý và "
            "báo cáo kết quả."
        )
        self.assertEqual(
            found,
            [
                ("name_focal_point", "standing"),
                ("handle_information", "on_request"),
                ("report", "on_request"),
            ],
        )

    def test_purposes_and_things_spoken_of_oblige_to_nothing(self):
        for clause in (
            "Mua sắm thiết bị để cung cấp dữ liệu cho Trung tâm.",
            "Theo quy trình xử lý thông tin của Trung tâm.",
            "Chuẩn bị phòng họp giao ban.",
        ):
            with self.subTest(clause):
                self.assertEqual(duties_of(clause), [])

    def test_definitions_and_prohibitions_oblige_to_nothing(self):
        for title in ("Giải thích từ ngữ", "Các hành vi bị nghiêm cấm", "Phạm vi điều chỉnh"):
            with self.subTest(title):
                self.assertEqual(duties_of("Báo cáo hằng tháng số liệu.", title=title), [])

    def test_a_clause_owes_to_the_unit_it_names_before_the_article_s_own(self):
        proposals = proposals_of_small("Sở Tài chính báo cáo Ủy ban nhân dân tỉnh hằng quý.")
        [report] = proposals["obligations"]

        self.assertEqual(report["units"], ["so-tai-chinh"])
        self.assertEqual(report["counterparts"], ["uy-ban-nhan-dan-tinh"])
        self.assertEqual(report["confidence"], "certain")

    def test_a_short_name_is_the_unit_written_out(self):
        proposals = proposals_of_small("Báo cáo Sở TT&TT hằng tháng.")
        [unit] = [unit for unit in proposals["units"] if unit["key"].startswith("so-thong-tin")]

        self.assertEqual(unit["name"], "Sở Thông tin và Truyền thông")
        self.assertEqual(unit["short_names"], ["Sở TT&TT"])

    def test_points_divide_the_report_of_their_lead_by_cadence(self):
        article = (
            "Trách nhiệm của Sở Y tế",
            "",
            [("Báo cáo Ủy ban nhân dân tỉnh:", ["Hằng tháng;", "Hằng quý, trước ngày 20."])],
        )
        reports = propose_setup(structure_of("Quy chế", [article]))["obligations"]

        self.assertEqual([each["cadence"] for each in reports], ["monthly", "quarterly"])
        self.assertEqual([each["due"] and each["due"]["day"] for each in reports], [None, 20])
        self.assertTrue(reports[0]["sources"][0]["eid"].endswith("__gach_1"))

    def test_a_bare_periodic_report_with_a_day_of_the_year_is_annual(self):
        self.assertEqual(
            duties_of("Báo cáo định kỳ (trước ngày 15 tháng 12) kết quả thực hiện."),
            [("report", "annual")],
        )

    def test_both_spellings_read_the_same_and_stay_as_written(self):
        proposals = proposals_of_small("Báo cáo định kì, quản lí tài sản được giao.")
        kinds = [(each["kind"], each["cadence"]) for each in proposals["obligations"]]

        self.assertEqual(kinds, [("report", "periodic"), ("other", "standing")])
        self.assertIn("quản lí", proposals["obligations"][0]["sources"][0]["words"])

    def test_a_clause_without_an_end_is_read_in_step_with_its_length(self):
        few, many = (
            calls_of(
                propose_setup,
                structure_of("Quy chế", [("Trách nhiệm", "", [("Sở A B C D " * count, [])])]),
            )
            for count in (60, 240)
        )

        self.assertLess(many, 1.5 * 4 * few)

    def test_a_text_without_meetings_and_review_gives_none(self):
        read = figures.proposals_of("bac-kan-2021")
        if read is None:
            self.skipTest("the text does not lie beside the project (PORTAL_SHARED tells where)")
        kinds = {each["kind"] for each in read[1]["obligations"]}

        self.assertTrue(kinds.isdisjoint({"meet", "review_year"}))
        self.assertTrue(
            {each["kind"] for each in figures.proposals_of("commune")[1]["obligations"]}.isdisjoint(
                {"meet", "review_year"}
            )
        )
