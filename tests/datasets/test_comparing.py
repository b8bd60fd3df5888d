"""What a file changes: counts and pages of rows, what a partial file means, and indicators."""

from django.urls import reverse

from portal.datasets.bindings import percent_changed
from portal.datasets.models import IndicatorCataloguePage, IndicatorPage
from tests.datasets.datasets_factory import DatasetTestCase
from tests.factories import make_index

HEADER = "Mã,Tên,Số lượng\n"


class ChangesTests(DatasetTestCase):
    def page(self, version, kind, **query):
        self.client.force_login(self.officer)
        return self.client.get(reverse("datasets:changes", args=[version.pk, kind]), query)

    def test_rows_are_shown_page_by_page_and_cell_by_cell(self):
        self.publish(HEADER + "".join(f"{n:03},Xã {n},1\n" for n in range(60)))
        version = self.receive(HEADER + "".join(f"{n:03},Xã {n},{n}\n" for n in range(2, 120)))

        self.assertEqual(version.difference["changed"], 58)
        first, second = self.page(version, "changed"), self.page(version, "changed", trang="2")
        self.assertContains(first, "<ins>51</ins>")
        self.assertNotContains(first, "<ins>52</ins>")
        self.assertContains(second, "<ins>59</ins>")
        self.assertContains(self.page(version, "removed"), "Xã 1<")
        self.assertContains(self.page(version, "added", trang="2"), "Xã 119<")
        self.assertEqual(self.page(version, "khac").status_code, 404)

    def test_what_a_partial_file_means_is_said_before_and_after_sending(self):
        self.client.force_login(self.officer)
        upload = reverse("datasets:upload", args=[self.dataset.pk])
        told = {}
        for mode in ("replace", "upsert", "append"):
            self.dataset.mode = mode
            self.dataset.save()
            told[mode] = str(self.client.get(upload).context["mode_meaning"])
            version = self.receive()
            page = self.client.get(reverse("datasets:version", args=[version.pk]))
            self.assertContains(page, told[mode])
        self.assertEqual(len(set(told.values())), 3)


class ImpactTests(DatasetTestCase):
    def test_a_value_outside_the_plausible_range_is_flagged_with_its_change(self):
        make_index(IndicatorCataloguePage, "Chỉ tiêu").add_child(
            instance=IndicatorPage(
                title="Tổng",
                code="tong",
                dataset=self.dataset,
                frequency="year",
                value_column="so_luong",
                plausible_minimum=10,
                plausible_maximum=100,
            )
        )
        self.publish(HEADER + "01,a,50\n", period="2025")

        [change] = self.receive(HEADER + "01,a,120\n", period="2025").impact

        self.assertEqual((change["old"], change["new"], change["percent"]), ("50", "120", "140"))
        self.assertEqual(change["beyond"], "10 – 100")
        [fine] = self.receive(HEADER + "01,a,100\n", period="2025").impact
        self.assertEqual(fine["beyond"], "")

    def test_a_change_from_nothing_has_no_per_cent(self):
        cases = [(None, 5, None), (5, None, None), (0, 5, None), (4, 3, "-25"), (-4, -3, "25")]
        for old, new, expected in cases:
            with self.subTest(old=old, new=new):
                self.assertEqual(percent_changed(old, new), expected)
