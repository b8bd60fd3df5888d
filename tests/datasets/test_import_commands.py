"""A dataset defined and filled from the command line, as an operator does it."""

import io
import json
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase

from portal.core.models import StatusEvent
from portal.core.roles import Role
from portal.datasets.auditing.chain import first_break
from portal.datasets.models import CodeList, DatasetIndexPage, DatasetPage, DatasetVersion
from portal.datasets.schemas import schema_of
from tests.factories import make_index, make_unit, make_user

SCHEMA = {
    "title": "Phản ánh hiện trường",
    "fields": [
        {"name": "ma", "title": "Mã", "portal": {"type": "code"}},
        {"name": "Ngày nhận", "type": "date", "constraints": {"minimum": "2020-01-01"}},
        {"name": "nam", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "nu", "type": "integer"},
        {"name": "tong", "type": "integer"},
        {"name": "tinh_trang", "constraints": {"enum": ["xong", "chưa"], "minLength": 2}},
        {"name": "luc", "type": "datetime"},
    ],
    "primaryKey": "ma",
    "missingValues": ["", "-"],
    "portal": {"rules": [{"name": "tong", "expression": "tong = nam + nu"}]},
}  # fmt: skip
HEADER = "ma,Ngày nhận,nam,nu,tong,tinh_trang,luc\n"
ROWS = HEADER + "01,5/1/2026,1,2,3,xong,5/1/2026 8:00\n02,6/1/2026,-,1,,chưa,\n"


class CommandTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_index(DatasetIndexPage, "Dữ liệu")
        cls.unit = make_unit("Sở Xây dựng", code="SXD")
        cls.officer = make_user(Role.DATA_OFFICER, unit=cls.unit, username="can-bo")
        cls.centre = make_user(Role.IOC_OFFICER, username="trung-tam")

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def run_command(self, *arguments):
        out, err = io.StringIO(), io.StringIO()
        code = 0
        try:
            call_command(*arguments, stdout=out, stderr=err)
        except SystemExit as left:
            code = left.code
        text = out.getvalue()
        return code, json.loads(text) if text else None, err.getvalue()

    def define(self, schema=SCHEMA, slug="phan-anh", unit="SXD"):
        path = self.folder / "s.json"
        path.write_text(json.dumps(schema), encoding="utf-8")
        return self.run_command("define_dataset", slug, "--schema", str(path), "--unit", unit)

    def bring(self, text=ROWS, *arguments, name="a.csv", user="can-bo", slug="phan-anh"):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.run_command("import_dataset", slug, str(path), "--user", user, *arguments)


class DefineTests(CommandTestCase):
    def test_makes_a_published_page_with_columns(self):
        code, told, err = self.define()

        self.assertEqual((code, err), (0, ""))
        page = DatasetPage.objects.get(code="phan-anh")
        self.assertIs(page.live, True)
        self.assertEqual((page.title, page.owner_unit), ("Phản ánh hiện trường", self.unit))
        self.assertEqual(
            told["columns"], ["ma", "ngay_nhan", "nam", "nu", "tong", "tinh_trang", "luc"]
        )
        schema = schema_of(page)
        self.assertEqual(schema.missing_values, ("", "-"))
        self.assertEqual([rule.expression for rule in schema.rules], ["tong = nam + nu"])
        self.assertEqual(list(schema.column("tinh_trang").codes), ["xong", "chưa"])
        self.assertEqual(schema.column("tinh_trang").min_length, 2)
        self.assertEqual(schema.column("luc").type, "datetime")
        self.assertEqual(str(schema.column("ngay_nhan").minimum), "2020-01-01")

    def test_again_changes_nothing(self):
        self.define()
        page = DatasetPage.objects.get()
        before = page.revisions.count()

        code, told, _err = self.define()

        self.assertEqual((code, told["changed"], told["changes"]), (0, False, []))
        self.assertEqual(page.revisions.count(), before)

    def test_brings_columns_and_lists_up_to_date(self):
        self.define()
        changed = json.loads(json.dumps(SCHEMA))
        changed["fields"][5]["constraints"]["enum"] = ["xong", "đang"]
        changed["fields"][2]["title"] = "Số nam"
        del changed["fields"][6]
        changed["fields"].append({"name": "ghi_chu"})

        code, told, _err = self.define(changed)

        self.assertEqual((code, len(told["changes"])), (0, 3), told)
        self.assertEqual(told["columns"][-1], "ghi_chu")
        self.assertEqual(
            set(CodeList.objects.get().items.values_list("code", flat=True)), {"xong", "đang"}
        )

    def test_settings_are_told_in_words(self):
        self.define()
        code, told, _err = self.define({**SCHEMA, "portal": {"mode": "upsert"}})

        self.assertEqual(code, 0)
        self.assertIn(f"nay là “{DatasetPage.Mode.UPSERT.label}”", told["changes"][0])

    def test_refuses_with_a_sentence(self):
        self.define()
        other = make_unit("Sở khác", code="SK")
        for schema, slug, unit in (
            (SCHEMA, "khac", "KHONG-CO"),
            (SCHEMA, "phan-anh", other.code),
            (SCHEMA, "sai mã", "SXD"),
            ({"fields": []}, "khac", "SXD"),
            ({"fields": [{"name": "a", "constraints": {"enum": ["x" * 65]}}]}, "khac", "SXD"),
            ({"fields": [{"name": "a", "type": "integer",
                          "constraints": {"minimum": 2, "maximum": 1}}]}, "khac", "SXD"),
        ):  # fmt: skip
            with self.subTest(slug=slug, unit=unit):
                code, told, err = self.define(schema, slug, unit)

                self.assertEqual((code, told), (3, None))
                self.assertEqual(len(err.strip().splitlines()), 1)
        self.assertEqual(DatasetPage.objects.count(), 1)


