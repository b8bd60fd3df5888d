"""From a row back to the versions, the line of the file, the people and the clause."""

from unittest import mock

from portal.datasets.actions.review import withdraw_version
from portal.datasets.models import DatasetColumn
from tests.datasets.datasets_factory import V1, V2, DatasetTestCase, make_dataset

HEADER = "Mã,Tên,Số lượng,Ghi chú nội bộ\n"
V3 = V2.replace("15,mật một", "15,mật khác")


class RowTraceTests(DatasetTestCase):
    def open(self, number, row, user=None, dataset=None, **asked):
        if user:
            self.client.force_login(user)
        code = (dataset or self.dataset).code
        return self.client.get(f"/du-lieu-tai/{code}/{number}/dong/{row}/nguon-goc/", asked)

    def told(self, *args, **kwargs):
        return self.open(*args, **kwargs).context["trace"]

    def steps(self, trace):
        return [
            (step.version.number, step.is_new, [(c.name, c.old, c.new) for c in step.cells])
            for step in trace.steps
        ]

    def test_it_names_the_versions_that_brought_and_changed_the_row(self):
        self.publish()
        self.publish(V2)

        trace = self.told(2, 1)

        self.assertEqual(self.steps(trace), [(2, False, [("so_luong", "10", "15")]), (1, True, [])])
        self.assertEqual((trace.brought_by.number, trace.origin.line), (2, 2))

    def test_a_row_is_found_by_its_key_wherever_it_stands(self):
        self.publish()
        self.publish(HEADER + "02,Phường Bình Minh,20,mật hai\n\n01,Phường An Bình,10,mật một\n")

        trace = self.told(2, 2)

        self.assertEqual(self.steps(trace), [(1, True, [])])
        self.assertEqual((trace.brought_by.number, trace.origin.line), (1, 2))

    def test_a_change_in_a_hidden_column_is_told_to_those_who_see_it_only(self):
        self.publish(V2)
        self.publish(V3)

        outside = self.open(2, 1)
        self.assertEqual(outside.context["trace"].brought_by.number, 1)
        self.assertNotContains(outside, "mật")
        inside = self.open(2, 1, self.officer)

        self.assertEqual(inside.context["trace"].brought_by.number, 2)
        self.assertContains(inside, "mật khác")
        self.assertContains(inside, "dan-so.csv")

    def test_a_row_that_went_and_came_back_is_brought_anew(self):
        self.publish()
        self.publish(V2)
        self.publish(V1)

        self.assertEqual(self.steps(self.told(3, 2)), [(3, True, [])])

    def test_a_withdrawn_version_takes_no_part(self):
        self.publish()
        withdraw_version(self.publish(V2), user=self.verifier, note="Nhầm.")
        self.publish(V1.replace("10", "11"))

        trace = self.told(3, 1)

        self.assertEqual(self.steps(trace)[0], (3, False, [("so_luong", "10", "11")]))
        self.assertEqual(self.open(2, 1).status_code, 404)

    def test_the_reason_is_told_though_the_version_that_was_corrected_is_withdrawn(self):
        first = self.publish()
        self.publish(V2)
        withdraw_version(first, user=self.verifier, note="Nhầm.")

        page = self.open(2, 1)

        self.assertEqual(self.steps(page.context["trace"]), [(2, True, [])])
        self.assertContains(page, "(đính chính phiên bản 1: Số liệu mới.)")

    def test_without_a_key_the_row_is_followed_in_its_version_only(self):
        dataset = make_dataset(self.unit, code="khong-khoa", columns=(("ten", "Tên", "text", {}),))
        self.publish("Tên\nA\n", dataset=dataset)
        self.publish("Tên\nB\nA\n", dataset=dataset)

        page = self.open(2, 2, dataset=dataset)

        self.assertContains(page, "không có khóa")
        self.assertEqual(page.context["trace"].origin.line, 3)
        self.assertEqual(page.context["trace"].brought_by.number, 2)

    def test_a_hidden_key_is_not_used_for_those_who_may_not_see_it(self):
        self.publish()
        self.publish(V2)
        DatasetColumn.objects.filter(dataset=self.dataset, name="ma").update(is_public=False)

        self.assertIs(self.told(2, 1).is_keyed, False)
        self.assertIs(self.told(2, 1, self.officer).is_keyed, True)

    def test_a_long_past_is_told_in_stretches(self):
        for count in range(5):
            self.publish(V1.replace("10", str(10 + count // 4)))
        with mock.patch("portal.datasets.row_trace.MOST_VERSIONS", 2):
            page = self.open(4, 1)
            self.assertEqual(page.context["trace"].steps, [])
            self.assertIsNone(page.context["trace"].brought_by)
            self.assertContains(page, "?tu=2")

            rest = self.told(4, 1, tu="2")

        self.assertEqual((self.steps(rest), rest.older), ([(1, True, [])], None))

    def test_appended_rows_have_the_line_of_their_own_file(self):
        dataset = make_dataset(self.unit, code="noi-them", mode="append")
        self.publish(V1, dataset=dataset, period="2024")
        self.publish(HEADER + "07,Xã G,1,x\n08,Xã H,2,y\n", dataset=dataset, period="2025")

        trace = self.told(2, 4, dataset=dataset)

        self.assertEqual((trace.brought_by.number, trace.origin.line), (2, 3))

    def test_rows_put_in_by_key_have_the_record_of_their_file(self):
        dataset = make_dataset(self.unit, code="cap-nhat", mode="upsert")
        self.publish(V1, dataset=dataset, period="2024")
        self.publish(HEADER + "07,Xã G,1,x\n01,Phường An Bình,99,y\n", dataset=dataset)

        trace = self.told(2, 3, dataset=dataset)

        self.assertEqual(self.steps(trace)[0], (2, False, [("so_luong", "10", "99")]))
        self.assertEqual((trace.origin.line, trace.origin.record), (None, 2))

    def test_the_table_leads_to_it_and_the_api_says_the_same(self):
        self.publish()
        self.publish(V2)
        page = self.client.get(self.dataset.get_url())
        self.assertContains(page, "/du-lieu-tai/dan-so/2/dong/2/nguon-goc/")

        told = self.client.get("/api/v1/du-lieu/dan-so/phien-ban/2/dong/1/nguon-goc/").json()

        self.assertEqual(told["brought_by"]["version"], 2)
        self.assertEqual(told["cells"], {"ma": "01", "ten": "Phường An Bình", "so_luong": 15})
        self.assertEqual(
            told["steps"][0]["cells"], [{"column": "so_luong", "old": "10", "new": "15"}]
        )

    def test_what_is_not_there_is_not_found(self):
        self.publish()

        for number, row in ((1, 3), (1, 0), (7, 1)):
            self.assertEqual(self.open(number, row).status_code, 404)
        self.dataset.sharing = "named"
        self.dataset.save()
        self.assertEqual(self.open(1, 1).status_code, 404)
