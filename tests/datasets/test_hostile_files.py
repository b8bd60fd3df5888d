"""Files made to hurt: each is refused with a clear code, in bounded memory and time."""

import io
import json
import subprocess
import sys
import warnings
import zipfile

from tests.datasets.table_files import TableTestCase
from tests.source_tree import ROOT

MOST_MEGABYTES = 700
HEAD = b"ma,ten,so\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "lol">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>'


def text(place, value):
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


HEADER = f'<row r="1">{text("A1", "ma")}{text("B1", "ten")}{text("C1", "so")}</row>'
ROW = f'<row r="2">{text("A2", "01")}{text("B2", "A")}<c r="C2"><v>1</v></c></row>'


def sheet(rows=ROW, before="", inside=""):
    return (
        f'{before}<worksheet xmlns="{MAIN}">{inside}<sheetData>{HEADER}{rows}</sheetData>'
        "</worksheet>"
    )


def xlsx(content=None, *, sheets=1, strings=None, **parts):
    """Return the bytes of a workbook; ``strings`` are pieces of the part of shared texts."""
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, sheets + 1))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    targets = {"r1": ("worksheet", "worksheets/sheet1.xml")}
    if strings:
        targets["r2"] = ("sharedStrings", "sharedStrings.xml")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _relations({"r1": ("officeDocument", "xl/workbook.xml")}))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(targets))
        _write(archive, "xl/worksheets/sheet1.xml", content or sheet())
        if strings:
            _write(archive, "xl/sharedStrings.xml", strings)
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def _write(archive, name, content):
    pieces = [content] if isinstance(content, bytes | str) else content
    with archive.open(name, "w") as part:
        for piece in pieces:
            part.write(piece.encode() if isinstance(piece, str) else piece)


