"""Groups by the rows API: added up, sorted, in each format, and what is refused beside them."""

import json
from unittest.mock import patch

from tests.datasets.test_rows_api import MANY, RowsCase


class GroupTests(RowsCase):
    def test_groups_are_added_up_and_sorted(self):
        self.publish(MANY, period="2026")

        found = self.rows(
            nhom="so_luong", tinh="count,sum:so_luong,avg:so_luong,max:ten", sap_xep="-sum:so_luong"
        ).json()

        self.assertEqual(found["groups"][0]["sum:so_luong"], 32)
        self.assertEqual(found["groups"][0]["avg:so_luong"], "4.00000000")
        self.assertEqual([group["count"] for group in found["groups"]], [8] * 5)
        self.assertIs(found["truncated"], False)
        total = self.rows(tinh="count,sum:so_luong").json()["groups"]
        self.assertEqual(total, [{"count": 40, "sum:so_luong": 80}])

    def test_groups_come_as_csv_and_ndjson_too(self):
        asked = {"nhom": "ten", "tinh": "count,avg:so_luong", "sap_xep": "-avg:so_luong"}

        csv = self.rows(**asked, dinh_dang="csv").content.decode()
        lines = self.rows(**asked, dinh_dang="ndjson").content.decode().splitlines()

        self.assertEqual(
            csv.split("\r\n")[:2], ["ten,count,avg:so_luong", "Phường Bình Minh,1,20.00000000"]
        )
        self.assertEqual(json.loads(lines[1])["ten"], "Phường An Bình")

    def test_groups_that_do_not_fit_into_a_file_are_not_cut_off_in_silence(self):
        with patch("portal.datasets.rows.limits.MOST_GROUPS", 1):
            self.assertIn("1", self.refusal(nhom="ten", dinh_dang="csv"))
            self.assertIs(self.rows(nhom="ten").json()["truncated"], True)

    def test_a_column_named_like_an_aggregate_keeps_its_place(self):
        self.dataset.columns.filter(name="so_luong").update(name="count")
        self.publish(MANY, period="2026")

        groups = self.rows(nhom="count", sap_xep="-count:*,count").json()["groups"]

        self.assertEqual(groups[0], {"count": 0, "count:*": 8})

    def test_what_means_nothing_for_groups_is_refused(self):
        for asked in (
            {"dinh_dang": "parquet"},
            {"trang": "2"},
            {"so_dong": "5"},
            {"cot": "ma"},
            {"dem_theo": "ten"},
        ):
            with self.subTest(asked):
                self.assertGreater(len(self.refusal(nhom="ten", **asked)), 10)
