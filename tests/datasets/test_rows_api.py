"""The rows API: any version, what it refuses, how long answers keep, and who sees which column."""

import json
from datetime import timedelta
from unittest.mock import patch

from django.utils import timezone

from portal.datasets.actions.review import withdraw_version
from portal.datasets.models import AccessEvent, DatasetVersion
from tests.datasets.datasets_factory import V2, DatasetTestCase

SECRET = "mật một"
HEAD = "Mã,Tên,Số lượng,Ghi chú nội bộ\n"
MANY = HEAD + "".join(f"{n:03},Phường {n % 7},{n % 5},mật {n}\n" for n in range(40))


class RowsCase(DatasetTestCase):
    def setUp(self):
        self.version = self.publish()
        self.base = f"/api/v1/du-lieu/{self.dataset.code}"

    def rows(self, version="moi-nhat", **asked):
        """Return the answer for the rows of a version; a key may be a list."""
        return self.client.get(f"{self.base}/phien-ban/{version}/dong/", asked)

    def refusal(self, **asked):
        """Return the sentence with which a question is refused."""
        answer = self.rows(**asked)
        self.assertEqual(answer.status_code, 422, asked)
        return answer.json()["detail"]


class VersionTests(RowsCase):
    def test_latest_a_number_and_a_day_name_a_version(self):
        DatasetVersion.objects.update(published_at=timezone.now() - timedelta(days=10))
        self.publish(V2, period="2026")
        week_ago = timezone.localdate() - timedelta(days=7)

        found = {
            text: self.rows(text).json()["version"]
            for text in ("moi-nhat", "1", "2", str(week_ago), f"{week_ago:%d-%m-%Y}")
        }

        self.assertEqual(list(found.values()), [2, 1, 2, 1, 1])
        self.assertEqual(self.rows("2020-01-01").status_code, 404)
        self.assertEqual(self.rows("9").status_code, 404)
        self.assertEqual(self.rows("hom-qua").status_code, 422)

    def test_a_withdrawn_version_is_not_replaced_by_a_guess(self):
        DatasetVersion.objects.update(published_at=timezone.now() - timedelta(days=10))
        second = self.publish(V2, period="2026")
        DatasetVersion.objects.filter(pk=second.pk).update(
            published_at=timezone.now() - timedelta(days=5)
        )
        withdraw_version(second, user=self.verifier, note="Sai kỳ")

        then = self.rows(str(timezone.localdate() - timedelta(days=3)))

        self.assertEqual(then.status_code, 404)
        self.assertEqual(self.rows(str(timezone.localdate())).json()["version"], 1)
        self.assertEqual(self.rows("2").status_code, 404)


class PagingTests(RowsCase):
    def test_a_publication_between_two_pages_mixes_nothing(self):
        self.publish(MANY, period="2024")
        first = self.rows(sap_xep="ten,-so_luong", so_dong=15).json()

        self.publish(V2, period="2026")
        found, answer = first["rows"], first
        while answer["next_url"]:
            answer = self.client.get(answer["next_url"]).json()
            found += answer["rows"]

        self.assertEqual({answer["version"], first["version"]}, {2})
        self.assertEqual(len({row["ma"] for row in found}), 40)
        expected = sorted(found, key=lambda row: (row["ten"], -row["so_luong"], row["ma"]))
        self.assertEqual(found, expected)

    def test_a_mark_serves_no_other_question_version_or_dataset(self):
        self.publish(MANY, period="2026")
        mark = self.rows(sap_xep="ten", so_dong=5).json()["next"]

        self.assertEqual(self.rows(sap_xep="ten", so_dong=5, tiep=mark).status_code, 200)
        for wrong in (
            {"sap_xep": "-ten"},
            {"sap_xep": "ten", "loc": "so_luong:1"},
            {"sap_xep": "ten", "tim": "phuong"},
            {"sap_xep": "ten", "tiep": f"{mark}x"},
        ):
            with self.subTest(wrong):
                self.refusal(**{"tiep": mark, **wrong})

    def test_the_mark_of_somebody_who_sees_more_opens_nothing(self):
        self.publish(MANY, period="2026")
        self.client.force_login(self.officer)
        mark = self.rows(sap_xep="ghi_chu", so_dong=5).json()["next"]
        self.client.logout()

        self.assertIn("ghi_chu", self.refusal(sap_xep="ghi_chu", tiep=mark))
        self.refusal(tiep=mark)


