"""Files made to break a reader of catalogues: each gets one sentence, and memory stays bounded."""

import io
import zipfile

import xlsxwriter
from django.test import TestCase

from portal.core.models import TableImport
from portal.core.roles import Role
from portal.home.role_groups import grant_page_rights
from tests.factories import make_home, make_unit, make_user
from tests.units.table_imports import csv_bytes, messages, send, xlsx_bytes

HEAD = ["Mã đơn vị", "Tên"]
ROW = ["SYT", "Sở Y tế"]
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">%s]>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 107)
)


def rewritten(content, **parts):
    """Return a workbook with some parts put in place of its own; names without ``xl/``."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        given = {f"xl/{name.replace('__', '/')}": part for name, part in parts.items()}
        for name in {*old.namelist(), *given}:
            part = given.get(name)
            if callable(part):
                part(new, name)
            else:
                new.writestr(name, old.read(name) if part is None else part)
    return out.getvalue()


def zeros(megabytes, before=b"", after=b""):
    """Return what writes that many letters into a part without holding them at once."""

    def write(archive, name):
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(before)
            for _number in range(megabytes):
                part.write(b"A" * 1_000_000)
            part.write(after)

    return write


class HostileFileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        make_unit("Sở Y tế", code="SYT")
        cls.book = xlsx_bytes([HEAD, ROW])

    def said(self, content, name="a.xlsx"):
        """Return the one sentence that is said against a file."""
        kept = send("don-vi", content, self.admin, name)
        self.assertEqual(kept.status, TableImport.Status.FAULTY)
        [sentence] = [*messages(kept), *kept.report["unknown"]]
        self.assertTrue(sentence.endswith("."), sentence)
        return sentence

    def test_a_bomb_of_a_hundred_thousand_to_one_is_not_unpacked(self):
        for part in ("worksheets__sheet1.xml", "sharedStrings.xml", "media__picture.png"):
            with self.subTest(part):
                content = rewritten(self.book, **{part: zeros(101)})
                self.assertLess(len(content), 200_000)
                self.assertIn("100 MB", self.said(content))

    def test_a_cell_of_a_hundred_megabytes_is_not_unpacked(self):
        before = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        content = rewritten(
            self.book, **{"sharedStrings.xml": zeros(100, before, b"</t></si></sst>")}
        )

        self.assertIn("100 MB", self.said(content))

    def test_a_part_that_claims_less_than_it_holds_is_damaged(self):
        content = rewritten(self.book, **{"worksheets__sheet1.xml": b"A" * 5_000_000})
        start = content.index((5_000_000).to_bytes(4, "little"))
        lying = content.replace(content[start : start + 4], (50).to_bytes(4, "little"))

        self.assertIn("hỏng", self.said(lying))

    def test_entities_that_grow_are_refused(self):
        for part in ("workbook.xml", "styles.xml", "_rels__workbook.xml.rels"):
            with self.subTest(part):
                content = rewritten(self.book, **{part: LAUGHS + b"<workbook>&j;</workbook>"})
                self.assertIn("hỏng", self.said(content))

    def test_entities_in_cells_stay_what_they_are(self):
        sheet = LAUGHS + (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
            b"</sheetData></worksheet>"
        )
        kept = send(
            "don-vi",
            rewritten(self.book, **{"worksheets__sheet1.xml": sheet}),
            self.admin,
            "a.xlsx",
        )

        self.assertEqual(kept.status, TableImport.Status.FAULTY)
        self.assertLess(len(str(kept.report)), 2_000)

    def test_macros_and_passwords_are_refused_by_name(self):
        macros = rewritten(self.book, **{"vbaProject.bin": b"x"})
        self.assertIn("macro", self.said(macros, "a.xlsm"))
        protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        self.assertIn("mật khẩu", self.said(protected))

    def test_ten_thousand_columns_are_told_in_one_sentence(self):
        columns = [f"Cột {number}" for number in range(10_000)]
        for name, make in (("a.csv", csv_bytes), ("a.xlsx", xlsx_bytes)):
            with self.subTest(name):
                content = make([[*HEAD, *columns], [*ROW, *columns]])
                with self.captureOnCommitCallbacks(execute=True):
                    kept = send("don-vi", content, self.admin, name)
                kept.refresh_from_db()
                [sentence] = messages(kept)
                self.assertIn("10000", sentence.replace(".", ""))

    def test_a_long_cell_is_a_mistake_of_its_row(self):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ["SYT", "A" * 32_000])

        kept = send("don-vi", buffer.getvalue(), self.admin, "a.xlsx")

        self.assertEqual(len(messages(kept)), 1)
        self.assertLess(len(str(kept.report)), 2_000)
