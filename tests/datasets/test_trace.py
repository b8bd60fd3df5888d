"""From a published figure back to who supplied it, by which rows, and what it was before."""

from urllib.parse import urlencode

from portal.datasets.actions.review import withdraw_version
from portal.datasets.models import DatasetColumn
from tests.datasets.datasets_factory import (
    V1,
    V2,
    DatasetTestCase,
    make_dataset,
    make_indicator,
)

HEADER = "Mã,Tên,Số lượng,Ghi chú nội bộ\n"


class TraceOfAValue(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.indicator = make_indicator(cls.dataset)

    def open(self, user=None, **asked):
        if user:
            self.client.force_login(user)
        address = f"/so-lieu-chi-tieu/{self.indicator.code}/nguon-goc/"
        return self.client.get(f"{address}?{urlencode(asked)}")

    def test_it_names_the_version_the_receipt_the_unit_and_the_hashes(self):
        version = self.publish()

        page = self.open(ky="2025")

        for told in (version.receipt_number, self.unit.title,
                     version.manifest_sha256, "Tính từ 2 dòng", "Phường An Bình"):  # fmt: skip
            self.assertContains(page, told)
        self.assertContains(page, "Giá trị này chưa từng thay đổi.")

    def test_it_names_the_columns_as_people_do(self):
        self.publish()

        binding = dict(self.open(ky="2025").context["trace"].binding)

        self.assertEqual(binding["Cột giá trị"], "Số lượng")

    def test_a_version_that_only_repeats_a_value_did_not_bring_it(self):
        first = self.publish()
        self.publish(V1.replace("mật một", "khác"))

        page = self.open(ky="2025")

        self.assertEqual(page.context["trace"].brought_by, first)
        self.assertContains(page, "giữ nguyên đến phiên bản 2")
        self.assertEqual(page.context["trace"].earlier, [])

    def test_an_earlier_value_stays_with_the_reason_why_it_was_replaced(self):
        self.publish()
        self.publish(V2)

        page = self.open(ky="2025")

        (earlier,) = page.context["trace"].earlier
        self.assertEqual((earlier.value, earlier.replaced_because), (30, "Số liệu mới."))
        self.assertContains(page, "Số liệu mới.")

    def test_a_withdrawn_value_is_told_as_withdrawn(self):
        self.publish()
        withdraw_version(self.publish(V2), user=self.verifier, note="Nhầm tệp.")

        page = self.open(ky="2025")

        (earlier,) = page.context["trace"].earlier
        self.assertEqual((earlier.value, earlier.is_withdrawn), (20, True))
        self.assertEqual(page.context["trace"].value.value, 30)

    def test_people_are_named_inside_only(self):
        self.officer.first_name = "Cán bộ số liệu"
        self.officer.save()
        version = self.publish()
        address = f"/quan-tri/du-lieu/phien-ban/{version.pk}/"

        outside = self.open(ky="2025")
        self.assertNotContains(outside, "Cán bộ số liệu")
        self.assertNotContains(outside, address)
        inside = self.open(self.verifier, ky="2025")

        self.assertContains(inside, "Cán bộ số liệu")
        self.assertContains(inside, address)

    def test_a_column_that_is_not_public_is_neither_shown_nor_used_to_find_rows(self):
        self.publish()
        page = self.open(ky="2025")
        self.assertNotContains(page, "mật một")

        DatasetColumn.objects.filter(dataset=self.dataset, name="ten").update(is_public=False)
        self.indicator.filter_column, self.indicator.filter_value = "ten", "Phường An Bình"
        self.indicator.save()

        self.assertIsNone(self.open(ky="2025").context["trace"].source)

    def test_a_public_indicator_does_not_name_a_dataset_that_is_not(self):
        version = self.publish()
        self.dataset.sharing = "named"
        self.dataset.save()

        page = self.open(ky="2025")

        self.assertNotContains(page, self.dataset.title + "</a>")
        for hidden in (version.receipt_number, version.sha256, self.unit.title):
            self.assertNotContains(page, hidden)

    def test_an_area_is_traced_to_its_own_rows(self):
        self.indicator.area_column = "ten"
        self.indicator.save()
        self.publish()

        page = self.open(ky="2025", **{"khu-vuc": "Phường Bình Minh"})

        self.assertContains(page, "Tính từ 1 dòng")
        self.assertEqual(page.context["trace"].value.value, 20)

    def test_a_period_column_is_matched_however_the_table_writes_periods(self):
        columns = (
            ("ma", "Mã", "code", {"is_key": True}),
            ("ky", "Kỳ", "text", {}),
            ("so", "Số", "integer", {}),
        )
        dataset = make_dataset(self.unit, code="theo-ky", columns=columns)
        self.publish("Mã,Kỳ,Số\n1,quý 1/2025,4\n2,quý 2/2025,6\n", dataset=dataset)
        self.indicator = make_indicator(
            dataset, "theo-quy", value_column="so", period_column="ky", frequency="quarter"
        )
        self.publish("Mã,Kỳ,Số\n1,quý 1/2025,5\n2,quý 2/2025,6\n", dataset=dataset)

        page = self.open(ky="2025-Q1")

        self.assertEqual(page.status_code, 200)
        self.assertContains(page, "quý 1/2025")
        self.assertContains(page, "Tính từ 1 dòng")

    def test_what_does_not_exist_is_not_found(self):
        self.publish()
        for asked in ({"ky": "2020"}, {"ky": "x' OR 1"}, {"ky": "2025", "khu-vuc": "không có"}):
            with self.subTest(asked=asked):
                self.assertEqual(self.open(**asked).status_code, 404)

    def test_the_page_of_the_indicator_leads_to_it(self):
        self.publish()
        page = self.client.get(self.indicator.get_url())

        self.assertContains(page, f"/so-lieu-chi-tieu/{self.indicator.code}/nguon-goc/?ky=2025")