class HiddenColumnTests(RowsCase):
    """“ghi_chu” is not public: nothing tells whether it is there."""

    def test_a_hidden_column_is_answered_like_one_that_does_not_exist(self):
        questions = (
            {"cot": "{}"},
            {"loc": "{}:mật một"},
            {"loc": "{}__contains:mật"},
            {"loc": "{}__isnull:1"},
            {"loc": "{}__khong_co:1"},
            {"sap_xep": "-{}"},
            {"nhom": "{}"},
            {"tinh": "sum:{}"},
            {"tinh": "min:{}"},
            {"nhom": "ten", "tinh": "count:{}"},
            {"nhom": "ten", "sap_xep": "{}"},
            {"dem_theo": "{}"},
        )
        for asked in questions:
            with self.subTest(asked):
                hidden, absent = (
                    self.refusal(**{key: text.format(name) for key, text in asked.items()})
                    for name in ("ghi_chu", "khong_ten")
                )
                self.assertEqual(hidden.replace("ghi_chu", "khong_ten"), absent)

    def test_it_is_neither_searched_nor_given(self):
        self.assertEqual(self.rows(tim="mật một").json()["total"], 0)
        self.assertEqual(self.rows(tim="binh minh").json()["total"], 1)
        for asked in ({}, {"dinh_dang": "csv"}, {"dinh_dang": "ndjson"}, {"nhom": "ten"}):
            answer = self.rows(**asked)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            self.assertNotIn("mật", body.decode())
        for path in ("/phien-ban/1/ho-so/", "/openapi.json"):
            body = self.client.get(self.base + path).content.decode()
            self.assertNotIn("ghi_chu", body)
            self.assertNotIn("mật", body)

    def test_the_owner_may_ask_for_it(self):
        self.client.force_login(self.officer)

        found = self.rows(loc=f"ghi_chu:{SECRET}", tim="mat mot", dem_theo="ghi_chu").json()

        self.assertEqual((found["total"], found["rows"][0]["ghi_chu"]), (1, SECRET))

    def test_closed_rows_answer_as_if_there_were_none(self):
        self.dataset.sharing = "internal"
        self.dataset.save()

        for path in ("/dong/", "/phien-ban/1/dong/", "/phien-ban/1/ho-so/", "/openapi.json"):
            self.assertEqual(self.client.get(self.base + path).status_code, 404, path)

    def test_who_read_what_is_not_public_is_written_down(self):
        self.rows()
        self.assertIs(AccessEvent.objects.exists(), False)

        self.client.force_login(self.officer)
        self.rows(loc="ma:01")

        event = AccessEvent.objects.get()
        self.assertEqual((event.actor, event.version), (self.officer, self.version))
        self.assertIn("ma", event.query)