class ImportTests(CommandTestCase):
    def test_accepted_rows_are_printed_on_demand_as_check_table_prints_them(self):
        self.define()
        code, told, _err = self.bring(ROWS, "--rows", "1")
        path, schema = self.folder / "a.csv", self.folder / "s.json"
        _code, checked, _err = self.run_command(
            "check_table", str(path), "--schema", str(schema), "--rows", "1"
        )

        self.assertEqual((code, len(told["rows"])), (0, 1))
        self.assertEqual(list(told["rows"][0].values()), list(checked["rows"][0].values()))
        self.assertLessEqual(checked.keys(), told.keys())
        self.assertNotIn("workbook", told)

    def setUp(self):
        super().setUp()
        self.define()

    def test_checks_without_publishing(self):
        code, told, err = self.bring()

        self.assertEqual((code, err), (0, ""), told)
        self.assertEqual((told["outcome"], told["records"], told["accepted"]), ("accepted", 2, 2))
        self.assertEqual((told["version"]["status"], told["version"]["number"]), ("checked", None))
        self.assertEqual(told["difference"]["added"], 2)

    def test_published_by_order_says_that_nobody_verified(self):
        code, told, _err = self.bring(ROWS, "--publish")

        self.assertEqual(code, 0)
        self.assertEqual((told["version"]["status"], told["version"]["number"]), ("published", 1))
        self.assertIsNone(told["version"]["verified_by"])
        version = DatasetVersion.objects.get()
        actors = version.manifest_parts["private"]["value"]["actors"]
        self.assertEqual((actors["verified"], actors["ordered"]["user"]), (None, "can-bo"))
        self.assertEqual(len(told["version"]["manifest_sha256"]), 64)
        self.assertIsNone(first_break(version.dataset))
        notes = StatusEvent.objects.about(version).filter(to_status="verified")
        self.assertIs(bool(notes.get().note), True)

    def test_the_next_file_is_compared(self):
        self.bring(ROWS, "--publish")
        second = HEADER + "01,5/1/2026,2,2,4,xong,5/1/2026 8:00\n03,6/1/2026,,,,,\n"

        code, told, _err = self.bring(second, "--publish", "--verifier", "trung-tam")

        found = told["difference"]
        self.assertEqual(
            (code, found["added"], found["changed"], found["removed"], found["unchanged"]),
            (0, 1, 1, 1, 0),
        )
        self.assertEqual(found["columns"], {"nam": 1, "tong": 1})
        self.assertEqual((told["version"]["number"], told["version"]["verified_by"]),
                         (2, "trung-tam"))  # fmt: skip
        sealed = DatasetVersion.objects.get(number=2).manifest_parts["private"]["value"]
        self.assertNotIn("ordered", sealed["actors"])

    def test_a_rejected_file_publishes_nothing(self):
        code, told, _err = self.bring(HEADER + "01,31/2/2026,1,2,4,xong,\n", "--publish")

        self.assertEqual((code, told["outcome"], told["version"]["status"]),
                         (1, "rejected", "refused"))  # fmt: skip
        self.assertEqual(set(told["issues_by_code"]), {"no_such_day", "rule_broken"})
        self.assertIsNone(told["difference"])

    def test_a_person_says_how_to_read(self):
        twice = "ma,Ngày nhận,nam,nu,tong,tinh_trang,luc\n" * 2 + ROWS.partition("\n")[2]
        legacy = "ma;nam\n01;1\n".encode("utf-16-be")

        self.assertEqual(self.bring(twice, "--header-row", "2")[1]["source"]["header_row"], 2)
        found = self.bring(legacy, "--encoding", "utf-16-be", "--delimiter", ";")[1]["source"]
        self.assertEqual((found["encoding"], found["delimiter"]), ("utf-16-be", ";"))

    def test_refuses_with_a_sentence(self):
        make_user(Role.DATA_OFFICER, unit=make_unit("Sở khác"), username="nguoi-la")
        for arguments in (
            {"user": "khong-co"}, {"user": "nguoi-la"}, {"slug": "khong-co"}, {"name": "a.exe"},
        ):  # fmt: skip
            with self.subTest(arguments):
                code, told, err = self.bring(**arguments)

                self.assertEqual((code, told), (3, None))
                self.assertEqual(len(err.strip().splitlines()), 1)
        self.assertIs(DatasetVersion.objects.exists(), False)

    def test_a_verifier_has_to_be_somebody_else(self):
        code, told, err = self.bring(ROWS, "--publish", "--verifier", "can-bo")

        self.assertEqual((code, told["version"]["status"]), (3, "checked"))
        self.assertEqual(len(err.strip().splitlines()), 1)

    def test_who_runs_the_centre_may_bring_a_file_in(self):
        code, told, _err = self.bring(ROWS, "--publish", user="trung-tam")

        self.assertEqual((code, told["version"]["uploaded_by"]), (0, "trung-tam"))
