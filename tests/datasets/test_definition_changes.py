"""A definition changes: by command with its effects, with details that no editor shows."""

import copy

from portal.datasets.actions.drafted_columns import draft_columns
from portal.datasets.definitions.history import latest_definition
from portal.datasets.imports.columns import TableSchema
from portal.datasets.models import DatasetPage
from portal.datasets.schemas import schema_of
from tests.datasets.datasets_factory import V1
from tests.datasets.test_definition import DefinitionCase
from tests.datasets.test_import_commands import CommandTestCase

SCHEMA = {
    "fields": [
        {"name": "ma", "type": "string"},
        {"name": "ten", "type": "string"},
        {"name": "so", "type": "integer"},
    ],
    "primaryKey": "ma",
}
ROWS = "ma,ten,so\n1,12,5\n2,abc,6\n"


class CommandTests(CommandTestCase):
    def setUp(self):
        super().setUp()
        self.define(SCHEMA)
        self.bring(ROWS, "--publish")

    def changed(self, name, kind):
        schema = copy.deepcopy(SCHEMA)
        next(each for each in schema["fields"] if each["name"] == name)["type"] = kind
        return schema

    def define_confirmed(self, schema):
        self.define(schema)
        path = self.folder / "s.json"
        return self.run_command(
            "define_dataset", "phan-anh", "--schema", str(path), "--unit", "SXD", "--confirm"
        )

    def test_a_type_under_which_all_is_read_is_a_new_version_with_its_effect(self):
        code, told, _err = self.define(self.changed("so", "string"))

        self.assertEqual((code, told["definition"]), (0, 2))
        self.assertEqual([each["code"] for each in told["effects"]], ["converts"])

    def test_values_are_lost_only_by_a_persons_word(self):
        schema = self.changed("ten", "integer")
        code, told, err = self.define(schema)
        self.assertEqual((code, told, len(err.strip().splitlines())), (3, None, 1))
        self.assertIn("abc", err)
        page = DatasetPage.objects.get()
        self.assertEqual(schema_of(page).column("ten").type, "text")
        self.assertEqual(latest_definition(page).number, 1)

        code, told, _err = self.define_confirmed(schema)
        self.assertEqual((code, told["definition"]), (0, 2))
        self.assertEqual([each["count"] for each in told["effects"]], [1])
        self.assertEqual(schema_of(DatasetPage.objects.get()).column("ten").type, "integer")

    def test_a_column_with_values_goes_only_by_a_persons_word(self):
        schema = {**SCHEMA, "fields": SCHEMA["fields"][:2]}

        self.assertEqual(self.define(schema)[0], 3)
        self.assertEqual(self.define_confirmed(schema)[0], 0)

    def test_what_is_kept_from_readers_is_opened_only_by_a_persons_word(self):
        for mark in ({"personal": "masked"}, {"is_public": False}):
            with self.subTest(mark=mark):
                DatasetPage.objects.get().columns.filter(name="ten").update(**mark)

                code, _told, err = self.define(SCHEMA)
                self.assertEqual((code, len(err.strip().splitlines())), (3, 1))
                self.assertIn("ten", err)

                code, told, _err = self.define_confirmed(SCHEMA)
                self.assertEqual([each["code"] for each in told["effects"]], ["opened"])

    def test_to_keep_more_from_readers_needs_no_word(self):
        schema = copy.deepcopy(SCHEMA)
        schema["fields"][1]["portal"] = {"personal": "withheld"}

        self.assertEqual(self.define(schema)[0], 0)


class DetailTests(DefinitionCase):
    described = {
        "fields": [
            {"name": "ma", "type": "string"},
            {"name": "luc", "title": "Lúc", "type": "datetime"},
            {"name": "dat", "title": "Đạt", "type": "boolean", "trueValues": ["x"]},
        ],
        "missingValues": ["", "-"],
        "uniqueKeys": [["ma", "dat"]],
    }

    def draft(self):
        schema = TableSchema.from_frictionless(self.described)
        draft_columns(self.dataset, schema, user=self.editor)
        return DatasetPage.objects.get().get_latest_revision_as_object()

    def setUp(self):
        super().setUp()
        self.editor = type(self.officer).objects.get(username="quan-tri")

    def assert_details(self, schema):
        self.assertEqual(schema.column("luc").type, "datetime")
        self.assertEqual(schema.column("dat").true_values, ("x",))
        self.assertEqual(schema.missing_values, ("", "-"))
        self.assertEqual(len(schema.unchecked), 1)

    def test_a_draft_of_a_live_dataset_keeps_them_and_the_published_is_left_alone(self):
        draft = self.draft()

        self.assert_details(schema_of(draft))
        self.assertEqual(schema_of(DatasetPage.objects.get()).missing_values, ("",))
        draft.save_revision().publish()
        page = DatasetPage.objects.get()
        self.assert_details(schema_of(page))
        self.assertEqual(page.drafted_details, {})

    def test_they_pass_through_the_editor(self):
        rows = [
            {"id": each.pk or "", "name": each.name, "title": each.title, "type": each.type}
            | {"severity": "error"}
            for each in self.draft().columns.all()
        ]
        rows[2]["name"] = "dat_chuan"
        response = self.post(rows)

        self.assertEqual(response.status_code, 302)
        schema = schema_of(DatasetPage.objects.get())
        self.assertEqual(schema.column("dat_chuan").true_values, ("x",))
        self.assertEqual(schema.column("luc").type, "datetime")


class SwapTests(DefinitionCase):
    def test_two_columns_swap_identifiers_in_one_save_and_stay_themselves(self):
        self.publish()
        ids = dict(self.dataset.columns.values_list("name", "column_id"))
        swapped = self.columns(ten={"name": "so_luong"}, so_luong={"name": "ten"})
        self.assertEqual(self.post(swapped).status_code, 302)

        now = dict(self.dataset.columns.values_list("name", "column_id"))
        self.assertEqual((now["ten"], now["so_luong"]), (ids["so_luong"], ids["ten"]))
        self.dataset = DatasetPage.objects.get()
        version = self.receive(V1.replace("Tên,Số lượng", "so_luong,ten"), period="2024")
        self.assertEqual((version.report["issues"], version.difference.get("unchanged")), ([], 2))

    def test_saving_a_draft_leaves_the_stored_identifiers(self):
        page = DatasetPage.objects.get().get_latest_revision_as_object()
        first, second = page.columns.all()[1:3]
        first.name, second.name = second.name, first.name
        page.save_revision()

        names = list(self.dataset.columns.order_by("sort_order").values_list("name", flat=True))
        self.assertEqual(names, ["ma", "ten", "so_luong", "ghi_chu"])
