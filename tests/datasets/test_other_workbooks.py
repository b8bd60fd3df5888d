"""Old Excel (.xls) and OpenDocument (.ods) files: the same values, the same refusals."""

import io
import zipfile
from pathlib import Path

from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of

SCHEMA = schema_of(
    Column("ma", title="Mã", type="code"), Column("ten", title="Tên"),
    Column("so", title="Số lượng", type="integer"), Column("ty_le", title="Tỷ lệ", type="percent"),
    Column("ngay", title="Ngày", type="date"),
)  # fmt: skip
NAMES = ("Mã", "Tên", "Số lượng", "Tỷ lệ", "Ngày")
DOCUMENT = (
    '<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" '
    'xmlns:text="x" xmlns:style="s" xmlns:calcext="c">{}</office:document-content>'
)


def cell(text="", kind="string", value="", **more):
    """Return the XML of a cell; ``value`` stands in the attribute of its kind."""
    name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    said = f' office:{name}="{value}"' if value else ""
    more = "".join(f' table:{key.replace("_", "-")}="{each}"' for key, each in more.items())
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f'<table:table-cell office:value-type="{kind}"{said}{more}>{lines}</table:table-cell>'


def row(*cells, times=1):
    return (
        f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'
    )


HEADER = row(*map(cell, NAMES))


def sheet(*rows, name="S", style="a"):
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'
    )


def ods(content, mime="application/vnd.oasis.opendocument.spreadsheet", before="", **parts):
    """Return the bytes of a document; keyword arguments are further parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mime)
        archive.writestr("content.xml", before + DOCUMENT.format(content))
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


class OldExcelTests(TableTestCase):
    file = Path(__file__).parent / "files" / "mau.xls"

    def test_values_as_people_see_them(self):
        check = self.check_path(self.file, SCHEMA)

        self.assertEqual(check.outcome, "accepted", check.issues)
        self.assertEqual(
            [list(each.values()) for each in self.rows(check)],
            [
                ["007", "Phường Bắc Giang", 1205, "12.5", "2026-01-05"],
                ["008", "Xã Yên Thế", None, "12.5", "2026-01-06"],
                ["009", "TRUE", 1234, "0.3", "2026-01-06"],
            ],
        )
        source = check.report()["source"]
        self.assertEqual((source["format"], source["container"]), ("unknown", "xls"))
        self.assertEqual((source["sheet"], source["header_row"]), ("Dữ liệu", 3))

    def test_a_damaged_file_is_refused(self):
        data = self.file.read_bytes()

        for damaged in (data[:3000], data[:512] + b"\xff" * 512 + data[1024:]):
            check = self.check(damaged, SCHEMA, filename="a.xls")
            self.assertEqual(self.codes(check), [("damaged_file", None, None)])

    def test_a_password_is_named(self):
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        data += "EncryptedPackage".encode("utf-16-le") + bytes(600)

        check = self.check(data, SCHEMA, filename="a.xlsx")

        self.assertEqual(self.codes(check), [("protected_file", None, None)])


class OpenDocumentTests(TableTestCase):
    def found(self, data):
        return self.check(data, SCHEMA, filename="a.ods")

    def test_values_as_people_see_them(self):
        note = "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
        check = self.found(
            ods(
                sheet(
                    row(cell("BÁO CÁO")), row(cell(), times=2), HEADER,
                    row(cell("007", "float", "7"), cell("Phường\nBắc Giang"),
                        cell("1.205", "float", "1205"), cell("12,5%", "percentage", "0.125"),
                        cell("05/01/26", "date", "2026-01-05")),
                    row(cell("008"), cell("a").replace("<text", note + "<text", 1),
                        cell("3", "float", "3", formula="of:=1+2"), cell("0,3", "float", "0.3"),
                        cell("6/1/2026")),
                    row(cell(), times=900_000),
                )
            )
        )  # fmt: skip

        self.assertEqual(check.outcome, "accepted", check.issues)
        self.assertEqual(
            [list(each.values()) for each in self.rows(check)],
            [
                ["007", "Phường\nBắc Giang", 1205, "12.5", "2026-01-05"],
                ["008", "a", 3, "0.3", "2026-01-06"],
            ],
        )
        self.assertEqual((check.records, check.reading.header_row), (2, 4))
        self.assertEqual(check.report()["source"]["container"], "ods")

    def test_repeated_rows_are_rows(self):
        check = self.found(ods(sheet(HEADER, row(cell(), times=2), row(cell("1"), times=3))))

        self.assertEqual((check.records, check.blank, check.accepted), (5, 2, 3))

    def test_hidden_sheets_are_passed_over(self):
        hidden = (
            '<style:style style:name="h"><style:table-properties table:display="false"/>'
            "</style:style>"
        )
        check = self.found(
            ods(hidden + sheet(HEADER, row(cell("1")), name="Ẩn", style="h")
                + sheet(HEADER, row(cell("2")), name="Hiện"))
        )  # fmt: skip

        self.assertEqual((check.reading.sheet, self.rows(check)[0]["ma"]), ("Hiện", "2"))

    def test_errors_and_formulas_without_a_result(self):
        check = self.found(
            ods(sheet(HEADER, row(cell("1"), cell("#DIV/0!")), row(
                cell("2"), '<table:table-cell table:formula="of:=1"></table:table-cell>')))
        )  # fmt: skip

        self.assertEqual(
            self.codes(check), [("error_cell", 2, "ten"), ("formula_without_value", 3, "ten")]
        )

    def test_hostile_documents_are_refused(self):
        entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        for data, code in (
            (ods(sheet(HEADER, row(cell("a"), times=99_999_999))), "too_large_sheet"),
            (
                ods(sheet(HEADER, row(cell("a", number_columns_repeated=99_999_999)))),
                "too_large_sheet",
            ),
            (ods("", before=entity), "damaged_file"),
            (ods(sheet(HEADER))[:300], "damaged_file"),
            (ods("<table:table>"), "damaged_file"),
            (ods(""), "no_sheet"),
            (ods("", mime="application/vnd.oasis.opendocument.text"), "not_a_table"),
            (ods("", **{"META-INF__manifest.xml": "<encryption-data/>"}), "protected_file"),
        ):
            with self.subTest(code):
                self.assertEqual(self.codes(self.found(data)), [(code, None, None)])
