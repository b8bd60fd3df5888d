"""The staff screens: from the upload form to the published page, and what others cannot open."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.roles import Role
from portal.datasets.models import DatasetVersion
from tests.datasets.datasets_factory import V1, V2, WRONG, DatasetTestCase, csv_file, make_dataset
from tests.factories import make_user

Status = DatasetVersion.Status


class ScreenTests(DatasetTestCase):
    def upload(self, text=V1, **data):
        self.client.force_login(self.officer)
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(
                reverse("datasets:upload", args=[self.dataset.pk]),
                {"period": "2025", "file": csv_file(text), "note": "", **data},
            )

    def step(self, version, key, user, **data):
        self.client.force_login(user)
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(reverse("datasets:step", args=[version.pk, key]), data)

    def page(self, version, user):
        self.client.force_login(user)
        return self.client.get(reverse("datasets:version", args=[version.pk]))

    def test_from_upload_to_publication(self):
        response = self.upload()
        version = DatasetVersion.objects.get()
        self.assertRedirects(response, reverse("datasets:version", args=[version.pk]))
        self.assertContains(self.page(version, self.officer), "/trinh/")

        self.step(version, "trinh", self.officer, note="Số liệu năm")
        self.assertNotContains(self.page(version, self.officer), "/xac-minh/")
        self.client.force_login(self.verifier)
        self.assertContains(self.client.get(reverse("datasets:queue")), version.receipt_number)
        self.assertContains(self.page(version, self.verifier), "/xac-minh/")
        self.step(version, "xac-minh", self.verifier)

        version.refresh_from_db()
        self.assertEqual((version.status, version.number), (Status.PUBLISHED, 1))
        self.client.logout()
        self.assertContains(self.client.get(self.dataset.url), "Phường An Bình")

    def test_mistakes_are_shown_with_row_column_and_value(self):
        self.upload(WRONG)
        version = DatasetVersion.objects.get()

        page = self.page(version, self.officer)

        self.assertContains(page, "mười")
        self.assertContains(page, "Số lượng")
        self.assertContains(page, "/tai-len/?ky=2025")
        rows = self.client.get(reverse("datasets:issues", args=[version.pk])).content.decode()
        self.assertIn("mười", rows)

    def test_a_refused_upload_keeps_what_was_typed(self):
        response = self.upload(note="Lời nhắn của tôi", file=csv_file(name="a.pdf"))

        self.assertContains(response, "Lời nhắn của tôi")
        self.assertFalse(DatasetVersion.objects.exists())

    def test_a_refused_step_says_why_and_keeps_the_note(self):
        version = self.receive(user=self.head)

        response = self.step(version, "xac-minh", self.verifier, note="Đã đối chiếu")

        self.assertContains(response, "Đã đối chiếu", status_code=409)
        version.refresh_from_db()
        self.assertEqual(version.status, Status.CHECKED)

    def test_returning_without_a_reason_is_refused_in_place(self):
        version = self.submit()

        self.assertEqual(self.step(version, "tra-lai", self.verifier).status_code, 409)
        version.refresh_from_db()
        self.assertEqual(version.status, Status.SUBMITTED)

    def test_four_eyes_hold_on_the_screen(self):
        self.dataset.owner_unit.memberships.create(user=self.verifier, role="data_officer")
        version = self.submit(user=self.verifier)

        self.assertNotContains(self.page(version, self.verifier), "/xac-minh/")
        self.assertEqual(self.step(version, "xac-minh", self.verifier).status_code, 409)

    def test_for_another_units_officer_nothing_exists(self):
        version = self.submit()
        self.client.force_login(self.stranger)
        for name, pk in [
            ("dataset", self.dataset.pk),
            ("upload", self.dataset.pk),
            ("version", version.pk),
            ("progress", version.pk),
            ("issues", version.pk),
            ("original", version.pk),
        ]:
            with self.subTest(name):
                response = self.client.get(reverse(f"datasets:{name}", args=[pk]))
                self.assertEqual(response.status_code, 404)
        for key in ("xac-minh", "tra-lai", "huy", "kiem-tra-lai"):
            self.assertEqual(self.step(version, key, self.stranger).status_code, 404)

    def test_steps_are_taken_by_post_only(self):
        version = self.submit()
        self.client.force_login(self.verifier)

        address = reverse("datasets:step", args=[version.pk, "xac-minh"])

        self.assertEqual(self.client.get(address).status_code, 405)
        self.assertEqual(self.step(version, "khong-co", self.verifier).status_code, 404)

    def test_the_queue_is_for_the_centre(self):
        self.client.force_login(self.officer)

        response = self.client.get(reverse("datasets:queue"))

        self.assertEqual(response.status_code, 302)

    def test_my_datasets_begin_with_what_is_overdue(self):
        make_dataset(self.unit, "a-chua-den-han", title="A chưa đến hạn", first_period="2999")
        self.client.force_login(self.officer)

        body = self.client.get(reverse("datasets:mine")).content.decode()

        self.assertLess(body.index("Dân số"), body.index("A chưa đến hạn"))
        self.assertIn(reverse("datasets:upload", args=[self.dataset.pk]), body)
        self.client.force_login(self.verifier)
        seen = self.client.get(reverse("datasets:mine"))
        self.assertNotContains(seen, reverse("datasets:upload", args=[self.dataset.pk]))

    def test_the_number_of_queries_does_not_grow_with_the_datasets(self):
        self.client.force_login(self.officer)
        address = reverse("datasets:mine")
        self.client.get(address)
        with CaptureQueriesContext(connection) as few:
            self.client.get(address)
        for number in range(5):
            make_dataset(self.unit, f"bo-{number}", title=f"Bộ {number}")

        with self.assertNumQueries(len(few)):
            self.client.get(address)

    def test_empty_files_carry_the_printed_names(self):
        self.client.force_login(self.officer)
        text = self.client.get(
            reverse("datasets:template", args=[self.dataset.pk, "csv"])
        ).content.decode("utf-8-sig")
        self.assertEqual(text.strip(), "Mã,Tên,Số lượng,Ghi chú nội bộ")
        workbook = self.client.get(
            reverse("datasets:template", args=[self.dataset.pk, "xlsx"])
        ).content

        filled = SimpleUploadedFile("mau.xlsx", workbook)
        response = self.client.post(
            reverse("datasets:upload", args=[self.dataset.pk]),
            {"period": "2025", "file": filled, "note": ""},
        )

        self.assertEqual(response.status_code, 302)

    def test_the_original_is_given_back_byte_by_byte(self):
        version = self.receive()
        self.client.force_login(self.verifier)

        response = self.client.get(reverse("datasets:original", args=[version.pk]))

        self.assertEqual(b"".join(response.streaming_content), V1.encode())

    def test_the_second_version_shows_old_and_new_values(self):
        self.publish()
        version = self.receive(V2)

        page = self.page(version, self.verifier)

        self.assertContains(page, "<del>10</del>")
        self.assertContains(page, "<ins>15</ins>")

    def test_readers_do_not_enter(self):
        self.client.force_login(make_user(Role.READER))

        self.assertEqual(self.client.get(reverse("datasets:mine")).status_code, 302)
