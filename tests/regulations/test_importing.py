"""The import screen: bring in, look, correct, undo, create once; from any window, by any file."""

import hashlib
import io
import zipfile
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.jobs import at_once
from portal.core.models import AuditEntry, Job
from portal.core.roles import Role
from portal.regulations import forms
from portal.regulations.importing import actions
from portal.regulations.models import (
    AnnexPage,
    ArticlePage,
    DivisionPage,
    RegulationImport,
    RegulationPage,
)
from tests.factories import make_user
from tests.regulations.import_case import ImportTestCase, long_text
from tests.regulations.texts import DECIDED, SMALL


class BringingIn(ImportTestCase):
    def upload(self, content, name="quy-che.txt", **more):
        file = SimpleUploadedFile(name, content)
        return self.client.post(reverse("regulations:import_text"), {"file": file, **more})

    def test_the_file_is_kept_as_it_came_and_can_be_fetched(self):
        data = SMALL.encode("utf-16")

        self.upload(data)

        brought_in = RegulationImport.objects.get()
        answer = self.client.get(self.address("original", brought_in))
        self.assertEqual(b"".join(answer), data)
        self.assertEqual(brought_in.file_sha256, hashlib.sha256(data).hexdigest())
        page = self.client.get(self.address("preview", brought_in))
        self.assertContains(page, brought_in.file_sha256)
        self.assertTrue(AuditEntry.objects.filter(action="regulations.download_original").exists())

    def test_a_pasted_text_can_be_fetched_too(self):
        self.client.post(reverse("regulations:import_text"), {"text": SMALL})

        answer = self.client.get(self.address("original", RegulationImport.objects.get()))

        self.assertIn("Trách nhiệm của Sở Y tế", answer.content.decode())

    def test_what_cannot_be_read_says_so_in_place(self):
        empty_zip = io.BytesIO()
        with zipfile.ZipFile(empty_zip, "w") as archive:
            archive.writestr("nothing.txt", "x")
        cases = {
            "trong.txt": b"",
            "khoang-trang.txt": b"  \n ",
            "anh.txt": bytes(range(256)) * 20,
            "hong.docx": b"PK\x03\x04 broken",
            "khong-phai.docx": empty_zip.getvalue(),
            "bang.xlsx": b"x",
            "quet.pdf": b"%PDF-1.7",
            "doi-ten.txt": b"%PDF-1.7 x",
        }
        for name, content in cases.items():
            with self.subTest(name):
                answer = self.upload(content, name)

                self.assertEqual(answer.status_code, 200)
                self.assertEqual(len(answer.context["form"].errors), 1)
        self.assertFalse(RegulationImport.objects.exists())

    def test_what_was_pasted_stays_when_the_file_is_refused(self):
        answer = self.upload(b"", text="Điều 1. Giữ lại chữ này")

        self.assertContains(answer, "Giữ lại chữ này")

    def test_a_pasted_text_beyond_djangos_own_limit_is_refused_in_place_and_kept(self):
        text = "chữ " * 600_000

        answer = self.client.post(reverse("regulations:import_text"), {"text": text})

        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.context["form"].errors["text"])
        self.assertContains(answer, "chữ chữ chữ")

    def test_a_file_that_is_too_large_is_refused(self):
        with mock.patch.object(forms, "LARGEST_FILE", 10):
            answer = self.upload(b"x" * 11)

        self.assertIn("file", answer.context["form"].errors)

    def test_the_same_text_again_is_pointed_out_and_possible(self):
        first = self.bring_in()

        self.client.post(reverse("regulations:import_text"), {"text": SMALL})

        again = RegulationImport.objects.exclude(pk=first.pk).get()
        page = self.client.get(self.address("preview", again))
        self.assertContains(page, self.address("preview", first))
        self.assertEqual([other.pk for other in page.context["same_source"]], [first.pk])

    def test_only_who_may_add_pages_sees_imports(self):
        brought_in = self.bring_in()
        self.client.force_login(make_user(Role.DATA_OFFICER))

        for name in ("preview", "original", "progress"):
            with self.subTest(name):
                answer = self.client.get(self.address(name, brought_in))
                self.assertNotEqual(answer.status_code, 200)
        for name in ("correct", "undo", "tick", "discard", "create"):
            with self.subTest(name):
                self.client.post(self.address(name, brought_in), {"revision": 0})
                brought_in.refresh_from_db()
                self.assertTrue(brought_in.is_open)

    def test_another_administrator_goes_on_with_it(self):
        brought_in = self.bring_in(user=make_user(Role.ADMINISTRATOR))

        answer = self.send(brought_in, "merge", self.block(brought_in, "Đầy đủ"))

        self.assertEqual(answer.status_code, 302)


