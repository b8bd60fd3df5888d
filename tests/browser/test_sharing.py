"""Asking for data and reading by a grant; special requests; files that the portal fetches."""

from datetime import timedelta

from django.utils import timezone

from portal.core.roles import Role
from portal.datasets.actions.review import submit_version, verify_and_publish
from portal.datasets.actions.uploads import receive_file
from portal.datasets.models import AccessGrant, DatasetVersion, SourceFetch, SpecialRequest
from portal.home.role_groups import grant_page_rights
from tests.browser.support import Journey
from tests.datasets.datasets_factory import V1, csv_file, make_dataset
from tests.datasets.sources_factory import HERE
from tests.factories import make_home, make_unit, make_user
from tests.web_server import Answer, web_server


class DataJourney(Journey):
    def prepare(self, code, **fields):
        """Return a dataset of a unit of its own; the unit's head is ``thu-truong-<code>``."""
        grant_page_rights(make_home())
        self.unit = make_unit(f"Chi cục {code}", code=code.upper())
        self.head = make_user(Role.UNIT_HEAD, username=f"thu-truong-{code}", unit=self.unit)
        return make_dataset(self.unit, code, title=f"Bộ {code}", slug=code, **fields)

    def publish(self, dataset):
        verifier = make_user(Role.IOC_OFFICER, username=f"chuyen-vien-{dataset.code}")
        version = receive_file(dataset, csv_file(V1), user=self.head, period="2025")
        submit_version(DatasetVersion.objects.get(pk=version.pk), user=self.head)
        verify_and_publish(DatasetVersion.objects.get(pk=version.pk), user=verifier)

    def follow(self, name):
        self.page.locator("main").get_by_role("link", name=name, exact=True).click()
        self.page.wait_for_load_state("networkidle")

    def test_a_unit_asks_reads_by_the_grant_and_no_more_once_it_is_revoked(self):
        dataset = self.prepare("theo-yeu-cau", sharing="internal", on_request=True)
        self.publish(dataset)
        asking = make_unit("Phòng Lao động", code="PLD")
        make_user(Role.UNIT_HEAD, username="thu-truong-pld", unit=asking)

        self.log_in("thu-truong-pld")
        self.open(dataset.url)
        self.assertEqual(self.page.get_by_text("Phường An Bình").count(), 0)
        self.screenshot("dataset-on-request")
        self.follow("Yêu cầu chia sẻ dữ liệu")
        self.page.locator("[name=purpose]").fill("Rà soát đối tượng hưởng trợ cấp.")
        self.page.locator("[name=legal_ground]").fill("Điều 5 Quy chế.")
        self.press("Gửi yêu cầu")
        self.check_page()
        asked = self.page.url
        self.log_out()

        self.log_in(self.head.username)
        self.open(asked)
        self.follow("Cấp quyền truy cập")
        self.screenshot("grant-form")
        self.press("Cấp quyền truy cập")
        grant = AccessGrant.objects.get(dataset=dataset)
        self.assertTrue(self.page.url.endswith(f"/chia-se/quyen/{grant.pk}/"))
        self.log_out()

        self.log_in("thu-truong-pld")
        self.open(dataset.url)
        self.page.get_by_text("Phường An Bình").first.wait_for()
        self.assertEqual(self.page.get_by_text("mật một").count(), 0)
        self.screenshot("dataset-by-grant")
        self.log_out()

        self.log_in(self.head.username)
        self.open(f"/quan-tri/du-lieu/chia-se/quyen/{grant.pk}/thu-hoi/")
        self.page.locator("[name=reason]").fill("Việc đã xong.")
        self.press("Thu hồi quyền truy cập")
        self.assertEqual(AccessGrant.objects.get(pk=grant.pk).state, "revoked")
        self.log_out()
        self.log_in("thu-truong-pld")
        self.open(dataset.url)
        self.assertEqual(self.page.get_by_text("Phường An Bình").count(), 0)

    def test_the_centre_asks_beside_the_calendar_and_the_unit_answers(self):
        dataset = self.prepare("dot-xuat")
        officer = make_user(Role.IOC_OFFICER, username="chuyen-vien-dot-xuat")
        due = timezone.localdate() + timedelta(days=3)

        self.log_in(officer.username)
        self.open(f"/quan-tri/du-lieu/dot-xuat/moi/?bo={dataset.pk}")
        self.page.locator("[name=instrument]").fill("45/CV-IOC")
        self.page.locator("[name=reason]").fill("Phục vụ phiên họp bất thường.")
        self.page.get_by_label(dataset.title, exact=True).check()
        self.page.locator("[name=due_on]").fill(due.strftime("%d/%m/%Y"))
        self.page.keyboard.press("Escape")  # the calendar closes
        self.press("Yêu cầu cung cấp dữ liệu")
        self.check_page()
        request = SpecialRequest.objects.get(instrument="45/CV-IOC")
        self.screenshot("special-request")
        self.log_out()

        self.log_in(self.head.username)
        self.open("/quan-tri/")
        self.page.get_by_text("Dữ liệu theo yêu cầu đột xuất").wait_for()
        self.open(f"/quan-tri/du-lieu/{dataset.pk}/tai-len/")
        self.page.locator(f"[name=sent_for][value='{request.datasets.get().pk}']").check()
        self.choose("a.csv", V1)
        self.press("Gửi tệp")
        self.page.wait_for_url("**/phien-ban/**")
        self.page.get_by_label("Ghi chú gửi trung tâm").wait_for()
        self.press("Trình")
        version = DatasetVersion.objects.get(dataset=dataset)
        self.assertEqual((version.status, version.answers), ("submitted", request.datasets.get()))

    @HERE
    def test_a_source_is_set_up_and_a_file_is_fetched(self):
        dataset = self.prepare("tu-lay")
        self.log_in(self.head.username)
        with web_server({"/kho/so-lieu.csv": Answer(V1.encode())}) as server:
            self.open(f"/quan-tri/du-lieu/nguon/moi/tep/?bo={dataset.pk}")
            self.page.locator("[name=title]").fill("Kho số liệu của Chi cục")
            self.page.locator("[name=address]").fill("http://10.0.0.1/so-lieu.csv")
            self.press("Lưu")
            self.page.get_by_text("Không có máy chủ").first.wait_for()
            self.screenshot("source-refused")
            self.page.locator("[name=address]").fill(f"{server.address}/kho/so-lieu.csv")
            self.press("Lưu")
            self.check_page()
            self.press("Lấy ngay")
            self.check_page()
        fetched = SourceFetch.objects.get(source__dataset=dataset)
        self.assertEqual(fetched.version.row_count, 2)
        self.screenshot("source")
