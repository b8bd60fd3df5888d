"""The screens of sources: set up by a head, seen by the unit, the key never shown."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.roles import Role
from portal.datasets.actions.sources import change_source
from portal.datasets.models import DatasetPage, DataSource, SourceFetch
from portal.home.start import cards_for
from portal.units.models import Membership
from tests.datasets.datasets_factory import make_dataset
from tests.datasets.sources_factory import SourceCase
from tests.factories import make_user
from tests.web_server import Answer

FILE = {
    "title": "Kho số liệu",
    "period_of": "current",
    "rhythm": "weekly",
    "hour": "7",
    "weekday": "2",
    "monthday": "1",
    "days_before": "5",
}


class ScreenCase(SourceCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.head)

    def open(self, name, *args):
        return self.client.get(reverse(f"datasets:{name}", args=args))

    def send(self, name, *args, **data):
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(reverse(f"datasets:{name}", args=args), data)

    def file_form(self, **changes):
        words = {**FILE, "dataset": self.dataset.pk, "address": f"{self.server.address}/a.csv"}
        return self.send("new_source", "tep", **{**words, **changes})


class SettingUpTests(ScreenCase):
    def test_a_head_sets_a_source_up_and_has_it_fetched(self):
        answer = self.file_form(header_name="X-Api-Key", header_value="rat-bi-mat", delimiter=",")
        source = DataSource.objects.get()
        self.assertRedirects(answer, reverse("datasets:source", args=[source.pk]))
        self.send("source_step", source.pk, "lay-ngay")

        page = self.open("source", source.pk)
        self.assertContains(page, source.fetches.get().version.receipt_number)
        self.assertEqual((source.weekday, source.hour), (2, 7))
        self.assertEqual(source.reading, {"delimiter": ","})
        self.assertEqual(self.server.asked[0][1]["X-Api-Key"], "rat-bi-mat")

    def test_the_key_and_the_query_are_shown_to_nobody(self):
        address = f"{self.server.address}/a.csv?khoa=trong-dia-chi"
        self.file_form(address=address, header_name="X-Api-Key", header_value="rat-bi-mat")
        source = DataSource.objects.get()
        self.fetch(source)
        version = source.versions.get()

        form = self.open("change_source", source.pk)
        self.assertContains(form, "trong-dia-chi")  # who keeps the source has to see its address
        for user in (self.head, self.officer, self.verifier):
            self.client.force_login(user)
            for name, pk in (("source", source.pk), ("version", version.pk), ("sources", None)):
                page = self.open(name, *filter(None, [pk]))
                self.assertContains(page, "Kho số liệu")
                self.assertNotContains(page, "rat-bi-mat")
                self.assertNotContains(page, "trong-dia-chi")
        self.assertNotContains(form, "rat-bi-mat")

    def test_the_key_stays_while_the_form_leaves_it_empty_and_goes_with_a_new_address(self):
        self.file_form(header_name="X-Api-Key", header_value="rat-bi-mat")
        source = DataSource.objects.get()
        words = {**FILE, "address": source.address, "header_name": "X-Api-Key"}
        self.send("change_source", source.pk, **words | {"title": "Tên khác"})
        source.refresh_from_db()
        moved = self.send(
            "change_source", source.pk, **{**words, "address": f"{self.server.address}/b.csv"}
        )

        self.assertEqual((source.title, source.secret), ("Tên khác", ("X-Api-Key", "rat-bi-mat")))
        self.assertContains(moved, "Nhập khóa dùng cho địa chỉ này.")

    def test_what_cannot_be_fetched_is_refused_in_place(self):
        for changes in (
            {"address": "ftp://a.vn/x.csv"},
            {"address": "file:///etc/passwd"},
            {"address": "http://ten:mat-khau@a.vn/x.csv"},
            {"address": "https://a.vn/{tuan}.csv"},
            {"address": "http://10.0.0.1/x.csv"},
            {"address": "http://[::1]/x.csv"},
            {"address": "http://0xa.1/x.csv"},
            {"header_name": "Host", "header_value": "x"},
            {"header_name": "X-Api-Key", "header_value": "a\r\nHost: b"},
            {"header_name": "X-Api-Key", "header_value": "có dấu"},
            {"header_name": "X: y", "header_value": "x"},
            {"header_value": "x"},
            {"header_name": "X-Api-Key"},
            {"hour": "24"},
            {"monthday": "32"},
            {"dataset": make_dataset(code="cua-so-khac").pk},
        ):
            with self.subTest(changes):
                self.assertContains(self.file_form(**changes), "w-field__errors")
        self.assertFalse(DataSource.objects.exists())

    def test_another_portal_is_named_by_its_address_and_code(self):
        words = {"dataset": self.dataset.pk, "title": "Cổng tỉnh", "rhythm": "daily", "hour": "6"}
        words |= {"monthday": "1", "token": "ma-cua-tinh"}
        self.send(
            "new_source",
            "cong",
            **words,
            address="https://ioc.tinh.vn/api/v1/du-lieu/dan-so/phien-ban/",
        )
        source = DataSource.objects.get()
        self.send("new_source", "cong", **words, address="https://ioc.tinh.vn/?x=1")

        self.assertEqual((source.address, source.remote_code), ("https://ioc.tinh.vn", "dan-so"))
        self.assertEqual(source.secret, ("Authorization", "Bearer ma-cua-tinh"))
        self.assertEqual(DataSource.objects.count(), 1)
        change_source(source, user=self.head, hour=5)
        self.assertContains(self.open("change_source", source.pk), "dan-so")

    def test_the_address_of_a_page_there_will_do(self):
        """It is what a person has at hand."""
        words = {"dataset": self.dataset.pk, "title": "Cổng tỉnh", "rhythm": "daily", "hour": "6"}
        page = "https://ioc.tinh.vn/du-lieu/dan-so/"
        self.send("new_source", "cong", **words, monthday="1", address=page)

        source = DataSource.objects.get()
        self.assertEqual((source.address, source.remote_code), ("https://ioc.tinh.vn", "dan-so"))

    def test_a_dataset_whose_files_only_add_is_refused_in_its_place(self):
        """It is shown among the others, so that nobody looks for it in vain."""
        DatasetPage.objects.update(mode=DatasetPage.Mode.UPSERT)
        words = {"dataset": self.dataset.pk, "title": "Cổng tỉnh", "rhythm": "daily", "hour": "6"}
        words |= {"monthday": "1", "address": "https://ioc.tinh.vn/", "remote_code": "dan-so"}
        shown = self.send("new_source", "cong", **words)

        self.assertContains(shown, self.dataset.title)
        [said] = shown.context["form"].errors["dataset"]
        self.assertIn("tệp mới thay thế toàn bộ", said)
        self.assertFalse(DataSource.objects.exists())

    def test_without_any_dataset_the_form_says_so(self):
        DatasetPage.objects.all().delete()

        self.assertContains(self.open("new_source", "cong"), "chưa có bộ dữ liệu nào")


class StepTests(ScreenCase):
    def test_it_is_paused_resumed_and_ended_with_its_history(self):
        source = self.make_source()
        refused = self.send("source_step", source.pk, "tam-dung", note=" ")
        self.assertEqual(refused.status_code, 409)
        self.send("source_step", source.pk, "tam-dung", note="Hệ thống bảo trì")
        self.assertContains(self.open("source", source.pk), "Hệ thống bảo trì")
        asked = self.send("source_step", source.pk, "lay-ngay")
        self.send("source_step", source.pk, "tiep-tuc")
        self.send("source_step", source.pk, "ket-thuc", note="Thay hệ thống")
        page = self.open("source", source.pk)

        self.assertEqual(asked.status_code, 409)
        self.assertContains(page, "Thay hệ thống")
        self.assertNotContains(page, "lay-ngay")
        self.assertEqual(self.send("source_step", source.pk, "lay-ngay").status_code, 409)
        self.assertEqual(self.send("source_step", source.pk, "xoa").status_code, 404)

    def test_a_source_whose_keeper_left_is_resumed_by_the_next_head(self):
        source = self.make_source()
        heir = make_user(Role.UNIT_HEAD, unit=self.unit)
        Membership.objects.filter(user=self.head).delete()
        self.turn_when_due(source)

        self.client.force_login(self.officer)
        self.assertContains(self.open("source", source.pk), "Thủ trưởng Chi cục Thống kê hoặc")
        self.client.force_login(heir)
        page = self.open("source", source.pk)
        self.send("source_step", source.pk, "tiep-tuc")

        self.assertContains(page, "bấm “Cho tiếp tục”")
        self.assertContains(page, "/tiep-tuc/")
        source.refresh_from_db()
        self.assertEqual((source.status, source.set_up_by), ("active", heir))

    def test_a_source_of_another_unit_s_dataset_cannot_be_resumed_and_is_not_offered(self):
        source = self.make_source()
        self.dataset.owner_unit = make_dataset(code="khac").owner_unit
        self.dataset.save()
        self.turn_when_due(source)

        page = self.open("source", source.pk)

        self.assertContains(page, "/ket-thuc/")
        self.assertNotContains(page, "/tiep-tuc/")

    def test_the_units_officer_looks_on_and_others_see_nothing(self):
        source = self.make_source()
        self.client.force_login(self.officer)
        self.assertNotContains(self.open("source", source.pk), "ket-thuc")
        self.assertNotEqual(self.send("source_step", source.pk, "lay-ngay").status_code, 200)
        self.assertFalse(source.fetches.exists())
        self.client.force_login(self.stranger)
        self.assertEqual(self.open("source", source.pk).status_code, 404)
        self.assertNotContains(self.open("sources"), "Kho số liệu")
        self.client.force_login(make_user(Role.MINUTE_TAKER))
        self.assertEqual(self.open("sources").status_code, 302)

    def test_the_start_page_tells_the_unit_of_a_source_that_fails(self):
        self.server.routes["/a.csv"] = Answer(status=500)
        source = self.make_source()
        self.assertNotIn("Nguồn lấy dữ liệu bị lỗi", _titles(self.officer))
        self.fetch(source)

        self.assertIn("Nguồn lấy dữ liệu bị lỗi", _titles(self.officer))
        self.assertNotIn("Nguồn lấy dữ liệu bị lỗi", _titles(self.stranger))

    def test_the_list_asks_no_more_for_more_sources(self):
        self.make_source()
        self.open("sources")  # what is made when first asked for is made
        with CaptureQueriesContext(connection) as asked:
            self.open("sources")
        for number in range(4):
            source = self.make_source(title=f"Nguồn {number}")
            SourceFetch.objects.create(source=source, outcome="failed")
        with self.assertNumQueries(len(asked) + 1):  # one for all the last fetches
            self.open("sources")


def _titles(user):
    return [card.title for card in cards_for(user)]
