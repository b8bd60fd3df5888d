"""Files of known rows for the benchmarks of the table engine; the same ones each time."""

import csv
import random

import xlsxwriter

PLACES = ["Phường Bắc Giang", "Phường Kinh Bắc", "Xã Yên Thế", "Xã Lục Ngạn", "Phường Từ Sơn"]
STATES = {"A": "Tốt", "B": "Khá", "C": "Đạt", "D": "Chưa đạt", "E": "Không xếp loại"}
SCHEMA = {
    "fields": [
        {"name": "ma", "type": "string", "portal": {"type": "code"}},
        {"name": "ten", "type": "string", "constraints": {"required": True, "maxLength": 200}},
        {"name": "dia_ban", "type": "string", "constraints": {"pattern": "[0-9]{2}"}},
        {"name": "ngay", "type": "date"},
        {"name": "ky", "type": "yearmonth"},
        {"name": "so_luong", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "gia_tri", "type": "number"},
        {"name": "ty_le", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
        {"name": "hoat_dong", "type": "boolean"},
        {"name": "xep_loai", "type": "string", "portal": {"type": "choice", "codes": STATES}},
    ],
    "primaryKey": "ma",
}


def records(count, wrong=0.0, changed=0):
    """Yield the header and ``count`` records, the same ones each time.

    The share ``wrong`` of them has a cell that cannot be read; every ``changed``-th another
    number than the file before.
    """
    chance = random.Random(1)
    yield [field["name"] for field in SCHEMA["fields"]]
    for number in range(count):
        cents = chance.randrange(10**9)
        yield [
            f"{number:08}",
            f"{chance.choice(PLACES)} {number}",
            f"{chance.randrange(100):02}",
            f"{chance.randrange(1, 29)}/{chance.randrange(1, 13)}/{chance.randrange(2015, 2026)}",
            f"{chance.randrange(2020, 2026)}-{chance.randrange(1, 13):02}",
            _number(number, chance.randrange(100_000), wrong, changed),
            f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,")),
            f"{chance.randrange(1000) / 10:.1f}".replace(".", ","),
            "có" if number % 2 else "không",
            chance.choice("ABCDE"),
        ]


def _number(number, value, wrong, changed):
    if wrong and number % round(1 / wrong) == 0:
        return "mười"
    return value + 1 if changed and number % changed == 0 else value


def write_source(path, count, **options):
    """Write the file to be checked, as CSV or as XLSX by the ending of ``path``."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(records(count, **options))
        return
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Dữ liệu")
        for row, cells in enumerate(records(count, **options)):
            sheet.write_row(row, 0, cells)
