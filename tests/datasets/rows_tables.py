"""A table with every kind of column and every kind of trouble, as a published version keeps it."""

import hashlib
import random
import tempfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import duckdb
from django.test import SimpleTestCase, override_settings

from portal.datasets.rows.answers import types_of
from portal.datasets.rows.questions import Asker
from portal.datasets.schemas import columns_of_version

SCHEMA = {
    "fields": [
        {"name": "ma", "type": "string", "portal": {"type": "code"}},
        {"name": "ten", "type": "string"},
        {"name": "so", "type": "integer"},
        {"name": "tien", "type": "number"},
        {"name": "ngay", "type": "date"},
        {"name": "luc", "type": "datetime"},
        {"name": "dung", "type": "boolean"},
        {"name": "ky", "type": "yearmonth"},
    ]
}
NAMES = (
    *("Đông An", "đông an", "Dương", "An Bình", "Ân Thi", "Ăn", "ÂN THI", "Phường 1", "Phường 10"),
    *("Phường 2", "Hòa Bình", "Hoà Bình", "m²", "50%", "a_b", "''", 'x"; DROP TABLE rows; --', " "),
    *("", "  hai  chỗ ", "=1+1", "Ấp 3", "ấp 03", "ﬁ", "Ｆｕｌｌ", "O’Brien", "-5", "[1,2]", "a,b"),
)


def random_rows(count, seed=7):
    """Return rows with many empty cells and many that are the same."""
    chance = random.Random(seed)
    maybe = lambda value: None if chance.random() < 0.2 else value  # noqa: E731
    start = datetime(2023, 12, 28, 22, 30)  # noqa: DTZ001 - as tables keep instants
    return [
        (
            number + 2,
            f"{chance.randrange(count // 2):05}",
            maybe(chance.choice(NAMES)),
            maybe(chance.choice([0, -1, 2**62, -(2**63), chance.randrange(-50, 50)])),
            maybe(Decimal(chance.randrange(-5000, 5000)) / 100),
            maybe(date(2023, 12, 20) + timedelta(days=chance.randrange(400))),
            maybe(start + timedelta(hours=chance.randrange(9000))),
            maybe(chance.random() < 0.5),
            maybe(f"{chance.randrange(2022, 2025)}-{chance.randrange(1, 13):02}"),
        )
        for number in range(count)
    ]


def write_table(path, rows):
    """Write the rows as the Parquet file of a version."""
    with duckdb.connect() as database:
        database.execute(
            "CREATE TABLE t (_row BIGINT, ma VARCHAR, ten VARCHAR, so BIGINT, "
            "tien DECIMAL(18, 2), ngay DATE, luc TIMESTAMP, dung BOOLEAN, ky VARCHAR)"
        )
        database.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        database.execute(f"COPY t TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")


class RowsTable(SimpleTestCase):
    """A version of 600 rows without a database behind it."""

    rows = random_rows(600)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.enterClassContext(override_settings(PORTAL_DATA_ROOT=Path(folder.name)))
        cls.path = Path(folder.name) / "table.parquet"
        write_table(cls.path, cls.rows)
        sha256 = hashlib.sha256(cls.path.read_bytes()).hexdigest()
        cls.version = SimpleNamespace(
            pk=1, table_path="table.parquet", table_sha256=sha256, schema=SCHEMA
        )
        cls.asker = Asker(types_of(cls.version, columns_of_version(cls.version)))
