"""The command that checks a file without a database, and the schemas it takes."""

import io
import json
from decimal import Decimal

from django.core.management import call_command
from django.utils import translation

from portal.core.table_files.reading import Reading
from portal.datasets.imports.check import check_table
from portal.datasets.imports.column import Column
from portal.datasets.imports.columns import TableSchema
from portal.datasets.imports.schema_error import SchemaError
from tests.datasets.table_files import TableTestCase, schema_of

SCHEMA = {"fields": [{"name": "ma", "type": "string"}, {"name": "so", "type": "integer"}]}


class CommandTests(TableTestCase):
    def run_command(self, text, *arguments, schema=SCHEMA):
        file, described = self.folder / "a.csv", self.folder / "s.json"
        file.write_text(text, encoding="utf-8")
        described.write_text(schema if isinstance(schema, str) else json.dumps(schema))
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command(
                "check_table", str(file), "--schema", str(described), *arguments,
                stdout=out, stderr=err,
            )  # fmt: skip
            code = 0
        except SystemExit as left:
            code = left.code
        return code, out.getvalue(), err.getvalue()

    def test_prints_the_report_and_tells_the_outcome(self):
        code, out, _err = self.run_command("ma,so\n01,5\n", "--rows", "5")

        report = json.loads(out)
        self.assertEqual((code, report["outcome"]), (0, "accepted"))
        self.assertEqual(report["rows"], [{"ma": "01", "so": 5}])
        self.assertEqual(
            set(report["source"]),
            {"format", "sha256", "bytes", "encoding", "delimiter", "quote", "header_row",
             "sheet", "candidates"},
        )  # fmt: skip

    def test_refused_and_doubtful_files(self):
        self.assertEqual(self.run_command("ma,so\n01,x\n")[0], 1)
        doubtful = {"fields": [{"name": "so", "type": "number"}]}
        self.assertEqual(self.run_command("so\n1.234\n", schema=doubtful)[0], 2)

    def test_an_unusable_schema_gets_a_sentence(self):
        for schema in ("{", "[]", {"fields": [{"name": "x", "type": "geopoint"}]}):
            with self.subTest(schema=schema):
                code, out, err = self.run_command("ma,so\n01,5\n", schema=schema)

                self.assertEqual((code, out), (3, ""))
                self.assertEqual(len(err.strip().splitlines()), 1)

    def test_a_person_may_say_where_the_header_is(self):
        code, out, _err = self.run_command("ma,so\nma,so\n01,5\n", "--header-row", "2")

        self.assertEqual((code, json.loads(out)["records"]), (0, 1))


class SchemaTests(TableTestCase):
    def test_own_definitions_survive_the_way_through_frictionless(self):
        schema = TableSchema(
            (
                Column("ma", title="Mã", aliases=("Mã số",), type="code", is_key=True),
                Column("gia", type="money", minimum=Decimal("0.5"), scale=2, severity="warning",
                       unit_of_measure="đồng", is_public=False, point_is="group"),
                Column("loai", type="choice", codes={"A": "Một", "B": None}, required=True),
                Column("ngay", type="date", unique=True),
                Column("web", type="link", max_length=9, min_length=1, pattern="h.*"),
            ),
            mode="upsert",
            ignore_unknown=True,
        )  # fmt: skip

        described = json.loads(json.dumps(schema.to_frictionless()))

        self.assertEqual(TableSchema.from_frictionless(described), schema)

    def test_takes_the_schemas_of_strangers(self):
        schema = TableSchema.from_frictionless(
            {
                "fields": [
                    {"name": "id", "type": "integer", "constraints": {"minimum": 1}},
                    {"name": "name", "constraints": {"required": True, "enum": ["a", "b"]}},
                    {"name": "url", "type": "string", "format": "uri"},
                    {"name": "year", "type": "year"},
                    {"name": "amount", "type": "number", "decimalChar": ","},
                    {"name": "day", "type": "date", "format": "%d/%m/%Y"},
                    {"name": "free", "type": "any"},
                ],
                "primaryKey": "id",
                "missingValues": ["", "NA", "-"],
            }
        )

        self.assertEqual(
            [column.type for column in schema.columns],
            ["integer", "text", "link", "integer", "decimal", "date", "text"],
        )
        self.assertEqual([column.name for column in schema.keys], ["id"])
        check = self.check(
            'id,name,url,year,amount,day,free\n1,a,NA,2024,"1.234",5/1/2024,-\n', schema
        )
        self.assertEqual(check.outcome, "accepted", check.issues)
        row = self.rows(check)[0]
        self.assertEqual((row["url"], row["free"], row["amount"]), (None, None, "1234"))

    def test_refuses_what_cannot_be_meant(self):
        for descriptor in (
            {},
            {"fields": []},
            {"fields": [{"type": "string"}]},
            {"fields": [{"name": "a"}, {"name": "A"}]},
            {"fields": [{"name": "_row"}]},
            {"fields": [{"name": "a"}], "primaryKey": ["b"]},
            {"fields": [{"name": "a", "type": "date", "format": "%m/%d/%Y"}]},
            {"fields": [{"name": "a", "type": "integer", "constraints": {"minimum": "x"}}]},
            {"fields": [{"name": "a", "constraints": {"pattern": "(?=x)"}}]},
            {"fields": [{"name": "a", "constraints": {"maxLength": "3"}}]},
            {"fields": [{"name": "a", "portal": {"type": "colour"}}]},
        ):
            with self.subTest(descriptor=descriptor), self.assertRaises(SchemaError):
                TableSchema.from_frictionless(descriptor)

    def test_names_may_be_any_text(self):
        schema = schema_of('Số "lượng"; DROP', "x'y")

        check = self.check('"Số ""lượng""; DROP",x\'y\n1,2\n', schema)
        check.write_parquet(self.folder / "t.parquet")

        self.assertEqual(self.rows(check), [{'Số "lượng"; DROP': "1", "x'y": "2"}])


class ReadingTests(TableTestCase):
    def test_survives_the_way_through_json(self):
        check = self.check("ma;so\n1;2\n", schema_of("ma", "so"))

        data = json.loads(json.dumps(check.reading.as_dict()))

        self.assertEqual(Reading.from_dict({**data, "unknown": 1}), check.reading)
        again = self.check("ma;so\n1;2\n", schema_of("ma", "so"), reading=check.reading)
        self.assertEqual(again.report(), check.report())

    def test_progress_rises_to_the_end(self):
        path, told = self.folder / "a.csv", []
        path.write_text("ma\n1\n")

        check_table(path, schema_of("ma"), progress=lambda *each: told.append(each)).close()

        self.assertEqual(told[0][1], 0)
        self.assertEqual(told[-1], ("done", 100))
        self.assertEqual([percent for _step, percent in told], sorted(p for _s, p in told))

    def test_messages_follow_the_language(self):
        check = self.check("so\nx\n", schema_of("so:integer"))

        with translation.override("en"):
            self.assertEqual(check.issues[0].message, "“x” is not a number.")