def _relations(targets):
    listed = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def ods(rows="", before="", **parts):
    """Return the bytes of an OpenDocument spreadsheet."""
    cells = "".join(ods_cell(name) for name in ("ma", "ten", "so"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'{before}<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">'
            f'<table:table table:name="S"><table:table-row>{cells}</table:table-row>{rows}'
            "</table:table></office:document-content>",
        )
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def ods_cell(words, more=""):
    opening = f'<table:table-cell office:value-type="string"{more}>'
    return f"{opening}<text:p>{words}</text:p></table:table-cell>"


def twice():
    """Return a workbook with two parts of one name."""
    file = io.BytesIO(xlsx())
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", sheet(ROW.replace(">1<", ">999<")))
    return file.getvalue()


class HostileFilesTests(TableTestCase):
    def told(self, content, name="a.csv"):
        """Return the report of a check in a process of its own, whose memory is bounded."""
        path = self.folder / name
        path.write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-m", "tests.datasets.hostile_child", str(path)],
            cwd=ROOT, capture_output=True, check=False,
        )  # fmt: skip
        self.assertEqual((done.returncode, done.stderr), (0, b""), name)
        told = json.loads(done.stdout)
        self.assertLess(told["megabytes"], MOST_MEGABYTES, name)
        return told["report"]

    def refused(self, cases):
        for name, (content, code, row) in cases.items():
            with self.subTest(name):
                report = self.told(content, name)
                found = {(issue["code"], issue["row"]) for issue in report["issues"]}
                self.assertEqual(report["outcome"], "rejected")
                self.assertIn((code, row), found)
                self.assertEqual(report["accepted"], 0)

    def test_texts_that_never_end(self):
        self.refused(
            {
                "line.csv": (b"x" * 40_000_000, "line_too_long", 1),
                "commas.csv": (b"x," * 20_000_000, "line_too_long", 1),
                "below.csv": (HEAD + b"01," + b"A" * 40_000_000, "line_too_long", 2),
                "cell.csv": (HEAD + b'01,"' + b"A" * 60_000_000 + b'",1\n', "line_too_long", 2),
                "lines.csv": (HEAD + b"\n" * 12_000_000, "too_many_rows", None),
                "marks.csv": (HEAD + b'"' * 5_000_000, "wrong_number_of_cells", 2),
                "columns.csv": (b"c," * 100_000 + b"\n1\n", "too_many_columns", 1),
            }
        )

    def test_workbooks_that_grow_when_they_are_opened(self):
        text_of_mega = ods_cell("<text:s text:c='1000'/>" * 100_000 + "x")
        many = (b"<si><t>A</t></si>" * 100_000 for _time in range(100))
        zeros = (bytes(1_000_000) for _time in range(420))
        uses = f'<row r="2">{text("A2", "&a9;")}</row>'
        self.refused(
            {
                "zeros.xlsx": (xlsx(zeros), "too_big_unpacked", None),
                "texts.xlsx": (xlsx(strings=many), "too_large_sheet", None),
                "entities.xlsx": (xlsx(sheet(uses, before=BOMB)), "damaged_file", None),
                "outside.xlsx": (xlsx(sheet(uses, before=OUTSIDE)), "damaged_file", None),
                "far.xlsx": (
                    xlsx(sheet(f'{ROW}<row r="1048576">{text("XFD1048576", "x")}</row>')),
                    "too_large_sheet", None,
                ),
                "cell.xlsx": (
                    xlsx(sheet(f'<row r="2">{text("B2", "A" * 30_000_000)}</row>')),
                    "line_too_long", None,
                ),
                "sheets.xlsx": (xlsx(sheets=20_000), "damaged_file", None),
                "entities.ods": (ods(before=BOMB), "damaged_file", None),
                "outside.ods": (ods(before=OUTSIDE), "damaged_file", None),
                "spaces.ods": (
                    ods(f"<table:table-row>{text_of_mega}</table:table-row>"),
                    "cell_too_long", 2,
                ),
                "tag.ods": (
                    ods(f'<table:table-row x="{"A" * 20_000_000}"></table:table-row>'),
                    "damaged_file", None,
                ),
                "wide.ods": (
                    ods(
                        "<table:table-row>"
                        + ods_cell("A", ' table:number-columns-repeated="16000"')
                        + "</table:table-row>"
                    ),
                    "wrong_number_of_cells", 2,
                ),
            }
        )  # fmt: skip

    def test_workbooks_that_are_locked_programmed_or_contradict_themselves(self):
        macro = {"xl__vbaProject.bin": b"x"}
        row_twice = ROW + ROW.replace(">01<", ">02<")
        self.refused(
            {
                "macro.xlsm": (xlsx(**macro), "macro_workbook", None),
                "macro4.xlsx": (xlsx(xl__macrosheets__sheet1_xml=b"x"), "macro_workbook", None),
                "macro.ods": (ods(Basic__Standard__M=b"x"), "macro_workbook", None),
                "locked.ods": (
                    ods(**{"META-INF__manifest.xml": "<a><encryption-data/></a>"}),
                    "protected_file", None,
                ),
                "twice.xlsx": (twice(), "damaged_file", None),
                "rows.xlsx": (xlsx(sheet(row_twice)), "damaged_file", None),
                "wide.xlsx": (xlsx(sheet().encode("utf-16")), "damaged_file", None),
                "half.xlsx": (xlsx()[:600], "damaged_file", None),
            }
        )  # fmt: skip

    def test_what_only_looks_dangerous_is_read_exactly(self):
        lies = sheet(inside='<dimension ref="A1:XFD1048576"/>')
        empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 200_000))
        for name, content in {
            "size.xlsx": xlsx(lies),
            "empty.xlsx": xlsx(sheet(ROW + empty)),
            "paths.xlsx": xlsx(**{"..__..__tmp__x.txt": "x", "/etc/x": "y"}),
            "links.xlsx": xlsx(xl__externalLinks__externalLink1_xml="<x/>"),
        }.items():
            with self.subTest(name):
                report = self.told(content, name)
                self.assertEqual(report["outcome"], "accepted")
                self.assertEqual(report["rows"], [{"ma": "01", "ten": "A", "so": "1"}])

    def test_formulas_in_a_text_stay_texts(self):
        cell = "=cmd|' /C calc'!A0"

        [row] = self.told(HEAD + f'01,"{cell}",1\n'.encode(), "x.csv")["rows"]

        self.assertEqual(row["ten"], cell)

    def test_formulas_that_nobody_calculated_are_told_by_row(self):
        rows = f'<row r="2">{text("A2", "01")}{text("B2", "A")}<c r="C2"><f>1+1</f></c></row>'
        cells = "".join(ods_cell(each) for each in ("01", "A"))
        formula = '<table:table-cell table:formula="of:=1+1"/>'

        for name, content in {
            "a.xlsx": xlsx(sheet(rows)),
            "a.ods": ods(f"<table:table-row>{cells}{formula}</table:table-row>"),
        }.items():
            with self.subTest(name):
                [issue] = self.told(content, name)["issues"]
                self.assertEqual(
                    (issue["code"], issue["row"], issue["column"]),
                    ("formula_without_value", 2, "so"),
                )
