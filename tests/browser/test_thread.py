"""The thread through the whole house, walked as people walk it, in the demo centre."""

from django.urls import reverse
from django.utils import timezone

from portal.core.periods import PeriodKind, containing
from portal.datasets.models import DatasetPage, DatasetVersion, IndicatorPage
from portal.home.demo.catalogue import TOPICS
from portal.home.demo.files import faulty_file_of, file_of
from portal.home.demo.people import DEMO_PASSWORD
from portal.home.demo.uploads import MISSING
from portal.meetings.models import AssessmentCycle, Meeting, Task
from portal.regulations.models import RegulationPage
from portal.units.models import UnitPage
from tests.browser.support import Journey
from tests.regulations.texts import SMALL, real_text


class ThreadJourney(Journey):
    def log_in_as(self, username):
        self.log_out()
        self.log_in(username, DEMO_PASSWORD)

    def press(self, name, *, exact=True):
        self.page.locator("main").get_by_role("button", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.check_page()


class RegulationJourney(ThreadJourney):
    def test_a_pasted_regulation_becomes_pages_and_units(self):
        self.log_in_as("quan-tri")
        self.open(reverse("regulations:import_text"))
        self.page.get_by_label("Hoặc dán văn bản vào đây").fill(
            real_text("bac-kan-2021.txt") or SMALL
        )
        self.screenshot("regulation-import")
        self.page.locator("main form button[type=submit]").first.click()
        self.check_page()
        self.screenshot("regulation-structure")
        self.press("Tạo trang dự thảo")
        self.press("Công bố toàn bộ quy chế")
        regulation = RegulationPage.objects.order_by("-pk").first()
        self.assertTrue(regulation.live)

        self.set_up_from(regulation)

        self.open(f"{regulation.url}dieu-1/")
        self.open(f"{regulation.url}dieu-2/khoan-1/")
        named = UnitPage.objects.filter(responsibilities__provision__regulation=regulation)
        self.assertTrue(named.exists())

    def set_up_from(self, regulation):
        """Walk through the steps of the set-up, drop one unit, correct another, let it stand."""
        self.open(reverse("setup:choose"))
        self.screenshot("setup-choose")
        self.page.locator(f"form[action$='/tu/{regulation.pk}/'] button").click()
        self.page.wait_for_load_state()
        self.check_page()
        self.press("Lưu và tiếp tục")
        self.screenshot("setup-units")
        self.press("Lưu và tiếp tục")
        self.press("Lưu và tiếp tục")
        self.screenshot("setup-duties")
        self.page.get_by_role("link", name="Sửa:").first.click()
        self.page.wait_for_load_state()
        self.check_page()
        self.screenshot("setup-correct")
        self.press("Lưu và chấp nhận")
        self.page.get_by_role("link", name="Đến bước cuối").click()
        self.page.wait_for_load_state()
        self.check_page()
        self.screenshot("setup-confirm")
        self.press("Dựng cổng")

    def test_a_reader_finds_the_article_and_who_answers_for_it(self):
        regulation = RegulationPage.objects.get(document_number="218/QĐ-UBND")
        self.open(regulation.url)
        self.screenshot("regulation")
        self.page.get_by_role("textbox", name="Đến Điều").fill("12")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/dieu-12/")
        self.check_page()
        self.screenshot("article")
        self.page.get_by_role("link", name="Sở Y tế", exact=True).first.click()
        self.check_page()
        self.screenshot("unit")


class DataJourney(ThreadJourney):
    topic = next(topic for topic in TOPICS if topic.code == MISSING)

    def upload(self, dataset, file):
        self.open(reverse("datasets:upload", args=[dataset.pk]))
        self.page.locator("input[type=file]").set_input_files(
            {"name": file.name, "mimeType": file.content_type, "buffer": file.read()}
        )
        self.page.get_by_role("button", name="Gửi tệp").click()
        self.page.wait_for_url("**/phien-ban/*/")
        self.check_page()

    def test_a_file_goes_from_the_officer_to_the_readers(self):
        dataset = DatasetPage.objects.get(code=self.topic.code)
        period = containing(timezone.localdate(), PeriodKind.MONTH).shift(-1)
        officer = f"du-lieu.{dataset.owner_unit.slug}"
        before = dataset.pointer.version.number

        self.log_in_as(officer)
        self.open("/quan-tri/")
        self.screenshot("start-data-officer")
        self.upload(dataset, faulty_file_of(self.topic, period, 1))
        refused = DatasetVersion.objects.latest("pk")
        self.assertEqual(refused.status, DatasetVersion.Status.REFUSED)
        self.assertIn("chưa có", self.page.locator("main").inner_text())
        self.screenshot("data-refused")

        self.upload(dataset, file_of(self.topic, period, 1))
        self.screenshot("data-checked")
        self.press("Trình")
        version = DatasetVersion.objects.latest("pk")
        self.assertEqual(version.status, DatasetVersion.Status.SUBMITTED)

        self.log_in_as("chuyen-vien")
        self.open("/quan-tri/")
        self.screenshot("start-officer")
        self.open(reverse("datasets:version", args=[version.pk]))
        self.screenshot("data-verify")
        self.press("Thẩm định và công bố")
        dataset.pointer.refresh_from_db()
        self.assertEqual(dataset.pointer.version.number, before + 1)

        self.open(dataset.url)
        indicator = IndicatorPage.objects.filter(dataset=dataset).first()
        self.assertEqual(
            indicator.values.current().filter(area="").latest("period_start").period, period.code
        )
        self.open(indicator.url)

    def test_readers_look_at_data_and_indicators(self):
        self.open("/du-lieu/")
        self.screenshot("datasets")
        self.open(DatasetPage.objects.get(code="thu-tuc-hanh-chinh").url)
        self.screenshot("dataset")
        self.open("/chi-tieu/")
        self.screenshot("indicators")
        self.open(IndicatorPage.objects.get(code="HC03").url)
        self.screenshot("indicator")

    def test_an_internal_dataset_does_not_exist_for_the_public(self):
        hidden = DatasetPage.objects.get(code="an-toan-giao-thong")
        self.open(hidden.url, status=404)


class MeetingJourney(ThreadJourney):
    def test_a_meeting_its_minutes_and_its_tasks(self):
        meeting = Meeting.objects.filter(minutes__status="issued").latest("start_at")
        self.open("/hop-giao-ban/")
        self.open(meeting.get_absolute_url())
        self.screenshot("meeting")
        paper = self.page.request.get(reverse("meeting_notice_pdf", args=[meeting.pk]))
        self.assertIn(paper.status, (200, 202))

        self.log_in_as("lanh-dao")
        self.open(reverse("meetings:meeting", args=[meeting.pk]))
        self.screenshot("meeting-staff")
        task = Task.objects.filter(status=Task.Status.SUBMITTED).first()
        self.open(reverse("meetings:task", args=[task.pk]))
        self.press("Xác nhận hoàn thành")
        task.refresh_from_db()
        self.assertEqual(task.status, Task.Status.COMPLETED)

    def test_the_year_assessed(self):
        cycle = AssessmentCycle.objects.get()
        self.open(f"/danh-gia/{cycle.year}/")
        self.screenshot("assessment")


class EverywhereJourney(ThreadJourney):
    def test_search_without_accents_finds_every_kind(self):
        for words, kind in (
            ("tham dinh du lieu", "khoản"),
            ("so y te", "Sở Y tế"),
            ("ho so nop truc tuyen", "HC03"),
            ("tiep nhan thu tuc hanh chinh", "Tiếp nhận và giải quyết thủ tục hành chính"),
            ("giao ban du lieu", "Họp giao ban"),
        ):
            self.open(f"/tim-kiem/?q={words.replace(' ', '+')}")
            self.assertIn(kind, self.page.locator("main").inner_text(), words)
        self.screenshot("search")

    def test_machines_get_the_same_as_json(self):
        article = self.page.request.get("/api/v1/quy-che/218-qd-ubnd/dieu/12/").json()
        self.assertEqual(article["number"], "12")
        indicator = self.page.request.get("/api/v1/chi-tieu/HC01/").json()
        self.assertGreater(len(indicator["values"]), 10)

    def test_every_role_has_a_start_page(self):
        for username in ("quan-tri", "lanh-dao", "chuyen-vien", "thu-ky", "thu-truong", "uy-ban"):
            self.log_in_as(username)
            self.open("/quan-tri/")
            self.screenshot(f"start-{username}")
