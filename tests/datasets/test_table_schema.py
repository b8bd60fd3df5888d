"""What the Table Schemas of strangers ask for: it is done, refused, or said not to be done."""

import json

from portal.datasets.imports.columns import TableSchema
from portal.datasets.imports.schema_error import SchemaError
from tests.datasets.table_files import TableTestCase


def schema(*fields, **members):
    return TableSchema.from_frictionless({"fields": list(fields), **members})


class TableSchemaTests(TableTestCase):
    def outcome(self, text, *fields, **members):
        """Return the codes of the issues and the rows of a file of one column ``x``."""
        described = schema(*fields, **members)
        again = TableSchema.from_frictionless(json.loads(json.dumps(described.to_frictionless())))
        self.assertEqual(again, described)
        check = self.check(text, described)
        rows = [list(row.values())[0] for row in self.rows(check)]
        return [issue.code for issue in check.issues], rows

    def test_values_of_each_type(self):
        for field, good, read, bad, code in (
            ({"type": "datetime"}, "2026-01-05T14:30:00", "2026-01-05T14:30:00", "2026-01-05",
             "not_a_datetime"),
            ({"type": "datetime"}, "5/1/2026 14:30", "2026-01-05T14:30:00", "5/1/2026 25:00",
             "not_a_datetime"),
            ({"type": "datetime"}, "14:30 05/01/2026", "2026-01-05T14:30:00", "31/2/2026 10:00",
             "no_such_day"),
            ({"type": "datetime"}, "2026-01-05T14:30:00.25+07:00", "2026-01-05T07:30:00.250000Z",
             "x", "not_a_datetime"),
            ({"type": "yearmonth"}, "2026-03", "2026-03", "2026", "not_a_month"),
            ({"type": "yearmonth"}, "3/2026", "2026-03", "Quý I/2026", "not_a_month"),
            ({"type": "year"}, "2026", 2026, "12026", "above_maximum"),
            ({"type": "boolean", "trueValues": ["C"], "falseValues": ["K"]}, "C", True, "có",
             "not_a_boolean"),
            ({"type": "boolean", "trueValues": ["ok"]}, "ok", True, "yes", "not_a_boolean"),
            ({"type": "number", "bareNumber": False}, "1205,5 kg", "1205.5", "(5) kg",
             "not_a_number"),
            ({"type": "number", "bareNumber": False}, "$ -12", "-12", "kg", "not_a_number"),
            ({"type": "number"}, "12", "12", "12 kg", "not_a_number"),
            ({"type": "number", "groupChar": "."}, "1.205", "1205", "x", "not_a_number"),
            ({"type": "number", "decimalChar": "."}, "1.205", "1.205", "x", "not_a_number"),
            ({"format": "email"}, "a@b.vn", "a@b.vn", "a.b.vn", "pattern_mismatch"),
            ({"type": "date", "constraints": {"enum": ["2026-01-05"]}}, "5/1/2026", "2026-01-05",
             "6/1/2026", "unknown_code"),
            ({"type": "boolean", "constraints": {"enum": [True]}}, "có", True, "không",
             "unknown_code"),
            ({"type": "integer", "constraints": {"enum": [1, 2]}}, "1", 1, "3", "unknown_code"),
            ({"type": "string", "categories": ["a", {"value": "b"}]}, "b", "b", "c",
             "unknown_code"),
            ({"type": "yearmonth", "constraints": {"minimum": "2026-02"}}, "2026-02", "2026-02",
             "2026-01", "below_minimum"),
            ({"type": "datetime", "constraints": {"maximum": "2026-01-05T12:00:00"}},
             "5/1/2026 12:00", "2026-01-05T12:00:00", "5/1/2026 12:01", "above_maximum"),
            ({"type": "date", "constraints": {"maximum": "2026-01-05"}}, "5/1/2026", "2026-01-05",
             "6/1/2026", "above_maximum"),
            ({"constraints": {"minLength": 2}}, "ab", "ab", "a", "too_short"),
        ):  # fmt: skip
            with self.subTest(field=field, good=good):
                found = self.outcome(f"x\n{good}\n{bad}\n", {"name": "x", **field})

                self.assertEqual(found, ([code], [read]))

    def test_what_is_not_checked_is_said(self):
        check = self.check(
            "x\n1\n",
            schema(
                {"name": "x", "type": "integer", "constraints": {"maxLength": 1, "jsonSchema": {}}},
                foreignKeys=[{"fields": "x", "reference": {"resource": "y", "fields": "z"}}],
                uniqueKeys=[["x"]],
            ),
        )

        self.assertEqual(check.outcome, "accepted")
        self.assertEqual(
            [(each.severity, each.code, each.expected) for each in check.issues],
            [("warning", "not_checked", asked)
             for asked in ("foreignKeys", "uniqueKeys", "x: jsonSchema", "x: maxLength")],
        )  # fmt: skip

    def test_a_schema_inside_a_resource_or_package(self):
        inner = {"fields": [{"name": "x"}]}
        for outer in ({"schema": inner}, {"resources": [{"schema": inner}]}):
            with self.subTest(outer):
                found = TableSchema.from_frictionless(outer)
                self.assertEqual(found, TableSchema.from_frictionless(inner))

    def test_a_file_may_have_more_columns_where_the_schema_says_so(self):
        described = schema({"name": "x"}, fieldsMatch="superset")

        self.assertEqual(self.check("x,y\n1,2\n", described).outcome, "accepted")

    def test_refuses_with_one_sentence(self):
        for field in (
            {"name": "x", "type": "geopoint"},
            {"name": "x", "type": ["string"]},
            {"name": "x", "type": "number", "decimalChar": "'"},
            {"name": "x", "type": "number", "groupChar": "'"},
            {"name": "x", "type": "datetime", "format": "%m/%d/%Y %H:%M"},
            {"name": "x", "type": "date", "constraints": {"enum": ["5/1/2026"]}},
            {"name": "x", "type": "integer", "constraints": {"enum": ["một"]}},
            {"name": "x", "type": "yearmonth", "constraints": {"minimum": "x"}},
            {"name": "x", "type": "datetime", "constraints": {"minimum": "x"}},
        ):
            with self.subTest(field), self.assertRaises(SchemaError) as caught:
                schema(field)
            self.assertEqual(len(str(caught.exception).splitlines()), 1)

    def test_rules_between_columns_stand_below_portal(self):
        described = schema(
            {"name": "a", "type": "integer"},
            {"name": "b", "type": "integer"},
            portal={"rules": [{"name": "thu_tu", "expression": "a <= b", "title": "a trước b"}]},
        )

        check = self.check("a,b\n1,2\n2,1\n", described)

        self.assertEqual(self.codes(check), [("rule_broken", 3, "a")])
        with self.assertRaises(SchemaError):
            schema({"name": "a"}, portal={"rules": ["a < c"]})