class Creating(ImportTestCase):
    def create(self, brought_in, **values):
        return self.client.post(self.address("create", brought_in), values)

    def test_the_pages_are_those_of_the_corrected_structure(self):
        brought_in = self.bring_in()
        block = self.block(brought_in, "Nguyên tắc")
        self.send(brought_in, "edit", block, label="2", title="Nguyên tắc phối hợp")
        self.send(brought_in, "merge", self.block(brought_in, "Đầy đủ"))

        self.create(brought_in, revision=2)

        article = ArticlePage.objects.get(number="2")
        self.assertEqual(article.heading, "Nguyên tắc phối hợp")
        points = article.clauses[1].value["points"]
        self.assertEqual(points[0]["text"], "Chính xác;\nb) Đầy đủ;")
        self.assertEqual(DivisionPage.objects.count(), 2)

    def test_two_windows_make_one_regulation(self):
        brought_in = self.bring_in()

        for _window in range(2):
            self.create(brought_in, revision=0)

        self.assertEqual(RegulationPage.objects.count(), 1)

    def test_a_structure_changed_meanwhile_is_not_created_unseen(self):
        brought_in = self.bring_in()
        self.send(brought_in, "merge", self.block(brought_in, "Đầy đủ"))

        answer = self.create(brought_in, revision=0)

        self.assertTrue(answer.context["refusal"])
        self.assertFalse(RegulationPage.objects.exists())

    def test_afterwards_the_structure_stays_and_the_next_step_is_shown(self):
        brought_in = self.bring_in()
        self.create(brought_in, revision=0)
        regulation = RegulationPage.objects.get()

        page = self.client.get(self.address("preview", brought_in))
        answer = self.send(brought_in, "merge", self.block(brought_in, "Đầy đủ"))

        self.assertContains(page, reverse("regulations:publish", args=[regulation.pk]))
        self.assertFalse(page.context["may_correct"])
        self.assertTrue(answer.context["refusal"])

    def test_a_number_that_no_page_can_hold_is_named(self):
        brought_in = self.bring_in()
        brought_in.working["blocks"][0]["label"] = "I" * 17
        brought_in.save()

        answer = self.create(brought_in, revision=0)

        self.assertIn("IIIII", answer.context["refusal"])
        self.assertFalse(RegulationPage.objects.exists())

    def test_a_long_text_is_created_by_the_worker_once(self):
        brought_in = self.bring_in(long_text(actions.MOST_ARTICLES_AT_ONCE + 1))

        self.create(brought_in, revision=0)
        self.create(brought_in, revision=0)

        job = Job.objects.get(kind=actions.CREATE_PAGES)
        self.assertEqual(job.status, Job.Status.QUEUED)
        page = self.client.get(self.address("preview", brought_in))
        self.assertContains(page, self.address("progress", brought_in))
        answer = self.send(brought_in, "merge", brought_in.working["blocks"][2])
        self.assertTrue(answer.context["refusal"])

    def test_the_worker_makes_the_pages(self):
        with mock.patch.object(actions, "MOST_ARTICLES_AT_ONCE", 1), at_once():
            brought_in = self.bring_in()
            with self.captureOnCommitCallbacks(execute=True):
                self.create(brought_in, revision=0)

        brought_in.refresh_from_db()
        self.assertEqual(brought_in.regulation.get_descendants().count(), 5)
        self.assertEqual(Job.objects.get(kind=actions.CREATE_PAGES).status, Job.Status.DONE)
        progress = self.client.get(self.address("progress", brought_in))
        self.assertContains(progress, "data-reload")

    def test_articles_of_an_annex_and_footnotes_are_kept(self):
        text = SMALL.replace("đúng hạn.", "đúng hạn[1].\n[1] Theo giờ hành chính.") + (
            "\nPhụ lục I\nMẪU BIỂU KÈM THEO\nĐiều 1. Mẫu biểu\n1. Theo mẫu số 1.\na) Một bản;\n"
        )
        brought_in = self.bring_in(text)

        self.create(brought_in, revision=0)

        [annexed] = ArticlePage.objects.descendant_of(AnnexPage.objects.get())
        self.assertEqual(annexed.heading, "Mẫu biểu")
        self.assertEqual(annexed.clauses[0].value["points"][0]["text"], "Một bản;")
        marked = ArticlePage.objects.get(eid="qc__dieu_2")
        self.assertEqual(marked.footnotes[0].value["text"], "Theo giờ hành chính.")

    def test_the_head_of_a_text_without_cover_decision_is_used(self):
        brought_in = self.bring_in()
        self.send(
            brought_in,
            "head",
            {"id": ""},
            regulation_title="QUY CHẾ Thử nghiệm",
            number="9/2025/TT-BTN",
            issuer="BỘ THỬ NGHIỆM",
            legal_bases="Căn cứ Luật Thử nghiệm;",
        )

        self.create(brought_in, revision=1)

        regulation = RegulationPage.objects.get()
        self.assertEqual(regulation.document_number, "9/2025/TT-BTN")
        self.assertEqual(regulation.legal_bases.get().text, "Căn cứ Luật Thử nghiệm;")

    def test_a_decision_brings_its_head_along(self):
        brought_in = self.bring_in(DECIDED)

        self.create(brought_in, revision=0)

        regulation = RegulationPage.objects.get()
        self.assertEqual(regulation.signer_name, "Nguyễn Văn Thử")
        self.assertEqual(ArticlePage.objects.filter(component="qd").count(), 2)


class Size(ImportTestCase):
    def count(self, brought_in, **query):
        with CaptureQueriesContext(connection) as captured:
            self.client.get(self.address("preview", brought_in), query)
        return len(captured)

    def test_queries_do_not_grow_with_the_text(self):
        small, large = self.bring_in(), self.bring_in(long_text(60))
        self.count(small)  # warms the caches

        self.assertEqual(self.count(large), self.count(small))

    def test_the_forms_of_blocks_are_made_only_where_asked_for(self):
        large = self.bring_in(long_text(60))

        page = self.client.get(self.address("preview", large))

        self.assertNotContains(page, "<textarea id")
        self.assertLess(len(page.content) / len(large.working["blocks"]), 1600)
