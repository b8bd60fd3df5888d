"""Files with changed bytes: never a fault of this code, and read as others read them."""

import csv
import io
import random
import zipfile
from pathlib import Path

import xlsxwriter

from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of
from tests.datasets.test_other_workbooks import HEADER, cell, ods, row, sheet

SCHEMA = schema_of(
    Column("ma", title="Mã", type="code"), Column("ten", title="Tên"),
    Column("so", title="Số lượng", type="integer"), Column("ty_le", title="Tỷ lệ", type="percent"),
    Column("ngay", title="Ngày", type="date"),
)  # fmt: skip
NAMES = ("Mã", "Tên", "Số lượng", "Tỷ lệ", "Ngày")
ROWS = (
    ("01", "An Bình", "10", "0,5", "05/01/2026"),
    ("02", "Bình Minh; xã", "-3", "1,25", "31/12/2025"),
    ("03", "Ô “ba”", "1234567", "0", "29/02/2024"),
)
ROUNDS = 40


def changed(content, dice):
    """Return ``content`` with a few bytes changed, left out or repeated."""
    content = bytearray(content)
    for _change in range(dice.choice((1, 1, 2, 3, 8))):
        place = dice.randrange(len(content))
        match dice.randrange(4):
            case 0:
                content[place] = dice.randrange(256)
            case 1:
                content[place] ^= 1 << dice.randrange(8)
            case 2:
                del content[place : place + dice.choice((1, 2, 20))]
            case _:
                content[place:place] = content[place : place + dice.choice((1, 10, 50))]
    return bytes(content)


def changed_part(content, dice):
    """Return an archive in which one part is changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        names = source.namelist()
        chosen = dice.choice(names + [name for name in names if "sheet1" in name] * 4)
        for name in names:
            part = source.read(name)
            archive.writestr(name, changed(part, dice) if name == chosen else part)
    return target.getvalue()


def as_csv():
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows((NAMES, *ROWS))
    return file.getvalue().encode()


def as_xlsx():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, cells in enumerate((NAMES, *ROWS)):
            for place, text in enumerate(cells):
                page.write_string(number, place, text)
    return file.getvalue()


def as_ods():
    return ods(sheet(HEADER, *(row(*map(cell, cells)) for cells in ROWS)))


def as_xls():
    return (Path(__file__).parent / "files" / "mau.xls").read_bytes()


class ChangedBytesTests(TableTestCase):
    def checks(self, make, change):
        """Yield the content and the check of files whose bytes chance has changed."""
        content = make()
        for number in range(ROUNDS):
            spoiled = change(content, random.Random(f"{make.__name__} {number}"))
            with self.subTest(number):
                check = self.check(spoiled, SCHEMA)
                self.assertTrue(all(issue.message for issue in check.issues))
                self.assertEqual(
                    check.outcome == "accepted", check.accepted == check.records - check.blank > 0
                )
                yield spoiled, check
                check.close()

    def test_delimited_texts_are_read_as_others_read_them(self):
        accepted = 0
        for content, check in self.checks(as_csv, changed):
            if check.outcome == "accepted" and check.reading.header_row == 1:
                lines = io.StringIO(content.decode(), newline="")
                others = [each for each in csv.reader(lines, delimiter=";") if any(each)][1:]
                found = [(each["ma"], each["ten"]) for each in self.rows(check)]
                self.assertEqual(found, [(a.strip(), b.strip()) for a, b, *_rest in others])
                accepted += 1
        self.assertGreater(accepted, 1)

    def test_workbooks_are_read_or_refused(self):
        for make, change in (
            (as_xlsx, changed), (as_xlsx, changed_part), (as_ods, changed),
            (as_ods, changed_part), (as_xls, changed),
        ):  # fmt: skip
            with self.subTest(f"{make.__name__} {change.__name__}"):
                outcomes = {check.outcome for _content, check in self.checks(make, change)}
                self.assertLessEqual(outcomes, {"accepted", "rejected", "needs_confirmation"})