class RefusalTests(RowsCase):
    def test_what_cannot_be_meant_gets_a_sentence_and_never_a_guess(self):
        cases = (
            {"loc": "so_luong__gte:mười"},
            {"loc": "so_luong__contains:1"},
            {"loc": "ten"},
            {"loc": "ten__in:[1"},
            {"loc": 'ten__in:["\\ud800"]'},
            {"loc": "ten__in:[null]"},
            {"loc": "ten__in:[[1]]"},
            {"loc": "ten__year:000000001" + "9" * 60},
            {"loc": ["ma:1"] * 21},
            {"loc": "ten:" + "x" * 201},
            {"loc": "ma__in:" + ",".join(map(str, range(201)))},
            {"tim": "x" * 201},
            {"sap_xep": "ma,ten,so_luong,ma,ten,ma"},
            {"tinh": "median:so_luong"},
            {"tinh": "sum:ten"},
            {"nhom": "ten", "sap_xep": "so_luong"},
            {"so_dong": "1001"},
            {"so_dong": "muoi"},
            {"trang": "0"},
            {"trang": "9" * 30},
            {"dinh_dang": "xml"},
            {"tiep": "abc"},
            {"sort": "ma"},
            {"loc": "ten'; DROP TABLE rows; --:1"},
            {"cot": ["ma", "ten"]},
            {"so_dong": ["1", "2"]},
        )
        for asked in cases:
            with self.subTest(asked):
                self.assertGreater(len(self.refusal(**asked)), 10)

    def test_numbers_are_compared_exactly(self):
        counts = {
            text: self.rows(loc=f"so_luong__{text}").json()["total"]
            for text in (
                "gt:9.99",
                "gte:10.01",
                "lt:10.5",
                "exact:10.5",
                "not:10.5",
                "lt:" + "9" * 28,
            )
        }

        self.assertEqual(list(counts.values()), [2, 1, 1, 0, 2, 2])

    def test_a_list_of_values_may_be_json(self):
        counts = {
            text: self.rows(loc=text, tinh="count").json()["groups"][0]["count"]
            for text in (
                "so_luong__in:[10, 20.0]",
                "so_luong__in:[10.5]",
                "so_luong__notin:[10.0]",
                'ten__in:["Phường An Bình"]',
                "ten__in:[]",
                "so_luong__notin:[]",
            )
        }

        self.assertEqual(list(counts.values()), [2, 0, 1, 1, 0, 2])


class AnswerTests(RowsCase):
    def test_facets_count_the_values_of_the_rows_kept(self):
        self.publish(MANY, period="2026")

        found = self.rows(dem_theo="ten", loc="so_luong:0", so_dong=1).json()

        [facet] = found["facets"]
        self.assertEqual(sum(each["count"] for each in facet["values"]), found["total"])
        self.assertEqual(found["facets_cut_off"], [])

    def test_facets_without_time_are_named(self):
        with patch("portal.datasets.rows.limits.FACET_SECONDS", 0):
            found = self.rows(dem_theo="ten,so_luong").json()

        self.assertEqual((found["facets"], found["facets_cut_off"]), ([], ["ten", "so_luong"]))

    def test_other_formats_give_every_row(self):
        self.publish(MANY, period="2026")
        lines = b"".join(self.rows(dinh_dang="ndjson", so_dong=1).streaming_content).splitlines()
        table = b"".join(self.rows(dinh_dang="csv").streaming_content).decode().splitlines()

        self.assertEqual((len(lines), json.loads(lines[0])["ma"]), (40, "000"))
        self.assertEqual((len(table), table[:2]), (41, ["ma,ten,so_luong", "000,Phường 0,0"]))
        parquet = b"".join(self.rows(dinh_dang="parquet", cot="ma").streaming_content)
        self.assertEqual((parquet[:4], parquet[-4:]), (b"PAR1", b"PAR1"))

    def test_the_description_names_columns_operators_and_limits(self):
        told = self.client.get(f"{self.base}/openapi.json").json()

        row = told["components"]["schemas"]["Row"]["properties"]
        self.assertEqual(list(row), ["ma", "ten", "so_luong"])
        self.assertIn("gte", row["so_luong"]["x-operators"])
        self.assertEqual(told["x-limits"]["page_size"], 1000)
        for path, item in told["paths"].items():
            names = {each["name"] for each in item["get"]["parameters"]}
            self.assertLessEqual({"loc", "tim", "sap_xep", "tiep", "nhom"}, names, path)
        address = f"{self.base}/dong/"
        self.assertIn(address, told["paths"])
