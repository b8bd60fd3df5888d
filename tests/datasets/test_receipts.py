"""Receipts of received files: on paper, and found again by number, hash or file."""

import hashlib

from django.template.loader import render_to_string

from portal.core.models import RenderedDocument
from portal.datasets.actions.restoring import restore_version
from portal.datasets.models import DatasetVersion
from tests.datasets.datasets_factory import V1, V2, WRONG, DatasetTestCase, csv_file

SEARCH = "/quan-tri/du-lieu/tra-cuu-bien-nhan/"


class ReceiptTests(DatasetTestCase):
    def paper(self, version, user=None):
        self.client.force_login(user or self.officer)
        address = f"/quan-tri/du-lieu/phien-ban/{version.pk}/bien-nhan.pdf"
        with self.captureOnCommitCallbacks(execute=True):  # the worker draws it
            self.client.get(address)
        return self.client.get(address)

    def printed(self, version):
        return render_to_string(
            "datasets/papers/receipt_pdf.html",
            {
                "version": version,
                "dataset": self.dataset,
                "read_as": [("Ký tự", "UTF-8")],
                "counts": [("Số bản ghi trong tệp", 2)],
                "search_url": "https://x.vn/tra-cuu/",
            },
        )

    def look_up(self, user=None, **sent):
        self.client.force_login(user or self.officer)
        return self.client.post(SEARCH, sent).context["found"]

    def test_each_received_file_has_its_receipt_as_pdf(self):
        for version in (self.receive(WRONG), self.publish()):
            answer = self.paper(version)

            self.assertEqual(answer["Content-Type"], "application/pdf")
            self.assertEqual(b"".join(answer)[:5], b"%PDF-")
        title = RenderedDocument.objects.order_by("-pk").first().title
        self.assertIn(version.receipt_number, title)

    def test_it_says_what_was_received_when_by_whom_and_how_it_stands(self):
        version = DatasetVersion.objects.get(pk=self.publish().pk)

        html = self.printed(version)

        for told in (version.receipt_number, self.unit.title, "Dân số", "dan-so.csv",
                     hashlib.sha256(V1.encode()).hexdigest(), "Năm 2025", "UTF-8",
                     "phiên bản 1", version.manifest_sha256, "https://x.vn/tra-cuu/",
                     self.officer.username):  # fmt: skip
            self.assertIn(told, html)

    def test_it_says_what_is_corrected_or_restored_and_why(self):
        first = self.publish()
        second = DatasetVersion.objects.get(pk=self.publish(V2).pk)
        self.assertIn("Đính chính", self.printed(second))
        self.assertIn("lý do: Số liệu mới.", self.printed(second))

        first.refresh_from_db()
        again = restore_version(first, user=self.verifier, note="Bản sau sai.")
        html = self.printed(DatasetVersion.objects.get(pk=again.pk))

        self.assertIn("Người khôi phục", html)
        self.assertNotIn("Đơn vị gửi", html)
        self.assertIn("lý do: Bản sau sai.", html)

    def test_only_those_who_look_after_the_dataset_get_it(self):
        version = self.publish()

        self.assertEqual(self.paper(version, self.stranger).status_code, 404)
        self.assertEqual(self.paper(version, self.verifier).status_code, 200)

    def test_a_trial_has_no_receipt(self):
        trial = self.receive(is_trial=True)

        self.assertEqual(self.paper(trial).status_code, 404)

    def test_it_is_found_by_number_hash_manifest_or_file(self):
        version = self.publish()
        self.receive(WRONG)

        for sent in (
            {"so": f" {version.receipt_number} "},
            {"so": version.sha256.upper()},
            {"so": version.manifest_sha256},
            {"tep": csv_file(V1, "ten-khac.csv")},
        ):
            with self.subTest(sent=sent):
                self.assertEqual(self.look_up(**sent), [version])

    def test_what_is_not_there_or_of_another_unit_is_not_found(self):
        version = self.publish()

        self.assertEqual(self.look_up(so="2000-00001"), [])
        self.assertEqual(self.look_up(so=""), [])
        self.assertEqual(self.look_up(self.stranger, so=version.receipt_number), [])
        self.assertEqual(self.look_up(self.verifier, so=version.receipt_number), [version])

    def test_the_page_of_the_version_leads_to_it(self):
        version = self.receive()
        self.client.force_login(self.officer)

        page = self.client.get(f"/quan-tri/du-lieu/phien-ban/{version.pk}/")

        self.assertContains(page, f"/quan-tri/du-lieu/phien-ban/{version.pk}/bien-nhan.pdf")
